import type { RegionSwitch } from '../../constructs/aws';
import { Duration, inMilliseconds } from '../../units';
import { shown } from '../../validation';
import { documentNames } from './automation';
import { databaseName } from './global-database';
import { regionOfZones, type Settings } from './props';
import { arithmeticOf, RECOVERY_TIMES, rpoOf, rtoOf, STRATEGIES, stepsOf } from './strategies';

/**
 * What people do when a region is lost, and how they go back: Markdown, with this application's own names.
 *
 * @param regionSwitch takes the region that writes out of the name; none where the name leads to one region alone
 */
export function runbookFor(application: string, settings: Settings, regionSwitch: RegionSwitch | undefined): string {
  const { recovery, names, facts } = settings;
  const { strategy, active } = recovery;
  const steps = stepsOf(strategy, facts);
  const others = names.filter((name) => name !== active);
  const [to = ''] = others;
  const context: Context = { application, settings, from: active, to, regionSwitch };
  return [
    `# ${application}: when ${active} is lost`,
    '',
    `Strategy: ${strategy}. In ${others.join(', ')} ${STRATEGIES[strategy].stands}.`,
    '',
    `- Back after (RTO): ${shown(rtoOf(steps))}. ${sentence(arithmeticOf(steps))}`,
    `- Lost (RPO): what was written in the last ${shown(rpoOf(strategy).lasts)}. ${sentence(rpoOf(strategy).because)}`,
    '- Lost in any case: sessions. Clients log in again.',
    '',
    '## Decide',
    '',
    `Within ${shown(recovery.decision)}: is the region lost, and not coming back sooner than that?`,
    '',
    `1. Checks of Route 53 fail from several places, and the AWS Health Dashboard names ${active}; or nobody can tell.`,
    `2. Nothing that you deployed in the last hour explains it. If something does, take that back instead.`,
    '3. Whoever decides writes down the time: writes after it in the lost region will be gone.',
    '',
    '## Fail over',
    '',
    ...(STRATEGIES[strategy].data === 'backups' ? restoring(context) : promoting(context)),
    '',
    '## Go back',
    '',
    ...(STRATEGIES[strategy].data === 'backups' ? restoringBack(context) : switchingBack(context)),
    '',
    '## Practise',
    '',
    ...(STRATEGIES[strategy].data === 'backups' ? practisingRestores(context) : practisingSwitches(context)),
    'Write down how long it took, and put it into `recovery.decision` and `records.restoreTime`.',
    '',
  ].join('\n');
}

interface Context {
  readonly application: string;
  readonly settings: Settings;
  readonly from: string;
  readonly to: string;
  readonly regionSwitch: RegionSwitch | undefined;
}

function promoting({ application, settings, from, to, regionSwitch }: Context): string[] {
  const { takeOver } = documentNames(application);
  const isHot = settings.recovery.strategy === 'hot-standby';
  const name = settings.dns.record ?? 'the name';
  return numbered(
    [
      `Start the takeover, in ${to}. It needs nothing of ${from}.${isHot ? '' : ' It starts servers, too.'}`,
      `aws ssm start-automation-execution --region ${to} --document-name ${takeOver}`,
    ],
    [
      'Watch it, until it has succeeded.',
      `aws ssm describe-automation-executions --region ${to} --filters Key=DocumentNamePrefix,Values=${takeOver}`,
    ],
    [
      `Clients have left ${from} by themselves, as far as its checks fail. Switch it off, so that the others leave it too, and nobody goes back when it answers again: nothing can be written there.`,
      `${regionSwitch?.off}`,
    ],
    ...(isHot ? [writingHere(application, to)] : []),
    [`See that ${name} answers, and that a write is read again.`],
    [
      `Write down \`recovery: { active: '${to}' }\`, and deploy the stacks of ${to} and of the name, so that the next plan keeps it.`,
      `cdktf deploy ${application}-${to} ${application}-dns`,
    ],
  );
}

