import { Availability } from 'nines';
import { FaultTree, type Formula } from 'nines/availability';
import type { Numbers } from './numbers';
import { type Table, TruthTables } from './truth-table';

/** A tree of gates over repeated events and repeated gates. */
export function randomTree(
  numbers: Numbers,
  most: { readonly events: number; readonly gates: number; readonly isCoherent: boolean },
): FaultTree {
  const events = Array.from({ length: 1 + numbers.below(most.events) }, (_, index) => `e${index}`);
  const gates: Record<string, Formula> = {};
  const count = 1 + numbers.below(most.gates);
  let top = '';
  for (let index = 0; index < count; index++) {
    const known = [...events, ...Object.keys(gates)];
    const of = Array.from({ length: 1 + numbers.below(5) }, () => randomInput(numbers, known, most.isCoherent));
    if (top !== '' && (index === count - 1 || numbers.chance(0.5))) of.push(top);
    const kind = numbers.one(['and', 'or', 'atLeast', most.isCoherent ? 'or' : 'xor'] as const);
    top = `g${index}`;
    gates[top] = kind === 'atLeast' ? { kind, min: 1 + numbers.below(of.length), of } : { kind, of };
  }
  const shares = events.map((name) => [name, { availability: Availability.failing(numbers.failing()) }] as const);
  return new FaultTree({ top, gates, events: Object.fromEntries(shares) });
}

function randomInput(numbers: Numbers, known: readonly string[], isCoherent: boolean): Formula {
  if (numbers.chance(0.04)) return numbers.chance(0.5);
  const name = numbers.one(known);
  return !isCoherent && numbers.chance(0.2) ? { kind: 'not', of: name } : name;
}

/** What a tree comes to, by brute force. */
export function truthOf(tree: FaultTree) {
  const names = [...tree.events.keys()];
  const failing = [...tree.events.values()].map(({ availability }) => availability.failingShare);
  const tables = new TruthTables(names.length);
  const made = new Map<string, Table>(names.map((name, index) => [name, tables.event(index)]));
  for (const [gate, formula] of tree.gates) made.set(gate, tableOf(formula, tables, made));
  const top = made.get(tree.top) as Table;
  return {
    tables,
    top,
    names,
    failing,
    probability: tables.probability(top, failing),
    given: (name: string, value: boolean) =>
      tables.probability(
        top,
        failing.map((share, index) => (names[index] === name ? Number(value) : share)),
      ),
  };
}

function tableOf(formula: Formula, tables: TruthTables, made: ReadonlyMap<string, Table>): Table {
  if (typeof formula === 'boolean') return tables.constant(formula);
  if (typeof formula === 'string') return made.get(formula) as Table;
  if (formula.kind === 'not') return tables.not(tableOf(formula.of, tables, made));
  const inner = formula.of.map((one) => tableOf(one, tables, made));
  if (formula.kind === 'atLeast') return tables.atLeast(formula.min, inner);
  const join = {
    and: (one: Table, other: Table) => tables.and(one, other),
    or: (one: Table, other: Table) => tables.or(one, other),
    xor: (one: Table, other: Table) =>
      tables.or(tables.and(one, tables.not(other)), tables.and(tables.not(one), other)),
  }[formula.kind];
  return inner.reduce(join);
}
