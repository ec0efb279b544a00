import { Coverage } from './coverage';

/** Everything that a config of `random-configs` may hold. */
export function configCoverage(): Coverage {
  return new Coverage(
    {
      'constructs/aws/multi-az-network.ts': ['MultiAZNetworkProps'],
      'constructs/aws/network/existing-network.ts': ['ExistingNetworkProps'],
      'constructs/aws/web-tier/props.ts': ['HAWebTierProps'],
      'constructs/aws/security-rules.ts': ['AddressRange'],
      'intent/capacity.ts': ['CapacityOptions'],
      'intent/health-check.ts': ['HttpHealthCheckOptions'],
    },
    [
      'HealthCheck.http',
      'HealthCheck.https',
      'HAWebTier.allowTo(construct)',
      'HAWebTier.allowTo(range)',
      'HAWebTier.allowFrom',
    ],
  );
}
