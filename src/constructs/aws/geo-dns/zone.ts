import { DataAwsRoute53Zone } from '@cdktf/provider-aws/lib/data-aws-route53-zone';
import type { Construct } from 'constructs';
import type { AwsProps } from '../aws-props';
import type { HostedZone } from './targets';

/** Ids of hosted zones, which no name of a zone looks like. */
export const ZONE_ID = /^Z[A-Z0-9]{1,31}$/;

/** The zone that was meant; looked up where only its id or its name is known. */
export function hostedZoneOf(scope: Construct, zone: HostedZone | string, { provider }: AwsProps): HostedZone {
  if (typeof zone !== 'string') return { zoneId: zone.zoneId, name: zone.name };
  if (ZONE_ID.test(zone)) {
    return { zoneId: zone, name: new DataAwsRoute53Zone(scope, 'Zone', { zoneId: zone, provider }).name };
  }
  const name = zone.toLowerCase();
  return { zoneId: new DataAwsRoute53Zone(scope, 'Zone', { name, provider }).zoneId, name };
}
