import { isIPv4, isIPv6 } from 'node:net';
import { Netmask } from 'netmask';
import { isRecord, isTextOf, isToken, shown } from '../../../validation';
import * as kinds from './target-kinds';
import type { AddressTarget, GeoTarget, LoadBalancerTarget } from './targets';
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
  if (kinds.isZoneRecord(target)) return labelProblems(`${prop}.record`, target.record, zoneName);
  if (kinds.isCname(target)) return hostProblems(`${prop}.cname`, target.cname);
  return addressProblems(prop, target);
}

/** What is wrong with the names of a load balancer. */
export function balancerProblems(prop: string, target: LoadBalancerTarget): string[] {
  if (!isRecord(target)) {
    return [`${prop} must be a load balancer, got ${shown(target)}; pass HAWebTier's loadBalancer`];
  }
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

function addressProblems(prop: string, { address, ipv6Address }: AddressTarget): string[] {
  const problems: string[] = [];
  if (!isText(address, (text) => isIPv4(text) && !isUnreachable(text))) {
    problems.push(
      `${prop}.address must be a public IPv4 address, got ${shown(address)}; checkers of Route 53 have to reach it`,
    );
  }
  if (ipv6Address === undefined || isText(ipv6Address, (text) => isIPv6(text) && IPV6_GLOBAL.test(text)))
    return problems;
  return [
    ...problems,
    `${prop}.ipv6Address must be a public IPv6 address, got ${shown(ipv6Address)}; checkers of Route 53 have to reach it`,
  ];
}

/** Whether a value is text that fits, or a token that stands for text. */
function isText(value: unknown, fits: (text: string) => boolean): boolean {
  return isTextOf(/^/, value) && (isToken(value) || fits(String(value)));
}

/** All that is routed in the internet. https://www.iana.org/assignments/ipv6-address-space/ipv6-address-space.xhtml */
const IPV6_GLOBAL = /^[23]/;

// Route 53 refuses to check these. https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html
const UNREACHABLE = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/3'],
].map((range) => new Netmask(range));

function isUnreachable(address: string): boolean {
  return UNREACHABLE.some((range) => range.contains(address));
}
