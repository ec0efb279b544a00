import { DataAwsSubnet } from '@cdktf/provider-aws/lib/data-aws-subnet';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import { InvalidPropsError, isToken, shown, unknownProblem } from '../../../validation';
import type { ZonalNetwork, ZonalSubnet } from './zonal-network';
import { checkRegionAtSynthesis, knownRegion, zoneId, zoneProblems } from './zones';

/** A VPC that is there already, subnet by subnet. */
export interface ExistingNetworkProps {
  /** Id of the VPC. */
  readonly vpcId: string;

  /** Subnets for servers, one in each zone, two zones at least. */
  readonly applicationSubnets: readonly ZonalSubnet[];

  /**
   * Subnets with a route from the internet, in the same zones; needed by load balancers that face it.
   *
   * @default - none
   */
  readonly publicSubnets?: readonly ZonalSubnet[];

  /**
   * Subnets for databases and caches, in the same zones.
   *
   * @default - none
   */
  readonly dataSubnets?: readonly ZonalSubnet[];

  /**
   * The provider of the VPC's region and account.
   *
   * @default - the stack's provider without an alias
   */
  readonly provider?: AwsProvider;
}

/**
 * A VPC that is there already. It makes nothing; every subnet is looked up when Terraform plans, and the
 * plan fails when one lies in another zone or VPC than was said.
 */
export class ExistingNetwork extends Construct implements ZonalNetwork {
  public readonly vpcId: string;
  public readonly zones: readonly string[];
  public readonly publicSubnets: readonly ZonalSubnet[];
  public readonly applicationSubnets: readonly ZonalSubnet[];
  public readonly dataSubnets: readonly ZonalSubnet[];

  constructor(scope: Construct, id: string, props: ExistingNetworkProps) {
    super(scope, id);
    const settings = withDefaults(props);
    InvalidPropsError.throwIfAny(problemsIn(settings, knownRegion(this, props.provider)), this);
    const zones = props.applicationSubnets.map(({ zone }) => zone);
    checkRegionAtSynthesis(this, 'applicationSubnets zones', zones, props.provider);

    const lookUp = (tier: string, subnets: readonly ZonalSubnet[]) =>
      subnets.map(({ zone, subnetId }): ZonalSubnet => {
        const found = new DataAwsSubnet(this, `${tier}Subnet${zoneId(zone)}`, {
          id: subnetId,
          provider: props.provider,
          lifecycle: { postcondition: [liesIn(zone), belongsTo(props.vpcId)] },
        });
        return { zone, subnetId: found.id };
      });

    this.vpcId = props.vpcId;
    this.zones = zones;
    this.publicSubnets = lookUp('Public', settings.publicSubnets);
    this.applicationSubnets = lookUp('Application', settings.applicationSubnets);
    this.dataSubnets = lookUp('Data', settings.dataSubnets);
  }
}

type Settings = ReturnType<typeof withDefaults>;

function withDefaults(props: ExistingNetworkProps) {
  return { ...props, publicSubnets: props.publicSubnets ?? [], dataSubnets: props.dataSubnets ?? [] };
}

function problemsIn(settings: Settings, region: string | undefined): string[] {
  const { publicSubnets, applicationSubnets, dataSubnets } = settings;
  const zones = applicationSubnets.map(({ zone }) => zone);
  return [
    ...vpcProblems(settings.vpcId),
    ...tierProblems('applicationSubnets', applicationSubnets, region),
    ...[
      { prop: 'publicSubnets', subnets: publicSubnets },
      { prop: 'dataSubnets', subnets: dataSubnets },
    ].flatMap(({ prop, subnets }) => {
      if (subnets.length === 0) return [];
      if (isToken([...zones, ...subnets.map(({ zone }) => zone)])) return tierProblems(prop, subnets, region);
      const missing = zones.filter((zone) => !subnets.some((subnet) => subnet.zone === zone));
      const surplus = subnets.map(({ zone }) => zone).filter((zone) => !zones.includes(zone));
      return [
        ...tierProblems(prop, subnets, region),
        ...(missing.length + surplus.length === 0
          ? []
          : [
              `${prop} must cover the zones of applicationSubnets (${zones.join(', ')}), got ` +
                `${shown(subnets.map(({ zone }) => zone))}; give one subnet in each of those zones`,
            ]),
      ];
    }),
  ];
}

function vpcProblems(vpcId: string): string[] {
  if (isToken(vpcId) || /^vpc-[0-9a-f]{8,17}$/.test(vpcId)) return [];
  return [`vpcId must be the id of a VPC, got ${shown(vpcId)}; write it as in 'vpc-0abc1234'`];
}

function tierProblems(prop: string, subnets: readonly ZonalSubnet[], region: string | undefined): string[] {
  const zones = subnets.map(({ zone }) => zone);
  const unknown = zones.filter(isToken);
  const ids = subnets.map(({ subnetId }) => subnetId);
  const twice = [...new Set(ids.filter((subnetId, position) => ids.indexOf(subnetId) !== position))];
  return [
    ...(unknown.length > 0
      ? unknown.map((zone) => unknownProblem(`${prop} zone`, "zone's name", zone))
      : zoneProblems(`${prop} zones`, zones, region)),
    ...ids
      .filter((subnetId) => !isToken(subnetId) && !/^subnet-[0-9a-f]{8,17}$/.test(subnetId))
      .map((subnetId) => `${prop} must hold subnet ids, got ${shown(subnetId)}; write them as in 'subnet-0abc1234'`),
    ...(twice.length > 0 ? [`${prop} must not repeat a subnet, got ${shown(twice)} twice; give one per zone`] : []),
  ];
}

function liesIn(zone: string) {
  return {
    condition: `\${self.availability_zone == "${zone}"}`,
    errorMessage: `the subnet was said to lie in ${zone}, but does not; losing a zone would take more than was planned`,
  };
}

function belongsTo(vpcId: string) {
  // inside an expression, cdktf resolves a token to a bare reference, which must stand without quotes
  const expected = isToken(vpcId) ? vpcId : `"${vpcId}"`;
  return {
    condition: `\${self.vpc_id == ${expected}}`,
    errorMessage: 'the subnet belongs to another VPC than the network',
  };
}
