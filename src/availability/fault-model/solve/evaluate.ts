import { type Conditionals, conditionals, pick } from './diagram';
import { Elimination } from './elimination';
import { FALSE, TRUE } from './node-table';
import type { Solution, SolvedModule } from './solution';

/** How likely the top is true, when each event is given. */
export interface TopConditionals {
  /** How likely the top is true. */
  readonly top: number;
  /** The same, when an event is true. */
  readonly whenTrue: Float64Array;
  /** The same, when an event is false. */
  readonly whenFalse: Float64Array;
}

/** How likely the top is true when each event is given, for all events in one pass over the modules. */
export function eventConditionals(solution: Solution, maxNodes: number): TopConditionals {
  const { graph, solved, shares } = solution;
  const last = shares.yes.length - 1;
  const top = shares.yes[last] as number;
  const whenTrue = new Float64Array(last + 1).fill(top);
  const whenFalse = new Float64Array(last + 1).fill(top);
  whenTrue[last] = 1;
  whenFalse[last] = 0;
  for (const one of [...solved].reverse()) {
    const { up, down } = one.diagram ? byDiagram(solution, one) : byElimination(solution, one, maxNodes);
    const [ifModule, ifNot] = [whenTrue[one.module.node] as number, whenFalse[one.module.node] as number];
    one.variables.forEach((node, level) => {
      whenTrue[node] = (up.whenTrue[level] as number) * ifModule + (down.whenTrue[level] as number) * ifNot;
      whenFalse[node] = (up.whenFalse[level] as number) * ifModule + (down.whenFalse[level] as number) * ifNot;
    });
  }
  return { top, whenTrue: whenTrue.slice(0, graph.events), whenFalse: whenFalse.slice(0, graph.events) };
}

/** How likely a module is true (up) and false (down) when each of its variables is given. */
interface ModuleConditionals {
  readonly up: Conditionals;
  readonly down: Conditionals;
}

function byDiagram({ shares }: Solution, { variables, diagram }: SolvedModule): ModuleConditionals {
  if (!diagram) throw new RangeError('a module without a diagram has no conditionals by it');
  const own = pick(shares, variables);
  return { up: conditionals(diagram, own, TRUE), down: conditionals(diagram, own, FALSE) };
}

/** Elimination once more for each value of each variable: what does not depend on it is found in the cache. */
function byElimination(solution: Solution, { module, variables }: SolvedModule, maxNodes: number): ModuleConditionals {
  const { graph, shares } = solution;
  const made = () => new Elimination(graph, module, variables, maxNodes);
  const empty = (): Conditionals => ({
    whenTrue: new Float64Array(variables.length),
    whenFalse: new Float64Array(variables.length),
  });
  const [up, down] = [empty(), empty()];
  let elimination = made();
  variables.forEach((given, level) => {
    for (const key of ['whenTrue', 'whenFalse'] as const) {
      const value = key === 'whenTrue' ? { yes: 1, no: 0 } : { yes: 0, no: 1 };
      const shareOf = (node: number) =>
        node === given ? value : { yes: shares.yes[node] as number, no: shares.no[node] as number };
      let share = elimination.evaluate(shareOf);
      if (!share) {
        elimination = made(); // full of what earlier variables left behind
        share = elimination.evaluate(shareOf);
      }
      up[key][level] = share?.yes ?? Number.NaN;
      down[key][level] = share?.no ?? Number.NaN;
    }
  });
  return { up, down };
}
