import {
  CLASSES,
  type DatabaseFeature,
  type DatabaseTopology,
  ENGINES,
  EXCLUSIONS,
  FEATURES,
} from '../src/constructs/aws/database/capabilities';
import { table } from './markdown-table';

const TOPOLOGIES: readonly DatabaseTopology[] = ['instance', 'cluster', 'aurora'];

/** The tables of docs/database.md: what RDS can do, as the construct knows it. */
export const DATABASE_TABLES: Readonly<Record<string, () => string>> = {
  'database-engines': engines,
  'database-features': features,
  'database-exclusions': exclusions,
};

function engines(): string {
  return table(
    ['', ...TOPOLOGIES.map((topology) => `\`${topology}\``)],
    [
      ...(['postgres', 'mysql', 'mariadb'] as const).map((engine) => [
        `\`${engine}\``,
        ...TOPOLOGIES.map((topology) => {
          const support = ENGINES[topology][engine];
          return support ? `[${support.version}](${support.source})` : 'no';
        }),
      ]),
      ['class', ...TOPOLOGIES.map((topology) => `[${CLASSES[topology].usual}](${CLASSES[topology].source})`)],
    ],
  );
}

function features(): string {
  return table(
    ['', ...TOPOLOGIES.map((topology) => `\`${topology}\``), 'said in'],
    (Object.keys(FEATURES) as DatabaseFeature[]).map((feature) => {
      const { topologies, source } = FEATURES[feature];
      return [feature, ...TOPOLOGIES.map((topology) => (topologies.includes(topology) ? 'yes' : 'no')), link(source)];
    }),
  );
}

function exclusions(): string {
  return table(
    ['', 'not beside', 'said in'],
    EXCLUSIONS.map(({ features: [one, other], source }) => [one, other, link(source)]),
  );
}

function link(source: string): string {
  const issue = /github\.com\/hashicorp\/([\w-]+)\/issues\/(\d+)/.exec(source);
  const page = issue ? `${issue[1]}#${issue[2]}` : (source.split('/').at(-1) ?? source).replace(/\.html.*$/, '');
  return `[${page}](${source})`;
}
