import { Size } from 'nines';
import type { DatabaseTopology, MultiAZDatabaseProps } from 'nines/aws';
import { AROUND, OTHER_REGION } from '../random-databases';
import type { Breakage } from './breakage';
import { plainNetwork, plainProvider } from './plain-network';

type Row = Breakage<MultiAZDatabaseProps>;

const SECRET = { secret: { arn: AROUND.secretArn, version: 1 } };

function copy(keep: 'backups' | 'read replica' | 'global database') {
  return { keep, provider: plainProvider(OTHER_REGION), network: plainNetwork(OTHER_REGION, 'ab') };
}

/** What a topology has not, asked for. */
function lacking(
  topologies: readonly DatabaseTopology[],
  set: Readonly<Record<string, unknown>>,
  [by, having, feature, remedy]: readonly [by: string, having: string, feature: string, remedy: string],
): Row {
  return {
    what: `${by} where there is no ${feature}`,
    needs: ({ topology = 'instance' }) => topologies.includes(topology),
    set,
    reads: [
      'topology',
      'instanceClass',
      'maintenance.allowMajorVersionUpgrade',
      'maintenance.blueGreenUpdate',
      'master',
    ].filter((path) => !Object.keys(set).some((key) => path.startsWith(key) || key.startsWith(path))),
    says: ({ topology = 'instance' }) =>
      `${by} must go with topology ${having}, got '${topology}', for which there is no ${feature}; ${remedy}, or change topology`,
  };
}

const QUIET = { 'maintenance.allowMajorVersionUpgrade': undefined, 'maintenance.blueGreenUpdate': undefined };
const ANOTHER = 'keep something else';

const LACKING: readonly Row[] = [
  lacking(['cluster'], { storage: { max: Size.gibibytes(500) } }, [
    'storage.max',
    "'instance'",
    'storage autoscaling',
    'leave it out',
  ]),
  lacking(['cluster', 'aurora'], { regionLoss: copy('backups') }, [
    "regionLoss.keep: 'backups'",
    "'instance'",
    'replicated backups',
    ANOTHER,
  ]),
  lacking(['cluster', 'aurora'], { regionLoss: copy('read replica'), master: SECRET, ...QUIET }, [
    "regionLoss.keep: 'read replica'",
    "'instance'",
    'cross-region read replica',
    ANOTHER,
  ]),
  lacking(
    ['instance', 'cluster'],
    { regionLoss: copy('global database'), master: SECRET, instanceClass: undefined, ...QUIET },
    ["regionLoss.keep: 'global database'", "'aurora'", 'global database', ANOTHER],
  ),
  lacking(
    ['cluster', 'aurora'],
    { 'maintenance.blueGreenUpdate': true, master: SECRET, proxy: undefined, regionLoss: undefined },
    ['maintenance.blueGreenUpdate', "'instance'", 'blue/green updates', 'leave blueGreenUpdate out'],
  ),
  lacking(['cluster'], { 'backups.continuousByPlan': true }, [
    'backups.continuousByPlan',
    "'instance' or 'aurora'",
    'continuous backups by AWS Backup',
    'leave it out',
  ]),
  lacking(['cluster'], { restoreFrom: { snapshot: 'shop' } }, [
    'restoreFrom',
    "'instance' or 'aurora'",
    'restore by Terraform',
    'restore it by hand and import it',
  ]),
];

/** Two features of which one excludes the other. */
function excluded(
  topology: DatabaseTopology,
  set: Readonly<Record<string, unknown>>,
  [one, other, remedy, otherRemedy]: readonly [one: string, other: string, remedy: string, otherRemedy: string],
): Row {
  return {
    what: `${one} beside ${other}`,
    needs: (props) => (props.topology ?? 'instance') === topology,
    set: { master: SECRET, proxy: undefined, regionLoss: undefined, instanceClass: undefined, ...QUIET, ...set },
    reads: ['topology'],
    says: `${one} must not stand beside ${other}, got both, which RDS refuses; ${remedy}, or ${otherRemedy}`,
  };
}

const REPLICA = { regionLoss: copy('read replica') };
const GLOBAL = { regionLoss: copy('global database') };
const BLUE_GREEN = { 'maintenance.blueGreenUpdate': true };
const MAJOR = { 'maintenance.allowMajorVersionUpgrade': true };
const MANAGED = 'a password that RDS manages itself';

const EXCLUDED: readonly Row[] = [
  excluded('instance', { ...REPLICA, master: undefined }, [
    MANAGED,
    "regionLoss.keep: 'read replica'",
    'give master.secret',
    ANOTHER,
  ]),
  excluded('aurora', { ...GLOBAL, master: undefined }, [
    MANAGED,
    "regionLoss.keep: 'global database'",
    'give master.secret',
    ANOTHER,
  ]),
  excluded('instance', { ...BLUE_GREEN, master: undefined }, [
    MANAGED,
    'maintenance.blueGreenUpdate',
    'give master.secret',
    'leave blueGreenUpdate out',
  ]),
  excluded('instance', { ...BLUE_GREEN, proxy: true }, [
    'proxy',
    'maintenance.blueGreenUpdate',
    'leave the proxy out',
    'leave blueGreenUpdate out',
  ]),
  excluded('instance', { ...BLUE_GREEN, ...REPLICA }, [
    "regionLoss.keep: 'read replica'",
    'maintenance.blueGreenUpdate',
    ANOTHER,
    'leave blueGreenUpdate out',
  ]),
  excluded('instance', { ...MAJOR, ...REPLICA }, [
    'maintenance.allowMajorVersionUpgrade',
    "regionLoss.keep: 'read replica'",
    'leave allowMajorVersionUpgrade out',
    ANOTHER,
  ]),
  excluded('aurora', { ...MAJOR, ...GLOBAL }, [
    'maintenance.allowMajorVersionUpgrade',
    "regionLoss.keep: 'global database'",
    'leave allowMajorVersionUpgrade out',
    ANOTHER,
  ]),
];

/** Ways to ask for what RDS has not. */
export const DATABASE_FEATURES: readonly Row[] = [...LACKING, ...EXCLUDED];
