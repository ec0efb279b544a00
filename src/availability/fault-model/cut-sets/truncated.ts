import { type Diagram, diagramOf } from '../solve/diagram';
import { type Graph, needed, nodeOf } from '../solve/graph';
import type { Module } from '../solve/modules';
import { FULL } from '../solve/node-table';
import { EMPTY, Families, NONE } from './sets';

/**
 * All minimal cut sets of at most `most` variables of a module without negation, straight from its gates: longer sets
 * are dropped as soon as they come up, and only longer ones come from them. None when they take more than `maxNodes`.
 */
export function truncatedSets(
  graph: Graph,
  { gates }: Module,
  variables: Int32Array,
  { most, maxNodes }: { readonly most: number; readonly maxNodes: number },
): Diagram | undefined {
  const families = new Families(variables.length, maxNodes);
  const made = new Map<number, number>(Array.from(variables, (node, level) => [node, families.single(level)]));
  for (const index of gates) {
    const gate = graph.gates[index];
    if (!gate) continue;
    const inputs = gate.inputs.map((input) => made.get(nodeOf(input)) ?? FULL);
    const family = inputs.includes(FULL) ? FULL : atLeast(families, needed(gate, inputs.length), inputs, most);
    if (family === FULL) return undefined;
    made.set(graph.events + index, family);
  }
  const root = made.get(graph.events + (gates.at(-1) ?? 0)) ?? NONE;
  return diagramOf(families.table, root);
}

/** What makes `min` of some inputs fail: every `and` and `or` is one of these. */
function atLeast(families: Families, min: number, inputs: readonly number[], most: number): number {
  const asked = new Array<number>(min + 1).fill(NONE);
  asked[0] = EMPTY;
  for (const input of inputs) {
    for (let count = min; count >= 1; count--) {
      const withInput = families.product(input, asked[count - 1] as number, most);
      const result = withInput === FULL ? FULL : families.union(withInput, asked[count] as number);
      if (result === FULL) return FULL;
      asked[count] = result;
    }
  }
  return asked[min] as number;
}

/** How likely more than `most` of some independent events are true, added up from positive terms. */
export function moreThan(most: number, shares: Float64Array): number {
  const exactly = new Float64Array(most + 1);
  exactly[0] = 1;
  let more = 0;
  for (const share of shares) {
    more += (exactly[most] as number) * share;
    for (let count = most; count >= 0; count--) {
      const fewer = count > 0 ? (exactly[count - 1] as number) : 0;
      exactly[count] = (exactly[count] as number) * (1 - share) + fewer * share;
    }
  }
  return more;
}
