import { DataAwsSubnet } from '@cdktf/provider-aws/lib/data-aws-subnet';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import {
  hasMember,
  InvalidPropsError,
  isTextOf,
  isToken,
  listProblems,
  shown,
  unknownProblem,
} from '../../../validation';
import { awsProblems } from '../aws-props';
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
  const { vpcId, applicationSubnets, publicSubnets, dataSubnets, provider } = settings;
  return [
    ...vpcProblems(vpcId),
    ...tierProblems('applicationSubnets', applicationSubnets, region),
    ...Object.entries({ publicSubnets, dataSubnets }).flatMap(([prop, subnets]) => {
      if (Array.isArray(subnets) && subnets.length === 0) return [];
      return [...tierProblems(prop, subnets, region), ...coverProblems(prop, subnets, applicationSubnets)];
    }),
    ...awsProblems({ provider }),
  ];
}

function vpcProblems(vpcId: string): string[] {
  if (isTextOf(/^vpc-[0-9a-f]{8,17}$/, vpcId)) return [];
  return [`vpcId must be the id of a VPC, got ${shown(vpcId)}; write it as in 'vpc-0abc1234'`];
}

function tierProblems(prop: string, subnets: readonly ZonalSubnet[], region: string | undefined): string[] {
  const misshapen = shapeProblems(prop, subnets);
  if (misshapen.length > 0) return misshapen;
  const zones = subnets.map(({ zone }) => zone);
  const unknown = zones.filter(isToken);
  const ids = subnets.map(({ subnetId }) => subnetId);
  const twice = [...new Set(ids.filter((subnetId, position) => ids.indexOf(subnetId) !== position))];
  return [
    ...(unknown.length > 0
      ? unknown.map((zone) => unknownProblem(`${prop} zone`, "zone's name", zone))
      : zoneProblems(`${prop} zones`, zones, region)),
    ...ids
      .filter((subnetId) => !isTextOf(/^subnet-[0-9a-f]{8,17}$/, subnetId))
      .map((subnetId) => `${prop} must hold subnet ids, got ${shown(subnetId)}; write them as in 'subnet-0abc1234'`),
    ...(twice.length > 0 ? [`${prop} must not repeat a subnet, got ${shown(twice)} twice; give one per zone`] : []),
  ];
}

function shapeProblems(prop: string, subnets: readonly ZonalSubnet[]): string[] {
  const misshapen = listProblems(prop, subnets);
  if (misshapen.length > 0) return misshapen;
  return subnets
    .filter((subnet) => !hasMember(subnet, 'zone'))
    .map((subnet) => `${prop} must hold subnets, got ${shown(subnet)}; write them as { zone, subnetId }`);
}

function coverProblems(prop: string, subnets: readonly ZonalSubnet[], servers: readonly ZonalSubnet[]): string[] {
  if ([...shapeProblems(prop, subnets), ...shapeProblems(prop, servers)].length > 0) return [];
  const zones = servers.map(({ zone }) => zone);
  const covered = subnets.map(({ zone }) => zone);
  if (isToken([...zones, ...covered])) return [];
  if (zones.every((zone) => covered.includes(zone)) && covered.every((zone) => zones.includes(zone))) return [];
  return [
    `${prop} must cover the zones of applicationSubnets (${zones.join(', ')}), got ${shown(covered)}; ` +
      'give one subnet in each of those zones',
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
