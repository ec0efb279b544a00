import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { isTextOf, isToken, listProblems, shown } from '../../../validation';
import type { ZonalSubnet } from './zonal-network';

const ZONE = /^([a-z]{2}(?:-[a-z]+)+-\d)([a-h])$/;

/** The letter of a zone: `a` of `eu-west-1a`. */
export function letterOf(zone: string): string {
  return zone.slice(-1);
}

/** What a zone is called in construct ids: `ZoneA` for `eu-west-1a`. */
export function zoneId(zone: string): string {
  return `Zone${letterOf(zone).toUpperCase()}`;
}

/** The region of a zone: `eu-west-1` of `eu-west-1a`. */
export function regionOf(zone: string): string {
  return zone.slice(0, -1);
}

/** The region that subnets lie in; unknown where there are none, or no zones that are known. */
export function regionOfSubnets(subnets: readonly ZonalSubnet[] | undefined): string | undefined {
  return ZONE.exec(subnets?.[0]?.zone ?? '')?.[1];
}

/**
 * What keeps a list of zones from carrying a tier through the loss of one.
 *
 * @param prop name of the prop, for the sentences
 * @param zones as its user wrote them
 * @param region region of the provider, if it is known
 */
export function zoneProblems(prop: string, zones: readonly string[], region: string | undefined): string[] {
  if (isToken(zones)) {
    return [
      `${prop} must be known at synthesis, got ${shown(zones)}; write the names, as in ['eu-west-1a', 'eu-west-1b']`,
    ];
  }
  const misshapen = listProblems(prop, zones);
  if (misshapen.length > 0) return misshapen;
  const wellFormed = zones.filter((zone) => isTextOf(ZONE, zone));
  const problems = zones
    .filter((zone) => !wellFormed.includes(zone))
    .map((zone) => `${prop} must be availability zones of a region, got ${shown(zone)}; write them as in 'eu-west-1a'`);
  const twice = zones.filter((zone, position) => zones.indexOf(zone) !== position);
  if (twice.length > 0) {
    problems.push(`${prop} must all differ, got ${shown([...new Set(twice)])} more than once; name each zone once`);
  }
  if (new Set(zones).size < 2) {
    problems.push(
      `${prop} must name at least 2 availability zones, got ${shown([...zones])}; add a zone of the same region`,
    );
  }
  return [...problems, ...regionProblems(prop, wellFormed, region)];
}

function regionProblems(prop: string, zones: readonly string[], region: string | undefined): string[] {
  const regions = [...new Set(zones.map(regionOf))];
  if (regions.length > 1) {
    return [
      `${prop} must lie in one region, got ${shown(regions)}; make one network per region, each with its provider`,
    ];
  }
  if (region === undefined || regions.length === 0 || region === regions[0]) return [];
  return [
    `${prop} must lie in the region of the provider (${region}), got ${shown(regions)}; ` +
      'change the zones, or pass the provider of their region',
  ];
}

/** The region that a construct will be deployed to, when that is known at synthesis. */
export function knownRegion(scope: Construct, provider: AwsProvider | undefined): string | undefined {
  const region = (provider ?? defaultProvider(scope))?.region;
  return isToken(region) ? undefined : region;
}

/** Compares the zones with the provider once more at synthesis: a stack's provider may be added after the network. */
export function checkRegionAtSynthesis(
  network: Construct,
  prop: string,
  zones: readonly string[],
  provider: AwsProvider | undefined,
): void {
  network.node.addValidation({ validate: () => regionProblems(prop, zones, knownRegion(network, provider)) });
}

function defaultProvider(scope: Construct): AwsProvider | undefined {
  const isAws = (candidate: { terraformResourceType: string }): candidate is AwsProvider =>
    candidate.terraformResourceType === 'aws';
  return TerraformStack.of(scope)
    .allProviders()
    .filter(isAws)
    .find(({ alias }) => alias === undefined);
}
