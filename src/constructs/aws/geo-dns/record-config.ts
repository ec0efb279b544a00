import type { Route53RecordConfig } from '@cdktf/provider-aws/lib/route53-record';
import type { DnsPolicy } from '../../../availability';
import { protectedLifecycle } from '../aws-props';
import type { Settings } from './props';
import { LAST_RESORT, type PlannedRecord } from './records';
import { isLoadBalancer } from './target-kinds';
import type { GeoTarget, HostedZone } from './targets';

/** What records are made of. */
export interface RecordContext {
  readonly settings: Settings;
  readonly zone: HostedZone;
  readonly healthCheckIds: ReadonlyMap<string, string>;
}

/** A record as the provider takes it. */
export function recordConfig(
  { record, serves }: PlannedRecord,
  { settings, zone, healthCheckIds }: RecordContext,
): Route53RecordConfig {
  const { name, type, policy, answer, setIdentifier } = record;
  const isSimple = policy.kind === 'simple';
  return {
    ...{ zoneId: zone.zoneId, name, type, provider: settings.provider },
    ...(!isSimple && { setIdentifier, ...policyConfig(policy) }),
    ...('values' in answer
      ? { records: [...answer.values], ttl: settings.ttl.toSeconds() }
      : {
          alias: {
            name: answer.aliasOf,
            zoneId: zoneOf(targetOf(settings, serves), zone),
            evaluateTargetHealth: answer.evaluateTargetHealth,
          },
        }),
    healthCheckId: record.healthCheck === undefined ? undefined : healthCheckIds.get(record.healthCheck),
    lifecycle: {
      createBeforeDestroy: true, // an old set of records goes when the name no longer stands for it
      ...(isSimple && protectedLifecycle(settings.allowDestroy)),
    },
  };
}

function policyConfig(policy: DnsPolicy): Partial<Route53RecordConfig> {
  switch (policy.kind) {
    case 'simple':
      return {};
    case 'latency':
      return { latencyRoutingPolicy: { region: policy.region } };
    case 'weighted':
      return { weightedRoutingPolicy: { weight: policy.weight } };
    case 'failover':
      return { failoverRoutingPolicy: { type: policy.role } };
    case 'geolocation':
      return { geolocationRoutingPolicy: geolocationConfig(policy) };
  }
}

function geolocationConfig({ continent, country, state }: Extract<DnsPolicy, { kind: 'geolocation' }>) {
  if (continent !== undefined) return { continent };
  return state === undefined ? { country: country ?? '*' } : { country, subdivision: state };
}

function targetOf({ endpoints, lastResort }: Settings, serves: string | undefined): GeoTarget | undefined {
  return serves === LAST_RESORT ? lastResort : endpoints.find(({ region }) => region === serves)?.target;
}

/** The zone of what a record stands for: a load balancer's, or the same one. */
function zoneOf(target: GeoTarget | undefined, { zoneId }: HostedZone): string {
  return target && isLoadBalancer(target) ? target.zoneId : zoneId;
}
