import { Netmask } from 'netmask';
import { isToken, objectProblems, shown, unknownProblem } from '../../../validation';
import { letterOf } from './zones';

/** The address ranges of one zone's subnets, in CIDR notation. */
export interface ZoneRanges {
  /** For load balancers and NAT gateways; at least a /27, or a load balancer cannot grow. */
  readonly public: string;
  /** For servers, containers and functions; they reach the internet through the NAT gateway of their zone. */
  readonly application: string;
  /** For databases and caches; no way to the internet. */
  readonly data: string;
}

/** Ranges by zone name. */
export type AddressPlan = Readonly<Record<string, ZoneRanges>>;

// A zone's block is an eighth of the network (letters a to h), so that no zone's ranges depend on
// which others are used, or in what order. Public subnets get an eighth of that; a load balancer needs
// a /27 (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html),
// which makes a /21 the smallest network. AWS allows no network larger than a /16.
const LARGEST = 16;
const SMALLEST = 21;
const SMALLEST_SUBNET = 28;
const SMALLEST_PUBLIC = 27;

/**
 * The ranges of a zone: half of its block for the application, a quarter for data, an eighth
 * public, and an eighth left free.
 *
 * @param cidr range of the whole network, from /16 to /21
 * @param zone name of the zone
 */
export function rangesOf(cidr: string, zone: string): ZoneRanges {
  const network = new Netmask(cidr);
  const slot = letterOf(zone).charCodeAt(0) - 'a'.charCodeAt(0);
  const block = part(network.base, network.bitmask + 3, slot);
  return {
    application: part(block.base, block.bitmask + 1, 0).toString(),
    data: part(block.base, block.bitmask + 2, 2).toString(),
    public: part(block.base, block.bitmask + 3, 6).toString(),
  };
}

function part(base: string, bitmask: number, count: number): Netmask {
  const first = new Netmask(base, String(bitmask));
  return count === 0 ? first : first.next(count);
}

/**
 * What is wrong with the range of a network.
 *
 * @param planned whether the subnets are computed, which needs room for eight zones
 */
export function cidrProblems(cidr: string, planned: boolean): string[] {
  const problems = rangeProblems('cidr', cidr);
  if (problems.length > 0) return problems;
  const { bitmask } = new Netmask(cidr);
  const smallest = planned ? SMALLEST : SMALLEST_SUBNET - 3;
  if (bitmask >= LARGEST && bitmask <= smallest) return [];
  return [
    `cidr must be from /${LARGEST} to /${smallest}, got ${shown(cidr)}; ` +
      (bitmask < LARGEST ? 'AWS allows no larger network' : `take a larger range${planned ? ', or give subnets' : ''}`),
  ];
}

/** What is wrong with ranges that were given for the subnets of each zone. */
export function subnetProblems(cidr: string, zones: readonly string[], plan: AddressPlan): string[] {
  const misshapen = objectProblems('subnets', plan);
  if (misshapen.length > 0) return misshapen;
  const given = Object.entries(plan).filter(([, ranges]) => ranges); // what was read from elsewhere may be undefined
  const problems = [
    ...zones
      .filter((zone) => !plan[zone])
      .map((zone) => `subnets must hold every zone, got none for ${shown(zone)}; add its three ranges`),
    ...given
      .filter(([zone]) => !zones.includes(zone))
      .map(([zone]) => `subnets must hold only zones of the network, got ${shown(zone)}; remove it or add it to zones`),
  ];
  const ranges = given.flatMap(([zone, { public: open, application, data }]) => [
    { prop: `subnets['${zone}'].public`, range: open, smallest: SMALLEST_PUBLIC },
    { prop: `subnets['${zone}'].application`, range: application, smallest: SMALLEST_SUBNET },
    { prop: `subnets['${zone}'].data`, range: data, smallest: SMALLEST_SUBNET },
  ]);
  problems.push(...ranges.flatMap(({ prop, range }) => rangeProblems(prop, range)));
  if (rangeProblems('cidr', cidr).length > 0) return problems;

  const network = new Netmask(cidr);
  const readable = ranges.filter(({ prop, range }) => rangeProblems(prop, range).length === 0);
  for (const [position, { prop, range, smallest }] of readable.entries()) {
    const block = new Netmask(range);
    if (!network.contains(block)) {
      problems.push(`${prop} must lie inside cidr (${cidr}), got ${shown(range)}; move it inside`);
    }
    if (block.bitmask > smallest) {
      problems.push(`${prop} must be a /${smallest} or larger, got ${shown(range)}; give it more addresses`);
    }
    for (const other of readable.slice(0, position)) {
      if (block.contains(other.range) || new Netmask(other.range).contains(block)) {
        problems.push(`${prop} must not overlap ${other.prop} (${other.range}), got ${shown(range)}; move one of them`);
      }
    }
  }
  return problems;
}

/** What is wrong with an IPv4 range that must be known. */
export function rangeProblems(prop: string, range: unknown): string[] {
  if (isToken(range)) return [unknownProblem(prop, 'range', range)];
  // netmask also reads octal, hexadecimal, shortened and unaligned ranges; AWS takes the canonical form only
  if (typeof range === 'string' && CIDR.test(range) && isCanonical(range)) return [];
  return [
    `${prop} must be an IPv4 range that starts at its first address, got ${shown(range)}; write it as in '10.20.0.0/16'`,
  ];
}

// No zero in front, which netmask takes for octal: it throws at 08.
const CIDR = /^(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})\/(?:\d|[1-3]\d)$/;

function isCanonical(range: string): boolean {
  const bits = Number(range.split('/')[1]);
  const octets = range.split('/')[0]?.split('.').map(Number) ?? [];
  if (bits > 32 || octets.some((octet) => octet > 255)) return false;
  return new Netmask(range).toString() === range;
}
