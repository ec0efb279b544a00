/** `npm run docs`: writes the tables in docs/ that are computed. `npm test` fails when one of them is stale. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Capacity, type CapacityOptions } from 'nines';
import { MOTO_GAPS, MOTO_LACKS } from '../test/e2e/moto-gaps';
import { AVAILABILITY_TABLES, RECOVERY_TABLES } from './availability-tables';
import { DATABASE_TABLES } from './database-tables';
import { GEO_DNS_TABLES } from './geo-dns-tables';
import { table } from './markdown-table';
import { TARGET_TABLES } from './target-tables';

const DOCS = join(__dirname, '..', 'docs');

/** A document with its computed tables as they should be. */
export interface GeneratedDoc {
  readonly file: string;
  readonly text: string;
}

/** The documents that hold computed tables. */
export function generatedDocs(): GeneratedDoc[] {
  return [
    withTables('availability.md', computed(AVAILABILITY_TABLES)),
    withTables('capacity.md', { sizes: sizes(), unfavourable: unfavourable() }),
    withTables('database.md', computed(DATABASE_TABLES)),
    withTables('disaster-recovery.md', computed(RECOVERY_TABLES)),
    withTables('geo-dns.md', computed(GEO_DNS_TABLES)),
    withTables('targets.md', computed(TARGET_TABLES)),
    withTables('e2e.md', { 'moto-gaps': motoGaps(), 'moto-lacks': motoLacks() }),
  ];
}

function sizes(): string {
  const plans: readonly { readonly says: string; readonly options: CapacityOptions; readonly zones: number }[] = [
    { says: 'one zone lost, over 2', options: {}, zones: 2 },
    { says: 'one zone lost, over 3', options: {}, zones: 3 },
    { says: 'one zone lost, over 4', options: {}, zones: 4 },
    { says: 'two zones lost, over 3', options: { tolerateLostZones: 2 }, zones: 3 },
    { says: 'two zones lost, over 4', options: { tolerateLostZones: 2 }, zones: 4 },
    { says: 'none (`allowOverloadWhenZoneLost`), over 3', options: { allowOverloadWhenZoneLost: true }, zones: 3 },
  ];
  const peaks = [1, 2, 3, 4, 6, 10, 20];
  return table(
    ['tolerates', ...peaks.map((peak) => `peak ${peak}`)],
    plans.map(({ says, options, zones }) => [
      says,
      ...peaks.map((peak) => {
        const { minimum, scalingTarget } = Capacity.forPeak(peak, options).over(zones);
        return `${minimum}, ${percent(scalingTarget)}`;
      }),
    ]),
  );
}

function unfavourable(): string {
  const sizesOfGroup = [6, 7, 8, 9, 10, 11, 12];
  return table(
    ['servers', 'over 3 zones', 'left when the fullest is lost', 'share left'],
    sizesOfGroup.map((size) => {
      const fullest = Math.ceil(size / 3);
      const spread = [fullest, Math.ceil((size - 1) / 3), Math.floor(size / 3)];
      return [`${size}`, spread.join('-'), `${size - fullest}`, percent((size - fullest) / size)];
    }),
  );
}

function motoGaps(): string {
  return table(
    ['resource', 'fields', 'what moto does'],
    MOTO_GAPS.map(({ resource, fields, reason }) => [
      `\`${resource}\``,
      fields.map((field) => `\`${field}\``).join(', '),
      reason,
    ]),
  );
}

function motoLacks(): string {
  return table(
    ['resource', 'what moto lacks'],
    MOTO_LACKS.map(({ resource, reason }) => [`\`${resource}\``, reason]),
  );
}

/** One decimal, rounded down: a target must not be promised higher than it is. */
function percent(share: number): string {
  return `${Math.floor(share * 1000 + 1e-9) / 10} %`;
}

function computed(tables: Readonly<Record<string, () => string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(tables).map(([name, make]) => [name, make()]));
}

/** Puts each table between its two marks: `<!-- generated: name -->` and `<!-- end -->`. */
function withTables(file: string, tables: Readonly<Record<string, string>>): GeneratedDoc {
  let text = readFileSync(join(DOCS, file), 'utf8');
  for (const [name, rows] of Object.entries(tables)) {
    const mark = `<!-- generated: ${name} -->`;
    const start = text.indexOf(mark);
    const end = text.indexOf('<!-- end -->', start);
    if (start < 0 || end < 0) throw new Error(`docs/${file} has no place for the table "${name}"`);
    text = `${text.slice(0, start)}${mark}\n${rows}\n${text.slice(end)}`;
  }
  return { file: join(DOCS, file), text };
}

if (require.main === module) for (const { file, text } of generatedDocs()) writeFileSync(file, text);
