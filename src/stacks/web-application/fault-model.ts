import { anyOf, atLeast, type FaultModel, RepairTime } from '../../availability';
import { Availability, Duration, inMilliseconds, type RepairTimes } from '../../units';
import {
  FAILURE_RATES,
  type FailingPart,
  OFFLINE_UPDATE,
  PLANNED_WORK,
  PROXY,
  perYear,
  shareOfYear,
  TAKEOVERS,
} from '../failure-rates';
import type { Redundancy } from './targets';

/** A web application in one region, as far as its availability depends on it. */
export interface ModelledApplication {
  /** Region, such as `eu-west-1`. */
  readonly region: string;
  /** Names of the zones that it spreads over. */
  readonly zones: readonly string[];
  /** What stands ready. */
  readonly redundancy: Redundancy;
  /** Servers in each zone. */
  readonly serversPerZone: number;
  /** Servers that carry the peak. */
  readonly peak: number;
  /** How long a failed server goes on getting requests: interval times threshold of its health check. */
  readonly detection: Duration;
  /** Whether sessions stand in a store. */
  readonly hasSessions: boolean;
  /** Whether a proxy stands before the database, which shortens takeovers. */
  readonly hasProxy: boolean;
  /**
   * How much of the time its own programs work.
   *
   * @default - all of it
   */
  readonly application?: Availability;
  /**
   * Rates that are known better.
   *
   * @default FAILURE_RATES
   */
  readonly rates?: Partial<Readonly<Record<FailingPart, RepairTimes>>>;
}

/** Names of what an application comes to in a model. */
export interface ModelledParts {
  /** The whole of it. */
  readonly application: string;
  /** The same without short interruptions: what only repairs bring back. */
  readonly standing: string;
  /** Short interruptions: takeovers, updates, what is asked although it has failed. */
  readonly moments: readonly string[];
}

/**
 * Adds an application to a model: region and zones as what fails as one, servers and nodes in them, and what stands on what. The
 * time until something is taken over, and planned work, are parts too.
 */
export function addApplication(model: FaultModel, app: ModelledApplication): ModelledParts {
  const { region, zones, redundancy } = app;
  const { region: regionRate, zone: zoneRate } = ratesOf(app);
  model.domain(region, failing(regionRate));
  for (const zone of zones) model.domain(zone, { in: region, ...failing(zoneRate) });
  const added = [addBalancer(model, app), addServers(model, app), addDatabase(model, app)];
  if (app.hasSessions) {
    const places = Array.from(
      { length: redundancy.sessionReplicas + 1 },
      (_, place) => zones[place % zones.length] ?? '',
    );
    const moments = [takeover(app, 'sessions', TAKEOVERS.sessions.lasts)];
    added.push(addNodes(model, app, { name: 'sessions', places, needed: 1, moments }));
  }
  const needs = added.map(({ name }) => name);
  const moments = added.flatMap((each) => each.moments);
  for (const each of moments) model.component(each.name, interruption(each));
  if (app.application) {
    model.component(`programs-${region}`, { availability: app.application });
    needs.push(`programs-${region}`);
  }
  const parts = {
    application: `application-${region}`,
    standing: `standing-${region}`,
    moments: moments.map(({ name }) => name),
  };
  model.component(parts.standing, { in: region, needs });
  model.component(parts.application, { needs: [parts.standing, ...parts.moments] });
  return parts;
}

/** A part of a model, and the interruptions that come with it. */
interface Added {
  readonly name: string;
  readonly moments: readonly Moment[];
}

/** The rates that count: those that are known better, and the published ones. */
export function ratesOf({
  rates = {},
}: Pick<ModelledApplication, 'rates'>): Readonly<Record<FailingPart, RepairTimes>> {
  return {
    region: rates.region ?? FAILURE_RATES.region,
    zone: rates.zone ?? FAILURE_RATES.zone,
    node: rates.node ?? FAILURE_RATES.node,
  };
}

/**
 * A load balancer has a node in each zone. Clients of a lost one go on asking it until they are answered another: the share of one
 * zone, as often as there are zones, so once for all of them.
 */
function addBalancer(model: FaultModel, app: ModelledApplication): Added {
  const { region, zones, detection } = app;
  for (const zone of zones) model.component(`balancer-${zone}`, { in: zone });
  const unseen = Duration.millis(inMilliseconds(detection) + inMilliseconds(TAKEOVERS.balancer.lasts));
  const name = `balancer-${region}`;
  model.component(name, { needs: anyOf(zones.map((zone) => `balancer-${zone}`)) });
  const count = perYear(ratesOf(app).zone);
  return { name, moments: [{ name: `lost-zone-is-asked-${region}`, count, lasts: unseen }] };
}

