import { DataAwsRoute53Zone } from '@cdktf/provider-aws/lib/data-aws-route53-zone';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { CutSet, FaultAnalysis } from '../availability';
import { MultiRegionGeoDNS } from '../constructs/aws';
import { Routing } from '../intent';
import { Availability, type Duration } from '../units';
import { InvalidPropsError, shown } from '../validation';
import { analysisOf, lossOf, type RegionLoss } from './multi-region/fault-model';
import { objectiveProblems, shapeProblemsIn } from './multi-region/problems';
import { type MultiRegionApplicationProps, regionOfZones, type Settings, withDefaults } from './multi-region/props';
import { RegionStack, regionalName } from './multi-region/region-stack';
import { runbookFor } from './multi-region/runbook';
import { type RecoveryStep, rpoOf, rtoOf, STRATEGIES, stepsOf } from './multi-region/strategies';

/**
 * A web application that comes back when a whole region is lost: a stack for each region, and one for its name.
 *
 * The strategy says what stands in the other regions, and with it every construct there. What it comes to is stated, with the
 * arithmetic, and held against what was asked. No stack reads the state of another. See `docs/stacks.md`.
 */
export class MultiRegionApplication extends Construct {
  /** The stack of each region, by its name: `<id>-<region>`. */
  public readonly regions: ReadonlyMap<string, RegionStack>;
  /** The stack of the name: `<id>-dns`. */
  public readonly dnsStack: TerraformStack;
  /** The name; none with `backup-restore`, where it leads to one region, and is changed by hand. */
  public readonly dns: MultiRegionGeoDNS | undefined;

  /** How long users wait when the region that writes is lost. */
  public readonly rto: Duration;
  /** How much of the latest data is lost then. */
  public readonly rpo: Duration;
  /** What happens until then, step by step. */
  public readonly steps: readonly RecoveryStep[];
  /** What people do then, and how they go back: Markdown. The same stands in Systems Manager, to be started. */
  public readonly runbook: string;

  /** Everything that follows from the model of all regions. */
  public readonly analysis: FaultAnalysis;
  /** How much of the time the application works, writes too. */
  public readonly availability: Availability;
  /** In which ways it goes down most often, the most probable first; at most 20. */
  public readonly cutSets: readonly CutSet[];

  private readonly settings: Settings;

  /** @throws InvalidPropsError naming what is wrong, and what to change when the target or an objective is not met */
  constructor(scope: Construct, id: string, props: MultiRegionApplicationProps) {
    super(scope, id);
    InvalidPropsError.throwIfAny(shapeProblemsIn(props), this);
    const settings = withDefaults(props);
    const analysis = analysisOf(settings);
    const { availability } = analysis;
    InvalidPropsError.throwIfAny([...objectiveProblems(settings), ...targetProblems(settings, analysis)], this);

    const stacks = settings.regions.map((region) => {
      const name = regionOfZones(region.zones);
      return [name, new RegionStack(this, `${id}-${name}`, settings, { application: id, region })] as const;
    });
    this.regions = new Map(stacks);
    this.dnsStack = new TerraformStack(this, `${id}-dns`);
    this.dns = nameOf(this.dnsStack, settings);
    const { strategy } = settings.recovery;
    this.steps = stepsOf(strategy, settings.facts);
    this.rto = rtoOf(this.steps);
    this.rpo = rpoOf(strategy).lasts;
    this.runbook = runbookFor(id, settings, this.dns?.switches.get(settings.recovery.active));
    this.analysis = analysis;
    this.availability = availability;
    this.cutSets = analysis.cutSets({ limit: 20 }).sets;
    this.settings = settings;
  }

  /**
   * What falls and what stands when a region is lost, and how the application comes back.
   *
   * @param region one of the regions
   * @throws RangeError when it is none of them
   */
  public whenLost(region: string): RegionLoss {
    if (this.regions.has(region)) return lossOf(this.settings, region);
    throw new RangeError(
      `region must be one of ${[...this.regions.keys()].join(', ')}, got ${shown(region)}; name one`,
    );
  }
}

/** The name, in a stack that asks nothing of the regions but names that are known beforehand. */
function nameOf(
  stack: TerraformStack,
  { dns, recovery, names, allowDestroy, tags }: Settings,
): MultiRegionGeoDNS | undefined {
  const usEast1 = new AwsProvider(stack, 'Aws', { region: US_EAST_1 }); // where Route 53 has its metrics
  const shape = STRATEGIES[recovery.strategy];
  if (shape.routing === 'fixed') {
    fixedName(stack, { dns, recovery });
    return undefined;
  }
  const order = [recovery.active, ...names.filter((name) => name !== recovery.active)];
  return new MultiRegionGeoDNS(stack, 'Name', {
    ...{ ...dns, allowDestroy, tags },
    switchRegions: switchesOf(stack, usEast1, names),
    endpoints: names.map((region) => ({ region, target: { record: regionalName(region, dns.record) } })),
    routing: shape.routing === 'latency' ? Routing.latency() : Routing.failover(...order),
  });
}

const US_EAST_1 = 'us-east-1';

/** Where regions are switched: in us-east-1, which the stack asks anyway, and us-east-1 itself in another one. */
function switchesOf(stack: TerraformStack, provider: AwsProvider, names: readonly string[]) {
  const own = { region: US_EAST_1, provider };
  if (!names.includes(US_EAST_1)) return [own];
  const region = names.find((name) => name !== US_EAST_1) ?? '';
  return [own, { region, provider: new AwsProvider(stack, 'Switches', { region, alias: 'switches' }) }];
}

/** A plain alias to the one region that serves. */
function fixedName(stack: TerraformStack, { dns, recovery }: Pick<Settings, 'dns' | 'recovery'>): void {
  const { hostedZone, record } = dns;
  const zone =
    typeof hostedZone !== 'string'
      ? hostedZone
      : new DataAwsRoute53Zone(
          stack,
          'Zone',
          /^Z[A-Z0-9]{1,31}$/.test(hostedZone) ? { zoneId: hostedZone } : { name: hostedZone },
        );
  const { zoneId, name } = zone;
  const full = record === undefined ? name : `${record}.${name}`;
  const alias = { name: `${regionalName(recovery.active, record)}.${name}`, zoneId, evaluateTargetHealth: false };
  for (const type of ['A', 'AAAA']) new Route53Record(stack, type, { zoneId, name: full, type, alias });
}

/** The problem of a target that is not met, with what costs the most; none when it is met. */
function targetProblems({ target }: Settings, analysis: FaultAnalysis): string[] {
  const { availability } = analysis;
  if (target === undefined || availability.meets(Availability.parse(target))) return [];
  const { sets } = analysis.cutSets({ limit: 3 });
  const most = sets.map(({ parts, probability }) => `${parts.join(' with ')} (${Availability.failing(probability)})`);
  return [
    `target must not be above what is built, which comes to ${availability}, got ${shown(target)}; better ${most.join(', ')}: ` +
      'a proxy before the database, faster checks, no session store, rates of your own in records; or lower the target',
  ];
}
