// A model of kube-scheduler, of as much as decides where pods of one namespace go: room, taints, node selectors,
// required anti-affinity and topology spread constraints. scheduler.test.ts holds it to the documented cases.

export interface Node {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** How many pods find room. */
  readonly room: number;
  readonly taints: readonly Taint[];
}

export interface Taint {
  readonly key: string;
  readonly effect: 'NoSchedule' | 'NoExecute' | 'PreferNoSchedule';
}

/** What of a pod's template the scheduler reads. */
export interface PodSpec {
  readonly topologySpreadConstraints?: readonly SpreadConstraint[];
  readonly tolerations?: readonly { readonly key?: string; readonly operator?: string; readonly effect?: string }[];
  /** Values of a label that a node must not have; stands for a required node affinity by `NotIn`. */
  readonly notIn?: { readonly key: string; readonly values: readonly string[] };
  /** Required anti-affinity: the key of the domains of which each takes one of the selected pods. */
  readonly antiAffinity?: { readonly topologyKey: string; readonly matchLabels: Labels };
}

export interface SpreadConstraint {
  readonly topologyKey: string;
  readonly maxSkew: number;
  readonly minDomains?: number;
  readonly whenUnsatisfiable: string;
  readonly labelSelector: { readonly matchLabels: Labels };
  readonly matchLabelKeys?: readonly string[];
  readonly nodeTaintsPolicy?: string;
}

type Labels = Readonly<Record<string, string>>;

export interface Pod {
  readonly labels: Labels;
  readonly spec: PodSpec;
  node: Node | undefined;
}

/** Nodes that a pod may go to; those that a preference (`ScheduleAnyway`) ranks lower are among them. */
export function feasibleNodes(pod: Pod, nodes: readonly Node[], pods: readonly Pod[]): readonly Node[] {
  const constraints = (pod.spec.topologySpreadConstraints ?? []).filter(
    ({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule',
  );
  const spreads = constraints.map((constraint) => spreadOver(constraint, constraints, pod, nodes, pods));
  return nodes.filter(
    (node) =>
      pods.filter((other) => other.node === node).length < node.room &&
      tolerates(pod, node) &&
      selects(pod, node) &&
      !isRepelled(pod, node, pods) &&
      spreads.every((allows) => allows(node)),
  );
}

/** The rule of one constraint: which nodes keep the skew. */
function spreadOver(
  { topologyKey, maxSkew, minDomains = 1, nodeTaintsPolicy = 'Ignore', ...constraint }: SpreadConstraint,
  all: readonly SpreadConstraint[],
  pod: Pod,
  nodes: readonly Node[],
  pods: readonly Pod[],
): (node: Node) => boolean {
  const hasKeys = ({ labels }: Node) => all.every((other) => other.topologyKey in labels);
  const counted = nodes.filter(
    (node) => hasKeys(node) && selects(pod, node) && (nodeTaintsPolicy === 'Ignore' || tolerates(pod, node)),
  );
  const selector = selectorOf(constraint, pod);
  const counts = new Map(counted.map(({ labels }) => [labels[topologyKey], 0]));
  for (const { node, labels } of pods) {
    if (node === undefined || !counted.includes(node) || !matches(labels, selector)) continue;
    const domain = node.labels[topologyKey];
    counts.set(domain, (counts.get(domain) ?? 0) + 1);
  }
  const least = counts.size < minDomains ? 0 : Math.min(...counts.values());
  const self = matches(pod.labels, selector) ? 1 : 0;
  return (node) => hasKeys(node) && (counts.get(node.labels[topologyKey]) ?? 0) + self - least <= maxSkew;
}

function selectorOf(
  { labelSelector, matchLabelKeys = [] }: Pick<SpreadConstraint, 'labelSelector' | 'matchLabelKeys'>,
  pod: Pod,
): Labels {
  const own = matchLabelKeys.filter((key) => key in pod.labels).map((key) => [key, pod.labels[key]]);
  return { ...labelSelector.matchLabels, ...Object.fromEntries(own) };
}

function matches(labels: Labels, selector: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

function tolerates({ spec }: Pod, { taints }: Node): boolean {
  return taints
    .filter(({ effect }) => effect !== 'PreferNoSchedule')
    .every((taint) =>
      (spec.tolerations ?? []).some(
        ({ key, effect }) =>
          (key === undefined || key === taint.key) && (effect === undefined || effect === taint.effect),
      ),
    );
}

function selects({ spec: { notIn } }: Pod, { labels }: Node): boolean {
  return notIn === undefined || !notIn.values.includes(labels[notIn.key] ?? '');
}

function isRepelled({ spec: { antiAffinity } }: Pod, node: Node, pods: readonly Pod[]): boolean {
  if (antiAffinity === undefined) return false;
  const { topologyKey, matchLabels } = antiAffinity;
  return pods.some(
    (other) =>
      other.node !== undefined &&
      other.node.labels[topologyKey] === node.labels[topologyKey] &&
      matches(other.labels, matchLabels),
  );
}
