import { isRecord, isToken, objectProblems, shown, unknownProblem, wholeNumberProblems } from '../../validation';
import type { GeolocationRouting, Routing, RoutingBranch } from '../routing';
import { CONTINENTS, COUNTRIES, STATES } from './places';

/** What is wrong with a routing over these regions, one sentence each. */
export function routingProblems(prop: string, { written }: Routing, regions: readonly string[]): string[] {
  switch (written.kind) {
    case 'latency':
      return written.branches === undefined ? [] : latencyProblems(prop, written.branches, regions);
    case 'weighted':
      return weightProblems(prop, written.weights, regions);
    case 'failover':
      return failoverProblems(prop, written.order, regions);
    case 'geolocation':
      return geolocationProblems(prop, written.branches, regions);
    default:
      return [
        `${prop} must be a Routing, got one of kind ${shown(Object(written).kind)}; write Routing.latency(), or another`,
      ];
  }
}

function branchProblems(prop: string, branch: RoutingBranch, regions: readonly string[]): string[] {
  if (typeof branch === 'string') return regionProblems(prop, branch, regions);
  if (isToken(branch)) return [unknownProblem(prop, 'region', branch)];
  if (isRecord(branch) && isRecord(branch.written)) return routingProblems(prop, branch, regions);
  return [`${prop} must be a region or a Routing, got ${shown(branch)}; name the region, as in 'eu-west-1'`];
}

function regionProblems(prop: string, region: string, regions: readonly string[]): string[] {
  if (isToken(region)) return [unknownProblem(prop, 'region', region)];
  if (regions.includes(region)) return [];
  return [`${prop} must be a region of an endpoint, got ${shown(region)}; add an endpoint there, or name another`];
}

/** What keeps branches by name from being an object of at least so many. */
function shapeProblems(prop: string, branches: unknown, remedy: string): string[] {
  const misshapen = objectProblems(prop, branches);
  if (misshapen.length > 0 || Object.keys(Object(branches)).length > 0) return misshapen;
  return [`${prop} must have branches, got none; ${remedy}`];
}

function latencyProblems(
  prop: string,
  branches: Readonly<Record<string, RoutingBranch>>,
  regions: readonly string[],
): string[] {
  const misshapen = shapeProblems(prop, branches, 'leave them out for every region by itself');
  if (misshapen.length > 0) return misshapen;
  return Object.entries(branches).flatMap(([region, branch]) => [
    ...regionProblems(prop, region, regions),
    ...branchProblems(`${prop}['${region}']`, branch, regions),
  ]);
}

// https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-weighted.html
const MOST_WEIGHT = 255;

function weightProblems(prop: string, weights: Readonly<Record<string, number>>, regions: readonly string[]): string[] {
  const misshapen = shapeProblems(prop, weights, 'say the share of every region');
  if (misshapen.length > 0) return misshapen;
  const problems = Object.entries(weights).flatMap(([region, weight]) => [
    ...regionProblems(prop, region, regions),
    ...wholeNumberProblems(`${prop}['${region}']`, weight, { min: 0, max: MOST_WEIGHT }, 'say the share in proportion'),
  ]);
  if (problems.length > 0 || Object.values(weights).some((weight) => weight > 0)) return problems;
  return [`${prop} must have a weight above 0, got 0 for every region; all of them would get clients in equal shares`];
}

function failoverProblems(prop: string, order: readonly RoutingBranch[], regions: readonly string[]): string[] {
  const problems = order.flatMap((branch, position) => branchProblems(`${prop}[${position}]`, branch, regions));
  if (order.length < 2) {
    problems.push(`${prop} must have at least 2 to fail over between, got ${order.length}; name the next one, too`);
  }
  const twice = order.filter((branch, position) => typeof branch === 'string' && order.indexOf(branch) !== position);
  if (twice.length > 0) {
    problems.push(`${prop} must name each region once, got ${shown([...new Set(twice)])} again; leave it out there`);
  }
  return problems;
}

function geolocationProblems(prop: string, branches: GeolocationRouting, regions: readonly string[]): string[] {
  const misshapen = objectProblems(prop, branches);
  if (misshapen.length > 0) return misshapen;
  const { continents, countries, states, default: others, ...strange } = branches;
  const problems = [
    ...placeProblems(`${prop}.continents`, continents, regions, new Set(CONTINENTS), "continents, as in 'EU'"),
    ...placeProblems(`${prop}.countries`, countries, regions, COUNTRIES, "countries of ISO 3166-1, as in 'FR'"),
    ...placeProblems(`${prop}.states`, states, regions, STATES, "states of the USA, as in 'CA'"),
    ...defaultProblems(prop, others, regions),
    ...Object.keys(strange).map(
      (key) =>
        `${prop} must hold continents, countries, states and default, got ${shown(key)}; put the place under its kind`,
    ),
  ];
  if (problems.length > 0 || [continents, countries, states].some((some) => Object.keys(some ?? {}).length > 0)) {
    return problems;
  }
  return [`${prop} must name a place, got none; name one, or write Routing.latency()`];
}

/** A default that was taken away by hand (`null`, `false`) is none that was left out. */
function defaultProblems(prop: string, branch: RoutingBranch | undefined, regions: readonly string[]): string[] {
  if (branch === undefined) return [];
  if (typeof branch === 'string' || isRecord(branch) || isToken(branch)) {
    return branchProblems(`${prop}.default`, branch as RoutingBranch, regions);
  }
  return [
    `${prop}.default must not be taken away, got ${shown(branch)}; leave it out for the nearest region: ` +
      'without one, clients of no named place get no answer',
  ];
}

function placeProblems(
  prop: string,
  branches: Readonly<Record<string, RoutingBranch>> | undefined,
  regions: readonly string[],
  known: ReadonlySet<string>,
  kind: string,
): string[] {
  if (branches === undefined) return [];
  const misshapen = objectProblems(prop, branches);
  if (misshapen.length > 0) return misshapen;
  return Object.entries(branches).flatMap(([code, branch]) => [
    ...(known.has(code) ? [] : [`${prop} must name ${kind}, got ${shown(code)}; write its two capital letters`]),
    ...branchProblems(`${prop}['${code}']`, branch, regions),
  ]);
}
