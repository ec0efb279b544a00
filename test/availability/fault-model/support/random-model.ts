import { Availability } from 'nines';
import { type AtLeast, atLeast, FaultModel, type Requirement } from 'nines/availability';
import type { Numbers } from './numbers';
import { type Table, TruthTables } from './truth-table';

/** A part of a model, in plain data. */
export interface PlannedPart {
  readonly name: string;
  readonly isDomain: boolean;
  /** How much of the time it fails by itself; none when it never does. */
  readonly failing: number | undefined;
  readonly in: readonly string[];
  readonly needs: readonly Requirement[];
}

/** A model in plain data: parts name only parts before them. The last one is what it is about. */
export type Plan = readonly PlannedPart[];

/** A model of up to 16 parts that fail by themselves, in and on shared domains, and some that only need others. */
export function randomPlan(numbers: Numbers, mostFailing = 16): PlannedPart[] {
  const failing = 1 + numbers.below(mostFailing);
  const domains = numbers.below(Math.min(6, failing));
  const parts: PlannedPart[] = [];
  const names = (isDomain: boolean) => parts.filter((part) => part.isDomain === isDomain).map(({ name }) => name);
  for (let index = 0; index < failing; index++) {
    const isDomain = index < domains;
    const inside = names(true);
    const before = names(false);
    parts.push({
      name: isDomain ? `domain-${index}` : `part-${index}`,
      isDomain,
      failing: numbers.failing(),
      in: inside.length > 0 && numbers.chance(isDomain ? 0.4 : 0.8) ? numbers.some(inside, 2) : [],
      needs: !isDomain && before.length > 0 && numbers.chance(0.4) ? [randomRequirement(numbers, before, 2)] : [],
    });
    if (!isDomain && numbers.chance(0.3)) {
      const needs = numbers.some(names(false), 3).map(() => randomRequirement(numbers, names(false), 2));
      parts.push({ name: `group-${index}`, isDomain: false, failing: undefined, in: [], needs });
    }
  }
  const all = parts.map(({ name }) => name);
  const needs = [randomRequirement(numbers, all, 3), randomRequirement(numbers, all, 3)];
  return [...parts, { name: 'target', isDomain: false, failing: undefined, in: [], needs }];
}

function randomRequirement(numbers: Numbers, names: readonly string[], depth: number): Requirement {
  if (depth === 0 || numbers.chance(0.4)) return numbers.one(names);
  const of = Array.from({ length: 1 + numbers.below(4) }, () => randomRequirement(numbers, names, depth - 1));
  return atLeast(1 + numbers.below(of.length), of);
}

/** The plan as a model of the library. */
export function modelOf(plan: Plan): FaultModel {
  const model = new FaultModel();
  for (const { name, isDomain, failing, in: domains, needs } of plan) {
    const availability = failing === undefined ? undefined : Availability.failing(failing);
    if (isDomain) model.domain(name, { availability, in: domains });
    else model.component(name, { availability, in: domains, needs });
  }
  return model;
}

/** When the last part of a plan is down, by brute force over everything that fails by itself. */
export function bruteForce(plan: Plan, down: readonly string[] = []) {
  const events = plan.filter(({ failing }) => failing !== undefined);
  const tables = new TruthTables(events.length);
  const isDown = new Map<string, Table>();
  for (const { name, failing, in: domains, needs } of plan) {
    const own = failing === undefined ? tables.constant(false) : tables.event(events.findIndex((e) => e.name === name));
    const others = [
      ...domains.map((domain) => isDown.get(domain) as Table),
      ...needs.map((need) => tables.not(met(need, tables, isDown))),
    ];
    const table = others.reduce((one, other) => tables.or(one, other), own);
    isDown.set(name, down.includes(name) ? tables.constant(true) : table);
  }
  const target = isDown.get(plan.at(-1)?.name ?? '') as Table;
  const failing = events.map((event) => event.failing ?? 0);
  const names = events.map(({ name }) => name);
  return { tables, target, failing, names, probability: tables.probability(target, failing), isDown };
}

function met(need: Requirement, tables: TruthTables, isDown: ReadonlyMap<string, Table>): Table {
  if (typeof need === 'string') return tables.not(isDown.get(need) as Table);
  const { atLeast: count, of }: AtLeast = need;
  return tables.atLeast(
    count,
    of.map((inner) => met(inner, tables, isDown)),
  );
}
