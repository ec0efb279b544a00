import type { DnsClient } from './answer';
import type { DnsRecord } from './records';

/**
 * The records of a group whose place a client is in, the smallest place first: a state, a country, a continent, the default.
 *
 * A record that is unhealthy gives way to that of the next larger place; when all are, the smallest one answers.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-geo.html
 */
export function placesAround(group: readonly DnsRecord[], client: DnsClient): DnsRecord[] {
  return group
    .map((record) => ({ record, size: sizeAround(record, client) }))
    .filter(({ size }) => size !== undefined)
    .sort((one, other) => (one.size ?? 0) - (other.size ?? 0))
    .map(({ record }) => record);
}

/** How large the place is; undefined when the client is elsewhere. */
function sizeAround({ policy }: DnsRecord, client: DnsClient): number | undefined {
  if (policy.kind !== 'geolocation') return undefined;
  const { continent, country, state } = policy;
  if (state !== undefined) return client.country === 'US' && client.state === state ? 0 : undefined;
  if (country !== undefined) return client.country === country ? 1 : undefined;
  if (continent !== undefined) return client.continent === continent ? 2 : undefined;
  return 3;
}
