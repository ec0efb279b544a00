import { Netmask } from 'netmask';
import { isTextOf, isToken, shown } from '../../../validation';
import * as kinds from './target-kinds';
import type { GeoTarget } from './targets';
import { ZONE_ID } from './zone';

const KINDS = ['dnsName', 'record', 'address', 'cname'];
export const HOST_NAME = /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}$/i;
/** One label or several. No asterisk: sets of records below it would need a name. */
export const LABELS =
  /^(?=.{1,200}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/i;

/**
 * What keeps a target from being answered, one sentence each.
 *
 * @param zoneName name of the hosted zone, when it is known
 */
export function targetProblems(prop: string, target: GeoTarget, zoneName: string | undefined): string[] {
  const given = KINDS.filter((kind) => typeof target === 'object' && target !== null && kind in target);
  if (given.length !== 1) {
    return [
      `${prop} must be a load balancer, { record }, { address } or { cname }, got ${shown(target)}` +
        `${given.length > 1 ? ` with ${given.join(' and ')}` : ''}; give one of them`,
    ];
  }
  if (kinds.isLoadBalancer(target)) return balancerProblems(prop, target);
  if (kinds.isRecord(target)) return labelProblems(`${prop}.record`, target.record, zoneName);
  if (kinds.isCname(target)) return hostProblems(`${prop}.cname`, target.cname);
  return addressProblems(prop, target);
}

function balancerProblems(prop: string, target: { dnsName: unknown; zoneId: unknown }): string[] {
  const { dnsName, zoneId } = target;
  return [
    ...(isTextOf(HOST_NAME, dnsName)
      ? []
      : [
          `${prop}.dnsName must be the DNS name of a load balancer, got ${shown(dnsName)}; pass HAWebTier's loadBalancer`,
        ]),
    ...(isTextOf(ZONE_ID, zoneId)
      ? []
      : [
          `${prop}.zoneId must be the id of the load balancer's own zone, got ${shown(zoneId)}; pass HAWebTier's loadBalancer`,
        ]),
  ];
}

/** What is wrong with a name below the zone's. */
export function labelProblems(prop: string, label: unknown, zoneName: string | undefined): string[] {
  if (typeof label !== 'string' || isToken(label) || !LABELS.test(label)) {
    return [
      `${prop} must be a name below the zone's, known at synthesis and without '*', got ${shown(label)}; write it as in 'shop'`,
    ];
  }
  if (zoneName === undefined || !`.${label}`.toLowerCase().endsWith(`.${zoneName.toLowerCase()}`)) return [];
  return [`${prop} must not repeat the zone's name, got ${shown(label)}; leave '.${zoneName}' out`];
}

/** What is wrong with the whole name of a host. */
export function hostProblems(prop: string, host: unknown): string[] {
  if (isTextOf(HOST_NAME, host)) return [];
  return [`${prop} must be the name of a host, got ${shown(host)}; write it as in 'eu.example.com'`];
}

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const IPV6 = /^(?=.*:.*:)(?!.*::.*::)(?!.*:::)(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}$/i;

function addressProblems(prop: string, target: { address: unknown; ipv6Address?: unknown }): string[] {
  const { address, ipv6Address } = target;
  return [
    ...(isTextOf(IPV4, address) && !isInside(address, UNREACHABLE)
      ? []
      : [
          `${prop}.address must be a public IPv4 address, got ${shown(address)}; checkers of Route 53 have to reach it`,
        ]),
    ...(ipv6Address === undefined || (isTextOf(IPV6, ipv6Address) && !/^(f[cde]|::|0)/i.test(String(ipv6Address)))
      ? []
      : [
          `${prop}.ipv6Address must be a public IPv6 address, got ${shown(ipv6Address)}; checkers of Route 53 have to reach it`,
        ]),
  ];
}

// Route 53 refuses to check these. https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html
const UNREACHABLE = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/3'],
].map((range) => new Netmask(range));

function isInside(address: unknown, ranges: readonly Netmask[]): boolean {
  return !isToken(address) && ranges.some((range) => range.contains(String(address)));
}
