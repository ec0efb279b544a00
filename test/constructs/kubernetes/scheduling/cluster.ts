import { allOf, type Manifest, only } from '../../../support/kubernetes/manifests';
import { feasibleNodes, type Node, type Pod, type PodSpec } from './scheduler';

const ZONE = 'topology.kubernetes.io/zone';
const LOST = 'node.kubernetes.io/unreachable';
const CORDONED = 'node.kubernetes.io/unschedulable';

/** What a cluster is made of. */
export interface ClusterShape {
  readonly zones: number;
  readonly perZone: number;
  readonly podsPerNode: number;
}

/**
 * A cluster that runs one Deployment, of its manifests alone: the model of the scheduler, and what the controllers do
 * about sizes, drains and rollouts. Where they may choose (a node, a pod that goes), it draws, so that it does whatever
 * a real one might.
 */
export class Cluster {
  public nodes: Node[];
  public pods: Pod[] = [];
  private readonly all: readonly Node[];
  private version = 1;
  private size = 0;
  private readonly spec: PodSpec;
  private readonly labels: Readonly<Record<string, string>>;
  private readonly surge: string;
  private readonly budget: { readonly maxUnavailable?: number; readonly minAvailable?: number };

  constructor(
    manifests: readonly Manifest[],
    { zones, perZone, podsPerNode }: ClusterShape,
    private readonly draw: () => number,
  ) {
    const { template, strategy } = only(manifests, 'Deployment').spec;
    this.spec = template.spec;
    this.labels = template.metadata.labels;
    this.surge = strategy.rollingUpdate.maxSurge;
    expect(strategy.rollingUpdate.maxUnavailable).toBe(0); // what a rollout below takes for granted
    this.budget = allOf(manifests, 'PodDisruptionBudget')[0]?.spec ?? {};
    this.all = Array.from({ length: zones * perZone }, (_, position) => {
      const name = `node-${position}`;
      const zone = `zone-${position % zones}`;
      return { name, labels: { [ZONE]: zone, 'kubernetes.io/hostname': name }, room: podsPerNode, taints: [] };
    });
    this.nodes = [...this.all];
  }

  /** Pods that wait for a place. */
  get pending(): number {
    return this.pods.filter(({ node }) => node === undefined).length;
  }

  /** How many pods run in each zone, the fullest first. */
  get perZone(): readonly number[] {
    const zones = [...new Set(this.nodes.map((node) => node.labels[ZONE]))];
    const count = (zone?: string) => this.pods.filter(({ node }) => node?.labels[ZONE] === zone).length;
    return zones.map(count).sort((a, b) => b - a);
  }

  /** The zone that holds the most pods. */
  get fullestZone(): string {
    const zones = [...new Set(this.nodes.map((node) => node.labels[ZONE] ?? ''))];
    const count = (zone: string) => this.pods.filter(({ node }) => node?.labels[ZONE] === zone).length;
    return zones.reduce((fullest, zone) => (count(zone) > count(fullest) ? zone : fullest));
  }

  /** Gives the Deployment another size; whatever pod goes, goes. */
  scale(size: number): void {
    this.size = size;
    while (this.pods.length > size)
      this.remove(
        this.any(
          this.pods.filter((pod) => pod.node === undefined),
          this.pods,
        ),
      );
    while (this.pods.length < size) this.create();
    this.schedule();
  }

  /** A zone is lost: its nodes are tainted, or gone; its pods are removed, and made anew. */
  lose(zone: string, how: 'tainted' | 'deleted'): void {
    const isLost = (node: Node) => node.labels[ZONE] === zone;
    this.pods = this.pods.filter(({ node }) => node === undefined || !isLost(node));
    const taints = (['NoSchedule', 'NoExecute'] as const).map((effect) => ({ key: LOST, effect }));
    this.nodes = how === 'deleted' ? this.nodes.filter((node) => !isLost(node)) : this.retainted(isLost, taints);
    this.scale(this.size);
  }

