import type { DnsContinent, DnsPolicy, DnsRecord, DnsRecordType } from 'nines';
import type { Cloud } from './cloud';

/** A record as the AWS command line shows it. */
interface RecordSet {
  readonly Name: string;
  readonly Type: string;
  readonly SetIdentifier?: string;
  readonly Weight?: number;
  readonly Region?: string;
  readonly Failover?: 'PRIMARY' | 'SECONDARY';
  readonly GeoLocation?: {
    readonly ContinentCode?: DnsContinent;
    readonly CountryCode?: string;
    readonly SubdivisionCode?: string;
  };
  readonly TTL?: number;
  readonly HealthCheckId?: string;
  readonly AliasTarget?: {
    readonly DNSName: string;
    readonly EvaluateTargetHealth: boolean;
    readonly HostedZoneId: string;
  };
  readonly ResourceRecords?: readonly { readonly Value: string }[];
}

/** Makes a public zone; answers its id. */
export async function makeZone(cloud: Cloud, name: string): Promise<string> {
  const { HostedZone } = await cloud.aws<{ HostedZone: { Id: string } }>(
    ...['route53', 'create-hosted-zone', '--name', name, '--caller-reference', name],
  );
  return HostedZone.Id.replace('/hostedzone/', '');
}

/** Every record of a zone that leads to servers, as `answerDns` takes it. */
export async function recordsOf(cloud: Cloud, zoneId: string): Promise<DnsRecord[]> {
  const { ResourceRecordSets: found } = await cloud.aws<{ ResourceRecordSets: readonly RecordSet[] }>(
    ...['route53', 'list-resource-record-sets', '--hosted-zone-id', zoneId],
  );
  return found.filter(({ Type }) => ['A', 'AAAA', 'CNAME'].includes(Type)).map(recordOf);
}

function recordOf(found: RecordSet): DnsRecord {
  const { AliasTarget: alias, HealthCheckId, ResourceRecords = [] } = found;
  return {
    name: found.Name.replace(/\.$/, ''),
    type: found.Type as DnsRecordType,
    setIdentifier: found.SetIdentifier ?? '',
    policy: policyOf(found),
    answer: alias
      ? { aliasOf: alias.DNSName.replace(/\.$/, ''), evaluateTargetHealth: alias.EvaluateTargetHealth }
      : { values: ResourceRecords.map(({ Value }) => Value) },
    ...(HealthCheckId !== undefined && { healthCheck: HealthCheckId }),
  };
}

function policyOf({ Weight, Region, Failover, GeoLocation }: RecordSet): DnsPolicy {
  if (Weight !== undefined) return { kind: 'weighted', weight: Weight };
  if (Region !== undefined) return { kind: 'latency', region: Region };
  if (Failover !== undefined) return { kind: 'failover', role: Failover };
  if (GeoLocation === undefined) return { kind: 'simple' };
  const { ContinentCode: continent, CountryCode: country, SubdivisionCode: state } = GeoLocation;
  return {
    kind: 'geolocation',
    ...(continent !== undefined && { continent }),
    ...(country !== undefined && country !== '*' && { country }),
    ...(state !== undefined && { state }),
  };
}
