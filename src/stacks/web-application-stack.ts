import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Annotations, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { CutSet, FaultAnalysis } from '../availability';
import type { BackupPlan, HAWebTier, MultiAZDatabase, MultiAZNetwork, SessionStore } from '../constructs/aws';
import type { Availability } from '../units';
import { InvalidPropsError } from '../validation';
import { shapeProblems } from './web-application/problems';
import { contractualFloorOf, objectivesOf, type RecoveryObjective } from './web-application/promises';
import { type Settings, type WebApplicationStackProps, withDefaults } from './web-application/props';
import { buildBackups, buildDatabase, buildNetwork, buildServers, buildSessions } from './web-application/region';
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

    this.provider = new AwsProvider(this, 'Aws', { region: (settings.zones[0] ?? '').slice(0, -1) });
    this.network = buildNetwork(this, settings);
    this.web = buildServers(this, settings, this.network);
    this.database = buildDatabase(this, settings, this);
    this.sessions = buildSessions(this, settings, this);
    this.backups = buildBackups(this, settings, this.database);

    this.redundancy = settings.redundancy;
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