function addServers(model: FaultModel, app: ModelledApplication): Added {
  const { region, zones, redundancy, serversPerZone, peak, detection } = app;
  const { node } = ratesOf(app);
  const [natZone = ''] = zones;
  const servers: string[] = [];
  for (const zone of zones) {
    for (let place = 1; place <= serversPerZone; place++) {
      const server = `server-${zone}-${place}`;
      const way = redundancy.natInEveryZone || zone === natZone ? zone : [zone, natZone];
      model.component(server, { in: way, ...failing(node) });
      servers.push(server);
    }
  }
  const name = `servers-${region}`;
  model.component(name, { needs: atLeast(Math.min(peak, servers.length), servers) });
  // one server's share of the requests fails, as often as there are servers: once for all of them
  return { name, moments: [{ name: `failed-server-is-asked-${region}`, count: perYear(node), lasts: detection }] };
}

/** The database, and what interrupts it. */
function addDatabase(model: FaultModel, app: ModelledApplication): Added {
  const { region, zones, redundancy } = app;
  const { engine, system } = PLANNED_WORK;
  const lasts = databaseTakeover(app);
  const updates = (engineUpdate: Duration, systemUpdate: Duration): Moment[] => [
    { name: `database-engine-update-${region}`, count: engine.perYear, lasts: engineUpdate },
    { name: `database-system-update-${region}`, count: system.perYear, lasts: systemUpdate },
  ];
  const taken = takeover(app, 'database', lasts);
  const offline = OFFLINE_UPDATE.lasts;
  const nodes = (places: readonly string[], needed: number, moments: readonly Moment[], also?: Nodes['also']) =>
    addNodes(model, app, { name: 'database', places, needed, moments, also });
  switch (redundancy.database) {
    case 'single':
      return nodes(zones.slice(0, 1), 1, updates(offline, offline));
    case 'instance':
      return nodes(zones.slice(0, 2), 1, [taken, ...updates(offline, lasts)]);
    case 'cluster': // a write needs a second copy
      return nodes(zones.slice(0, 3), 2, [taken, ...updates(lasts, lasts)]);
    case 'aurora': {
      // any instance writes, but the volume, six copies in three zones, takes no write with two zones lost
      for (const zone of zones) model.component(`volume-${zone}`, { in: zone });
      const volume = atLeast(
        2,
        zones.map((zone) => `volume-${zone}`),
      );
      return nodes(zones, 1, [taken, ...updates(lasts, lasts)], [volume]);
    }
    default: {
      const unknown: never = redundancy.database;
      throw new Error(`database ${String(unknown)} is not known`);
    }
  }
}

/** How long it takes until another node of the database has taken over; nothing does of a single one. */
export function databaseTakeover({
  redundancy,
  hasProxy,
}: Pick<ModelledApplication, 'redundancy' | 'hasProxy'>): Duration {
  if (redundancy.database === 'single') return OFFLINE_UPDATE.lasts;
  const { lasts } = TAKEOVERS[redundancy.database];
  return hasProxy ? Duration.millis(inMilliseconds(lasts) * PROXY.share) : lasts;
}

interface Nodes {
  readonly name: string;
  /** Zone of each node. */
  readonly places: readonly string[];
  /** How many of them must work. */
  readonly needed: number;
  readonly moments: readonly Moment[];
  readonly also?: readonly ReturnType<typeof atLeast>[];
}

function addNodes(
  model: FaultModel,
  app: ModelledApplication,
  { name, places, needed, moments, also = [] }: Nodes,
): Added {
  const nodes = places.map((zone, place) => {
    const earlier = places.slice(0, place).filter((other) => other === zone).length;
    const node = `${name}-${zone}${earlier === 0 ? '' : `-${earlier + 1}`}`;
    model.component(node, { in: zone, ...failing(ratesOf(app).node) });
    return node;
  });
  const whole = `${name}-${app.region}`;
  model.component(whole, { needs: [atLeast(needed, nodes), ...also] });
  return { name: whole, moments };
}

/** An interruption that comes so often a year. */
export interface Moment {
  /** What it is called in a model. */
  readonly name: string;
  /** How often it comes. */
  readonly count: number;
  /** How long it lasts. */
  readonly lasts: Duration;
}

/** An interruption as a part of a model. */
export function interruption({ count, lasts }: Moment) {
  return { availability: Availability.failing(shareOfYear(count, lasts)), repair: RepairTime.fixed(lasts) };
}

/** The first node fails, or its zone: until another has taken over, nothing answers. */
function takeover(app: ModelledApplication, name: string, lasts: Duration): Moment {
  const { node, zone } = ratesOf(app);
  return { name: `${name}-takeover-${app.region}`, count: perYear(node) + perYear(zone), lasts };
}

function failing(rate: RepairTimes) {
  return { availability: Availability.ofRepairs(rate), repair: RepairTime.exponential(rate.mttr) };
}
