import { shown } from '../../validation';
import { documentNames } from './automation';
import { databaseName } from './global-database';
import type { Settings } from './props';
import { arithmeticOf, rpoOf, rtoOf, STRATEGIES, stepsOf } from './strategies';

/** What people do when a region is lost, and how they go back: Markdown, with this application's own names. */
export function runbookFor(application: string, settings: Settings): string {
  const { recovery, names, facts } = settings;
  const { strategy, active } = recovery;
  const steps = stepsOf(strategy, facts);
  const others = names.filter((name) => name !== active);
  const [to = ''] = others;
  const context: Context = { application, settings, from: active, to };
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
    'Twice a year, on a working day: switch over while both regions are well, and back. Write down how long it took, and put it into',
    '`recovery.decision` and `records.restoreTime`.',
    '',
  ].join('\n');
}

interface Context {
  readonly application: string;
  readonly settings: Settings;
  readonly from: string;
  readonly to: string;
}

function promoting({ application, settings, from, to }: Context): string[] {
  const { takeOver } = documentNames(application);
  const isHot = settings.recovery.strategy === 'hot-standby';
  return [
    ...numbered(
      [
        `Start the takeover, in ${to}. It needs nothing of ${from}.${isHot ? '' : ' It starts servers, too.'}`,
        `aws ssm start-automation-execution --region ${to} --document-name ${takeOver}`,
      ],
      [
        'Watch it, until it has succeeded.',
        `aws ssm describe-automation-executions --region ${to} --filters Key=DocumentNamePrefix,Values=${takeOver}`,
      ],
      [
        `Clients come by themselves: no record is edited. See that ${settings.dns.record ?? 'the name'} answers, and that a write is read again.`,
      ],
      [
        `Write down \`recovery: { active: '${to}' }\`, and deploy the stacks of ${to} and of the name, so that the next plan keeps it.`,
        `cdktf deploy ${application}-${to} ${application}-dns`,
      ],
    ),
  ];
}

function switchingBack({ application, from, to }: Context): string[] {
  const { switchBack } = documentNames(application);
  const global = databaseName(application, 'global');
  return numbered(
    [
      `Wait until ${from} is well, and its cluster follows again: RDS brings it back into the global database by itself. The cluster that it replaces stays as a snapshot.`,
      `aws rds describe-global-clusters --region ${to} --global-cluster-identifier ${global}`,
    ],
    [
      `Should it not come back: remove it from the global database, and deploy ${application}-${from}, which makes a new one that follows.`,
      `aws rds remove-from-global-cluster --region ${to} --global-cluster-identifier ${global} --db-cluster-identifier <ARN of the cluster in ${from}>`,
    ],
    [
      `At a quiet hour, switch over in ${from}. Nothing is lost; writes wait for about a minute.`,
      `aws ssm start-automation-execution --region ${from} --document-name ${switchBack}`,
    ],
    [
      `Write down \`recovery: { active: '${from}' }\`, and deploy all stacks.`,
      `cdktf deploy ${application}-${from} ${application}-${to} ${application}-dns`,
    ],
  );
}

function restoring({ application, from, to }: Context): string[] {
  return numbered(
    [
      'Find the copied backups, and until when they reach; the outputs of the execution say both.',
      `aws ssm start-automation-execution --region ${to} --document-name ${documentNames(application).findBackups}`,
    ],
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

function restoringBack({ application, from, to }: Context): string[] {
  return numbered(
    [
      `Keep the old database in ${from} until somebody has looked for what is missing in ${to}; nobody may write to it.`,
    ],
    [
      `At a quiet hour, stop writes in ${to}, take a snapshot of its database, and copy it to ${from}.`,
      `aws rds copy-db-snapshot --region ${from} --source-region ${to} --source-db-snapshot-identifier <ARN> --target-db-snapshot-identifier ${databaseName(application, 'back')}`,
    ],
    [
      `Rename the old database in ${from}, take it out of the state, and restore the snapshot under its name; then import that.`,
      `aws rds restore-db-instance-from-db-snapshot --region ${from} --db-instance-identifier ${databaseName(application, 'database')} --db-snapshot-identifier ${databaseName(application, 'back')}`,
    ],
    [
      `Write down \`recovery: { active: '${from}' }\` without \`restoreFrom\`, and deploy ${application}-${from} and ${application}-dns. With \`allowDestroy: true\` the stack of ${to} then gives back what it no longer needs.`,
      `cdktf deploy ${application}-${from} ${application}-dns`,
    ],
  );
}

function numbered(...items: readonly (readonly [string, string?])[]): string[] {
  return items.flatMap(([text, command], place) => [
    `${place + 1}. ${text}`,
    ...(command === undefined ? [] : ['', `       ${command}`, '']),
  ]);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
