import type { DnsRecord, DnsRecordType } from './records';

/** The records of a zone, and what is down in the world: health checks, load balancers. */
export class DnsZoneHealth {
  private readonly groups: ReadonlyMap<string, readonly DnsRecord[]>;
  private readonly down: ReadonlySet<string>;
  private readonly known = new Map<DnsRecord, boolean>();

  /**
   * @throws RangeError when records of one name and type are chosen in different ways, which Route 53 refuses
   */
  constructor(records: readonly DnsRecord[], down: readonly string[]) {
    const groups = new Map<string, DnsRecord[]>();
    for (const record of records) {
      const key = keyOf(record.name, record.type);
      groups.set(key, [...(groups.get(key) ?? []), record]);
    }
    for (const [key, [first, ...others]] of groups) {
      if (others.some(({ policy }) => policy.kind !== first?.policy.kind)) {
        throw new RangeError(`${key} must have records of one routing policy; name them differently`);
      }
    }
    this.groups = groups;
    this.down = new Set(down.map(plain));
  }

  /** All records of a name and type. */
  group(name: string, type: DnsRecordType): readonly DnsRecord[] {
    return this.groups.get(keyOf(name, type)) ?? [];
  }

  /**
   * Whether Route 53 takes a record for healthy: one without a check always; one with a check and a target, when both are.
   *
   * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-complex-configs.html
   *
   * @throws RangeError when records stand for each other in a circle
   */
  isHealthy(record: DnsRecord, above: readonly DnsRecord[] = []): boolean {
    const known = this.known.get(record);
    if (known !== undefined) return known;
    if (above.includes(record)) throw new RangeError(`${record.name} must not be an alias of itself`);
    const healthy = this.passes(record.healthCheck) && this.hasHealthyTarget(record, [...above, record]);
    this.known.set(record, healthy);
    return healthy;
  }

  private passes(healthCheck: string | undefined): boolean {
    return healthCheck === undefined || !this.down.has(plain(healthCheck));
  }

  private hasHealthyTarget({ answer, type }: DnsRecord, above: readonly DnsRecord[]): boolean {
    if ('values' in answer || !answer.evaluateTargetHealth) return true;
    const records = this.group(answer.aliasOf, type);
    if (records.length === 0) return !this.down.has(plain(answer.aliasOf));
    return records.some((target) => this.isHealthy(target, above));
  }
}

function keyOf(name: string, type: string): string {
  return `${plain(name)} ${type}`;
}

/** Names of DNS know no case, and may end with a dot. */
function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
