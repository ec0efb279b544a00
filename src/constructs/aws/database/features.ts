import { type DatabaseFeature, type DatabaseTopology, ENGINES, EXCLUSIONS, FEATURES } from './capabilities';
import type { Settings } from './props';

/** A feature that the props ask for, in their own words. */
interface Asked {
  /** What asks for it. */
  readonly by: string;
  /** How to ask for it no longer. */
  readonly remedy: string;
}

const KEPT = {
  backups: 'replicated backups',
  'read replica': 'cross-region read replica',
  'global database': 'global database',
} as const;

/** What there is not for these props: features that the topology lacks, and pairs of which one excludes the other. */
export function featureProblems(settings: Settings): string[] {
  const { topology } = settings;
  if (!(topology in ENGINES)) return []; // refused for that alone
  const asked = askedFor(settings);
  const lacking = [...asked]
    .filter(([feature]) => !FEATURES[feature].topologies.includes(topology))
    .map(([feature, one]) => lackingProblem(feature, one, topology));
  const excluded = EXCLUSIONS.flatMap(({ features: [first, second] }) => {
    const [one, other] = [asked.get(first), asked.get(second)];
    if (!one || !other) return [];
    return [
      `${one.by} must not stand beside ${other.by}, got both, which RDS refuses; ${one.remedy}, or ${other.remedy}`,
    ];
  });
  return [...lacking, ...excluded];
}

function lackingProblem(feature: DatabaseFeature, { by, remedy }: Asked, topology: DatabaseTopology): string {
  const having = FEATURES[feature].topologies.map((name) => `'${name}'`).join(' or ');
  return `${by} must go with topology ${having}, got '${topology}', for which there is no ${feature}; ${remedy}, or change topology`;
}

function askedFor(settings: Settings): ReadonlyMap<DatabaseFeature, Asked> {
  const { regionLoss, writtenStorage, master, maintenance, backups, proxy, restoreFrom } = settings;
  const asked = new Map<DatabaseFeature, Asked>();
  const ask = (feature: DatabaseFeature, by: string, remedy: string) => asked.set(feature, { by, remedy });
  if (writtenStorage?.max !== undefined) ask('storage autoscaling', 'storage.max', 'leave it out');
  if (regionLoss && regionLoss.keep in KEPT) {
    ask(KEPT[regionLoss.keep], `regionLoss.keep: '${regionLoss.keep}'`, 'keep something else');
  }
  if (maintenance.blueGreenUpdate === true) {
    ask('blue/green updates', 'maintenance.blueGreenUpdate', 'leave blueGreenUpdate out');
  }
  if (maintenance.allowMajorVersionUpgrade === true) {
    ask('major version upgrade', 'maintenance.allowMajorVersionUpgrade', 'leave allowMajorVersionUpgrade out');
  }
  if (proxy) ask('proxy', 'proxy', 'leave the proxy out');
  if (master.secret === undefined) {
    ask('managed secret', 'a password that RDS manages itself', 'give master.secret');
  }
  if (backups.continuousByPlan === true) {
    ask('continuous backups by AWS Backup', 'backups.continuousByPlan', 'leave it out');
  }
  if (restoreFrom !== undefined) ask('restore by Terraform', 'restoreFrom', 'restore it by hand and import it');
  return asked;
}
