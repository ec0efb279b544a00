import type { FaultTree } from './fault-tree';
import { below, type Connective, type Formula } from './formula';
import { type Gate, type Graph, literal, negated } from './solve/graph';
import { ALWAYS, NEVER } from './solve/simplify';

/** A fault tree as numbers. */
export interface Compiled {
  /** The gates; the last one is the top. Inputs may be the constants of `simplify`. */
  readonly graph: Graph;
  /** Name of each event of the graph. */
  readonly events: readonly string[];
  /** How likely each event is. */
  readonly shares: Float64Array;
  /** Literal, or constant, of each gate by its name. */
  readonly literals: ReadonlyMap<string, number>;
}

/**
 * Turns the part of a fault tree that some gates or events need into a graph whose top fails when one of them does.
 *
 * @param tops names of gates or events
 * @param down names of gates and events that have failed
 */
export function compiled(tree: FaultTree, tops: readonly string[], down: ReadonlySet<string>): Compiled {
  const order = gatesFirstNeeded(tree, tops, down);
  const events = new Map<string, number>();
  const isLeaf = (name: string) => tree.events.has(name) && !down.has(name);
  for (const name of tops) if (isLeaf(name)) events.set(name, events.size);
  for (const gate of order) collectEvents(tree.gates.get(gate) ?? false, isLeaf, events);

  const gates: Gate[] = [];
  const literals = new Map<string, number>();
  const literalOf = (name: string): number => {
    if (down.has(name)) return ALWAYS;
    const house = tree.houses.get(name);
    if (house !== undefined) return house ? ALWAYS : NEVER;
    const event = events.get(name);
    return event === undefined ? (literals.get(name) ?? NEVER) : literal(event);
  };
  const add = (gate: Gate): number => literal(events.size + gates.push(gate) - 1);
  const made = (formula: Formula): number => {
    if (typeof formula === 'string') return literalOf(formula);
    if (typeof formula === 'boolean') return formula ? ALWAYS : NEVER;
    const inputs = below(formula).map(made);
    return formula.kind === 'not' ? inverse(inputs[0] ?? NEVER) : add(gateOf(formula, inputs));
  };
  for (const gate of order) literals.set(gate, made(tree.gates.get(gate) ?? false));
  add({ kind: 'or', min: 0, inputs: tops.map(literalOf) });
  const shares = Float64Array.from(events.keys(), (name) => tree.events.get(name)?.availability.failingShare ?? 0);
  return { graph: { events: events.size, gates }, events: [...events.keys()], shares, literals };
}

function gateOf(formula: Connective, inputs: readonly number[]): Gate {
  return {
    kind: formula.kind === 'not' ? 'or' : formula.kind,
    min: formula.kind === 'atLeast' ? formula.min : 0,
    inputs,
  };
}

function inverse(input: number): number {
  if (input === ALWAYS) return NEVER;
  return input === NEVER ? ALWAYS : negated(input);
}

/** The gates that are needed, each after those that it needs itself; without recursion, since chains may be long. */
function gatesFirstNeeded(tree: FaultTree, tops: readonly string[], down: ReadonlySet<string>): string[] {
  const isOpen = (name: string) => tree.gates.has(name) && !down.has(name);
  const seen = new Set<string>();
  const order: string[] = [];
  const path: { readonly gate: string; readonly left: string[] }[] = [];
  const enter = (gate: string) => {
    seen.add(gate);
    const left: string[] = [];
    collect(tree.gates.get(gate) ?? false, (name) => isOpen(name) && left.push(name));
    path.push({ gate, left: left.reverse() });
  };
  for (const top of tops) {
    if (isOpen(top) && !seen.has(top)) enter(top);
    for (let here = path.at(-1); here; here = path.at(-1)) {
      const next = here.left.pop();
      if (next !== undefined) {
        if (!seen.has(next)) enter(next);
      } else {
        order.push(here.gate);
        path.pop();
      }
    }
  }
  return order;
}

function collectEvents(formula: Formula, isLeaf: (name: string) => boolean, events: Map<string, number>): void {
  collect(formula, (name) => {
    if (isLeaf(name) && !events.has(name)) events.set(name, events.size);
  });
}

function collect(formula: Formula, visit: (name: string) => void): void {
  if (typeof formula === 'string') visit(formula);
  else for (const part of below(formula)) collect(part, visit);
}
