import type { DnsAlias, DnsPolicy, DnsRecord, DnsRecordType, DnsValues } from '../../../availability';
import type { Continent, Place, RoutingPlan } from '../../../intent';
import type { Settings } from './props';
import { isAddress, isCname, isLoadBalancer, isZoneRecord } from './target-kinds';
import type { GeoTarget } from './targets';

/** A record to be made. */
export interface PlannedRecord {
  /** Construct id of it, and of nothing beside it. */
  readonly id: string;
  readonly record: DnsRecord;
  /** What it answers with: the region of an endpoint, or the last resort; none for what stands for other records. */
  readonly serves: string | undefined;
  /** Construct ids of the records that it stands for. */
  readonly standsFor: readonly string[];
}

/** What {@link PlannedRecord.serves} says of the last resort; no region is called so. */
export const LAST_RESORT = 'last resort';

/** Types of records that all targets have; IPv6 only when every one has it, since a client that finds it uses no other. */
export function recordTypes({ endpoints, lastResort }: Settings): readonly DnsRecordType[] {
  const targets = [...endpoints.map(({ target }) => target), ...(lastResort ? [lastResort] : [])];
  if (targets.some(isCname)) return ['CNAME'];
  const isIpv4Only = targets.some((target) => isAddress(target) && target.ipv6Address === undefined);
  return isIpv4Only ? ['A'] : ['A', 'AAAA'];
}

/**
 * Every record of these settings, each after those that it stands for. The name that clients ask for is one alias, so that
 * another routing is made beside the old one and taken into use by one change.
 *
 * @param zoneName name of the hosted zone
 */
export function plannedRecords(settings: Settings, zoneName: string): PlannedRecord[] {
  const plan = settings.routing.over(settings.endpoints.map(({ region }) => region));
  return recordTypes(settings).flatMap((type) => new RecordTree(settings, zoneName, type).records(plan));
}

/** Name of a record in a zone; Route 53 keeps names in lower case. */
export function nameIn(zoneName: string, ...labels: readonly (string | undefined)[]): string {
  return [...labels.flatMap((label) => label?.toLowerCase() ?? []), zoneName].join('.');
}

type Node = RoutingPlan | typeof LAST_RESORT;

class RecordTree {
  private readonly planned: PlannedRecord[] = [];

  constructor(
    private readonly settings: Settings,
    private readonly zoneName: string,
    private readonly type: DnsRecordType,
  ) {}

  records(plan: RoutingPlan): PlannedRecord[] {
    const root = this.settings.lastResort ? this.chain([], [...orderOf(plan), LAST_RESORT]) : this.set(plan, []);
    this.planned.push({
      ...{ id: this.type, serves: undefined, standsFor: this.idsOf(root) },
      record: {
        ...{ name: nameIn(this.zoneName, this.settings.record), type: this.type, setIdentifier: '' },
        ...{ policy: { kind: 'simple' }, answer: { aliasOf: root, evaluateTargetHealth: true } },
      },
    });
    return this.planned;
  }

  /** Plans the records of a plan under a name of their own, and gives that name. */
  private set(plan: RoutingPlan, path: readonly string[]): string {
    const labelled = (kind: string) => [...path, kind].join('-');
    switch (plan.kind) {
      case 'region': // a set of one record has no other to choose
        return this.chain(path, [plan]);
      case 'everywhere':
        return this.everywhere(plan.regions);
      case 'latency':
        return this.add(labelled('latency'), plan.branches, ({ region, to }) => ({
          ...{ key: region, policy: { kind: 'latency', region }, to, path: [...path, region] },
        }));
      case 'weighted':
        return this.add(labelled('weighted'), plan.weights, ({ region, weight }) => ({
          ...{ key: region, policy: { kind: 'weighted', weight }, to: { kind: 'region', region }, path },
        }));
      case 'failover':
        return this.chain(path, plan.order);
      case 'geolocation':
        return this.add(labelled('geolocation'), plan.places, ({ place, to }) => ({
          ...{ key: placeKey(place), policy: placePolicy(place), to, path: [...path, placeKey(place)] },
        }));
    }
  }

  /** All regions by latency: made once, however many branches fall back to it. */
  private everywhere(regions: readonly string[]): string {
    const name = this.nameOf('all');
    if (this.idsOf(name).length > 0) return name;
    return this.add('all', regions, (region) => ({
      ...{ key: region, policy: { kind: 'latency', region }, to: { kind: 'region', region }, path: [] },
    }));
  }

