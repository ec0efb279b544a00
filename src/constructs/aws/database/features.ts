import { type DatabaseFeature, type DatabaseTopology, FEATURES } from './capabilities';
import type { Settings } from './props';

/** A feature that the props ask for, in their own words. */
interface Asked {
  readonly feature: DatabaseFeature;
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

/** What RDS refuses of these props: features that the topology lacks, and pairs of which one excludes the other. */
export function featureProblems(settings: Settings): string[] {
  const asked = askedFor(settings);
  const lacking = asked.filter(({ feature }) => !FEATURES[feature].topologies.includes(settings.topology));
  const excluded = asked.flatMap((one, position) =>
    asked
      .slice(position + 1)
      .filter((other) => FEATURES[one.feature].notWith.includes(other.feature))
      .map(
        (other) =>
          `${one.by} must not stand beside ${other.by}, got both, which RDS refuses; ${one.remedy}, or ${other.remedy}`,
      ),
  );
  return [...lacking.map((one) => lackingProblem(one, settings.topology)), ...excluded];
}

function lackingProblem({ feature, by, remedy }: Asked, topology: DatabaseTopology): string {
  const having = FEATURES[feature].topologies.map((name) => `'${name}'`).join(' or ');
  return `${by} must go with topology ${having}, got '${topology}', for which RDS has no ${feature}; ${remedy}, or change topology`;
}

function askedFor(settings: Settings): Asked[] {
  const { regionLoss, writtenStorage, master, maintenance, proxy } = settings;
  const asked: (Asked | false)[] = [
    writtenStorage?.max !== undefined && { feature: 'storage autoscaling', by: 'storage.max', remedy: 'leave it out' },
    regionLoss !== undefined &&
      regionLoss.keep in KEPT && {
        feature: KEPT[regionLoss.keep],
        by: `regionLoss.keep: '${regionLoss.keep}'`,
        remedy: 'keep something else',
      },
    maintenance.blueGreenUpdate && {
      feature: 'blue/green updates',
      by: 'maintenance.blueGreenUpdate',
      remedy: 'leave blueGreenUpdate out',
    },
    proxy && { feature: 'proxy', by: 'proxy', remedy: 'leave the proxy out' },
    master.secret === undefined && {
      feature: 'managed secret',
      by: 'a password that RDS manages itself',
      remedy: 'give master.secret',
    },
  ];
  return asked.filter((one) => one !== false);
}
