import { Duration, inMilliseconds } from '../../../units';
import { shown } from '../../../validation';
import { documentNames } from '../automation';
import { databaseName } from '../global-database';
import { RECOVERY_TIMES } from '../strategies';
import { type Context, type Item, numbered, start, type Way, watch } from './parts';

/** A database that follows takes over, and gives back. */
export const SWITCHOVERS: Way = { failOver: promoting, goBack: switchingBack, practise: practisingSwitches };

function promoting({ application, settings, from, to, regionSwitch, isHot, deploy }: Context): string[] {
  const { takeOver } = documentNames(application);
  const name = settings.dns.record ?? 'the name';
  return numbered(
    [
      `Start the takeover, in ${to}. It needs nothing of ${from}.${isHot ? '' : ' It starts servers, too.'}`,
      start(to, takeOver),
    ],
    ['Watch it, until it has succeeded.', watch(to, takeOver)],
    [
      `Clients have left ${from} by themselves, as far as its checks fail. Switch it off, so that the others leave it too, and nobody goes back when it answers again: nothing can be written there.`,
      `${regionSwitch?.off}`,
    ],
    ...(isHot ? [writingHere(application, to)] : []),
    [`See that ${name} answers, and that a write is read again.`],
    [
      `Write down \`recovery: { active: '${to}' }\`, and deploy the stacks of ${to} and of the name, so that the next plan keeps it.`,
      deploy(to, 'dns'),
    ],
  );
}

function switchingBack({ application, settings, from, to, regionSwitch, isHot, database, deploy }: Context): string[] {
  const { switchBack } = documentNames(application);
  const global = databaseName(application, 'global');
  const others = settings.names.filter((name) => name !== from);
  return numbered(
    [
      `Wait until ${from} is well, and its cluster follows again: RDS brings it back into the global database by itself. What it held before stays as a snapshot.`,
      `aws rds describe-global-clusters --region ${to} --global-cluster-identifier ${global}`,
    ],
    [
      'Should it not come back: take it out of the global database, delete its instances, and put it aside under another name, with its data. The next step then makes a new one that follows.',
      `aws rds remove-from-global-cluster --region ${to} --global-cluster-identifier ${global} --db-cluster-identifier <ARN of the cluster in ${from}>`,
      `aws rds delete-db-instance --region ${from} --db-instance-identifier <each of its instances>`,
      `aws rds modify-db-cluster --region ${from} --db-cluster-identifier ${database} --new-db-cluster-identifier ${database}-lost-<date> --apply-immediately`,
    ],
    [
      `Deploy ${application}-${from}, while \`recovery.active\` is ${to}: it becomes the region that stands by${isHot ? ', whose database sends writes on' : ''}.`,
      deploy(from),
    ],
    ...(isHot ? [sendingOn(application, from)] : []),
    [
      `Switch ${from} on again. ${isHot ? 'Its own clients come back.' : `Clients stay in ${to}, which is the first now.`}`,
      `${regionSwitch?.on}`,
    ],
    [
      `At a quiet hour, switch over in ${from}. Nothing is lost. Watch it, until it has succeeded${isHot ? '; writes wait for about a minute, and for the next two steps' : ''}.`,
      start(from, switchBack),
      watch(from, switchBack),
    ],
    ...(isHot ? [writingHere(application, from), sendingOn(application, to)] : []),
    isHot
      ? [`Write down \`recovery: { active: '${from}' }\`, and deploy all stacks.`, deploy(from, ...others, 'dns')]
      : [
          `At once write down \`recovery: { active: '${from}' }\`, and deploy the name, then the others. Clients follow within ${shown(Duration.millis(FOLLOWING))} of that; until then they reach ${to}, where nothing can be written any more.`,
          deploy('dns'),
          deploy(from, ...others),
        ],
  );
}

/** Where programs of a region that has the writer write. */
function writingHere(application: string, region: string): Item {
  return [
    `Let programs in ${region} connect to the output \`database\` of ${application}-${region}: \`database_reader\` sends nothing on there any more.`,
  ];
}

/** Where programs of a region that follows write. */
function sendingOn(application: string, region: string): Item {
  return [
    `Let programs in ${region} connect to the output \`database_reader\` of ${application}-${region}, which sends their writes on.`,
  ];
}

/** Until a changed record is everywhere, and its old answers are forgotten. */
const FOLLOWING =
  inMilliseconds(RECOVERY_TIMES.recordChange.lasts) + inMilliseconds(RECOVERY_TIMES.cachedAnswers.lasts);

function practisingSwitches({ from, to }: Context): string[] {
  return [
    `Twice a year, on a working day, while both regions are well: switch over in ${to} with the last two steps of "Go back", ${to} in`,
    `place of ${from}; then back in the same way.`,
  ];
}