function switchingBack({ application, settings, from, to, regionSwitch }: Context): string[] {
  const { switchBack } = documentNames(application);
  const global = databaseName(application, 'global');
  const cluster = databaseName(application, 'database');
  const others = settings.names.filter((name) => name !== from);
  const isHot = settings.recovery.strategy === 'hot-standby';
  return numbered(
    [
      `Wait until ${from} is well, and its cluster follows again: RDS brings it back into the global database by itself. What it held before stays as a snapshot.`,
      `aws rds describe-global-clusters --region ${to} --global-cluster-identifier ${global}`,
    ],
    [
      'Should it not come back: take it out of the global database, delete its instances, and put it aside under another name, with its data. The next step then makes a new one that follows.',
      `aws rds remove-from-global-cluster --region ${to} --global-cluster-identifier ${global} --db-cluster-identifier <ARN of the cluster in ${from}>`,
      `aws rds delete-db-instance --region ${from} --db-instance-identifier <each of its instances>`,
      `aws rds modify-db-cluster --region ${from} --db-cluster-identifier ${cluster} --new-db-cluster-identifier ${cluster}-lost-<date> --apply-immediately`,
    ],
    [
      `Deploy ${application}-${from}, while \`recovery.active\` is ${to}: it becomes the region that stands by${isHot ? ', whose database sends writes on' : ''}.`,
      `cdktf deploy ${application}-${from}`,
    ],
    ...(isHot ? [sendingOn(application, from)] : []),
    [
      `Switch ${from} on again. ${isHot ? 'Its own clients come back.' : `Clients stay in ${to}, which is the first now.`}`,
      `${regionSwitch?.on}`,
    ],
    [
      `At a quiet hour, switch over in ${from}. Nothing is lost. Watch it, until it has succeeded${isHot ? '; writes wait for about a minute, and for the next two steps' : ''}.`,
      `aws ssm start-automation-execution --region ${from} --document-name ${switchBack}`,
      `aws ssm describe-automation-executions --region ${from} --filters Key=DocumentNamePrefix,Values=${switchBack}`,
    ],
    ...(isHot ? [writingHere(application, from), sendingOn(application, to)] : []),
    isHot
      ? [
          `Write down \`recovery: { active: '${from}' }\`, and deploy all stacks.`,
          `cdktf deploy ${[from, ...others, 'dns'].map((stack) => `${application}-${stack}`).join(' ')}`,
        ]
      : [
          `At once write down \`recovery: { active: '${from}' }\`, and deploy the name, then the others. Clients follow within ${shown(Duration.millis(FOLLOWING))} of that; until then they reach ${to}, where nothing can be written any more.`,
          `cdktf deploy ${application}-dns`,
          `cdktf deploy ${[from, ...others].map((stack) => `${application}-${stack}`).join(' ')}`,
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

function restoring(context: Context): string[] {
  const { application, settings, from, to } = context;
  const [home] = settings.names;
  return numbered(
    [
      'Find the copied backups, and until when they reach; the outputs of the execution say both.',
      `aws ssm start-automation-execution --region ${to} --document-name ${documentNames(application).findBackups}`,
    ],
    ...(to === home ? [makingRoom(to, databaseName(application, 'database'))] : []),
    [
      `Write down \`recovery: { active: '${to}', restoreFrom: '<that ARN>' }\`, and deploy the stack of ${to}: network, servers, and the database from the backups. It needs neither ${from} nor its state.`,
      `cdktf deploy ${application}-${to}`,
    ],
    ['Look at the data: is the last order there that should be?'],
    [
      `Let the name lead there. This edits a record, in us-east-1: should its control plane be down with ${from}, wait.`,
      `cdktf deploy ${application}-dns`,
    ],
  );
}

function restoringBack({ application, settings, from, to }: Context): string[] {
  const [home] = settings.names;
  const database = databaseName(application, 'database');
  const snapshot = `${database}-back-<date>`;
  const key = settings.regions.find(({ zones }) => regionOfZones(zones) === from)?.kmsKeyArn ?? 'alias/aws/rds';
  const deployHome: Item = [
    `Once ${from} is well, deploy its stack, while \`recovery.active\` is ${to}: its servers stop, and it copies the backups of ${to} from now on; until then nothing does. Nobody may write to its old database: look there for what is missing in ${to}.`,
    `cdktf deploy ${application}-${from}`,
  ];
  const unprotect: Item = [
    `Take the protection off what is to go in ${to}: deploy its stack with \`allowDestroy: true\`, and take that out of the code again.`,
    `cdktf deploy ${application}-${to}`,
  ];
  return numbered(
    ...(from === home ? [deployHome] : []),
    ...(to === home ? [] : [unprotect]),
    [
      `At a quiet hour, stop writes in ${to}. Take a snapshot of its database, and copy it to ${from}.`,
      `aws rds create-db-snapshot --region ${to} --db-instance-identifier ${database} --db-snapshot-identifier ${snapshot}`,
      `aws rds wait db-snapshot-available --region ${to} --db-snapshot-identifier ${snapshot}`,
      `aws rds copy-db-snapshot --region ${from} --source-region ${to} --source-db-snapshot-identifier <its ARN> --target-db-snapshot-identifier ${snapshot} --kms-key-id ${key}`,
      `aws rds wait db-snapshot-available --region ${from} --db-snapshot-identifier ${snapshot}`,
    ],
    makingRoom(from, database),
    [
      `Write down \`recovery: { active: '${from}', restoreFrom: '<ARN of the copy>' }\`, and deploy the stack of ${from}, which makes the database from it. Afterwards \`restoreFrom\` can go.`,
      `cdktf deploy ${application}-${from}`,
    ],
    ['Look at the data: is the last order there that should be?'],
    ['Let the name lead there.', `cdktf deploy ${application}-dns`],
    [
      `Deploy the stack of ${to}: ${to === home ? 'its servers stop' : 'it gives back what it no longer needs'}, and it copies the backups of the new database.`,
      `cdktf deploy ${application}-${to}`,
    ],
  );
}

/** The old database has the name that the new one gets. */
function makingRoom(region: string, database: string): Item {
  return [
    `Take the old database in ${region} away; a last snapshot keeps what is in it.`,
    `aws rds modify-db-instance --region ${region} --db-instance-identifier ${database} --no-deletion-protection --apply-immediately`,
    `aws rds delete-db-instance --region ${region} --db-instance-identifier ${database} --final-db-snapshot-identifier ${database}-lost-<date> --no-delete-automated-backups`,
    `aws rds wait db-instance-deleted --region ${region} --db-instance-identifier ${database}`,
  ];
}

function practisingSwitches({ from, to }: Context): string[] {
  return [
    `Twice a year, on a working day, while both regions are well: switch over in ${to} with the last two steps of "Go back", ${to} in`,
    `place of ${from}; then back in the same way.`,
  ];
}

function practisingRestores({ application, settings, from, to }: Context): string[] {
  if (to === settings.names[0]) {
    return [
      `Not from here: "Fail over" would take the old database in ${to} away. Practise once ${to} serves, to ${from}.`,
    ];
  }
  return [
    `Twice a year: do what stands under "Fail over", but for the name, and look at the data. Then deploy ${application}-${to} with`,
    '`allowDestroy: true`, and once more with `recovery` as it was: it gives back what it needed.',
  ];
}

/** What is to be done, and the commands for it. */
type Item = readonly [text: string, ...commands: string[]];

function numbered(...items: readonly Item[]): string[] {
  return items.flatMap(([text, ...commands], place) => [
    `${place + 1}. ${text}`,
    ...(commands.length === 0 ? [] : ['', ...commands.map((command) => `       ${command}`), '']),
  ]);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
