import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Annotations, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { CutSet, FaultAnalysis } from '../availability';
import { BackupPlan, HAWebTier, MultiAZDatabase, MultiAZNetwork, SessionStore } from '../constructs/aws';
import { Retention } from '../intent';
import { type Availability, Duration } from '../units';
import { InvalidPropsError } from '../validation';
import { shapeProblems } from './web-application/problems';
import { contractualFloorOf, objectivesOf, type RecoveryObjective } from './web-application/promises';
import { capacityFor, type Settings, type WebApplicationStackProps, withDefaults } from './web-application/props';
import { analysisOf, targetProblems } from './web-application/target-problems';
import type { Redundancy } from './web-application/targets';

/**
 * A web application in one region, as available as its target says: network, servers, database, sessions and backups.
 *
 * The target chooses how many of everything stand ready. What that comes to is computed from published failure rates, and
 * synthesis fails when it is below the target. See `docs/stacks.md`.
 */
export class WebApplicationStack extends TerraformStack {
  /** The provider of everything inside. */
  public readonly provider: AwsProvider;
  /** The network. */
  public readonly network: MultiAZNetwork;
  /** The servers and their load balancer. */
  public readonly web: HAWebTier;
  /** The database. */
  public readonly database: MultiAZDatabase;
  /** The session store; none with `sessions: false`. */
  public readonly sessions: SessionStore | undefined;
  /** Backups of the database. */
  public readonly backups: BackupPlan;

  /** What stands ready. */
  public readonly redundancy: Redundancy;
  /** Everything that follows from the model of the stack: what if, importance, outages. */
  public readonly analysis: FaultAnalysis;
  /** How much of the time the application works, computed from the failure rates of its parts. */
  public readonly availability: Availability;
  /** What AWS promises of all its services together, to be told apart from `availability`: below it, AWS gives credits. */
  public readonly contractualFloor: Availability;
  /** In which ways the application goes down most often, the most probable first; at most 20. */
  public readonly cutSets: readonly CutSet[];
  /** How the application comes back after each loss. */
  public readonly objectives: readonly RecoveryObjective[];

  /** @throws InvalidPropsError naming what is wrong, and what to change when the target is not met */
  constructor(scope: Construct, id: string, props: WebApplicationStackProps) {
    super(scope, id);
    InvalidPropsError.throwIfAny(shapeProblems(props), this);
    const settings = withDefaults(props);
    const analysis = analysisOf(settings);
    const { availability } = analysis;
    InvalidPropsError.throwIfAny(targetProblems(settings, availability), this);
    warnOfLosses(this, settings);

    const { zones, redundancy, allowDestroy, tags } = settings;
    const common = { allowDestroy, tags };
    const watched = { ...common, notificationTopicArn: settings.notificationTopicArn };
    this.provider = new AwsProvider(this, 'Aws', { region: (zones[0] ?? '').slice(0, -1) });
    this.network = new MultiAZNetwork(this, 'Network', {
      ...{ ...settings.network, zones, ...common },
      allowNatSinglePointOfFailure: redundancy.natInEveryZone ? undefined : zones[0],
    });
    const { network } = this;
    const capacity = capacityFor(settings.servers.capacity, redundancy);
    this.web = new HAWebTier(this, 'Web', { ...settings.servers, capacity, network, ...common });
    this.database = databaseOf(this, settings, { network, ...watched });
    this.database.allowFrom(this.web);
    const { sessionReplicas: replicas } = redundancy;
    if (settings.sessions !== false) {
      this.sessions = new SessionStore(this, 'Sessions', { ...settings.sessions, replicas, network, ...watched });
      this.sessions.allowFrom(this.web);
    }
    const retention = settings.backups?.retention ?? Retention.gfs(settings.choice.retention);
    this.backups = new BackupPlan(this, 'Backups', { ...settings.backups, retention, ...watched });
    this.backups.protect(this.database);

    this.redundancy = redundancy;
    this.analysis = analysis;
    this.availability = availability;
    this.contractualFloor = contractualFloorOf(settings);
    this.cutSets = analysis.cutSets({ limit: 20 }).sets;
    this.objectives = objectivesOf(settings);
    new TerraformOutput(this, 'address', { value: this.web.loadBalancer.dnsName });
    new TerraformOutput(this, 'computed_availability', { value: String(availability) });
    new TerraformOutput(this, 'contractual_floor', { value: String(this.contractualFloor) });
  }
}

/** The database in its topology; `single` is an instance whose standby is taken away. */
function databaseOf(
  stack: TerraformStack,
  { database: said, redundancy, choice }: Settings,
  common: Pick<MultiAZDatabaseCommon, 'network' | 'notificationTopicArn' | 'allowDestroy' | 'tags'>,
): MultiAZDatabase {
  const isSingle = redundancy.database === 'single';
  const database = new MultiAZDatabase(stack, 'Database', {
    ...{ ...said, ...common },
    topology: redundancy.database === 'single' ? 'instance' : redundancy.database,
    backups: { ...said.backups, retention: said.backups?.retention ?? Duration.days(choice.restorableDays) },
  });
  if (isSingle && database.instance) database.instance.multiAz = false;
  return database;
}

type MultiAZDatabaseCommon = ConstructorParameters<typeof MultiAZDatabase>[2];

function warnOfLosses(stack: TerraformStack, { redundancy, zones }: Settings): void {
  const annotations = Annotations.of(stack);
  if (redundancy.database === 'single') {
    annotations.addWarning(
      'database single: when its zone is lost, it has to be restored by hand, without the last 5 minutes',
    );
  }
  if (redundancy.lostZones === 0) {
    annotations.addWarning(
      `lostZones 0: when one of ${zones.join(', ')} is lost at peak, the other servers are overloaded`,
    );
  }
}
