import fc from 'fast-check';
import {
  buildCluster,
  CLUSTER_AROUND,
  type ClusterConfig,
  clusterConfigs,
  clusterCoverage,
  zonesOf,
} from '../support/random-cluster';
import { SEED, takenByTerraform } from './support/random';

describe('random valid configs of clusters', () => {
  const configs = fc.sample(clusterConfigs, { seed: SEED, numRuns: 200 });
  takenByTerraform({
    what: 'clusters',
    configs: configs.map((config) => inSubnets(config, false)),
    toApply: configs.slice(0, 6).map((config) => withoutDomains(inSubnets(config, true))),
    coverage: clusterCoverage(),
    build: (scope, config, coverage) => buildCluster(scope, config, CLUSTER_AROUND, coverage),
  });
});

/** In subnets that are there already, whose ids are known or not: networks are drawn, and made, in another test. */
function inSubnets(config: ClusterConfig, tokens: boolean): ClusterConfig {
  const network = { kind: 'existing', zones: zonesOf(config), tiers: [], octet: 100, tokens } as const;
  return { ...config, network, tokens: config.tokens && !tokens };
}

/** Roles of single sign-on have a domain in their path, which moto takes for that of a service. */
function withoutDomains(config: ClusterConfig): ClusterConfig {
  const { access = {} } = config.props;
  const plain = Object.entries(access).map(([name, one]) => {
    const principalArn = one.principalArn.replace('sso.amazonaws.com', 'sso');
    return [name, { ...one, principalArn }];
  });
  return { ...config, props: { ...config.props, access: Object.fromEntries(plain) } };
}
