import { Construct } from 'constructs';
import fc from 'fast-check';
import { MultiAZCluster, type MultiAZClusterProps, type ZonalNetwork } from 'nines/aws';
import { sentencesIn } from '../../../support/breakages';
import { CLUSTER } from '../../../support/breakages/cluster';
import { fullCluster } from '../../../support/full-cluster';
import { pathsIn, propsIn } from '../../../support/full-props';
import {
  buildCluster,
  CLUSTER_AROUND,
  type ClusterConfig,
  clusterConfigs,
  clusterProps,
  zonesOf,
} from '../../../support/random-cluster';
import { REGION } from '../../../support/random-configs';
import { ownProvider, refusesAll, SEED } from '../../../support/refuses-all';
import { emptyStack } from '../../../support/synth';

const VALID_CONFIGS = 15;

/** What `podRole` says; `pods.test.ts` makes it say that. */
const OF_PODS = /must be the name of one in Kubernetes/;

/** A network with subnets for nodes in these zones, made of nothing. */
function plainNetwork(zones: readonly string[]): ZonalNetwork {
  const applicationSubnets = zones.map((zone, position) => ({ zone, subnetId: `subnet-0abc100${position}` }));
  return { vpcId: 'vpc-0abc1234', zones, publicSubnets: [], applicationSubnets, dataSubnets: [] };
}

describe('MultiAZCluster', () => {
  test(`builds without an error of ${VALID_CONFIGS} random valid props`, () => {
    const property = fc.property(clusterConfigs, (config) => {
      const scope = new Construct(emptyStack({ region: REGION }), 'Config');
      buildCluster(scope, config, CLUSTER_AROUND);
    });
    fc.assert(property, { seed: SEED, numRuns: VALID_CONFIGS });
  });

  const { tried, said } = refusesAll<ClusterConfig, MultiAZClusterProps>(CLUSTER, clusterConfigs, {
    propsOf: (config, stack) => ({
      ...clusterProps(config, CLUSTER_AROUND),
      network: plainNetwork(zonesOf(config)),
      provider: config.ownProvider ? ownProvider(stack) : undefined,
    }),
    make: (stack, props) => new MultiAZCluster(stack, 'It', props),
  });

  test('was broken in every prop', () => {
    const props = propsIn(fullCluster(ownProvider(emptyStack()), plainNetwork(['us-east-1a', 'us-east-1b'])));
    // values that are made elsewhere, and what is broken as a whole
    const own = props.filter(
      (path) => !/^(network|capacity|access|addOnVersions|publicAccessCidrs)\.|Types\./.test(path),
    );
    expect(own.filter((path) => !tried.has(path))).toEqual([]);
  });

  test('has no sentence that nothing makes it say', () => {
    const unsaid = sentencesIn('constructs/aws/cluster').filter(
      (sentence) => !OF_PODS.test(String(sentence)) && ![...said].some((problem) => sentence.test(problem)),
    );
    expect(unsaid.map(String)).toEqual([]);
  });

  test('takes all its props at once', () => {
    const stack = emptyStack({ region: REGION });
    const full = fullCluster(ownProvider(stack), plainNetwork(['us-east-1a', 'us-east-1b']));
    expect(pathsIn(full).length).toBeGreaterThan(20);
    expect(() => new MultiAZCluster(stack, 'It', full)).not.toThrow();
  });
});
