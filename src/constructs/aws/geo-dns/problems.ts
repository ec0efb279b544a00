import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { isRouting } from '../../../intent';
import { flagProblems, hasMember, isToken, listProblems, objectProblems, shown } from '../../../validation';
import { awsProblems } from '../aws-props';
import { logRetentionProblems } from '../log-retention';
import { topicProblems } from '../notifying-props';
import { checkerProblems, checkProblems, timeProblems } from './check-problems';
import { endpointProblems, type KnownNames, regionProblems } from './endpoint-problems';
import { knownZoneName, zoneProblems } from './hosted-zone-problems';
import type { Settings, SwitchRegion } from './props';
import { nameIn, plannedRecords } from './records';
import { labelProblems } from './target-problems';
import { US_EAST_1, type UsEast1 } from './us-east-1';

/** Every reason why these props cannot keep their promises, one sentence each. */
export function problemsIn(settings: Settings, usEast1: UsEast1 | undefined): string[] {
  const { healthCheck, writerCheck, record } = settings;
  const zone = zoneProblems(settings);
  const zoneName = zone.length > 0 ? undefined : knownZoneName(settings);
  const label = record === undefined ? [] : labelProblems('record', record, zoneName);
  const names: KnownNames = {
    zoneName,
    name: zoneName === undefined || label.length > 0 ? undefined : nameIn(zoneName, record),
  };
  const endpoints = endpointProblems(settings, names);
  const checks = [
    ...checkProblems('healthCheck', healthCheck),
    ...(writerCheck === undefined ? [] : checkProblems('writerCheck', writerCheck)),
  ];
  const areEndpointsFine = endpoints.length === 0;
  const routing = areEndpointsFine ? routingProblems(settings) : isRoutingProblems(settings);
  const areNamesFine = areEndpointsFine && [zone, label, routing].every((problems) => problems.length === 0);
  return [
    ...[...zone, ...label, ...endpoints, ...routing, ...checks],
    ...(areNamesFine ? lengthProblems(settings, zoneName) : []),
    ...(areEndpointsFine ? timeProblems(settings, checks.length === 0) : []),
    ...checkerProblems(settings),
    ...switchProblems(settings, areEndpointsFine),
    ...usEast1Problems(settings, usEast1),
    ...flagProblems('dnssec', settings.dnssec),
    ...topicProblems(settings, US_EAST_1),
    ...awsProblems(settings),
  ];
}

function isRoutingProblems({ routing }: Settings): string[] {
  if (isRouting(routing)) return [];
  return [`routing must be a Routing, got ${shown(routing)}; write Routing.latency(), or another`];
}

function routingProblems(settings: Settings): string[] {
  const problems = isRoutingProblems(settings);
  if (problems.length > 0) return problems;
  return settings.routing.problemsOver(settings.endpoints.map(({ region }) => region));
}

// https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html
const LONGEST_LABEL = 63;
const LONGEST_NAME = 255;

/** Names of branches inside branches grow with their depth. */
function lengthProblems(settings: Settings, zoneName = 'example.com'): string[] {
  const names = [...new Set(plannedRecords(settings, zoneName).map(({ record }) => record.name))];
  const long = names.filter((name) => name.length > LONGEST_NAME || (name.split('.')[0] ?? '').length > LONGEST_LABEL);
  if (long.length === 0) return [];
  return [
    `routing must be shallow enough for names of DNS (${LONGEST_LABEL} characters to a dot, ${LONGEST_NAME} in all), ` +
      `got ${shown(long[0])}; put fewer branches inside each other`,
  ];
}

function switchProblems({ switchRegions, endpoints }: Settings, areEndpointsFine: boolean): string[] {
  const misshapen = listProblems('switchRegions', switchRegions);
  if (misshapen.length > 0) return misshapen;
  const problems = switchRegions.flatMap((place, position) => placeProblems(`switchRegions[${position}]`, place));
  const places = new Set(switchRegions.map((place) => place?.region));
  if (problems.length > 0 || places.size === 0 || !areEndpointsFine) return problems;
  const own = endpoints.filter(({ region }) => places.size === 1 && places.has(region));
  return own.map(
    ({ region }) =>
      `switchRegions must hold another region than ${region}, got only that; it is what may be down: name one more`,
  );
}

function placeProblems(prop: string, place: SwitchRegion): string[] {
  const misshapen = objectProblems(prop, place);
  if (misshapen.length > 0) return misshapen;
  const region = regionProblems(`${prop}.region`, place.region);
  return [...region, ...providerProblems(`${prop}.provider`, place.provider, region.length === 0 ? place.region : '')];
}

/** What is wrong with the provider of a region; the region is not compared where it is none itself. */
function providerProblems(prop: string, provider: AwsProvider, region: string): string[] {
  if (!hasMember(provider, 'fqn')) {
    return [`${prop} must be an AwsProvider, got ${shown(provider)}; pass the provider itself, not its name`];
  }
  const { region: own } = provider;
  if (region === '' || own === undefined || isToken(own) || own === region) return [];
  return [`${prop} must be a provider of ${region}, got one of ${shown(own)}; make one with that region and an alias`];
}

function usEast1Problems(settings: Settings, usEast1: UsEast1 | undefined): string[] {
  const { usEast1Provider, queryLogRetention, dnssec } = settings;
  const problems = usEast1Provider === undefined ? [] : providerProblems('usEast1Provider', usEast1Provider, US_EAST_1);
  if (queryLogRetention !== undefined) problems.push(...logRetentionProblems('queryLogRetention', queryLogRetention));
  const needing = [...(queryLogRetention === undefined ? [] : ['queryLogRetention']), ...(dnssec ? ['dnssec'] : [])];
  if (needing.length === 0 || usEast1 !== undefined) return problems;
  return [
    ...problems,
    `usEast1Provider must be given for ${needing.join(' and ')}, got undefined; ` +
      'Route 53 takes logs and keys of us-east-1 only',
  ];
}
