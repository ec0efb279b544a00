import { AppautoscalingTarget } from '@cdktf/provider-aws/lib/appautoscaling-target';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  type BackupPlan,
  type HAWebTier,
  type MultiAZDatabase,
  type MultiAZDatabaseProps,
  type MultiAZNetwork,
  RegionalRecord,
  type SessionStore,
} from '../../constructs/aws';
import { Capacity } from '../../intent';
import { capacityFor, type Settings as RegionSettings, withDefaults } from '../web-application/props';
import { buildBackups, buildDatabase, buildNetwork, buildServers, buildSessions } from '../web-application/region';
import { Automation } from './automation';
import { areCopies, CopiedBackups, publishCopies } from './copied-backups';
import { findable, GlobalDatabase, joinGlobalDatabase } from './global-database';
import { type ApplicationRegion, regionOfZones, regionProps, type Settings } from './props';
import { ResiliencePolicy } from './resilience-policy';
import { STRATEGIES } from './strategies';

/** What a stack is to all of them. */
export interface RegionRole {
  /** Name of the application. */
  readonly application: string;
  /** The region. */
  readonly region: ApplicationRegion;
}

/**
 * One region of a `MultiRegionApplication`. It knows the others by names alone, so that it can be planned and deployed when
 * neither they nor their states can be read.
 */
export class RegionStack extends TerraformStack {
  /** The region. */
  public readonly region: string;
  /** Whether it is the home of the data. */
  public readonly isHome: boolean;
  /** The provider of everything inside. */
  public readonly provider: AwsProvider;
  /** The network; none where only backups are kept. */
  public readonly network: MultiAZNetwork | undefined;
  /** The servers, some of which may be stopped; none where only backups are kept. */
  public readonly web: HAWebTier | undefined;
  /** The database, or the one that follows; none where only backups are kept. */
  public readonly database: MultiAZDatabase | undefined;
  /** The session store. */
  public readonly sessions: SessionStore | undefined;
  /** Backups by AWS Backup; only at home. */
  public readonly backups: BackupPlan | undefined;

  constructor(scope: Construct, id: string, settings: Settings, { application, region }: RegionRole) {
    super(scope, id);
    const { recovery, names } = settings;
    const shape = STRATEGIES[recovery.strategy];
    const here = regionOfZones(region.zones);
    const [home = ''] = names;
    this.region = here;
    this.isHome = here === home;
    const isActive = here === recovery.active;
    this.provider = new AwsProvider(this, 'Aws', { region: here });
    if (shape.data === 'backups') this.copyBackups(settings, { application, region });
    if (shape.servers === undefined && !this.isHome && !isActive) return;

    const own = withDefaults(regionProps(settings, region));
    this.network = buildNetwork(this, own);
    const capacity = capacityHere(settings, own, isActive);
    const web = buildServers(this, own, this.network, capacity);
    const runs = isActive || (shape.servers !== 'none' && shape.servers !== undefined);
    if (!runs) stopServers(web);
    this.web = web;
    const reached = { network: this.network, web };
    const follows = shape.data === 'replica' && (!this.isHome || !isActive);
    this.database = buildDatabase(this, own, reached, follows ? followed(settings) : restored(settings, isActive));
    findable(this.database, application);
    if (shape.data === 'replica' && this.isHome) {
      new GlobalDatabase(this, 'GlobalDatabase', { application, database: this.database, settings, follows });
    }
    if (follows) {
      const forwardsWrites = shape.servers === 'all';
      joinGlobalDatabase(this.database, { application, active: recovery.active, settings: own, forwardsWrites });
    }
    this.sessions = buildSessions(this, own, reached);
    if (this.isHome) this.backups = buildBackups(this, own, this.database);
    const { hostedZone, record } = settings.dns;
    const { allowDestroy } = settings;
    const name = regionalName(here, record);
    new RegionalRecord(this, 'Record', { hostedZone, record: name, target: web.loadBalancer, allowDestroy });
    if (this.isHome) new ResiliencePolicy(this, 'ResiliencePolicy', { application, settings, own });
    new Automation(this, 'Automation', {
      ...{ application, settings, web, database: this.database },
      full: capacityOver(own).minimum,
    });
    new TerraformOutput(this, 'address', { value: web.loadBalancer.dnsName });
    new TerraformOutput(this, 'database', { value: this.database.endpoint });
    const { readerEndpoint } = this.database;
    if (readerEndpoint !== undefined) new TerraformOutput(this, 'database_reader', { value: readerEndpoint });
  }

  /** Copies of the other region's backups: at home, of a region that serves in its place, or that it is restored from. */
  private copyBackups(settings: Settings, { application, region }: RegionRole): void {
    const { recovery, names } = settings;
    const [home = '', away = ''] = names;
    if (this.isHome && recovery.active === home && !areCopies(recovery.restoreFrom)) return;
    const [id, of] = this.isHome ? [`CopiedBackups-${away}`, away] : ['CopiedBackups', home];
    const { arn } = new CopiedBackups(this, id, { application, of, settings, kmsKeyArn: region.kmsKeyArn });
    publishCopies(this, { application, settings, arn });
  }
}

/** The name of one region, below the zone's. */
export function regionalName(region: string, record: string | undefined): string {
  return record === undefined ? region : `${region}.${record}`;
}

function capacityOver({ servers, redundancy }: RegionSettings) {
  return capacityFor(servers.capacity, redundancy).over(redundancy.zones);
}

/** Servers for a part of the peak in a warm standby, with room to grow to all of it. */
function capacityHere({ recovery, servers }: Settings, own: RegionSettings, isActive: boolean): Capacity {
  const { peak, options } = servers.capacity;
  if (recovery.strategy !== 'warm-standby' || isActive) return servers.capacity;
  const { maximum } = capacityOver(own);
  return Capacity.forPeak(Math.min(recovery.standbyPeak, peak), { ...options, max: options.max ?? maximum });
}

/** One that follows has the user of the one that writes, and no proxy: that needs a writer, and forwards no writes. */
function followed({ database }: Settings): Partial<MultiAZDatabaseProps> {
  return { master: { username: database.master?.username }, proxy: false };
}

/** Where the database that serves comes from, when it is not made anew. */
function restored({ recovery: { restoreFrom } }: Settings, isActive: boolean): Partial<MultiAZDatabaseProps> {
  if (restoreFrom === undefined || !isActive) return {};
  return { restoreFrom: areCopies(restoreFrom) ? { source: restoreFrom } : { snapshot: restoreFrom } };
}

/** Leaves load balancer and everything else in place, with no server behind. */
function stopServers({ autoscalingGroup, service, node }: HAWebTier): void {
  if (autoscalingGroup) {
    autoscalingGroup.minSize = 0;
    autoscalingGroup.desiredCapacity = 0;
    autoscalingGroup.resetMinElbCapacity();
  }
  if (service) service.desiredCount = 0;
  for (const child of node.findAll()) if (child instanceof AppautoscalingTarget) child.minCapacity = 0;
}