  /** All zones are back: taints go, and nodes that are gone come anew. What waits is placed, nothing else moves. */
  restore(): void {
    this.nodes = this.retainted(() => true, []);
    const here = new Set(this.nodes.map(({ name }) => name));
    this.nodes.push(...this.all.filter(({ name }) => !here.has(name)));
    this.schedule();
  }

  /** Drains every node in turn: cordons it, evicts its pods as the budget lets, and uncordons it. Answers whether it ended. */
  drainAll(): boolean {
    return this.nodes.filter(({ taints }) => taints.length === 0).every(({ name }) => this.drain(name));
  }

  private drain(name: string): boolean {
    const isIt = (node: Node) => node.name === name;
    this.retaint(isIt, [{ key: CORDONED, effect: 'NoSchedule' }]);
    while (this.pods.some(({ node }) => node !== undefined && isIt(node))) {
      const { maxUnavailable = 0, minAvailable = this.size - maxUnavailable } = this.budget;
      const healthy = this.pods.length - this.pending;
      if (healthy <= minAvailable) return false; // no eviction, and what is pending waits for one
      this.remove(this.any(this.pods.filter(({ node }) => node !== undefined && isIt(node))));
      this.create();
      this.schedule();
    }
    this.retaint(isIt, []);
    this.schedule();
    return this.pending === 0;
  }

  /** Rolls out a new version, adding before it takes away. Answers whether it ended. */
  rollOut(): boolean {
    this.version += 1;
    const surge = Math.ceil((this.size * Number.parseInt(this.surge, 10)) / 100);
    const isNew = (pod: Pod) => pod.labels['pod-template-hash'] === String(this.version);
    for (;;) {
      let moved = false;
      while (this.pods.length < this.size + surge && this.pods.filter(isNew).length < this.size) {
        this.create();
        moved = true;
      }
      moved = this.schedule() || moved;
      const old = this.pods.filter((pod) => !isNew(pod));
      if (this.pods.length - this.pending > this.size && old.length > 0) {
        this.remove(
          this.any(
            old.filter(({ node }) => node === undefined),
            old,
          ),
        );
        moved = true;
      }
      if (old.length === 0 && this.pods.length === this.size && this.pending === 0) return true;
      if (!moved) return false;
    }
  }

  private create(): void {
    this.pods.push({
      labels: { ...this.labels, 'pod-template-hash': String(this.version) },
      spec: this.spec,
      node: undefined,
    });
  }

  private remove(gone: Pod): void {
    this.pods = this.pods.filter((pod) => pod !== gone);
  }

  /** Places what waits, in any order, until nothing more finds a place; answers whether anything did. */
  private schedule(): boolean {
    const before = this.pending;
    for (;;) {
      const placed = this.pods
        .filter(({ node }) => node === undefined)
        .some((pod) => {
          const nodes = feasibleNodes(pod, this.nodes, this.pods);
          if (nodes.length > 0) pod.node = this.any(nodes);
          return nodes.length > 0;
        });
      if (!placed) return this.pending < before;
    }
  }

  private retaint(which: (node: Node) => boolean, taints: Node['taints']): void {
    this.nodes = this.retainted(which, taints);
  }

  private retainted(which: (node: Node) => boolean, taints: Node['taints']): Node[] {
    return this.nodes.map((node) => {
      if (!which(node)) return node;
      const changed = { ...node, taints };
      for (const pod of this.pods) if (pod.node === node) pod.node = changed;
      return changed;
    });
  }

  /** Any item of the first list that has one. */
  private any<Item>(...lists: readonly (readonly Item[])[]): Item {
    const items = lists.find((list) => list.length > 0) ?? [];
    const item = items[Math.floor(this.draw() * items.length)];
    if (item === undefined) throw new Error('nothing to draw from');
    return item;
  }
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function drawing(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
