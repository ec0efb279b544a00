import { Route53HealthCheck, type Route53HealthCheckConfig } from '@cdktf/provider-aws/lib/route53-health-check';
import { Construct } from 'constructs';
import type { HealthCheck } from '../../../intent';
import { named } from '../aws-props';
import type { GeoEndpoint, Settings } from './props';
import { nameIn } from './records';
import { RegionSwitch } from './region-switch';
import { isAddress, isCname, isZoneRecord } from './target-kinds';

/** What an {@link EndpointHealth} is about. */
export interface EndpointHealthProps {
  readonly settings: Settings;
  readonly endpoint: GeoEndpoint;
  /** Name of the hosted zone. */
  readonly zoneName: string;
}

/**
 * Whether a region may take clients: its check, and all else that was given, each by itself, and all of them together.
 *
 * Route 53's checkers and DNS servers decide by it, all over the world; its control plane in us-east-1 is not asked.
 */
export class EndpointHealth extends Construct {
  /** Id of the check that decides. */
  public readonly healthCheckId: string;
  /** How an operator takes the region out; none without `switchRegions`. */
  public readonly regionSwitch: RegionSwitch | undefined;

  private readonly ids: string[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: EndpointHealthProps,
  ) {
    super(scope, id);
    const { settings, endpoint } = props;
    const place = switchPlace(settings, endpoint);
    this.askFor('App', settings.healthCheck);
    if (settings.writerCheck) this.askFor('Writer', settings.writerCheck);
    if (endpoint.alarm) this.check('Alarm', alarmConfig(endpoint.alarm));
    if (place) {
      this.regionSwitch = new RegionSwitch(this, 'Switch', { settings, place, region: endpoint.region });
      this.check('SwitchedOn', alarmConfig(this.regionSwitch.alarm));
    }
    if (endpoint.routingControlArn !== undefined) {
      this.check('RoutingControl', { type: 'RECOVERY_CONTROL', routingControlArn: endpoint.routingControlArn });
    }
    this.healthCheckId = this.together();
  }

  /** Asks for a path: by name, or by each address. */
  private askFor(part: string, { protocol, path, port, interval, unhealthyThreshold }: HealthCheck): void {
    const { settings } = this.props;
    const request = {
      ...{ type: protocol.toUpperCase(), resourcePath: path, port, enableSni: protocol === 'https' },
      ...{ requestInterval: interval.toSeconds(), failureThreshold: unhealthyThreshold },
      ...{ measureLatency: true, regions: [...settings.checkerRegions] },
    };
    const { target } = this.props.endpoint;
    this.check(part, { ...request, ...(isAddress(target) && { ipAddress: target.address }), fqdn: this.host() });
    if (isAddress(target) && target.ipv6Address !== undefined) {
      this.check(`${part}Ipv6`, { ...request, ipAddress: target.ipv6Address, fqdn: this.host() });
    }
  }

  /** Where to ask; with an address, only what to call it. */
  private host(): string {
    const { endpoint, zoneName, settings } = this.props;
    const { target, checkHost } = endpoint;
    if (checkHost !== undefined) return checkHost;
    if (isZoneRecord(target)) return nameIn(zoneName, target.record);
    if (isCname(target)) return target.cname;
    return isAddress(target) ? nameIn(zoneName, settings.record) : target.dnsName;
  }

  private check(part: string, config: Route53HealthCheckConfig): void {
    const check = new Route53HealthCheck(this, part, {
      ...config,
      lifecycle: { createBeforeDestroy: true },
      ...named(this, part, this.props.settings),
    });
    this.ids.push(check.id);
  }

  /** All of the checks: the region is healthy when each of them is. */
  private together(): string {
    const [only, ...others] = this.ids;
    if (only !== undefined && others.length === 0) return only;
    return new Route53HealthCheck(this, 'Resource', {
      type: 'CALCULATED',
      childHealthchecks: this.ids,
      childHealthThreshold: this.ids.length,
      lifecycle: { createBeforeDestroy: true },
      ...named(this, '', this.props.settings),
    }).id;
  }
}

/** Where a region is switched off: never in itself, since that is what may be down. */
function switchPlace({ switchRegions }: Settings, { region }: GeoEndpoint) {
  return switchRegions.find((place) => place.region !== region);
}

/** A check that follows an alarm; without data it stays as it was, so that a switch holds. */
function alarmConfig(alarm: { readonly name: string; readonly region: string }): Route53HealthCheckConfig {
  return {
    type: 'CLOUDWATCH_METRIC',
    cloudwatchAlarmName: alarm.name,
    cloudwatchAlarmRegion: alarm.region,
    insufficientDataHealthStatus: 'LastKnownStatus',
  };
}
