import type { Availability } from '../../units';
import { shown } from '../../validation';
import { type AnalysisOptions, FaultAnalysis } from './analysis';
import { InvalidModelError } from './errors';
import { type Formula, formulaProblems, namesIn } from './formula';
import type { RepairTime } from './repair-time';

/** Something that fails by itself, independently of everything else. */
export interface FaultTreeEvent {
  /** How much of the time it works: its failing share is the event's probability. */
  readonly availability: Availability;
  /**
   * How long it is down when it fails.
   *
   * @default - not known: what asks for time (simulation, number of outages) is given one for all
   */
  readonly repair?: RepairTime;
}

/** Choices for a {@link FaultTree}. */
export interface FaultTreeProps {
  /** Name of the gate or event that the tree is about. */
  readonly top: string;
  /** When each gate fails, by the gate's name. */
  readonly gates: Readonly<Record<string, Formula>>;
  /** The events, by name. */
  readonly events: Readonly<Record<string, FaultTreeEvent>>;
  /**
   * Switches, by name: what is assumed to have failed (true) or not.
   *
   * @default - none
   */
  readonly houses?: Readonly<Record<string, boolean>>;
  /**
   * What gates, events and houses are called among people.
   *
   * @default - by their names
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * A fault tree: gates that say when something fails, down to events that fail by themselves. What reliability tools
 * exchange; {@link FaultModel} is the way to write one about services, zones and regions.
 */
export class FaultTree {
  /** Name of the gate or event that the tree is about. */
  public readonly top: string;
  /** When each gate fails, by the gate's name. */
  public readonly gates: ReadonlyMap<string, Formula>;
  /** The events, by name. */
  public readonly events: ReadonlyMap<string, FaultTreeEvent>;
  /** What is assumed to have failed or not, by name. */
  public readonly houses: ReadonlyMap<string, boolean>;
  /** What things are called among people, by name. */
  public readonly labels: ReadonlyMap<string, string>;

  /** @throws InvalidModelError naming every name that nothing has, every loop and every gate that means nothing */
  constructor({ top, gates, events, houses = {}, labels = {} }: FaultTreeProps) {
    this.top = top;
    this.gates = new Map(Object.entries(gates));
    this.events = new Map(Object.entries(events));
    this.houses = new Map(Object.entries(houses));
    this.labels = new Map(Object.entries(labels));
    InvalidModelError.throwIfAny(problemsIn(this), `fault tree "${top}"`);
  }

  /**
   * Everything that follows from the tree. Nothing is computed before it is asked for.
   *
   * @param options limits
   */
  public analyse(options: AnalysisOptions = {}): FaultAnalysis {
    return new FaultAnalysis(this, options);
  }
}

function problemsIn(tree: FaultTree): string[] {
  const { gates, events, houses, top } = tree;
  const isKnown = (name: string) => gates.has(name) || events.has(name) || houses.has(name);
  const problems: string[] = [];
  for (const name of gates.keys()) {
    if (!events.has(name) && !houses.has(name)) continue;
    problems.push(`${name} must be one thing, got a gate and an event; rename one`);
  }
  for (const name of events.keys()) {
    if (houses.has(name)) problems.push(`${name} must be one thing, got an event and a house; rename one`);
  }
  for (const [gate, formula] of gates) {
    problems.push(...formulaProblems(gate, formula));
    for (const name of new Set(namesIn(formula))) {
      if (isKnown(name)) continue;
      problems.push(`${gate} must name gates, events or houses, got ${shown(name)}; add it, or correct the name`);
    }
  }
  if (!isKnown(top)) problems.push(`top must be a gate or an event, got ${shown(top)}; name one of the tree`);
  return [...problems, ...loopProblems(gates)];
}

/** One sentence for each loop that a walk through the gates comes upon. */
export function loopProblems(gates: ReadonlyMap<string, Formula>): string[] {
  const problems: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  for (const start of gates.keys()) {
    if (state.has(start)) continue;
    const path: { readonly gate: string; readonly names: string[] }[] = [];
    const enter = (gate: string) => {
      state.set(gate, 'open');
      path.push({ gate, names: namesIn(gates.get(gate) ?? false).filter((name) => gates.has(name)) });
    };
    enter(start);
    for (let here = path.at(-1); here; here = path.at(-1)) {
      const next = here.names.pop();
      if (next === undefined) {
        state.set(here.gate, 'done');
        path.pop();
      } else if (state.get(next) === 'open') {
        const loop = [...path.map(({ gate }) => gate).slice(path.findIndex(({ gate }) => gate === next)), next];
        problems.push(`${next} must not depend on itself, got ${loop.join(' → ')}; take one of these steps out`);
      } else if (!state.has(next)) enter(next);
    }
  }
  return problems;
}
