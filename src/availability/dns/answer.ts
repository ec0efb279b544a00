import { DnsZoneHealth } from './health';
import { placesAround } from './places';
import type { DnsContinent, DnsRecord, DnsRecordType } from './records';

/** Where a client (or rather its resolver) is, as far as Route 53 knows; what is left out, it does not know. */
export interface DnsClient {
  /**
   * Its continent.
   *
   * @default - unknown: records of continents do not fit
   */
  readonly continent?: DnsContinent;
  /**
   * Its country, by ISO 3166-1, two capital letters.
   *
   * @default - unknown
   */
  readonly country?: string;
  /**
   * Its state in the USA, two capital letters.
   *
   * @default - unknown
   */
  readonly state?: string;
  /**
   * Its latency to regions, in any unit. A region that is left out is farther than all others.
   *
   * @default - all regions are equally far, and the first record is the nearest
   */
  readonly latency?: Readonly<Record<string, number>>;
}

/** What is asked, and the state of the world. */
export interface DnsQuestion {
  /** The whole name. */
  readonly name: string;
  /**
   * Type of the record.
   *
   * @default 'A'
   */
  readonly type?: DnsRecordType;
  /**
   * Who asks.
   *
   * @default - somebody of whom nothing is known
   */
  readonly client?: DnsClient;
  /**
   * Health checks that fail, by name or id, and load balancers that have no healthy target, by name.
   *
   * @default - everything is up
   */
  readonly down?: readonly string[];
}

/** One of the answers that are given, and how often. */
export interface DnsAnswer {
  /** Share of the questions that are answered so: 1 unless records are weighted. */
  readonly share: number;
  /** The record at the end of all aliases: it holds the answer, or stands for a load balancer. */
  readonly record: DnsRecord;
  /** Whether Route 53 takes that record for healthy. When nothing is, it answers all the same. */
  readonly healthy: boolean;
}

/**
 * What Route 53 answers: which record, for a client in a place, while some things are down.
 *
 * It follows the documented rules: a record without a check is healthy; when all of a group are unhealthy, all count as
 * healthy; weights of 0 count last; the smallest place that fits and is healthy; an alias that evaluates its target is as
 * healthy as the best of it, and else another branch is taken.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html
 *
 * @param records all records of the zone that matter, such as those of a `MultiRegionGeoDNS`
 * @returns every answer and its share; none when there is no record, or none of the client's place
 * @throws RangeError when Route 53 would refuse the records: two policies in one name, aliases in a circle
 */
export function answerDns(records: readonly DnsRecord[], question: DnsQuestion): DnsAnswer[] {
  const { name, type = 'A', client = {}, down = [] } = question;
  return answersOf(name, type, client, new DnsZoneHealth(records, down), []);
}

interface Chosen {
  readonly share: number;
  readonly record: DnsRecord;
}

function answersOf(
  name: string,
  type: DnsRecordType,
  client: DnsClient,
  zone: DnsZoneHealth,
  above: readonly DnsRecord[],
): DnsAnswer[] {
  const answers = chosen(zone.group(name, type), client, zone).flatMap(({ share, record }) => {
    if (above.includes(record)) throw new RangeError(`${record.name} must not be an alias of itself`);
    const { answer } = record;
    const isEnd = 'values' in answer || zone.group(answer.aliasOf, type).length === 0;
    if (isEnd) return [{ share, record, healthy: zone.isHealthy(record) }];
    return answersOf(answer.aliasOf, type, client, zone, [...above, record]).map((below) => ({
      ...below,
      share: below.share * share,
    }));
  });
  return merged(answers);
}

/** Several ways may end at one record. */
function merged(answers: readonly DnsAnswer[]): DnsAnswer[] {
  const byRecord = new Map<DnsRecord, DnsAnswer>();
  for (const answer of answers) {
    const before = byRecord.get(answer.record);
    byRecord.set(answer.record, { ...answer, share: answer.share + (before?.share ?? 0) });
  }
  return [...byRecord.values()];
}

/** The records that are taken out of a group, by its policy. */
function chosen(group: readonly DnsRecord[], client: DnsClient, zone: DnsZoneHealth): Chosen[] {
  const healthy = group.filter((record) => zone.isHealthy(record));
  const pool = healthy.length > 0 ? healthy : group; // nothing is healthy: everything is
  switch (group[0]?.policy.kind) {
    case undefined:
      return [];
    case 'simple':
      return one(pool[0]);
    case 'latency':
      return one(nearest(pool, client));
    case 'weighted':
      return byWeight(pool);
    case 'failover':
      return one(pool.find(({ policy }) => policy.kind === 'failover' && policy.role === 'PRIMARY') ?? pool[0]);
    case 'geolocation': {
      const fitting = placesAround(group, client);
      return one(fitting.find((record) => zone.isHealthy(record)) ?? fitting[0]);
    }
  }
}

function one(record: DnsRecord | undefined): Chosen[] {
  return record ? [{ share: 1, record }] : [];
}

function nearest(pool: readonly DnsRecord[], { latency = {} }: DnsClient): DnsRecord | undefined {
  const far = ({ policy }: DnsRecord) =>
    policy.kind === 'latency' ? (latency[policy.region] ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
  return pool.reduce<DnsRecord | undefined>(
    (best, record) => (best === undefined || far(record) < far(best) ? record : best),
    undefined,
  );
}

/** In proportion to weights; those of 0 only when there is nothing else, and then in equal shares. */
function byWeight(pool: readonly DnsRecord[]): Chosen[] {
  const weightOf = ({ policy }: DnsRecord) => (policy.kind === 'weighted' ? policy.weight : 0);
  const total = pool.reduce((sum, record) => sum + weightOf(record), 0);
  if (total === 0) return pool.map((record) => ({ share: 1 / pool.length, record }));
  return pool.filter((record) => weightOf(record) > 0).map((record) => ({ share: weightOf(record) / total, record }));
}
