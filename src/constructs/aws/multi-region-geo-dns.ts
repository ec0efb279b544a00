import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { Construct } from 'constructs';
import { answerDns, type DnsClient, type DnsRecord, type DnsRecordType } from '../../availability';
import type { Duration } from '../../units';
import { InvalidPropsError } from '../../validation';
import { type Detection, detectionOf } from './geo-dns/detection';
import { EndpointHealth } from './geo-dns/endpoint-health';
import { checkNameAtSynthesis } from './geo-dns/one-policy';
import { problemsIn } from './geo-dns/problems';
import { type MultiRegionGeoDNSProps, type Settings, withDefaults } from './geo-dns/props';
import { QueryLog } from './geo-dns/query-log';
import { recordConfig } from './geo-dns/record-config';
import { nameIn, type PlannedRecord, plannedRecords, recordTypes } from './geo-dns/records';
import { RegionAlarms } from './geo-dns/region-alarms';
import type { RegionSwitch } from './geo-dns/region-switch';
import { SignedZone } from './geo-dns/signed-zone';
import type { HostedZone } from './geo-dns/targets';
import { usEast1Of } from './geo-dns/us-east-1';
import { warnOf } from './geo-dns/warnings';
import { hostedZoneOf } from './geo-dns/zone';

/** Who is served: a region, or the last resort. */
export interface ServedClients {
  /** The region; `last resort` for the page of no region. */
  readonly by: string;
  /** Share of the clients. */
  readonly share: number;
}

/**
 * One name that leads every client to a healthy region, in Route 53.
 *
 * Health checks from all over the world, and the health of load balancers, decide within `detectionTime`; no record is edited,
 * and no control plane is asked. Put it in a stack of its own. See `examples/geo-dns.ts`.
 */
export class MultiRegionGeoDNS extends Construct {
  /** The name that clients ask for. */
  public readonly name: string;
  /** The time until the last client is sent elsewhere, after a region fell silent: checks, then answers that are cached. */
  public readonly detectionTime: Duration;
  /** What `detectionTime` is made of. */
  public readonly detection: Detection;
  /** Every record, in no cloud's words: what `answerDns` takes. A region's health check is called after the region. */
  public readonly records: readonly DnsRecord[];
  /** Ids of the health check that decides, by region. */
  public readonly healthCheckIds: ReadonlyMap<string, string>;
  /** How an operator takes a region out, by region; empty without `switchRegions`. */
  public readonly switches: ReadonlyMap<string, RegionSwitch>;
  /** The DS record for the registrar; none without `dnssec`. */
  public readonly dsRecord: string | undefined;

  private readonly settings: Settings;
  private readonly planned: readonly PlannedRecord[];

  constructor(scope: Construct, id: string, props: MultiRegionGeoDNSProps) {
    super(scope, id);
    const settings = withDefaults(props);
    const usEast1 = usEast1Of(this, settings);
    InvalidPropsError.throwIfAny(problemsIn(settings, usEast1), this);
    warnOf(this, settings, usEast1);

    const zone = hostedZoneOf(this, settings.hostedZone, settings);
    const health = this.checks(settings, zone);
    this.healthCheckIds = new Map([...health].map(([region, { healthCheckId }]) => [region, healthCheckId]));
    this.planned = plannedRecords(settings, zone.name);
    makeRecords(this, { settings, zone, planned: this.planned, healthCheckIds: this.healthCheckIds });
    this.dsRecord = usEast1 && this.inUsEast1(settings, zone, usEast1.provider);

    this.name = nameIn(zone.name, settings.record);
    this.detection = detectionOf(settings);
    this.detectionTime = this.detection.total;
    this.records = this.planned.map(({ record }) => record);
    this.switches = new Map(
      [...health].flatMap(([region, { regionSwitch }]) => (regionSwitch ? [[region, regionSwitch]] : [])),
    );
    this.settings = settings;
    checkNameAtSynthesis(this, zone, settings.record);
  }

  /**
   * Who is served by what, as Route 53 would answer, while regions are down.
   *
   * @param client where the client is
   * @param down regions that are down, as their checks tell
   * @param type type of the record that is asked for: A, or CNAME where targets are names, when left out
   */
  public served(client: DnsClient, down: readonly string[] = [], type?: DnsRecordType): ServedClients[] {
    const [first] = recordTypes(this.settings);
    const answers = answerDns(this.records, { name: this.name, type: type ?? first, client, down });
    const byRegion = new Map<string, number>();
    for (const { record, share } of answers) {
      const by = this.planned.find((planned) => planned.record === record)?.serves ?? record.name;
      byRegion.set(by, (byRegion.get(by) ?? 0) + share);
    }
    return [...byRegion].map(([by, share]) => ({ by, share }));
  }

  private checks(settings: Settings, zone: HostedZone): ReadonlyMap<string, EndpointHealth> {
    const checks = new Construct(this, 'Health');
    return new Map(
      settings.endpoints.map((endpoint) => [
        endpoint.region,
        new EndpointHealth(checks, endpoint.region, { settings, endpoint, zoneName: zone.name }),
      ]),
    );
  }

  /** What has to be in us-east-1; answers the DS record of a signed zone. */
  private inUsEast1(settings: Settings, zone: HostedZone, provider: AwsProvider | undefined): string | undefined {
    new RegionAlarms(this, 'Alarms', { settings, provider, healthCheckIds: this.healthCheckIds });
    const retention = settings.queryLogRetention;
    if (retention) new QueryLog(this, 'QueryLog', { settings, provider, zone, retention });
    return settings.dnssec ? new SignedZone(this, 'Dnssec', { settings, provider, zone }).dsRecord : undefined;
  }
}

interface RecordsToMake {
  readonly settings: Settings;
  readonly zone: HostedZone;
  readonly planned: readonly PlannedRecord[];
  readonly healthCheckIds: ReadonlyMap<string, string>;
}

/** Makes the records, each after those that it stands for. */
function makeRecords(scope: Construct, { settings, zone, planned, healthCheckIds }: RecordsToMake): void {
  const records = new Construct(scope, 'Records');
  const made = new Map<string, Route53Record>();
  for (const plan of planned) {
    const dependsOn = plan.standsFor.flatMap((id) => made.get(id) ?? []);
    const config = recordConfig(plan, { settings, zone, healthCheckIds });
    made.set(plan.id, new Route53Record(records, plan.id, { ...config, dependsOn }));
  }
}
