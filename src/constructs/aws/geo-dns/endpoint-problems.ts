import { isTextOf, isToken, listProblems, objectProblems, shown, unknownProblem } from '../../../validation';
import type { EndpointAlarm, GeoEndpoint, Settings } from './props';
import { isAddress, isCname } from './target-kinds';
import { hostProblems, targetProblems } from './target-problems';
import type { GeoTarget } from './targets';

/** Names of regions, of every partition. */
export const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;
const ROUTING_CONTROL = /^arn:[\w-]+:route53-recovery-control::\d{12}:controlpanel\/\w+\/routingcontrol\/\w+$/;

/** What is known of the name that clients ask for. */
export interface KnownNames {
  /** Name of the zone, when it is known. */
  readonly zoneName: string | undefined;
  /** The whole name, when it is known. */
  readonly name: string | undefined;
}

/** What keeps the endpoints from being answered, one sentence each. */
export function endpointProblems(settings: Settings, names: KnownNames): string[] {
  const { endpoints } = settings;
  const misshapen = isToken(endpoints)
    ? [unknownProblem('endpoints', 'list', endpoints)]
    : listProblems('endpoints', endpoints);
  if (misshapen.length > 0) return misshapen;
  const each = endpoints.flatMap((endpoint, position) => oneProblems(`endpoints[${position}]`, endpoint, names));
  const count =
    endpoints.length < 2
      ? [`endpoints must be at least 2, got ${endpoints.length}; with one region there is nothing to fail over to`]
      : [];
  const last =
    settings.lastResort === undefined ? [] : targetProblems('lastResort', settings.lastResort, names.zoneName);
  const problems = [...each, ...count, ...last];
  return problems.length > 0 ? problems : togetherProblems(settings);
}

function oneProblems(prop: string, endpoint: GeoEndpoint, { zoneName, name }: KnownNames): string[] {
  const misshapen = objectProblems(prop, endpoint);
  if (misshapen.length > 0) return misshapen;
  const { region, target, checkHost, alarm, routingControlArn } = endpoint;
  return [
    ...regionProblems(`${prop}.region`, region),
    ...targetProblems(`${prop}.target`, target, zoneName),
    ...(checkHost === undefined ? [] : hostProblems(`${prop}.checkHost`, checkHost)),
    ...ownNameProblems(`${prop}.checkHost`, endpoint, name),
    ...(alarm === undefined ? [] : alarmProblems(`${prop}.alarm`, alarm)),
    ...(routingControlArn === undefined || isTextOf(ROUTING_CONTROL, routingControlArn)
      ? []
      : [
          `${prop}.routingControlArn must be the ARN of a routing control, got ${shown(routingControlArn)}; ` +
            "write it as in 'arn:aws:route53-recovery-control::123456789012:controlpanel/…/routingcontrol/…'",
        ]),
  ];
}

/** What is wrong with the name of a region. */
export function regionProblems(prop: string, region: unknown): string[] {
  if (isToken(region)) return [unknownProblem(prop, 'region', region)];
  if (isTextOf(REGION, region)) return [];
  return [`${prop} must be an AWS region, got ${shown(region)}; write it as in 'eu-west-1'`];
}

/** The name that clients ask for leads anywhere; only with an address does it not say where to ask. */
function ownNameProblems(prop: string, { checkHost, target }: GeoEndpoint, name: string | undefined): string[] {
  if (checkHost === undefined || name === undefined || isAddress(target)) return [];
  if (String(checkHost).toLowerCase() !== name.toLowerCase()) return [];
  return [
    `${prop} must lead to this region alone, got ${shown(checkHost)}, which leads to all of them; give it a name of its own`,
  ];
}

function alarmProblems(prop: string, alarm: EndpointAlarm): string[] {
  const misshapen = objectProblems(prop, alarm);
  if (misshapen.length > 0) return misshapen;
  return [
    ...(isTextOf(/^.{1,255}$/, alarm.name)
      ? []
      : [`${prop}.name must be the name of an alarm, got ${shown(alarm.name)}; give its name, not its ARN`]),
    ...regionProblems(`${prop}.region`, alarm.region),
  ];
}

/** What is wrong with endpoints that are fine by themselves. */
function togetherProblems({ endpoints, lastResort, record }: Settings): string[] {
  const regions = endpoints.map(({ region }) => region);
  const twice = [...new Set(regions.filter((region, position) => regions.indexOf(region) !== position))];
  const targets = [...endpoints.map(({ target }) => target), ...(lastResort ? [lastResort] : [])];
  return [
    ...(twice.length === 0
      ? []
      : [`endpoints must name each region once, got ${shown(twice)} again; one load balancer per region is enough`]),
    ...kindProblems(targets, record),
  ];
}

function kindProblems(targets: readonly GeoTarget[], record: string | undefined): string[] {
  const names = targets.filter(isCname).length;
  if (names > 0 && names < targets.length) {
    return [
      `endpoints must all have a cname, as must lastResort, or none, got ${names} of ${targets.length}; ` +
        'DNS lets nothing stand beside a CNAME',
    ];
  }
  if (names > 0 && record === undefined) {
    return [
      'record must be given where targets are names, got undefined; DNS allows no CNAME for the name of the zone itself',
    ];
  }
  const addresses = targets.filter(isAddress);
  const both = addresses.filter(({ ipv6Address }) => ipv6Address !== undefined).length;
  if (both === 0 || both === addresses.length) return [];
  return [
    `endpoints must all have an ipv6Address, as must lastResort, or none, got ${both} of ${addresses.length}; ` +
      'clients that find IPv6 would not be led to the others',
  ];
}