  /** Pairs of a first and a second one; of more than two, the second is the pair of all others. */
  private chain(path: readonly string[], order: readonly Node[], position = 1): string {
    const [first, second, ...others] = order;
    const label = [...path, 'failover', ...(position === 1 ? [] : [position])].join('-');
    const pair = [
      ...(first === undefined ? [] : [{ role: 'PRIMARY' as const, to: first, nth: position }]),
      ...(second === undefined ? [] : [{ role: 'SECONDARY' as const, to: second, nth: position + 1 }]),
    ];
    return this.add(label, pair, ({ role, to, nth }) => ({
      ...{ key: role.toLowerCase(), policy: { kind: 'failover', role }, path: [...path, `${nth}`] },
      to: role === 'SECONDARY' && others.length > 0 ? this.chain(path, [to, ...others], position + 1) : to,
    }));
  }

  /** Adds a set of records: what each stands for first, since an alias needs what it stands for. */
  private add<Item>(label: string, items: readonly Item[], branchOf: (item: Item) => Branch): string {
    const name = this.nameOf(label);
    for (const { key, policy, to, path } of items.map(branchOf)) {
      const leaf = this.leaf(to);
      const below = leaf ? '' : typeof to === 'string' ? to : this.set(to, path);
      this.planned.push({
        ...{ id: `${this.type}-${label}-${key}`, serves: leaf?.serves, standsFor: this.idsOf(below) },
        record: {
          ...{ name, type: this.type, setIdentifier: key, policy },
          answer: leaf?.answer ?? { aliasOf: below, evaluateTargetHealth: true },
          ...(leaf?.healthCheck !== undefined && { healthCheck: leaf.healthCheck }),
        },
      });
    }
    return name;
  }

  /** What a region or the last resort answers with; nothing for a set of records. */
  private leaf(to: Branch['to']): { answer: DnsAlias | DnsValues; healthCheck?: string; serves: string } | undefined {
    const { endpoints, lastResort } = this.settings;
    if (to === LAST_RESORT && lastResort) return { answer: this.answerOf(lastResort, false), serves: LAST_RESORT };
    if (typeof to === 'string' || to.kind !== 'region') return undefined;
    const endpoint = endpoints.find(({ region }) => region === to.region);
    if (!endpoint) throw new RangeError(`no endpoint is in ${to.region}`);
    return { answer: this.answerOf(endpoint.target, true), healthCheck: to.region, serves: to.region };
  }

  private answerOf(target: GeoTarget, evaluateTargetHealth: boolean): DnsAlias | DnsValues {
    if (isLoadBalancer(target)) return { aliasOf: target.dnsName, evaluateTargetHealth };
    if (isZoneRecord(target)) return { aliasOf: nameIn(this.zoneName, target.record), evaluateTargetHealth };
    if (isCname(target)) return { values: [target.cname] };
    return { values: [(this.type === 'AAAA' ? target.ipv6Address : undefined) ?? target.address] };
  }

  private nameOf(label: string): string {
    return nameIn(this.zoneName, `_${label}`, this.settings.record);
  }

  private idsOf(name: string): string[] {
    return this.planned.filter(({ record }) => record.name === name).map(({ id }) => id);
  }
}

interface Branch {
  /** What tells it from its siblings. */
  readonly key: string;
  readonly policy: DnsPolicy;
  /** A plan, or the name of a set that is planned already. */
  readonly to: Node | string;
  /** What names of sets below begin with. */
  readonly path: readonly string[];
}

function orderOf(plan: RoutingPlan): readonly RoutingPlan[] {
  return plan.kind === 'failover' ? plan.order : [plan];
}

const CONTINENT_NAMES: Readonly<Record<Continent, string>> = {
  AF: 'africa',
  AN: 'antarctica',
  AS: 'asia',
  EU: 'europe',
  NA: 'north-america',
  OC: 'oceania',
  SA: 'south-america',
};

function placeKey(place: Place): string {
  switch (place.kind) {
    case 'state':
      return `us-${place.state.toLowerCase()}`;
    case 'country':
      return place.country.toLowerCase();
    case 'continent':
      return CONTINENT_NAMES[place.continent];
    case 'default':
      return 'default';
  }
}

function placePolicy(place: Place): DnsPolicy {
  switch (place.kind) {
    case 'state':
      return { kind: 'geolocation', country: 'US', state: place.state };
    case 'country':
      return { kind: 'geolocation', country: place.country };
    case 'continent':
      return { kind: 'geolocation', continent: place.continent };
    case 'default':
      return { kind: 'geolocation' };
  }
}
