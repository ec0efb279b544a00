import { feasibleNodes, type Node, type Pod, type PodSpec, type SpreadConstraint, type Taint } from './scheduler';

// The cases of https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/, and of what its
// fields do; zones and nodes are called as there.

const node = (name: string, zone: string, taints: readonly Taint[] = [], zoneKey = 'zone'): Node => ({
  ...{ name, labels: { node: name, [zoneKey]: zone }, room: 100, taints },
});
const NODES = [node('node1', 'zoneA'), node('node2', 'zoneA'), node('node3', 'zoneB'), node('node4', 'zoneB')];
const over = (topologyKey: string, more: Partial<SpreadConstraint> = {}): SpreadConstraint => ({
  ...{ topologyKey, maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { foo: 'bar' } } },
  ...more,
});
const pod = (spec: PodSpec, on?: Node, labels: Readonly<Record<string, string>> = { foo: 'bar' }): Pod => ({
  ...{ labels, spec, node: on },
});

/** Names of nodes that a pod may go to, when others run on these (one for each time that a node is named). */
function candidates(
  incoming: Pod,
  nodes: readonly Node[],
  running: readonly string[],
  labels?: Pod['labels'],
): string[] {
  const pods = running.map((name) =>
    pod(
      {},
      nodes.find((other) => other.name === name),
      labels,
    ),
  );
  return feasibleNodes(incoming, nodes, [...pods, incoming]).map(({ name }) => name);
}

const with1 = (...constraints: readonly SpreadConstraint[]) => pod({ topologySpreadConstraints: constraints });
const THREE = ['node1', 'node2', 'node3'];

describe('the model of the scheduler', () => {
  describe('with one constraint, and pods on node1, node2 and node3, takes', () => {
    test('only zone B by zone', () => {
      expect(candidates(with1(over('zone')), NODES, THREE)).toEqual(['node3', 'node4']);
    });

    test('zone A as well with a maxSkew of 2', () => {
      expect(candidates(with1(over('zone', { maxSkew: 2 })), NODES, THREE)).toHaveLength(4);
    });

    test('only node4 by node', () => {
      expect(candidates(with1(over('node')), NODES, THREE)).toEqual(['node4']);
    });

    test('any node where the constraint is a preference', () => {
      expect(candidates(with1(over('zone', { whenUnsatisfiable: 'ScheduleAnyway' })), NODES, THREE)).toHaveLength(4);
    });
  });

  test('with constraints by zone and by node takes only node4', () => {
    expect(candidates(with1(over('zone'), over('node')), NODES, THREE)).toEqual(['node4']);
  });

  test('with conflicting constraints takes no node: the pod stays pending', () => {
    const running = ['node1', 'node1', 'node2', 'node3', 'node3'];
    expect(candidates(with1(over('zone'), over('node')), NODES.slice(0, 3), running)).toEqual([]);
  });

  test('with a node affinity that excludes zone C takes zone B, though zone C is empty', () => {
    const incoming = pod({ topologySpreadConstraints: [over('zone')], notIn: { key: 'zone', values: ['zoneC'] } });
    expect(candidates(incoming, [...NODES, node('node5', 'zoneC')], THREE)).toEqual(['node3', 'node4']);
  });

  describe('by its implicit conventions', () => {
    test('bypasses nodes without the key: their pods do not count, and they take none', () => {
      const nodes = [...NODES, node('node5', 'zoneC', [], 'zone-typo')];
      expect(candidates(with1(over('zone')), nodes, [...THREE, 'node5'])).toEqual(['node3', 'node4']);
    });

    test('lets a pod that its own selector does not select go to zone B, and count nowhere', () => {
      const incoming = pod({ topologySpreadConstraints: [over('zone')] }, undefined, {});
      expect(candidates(incoming, NODES, THREE)).toContain('node3');
      expect(candidates(incoming, NODES, ['node1', 'node2', 'node3', 'node3'])).toHaveLength(4);
    });
  });

  describe('with minDomains', () => {
    test('takes the least as 0 while there are fewer domains', () => {
      expect(candidates(with1(over('zone', { minDomains: 3 })), NODES, ['node1', 'node3'])).toEqual([]);
    });

    test('changes nothing when there are as many', () => {
      expect(candidates(with1(over('zone', { minDomains: 2 })), NODES, ['node1', 'node3'])).toHaveLength(4);
    });
  });

  describe('with matchLabelKeys', () => {
    test('counts pods of the same version only', () => {
      const constraint = over('zone', { matchLabelKeys: ['version'] });
      const incoming = pod({ topologySpreadConstraints: [constraint] }, undefined, { foo: 'bar', version: '2' });
      const running = ['node1', 'node2', 'node3'];
      expect(candidates(incoming, NODES, running, { foo: 'bar', version: '1' })).toHaveLength(4);
      expect(candidates(incoming, NODES, running, { foo: 'bar', version: '2' })).toEqual(['node3', 'node4']);
    });
  });

  describe('with a zone whose nodes are tainted', () => {
    const lost: Taint = { key: 'node.kubernetes.io/unreachable', effect: 'NoSchedule' };
    const nodes = [...NODES, node('node5', 'zoneC', [lost])];
    const running = ['node1', 'node3'];

    test('counts it as empty when taints are ignored, the default: the pod stays pending', () => {
      expect(candidates(with1(over('zone')), nodes, running)).toEqual([]);
    });

    test('does not count it when taints are honoured', () => {
      expect(candidates(with1(over('zone', { nodeTaintsPolicy: 'Honor' })), nodes, running)).toHaveLength(4);
    });

    test('counts it, and takes it, when the pod tolerates the taint', () => {
      const tolerations = [{ key: lost.key, operator: 'Exists' }];
      const incoming = pod({ tolerations, topologySpreadConstraints: [over('zone', { nodeTaintsPolicy: 'Honor' })] });
      expect(candidates(incoming, nodes, running)).toEqual(['node5']);
    });
  });

  test('takes no node that is full', () => {
    const full = NODES.map((other) => ({ ...other, room: other.name === 'node4' ? 1 : 0 }));
    expect(candidates(with1(over('zone')), full, [])).toEqual(['node4']);
  });
});
