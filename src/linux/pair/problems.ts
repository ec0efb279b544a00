import type { HealthCheck } from '../../intent';
import { Duration, inMilliseconds } from '../../units';
import {
  flagProblems,
  hasMember,
  isDuration,
  listProblems,
  objectProblems,
  shortDurationProblems,
  shown,
  wholeNumberProblems,
} from '../../validation';
import { proxyProblems } from '../haproxy/problems';
import { isAddress, networkProblems, nodeProblems } from './address-problems';
import type { KeepalivedPairProps } from './props';
import { fenceProblems, leaseProblems } from './split-brain-problems';
import { longestAdvert, masterDown, TAKEOVER } from './timing';

const LONGEST_ADVERT = Duration.millis(40_950); // 12 bits of hundredths of a second in the packet: RFC 5798, 5.2.7
const SHORTEST_ADVERT = Duration.millis(10);

/** What is wrong with a pair, one sentence each; none when it can be written. */
export function problemsIn(props: KeepalivedPairProps): string[] {
  const shape = objectProblems('props', props);
  if (shape.length > 0) return shape;
  return [
    ...nodeProblems(props.nodes),
    ...networkProblems(props),
    ...interfaceProblems(props.interface),
    ...serviceProblems(props),
    ...timerProblems(props),
    ...(props.routerId === undefined ? [] : routerIdProblems(props.routerId)),
    ...(props.witnesses === undefined ? [] : witnessProblems(props)),
    ...(props.lease === undefined ? [] : leaseProblems(props.lease)),
    ...(props.fence === undefined ? [] : fenceProblems(props.fence, props.nodes)),
    ...(props.lease === undefined || props.fence === undefined
      ? []
      : ['fence must not be given with lease, got both; keep the one that guards the address']),
    ...flagProblems('multicast', props.multicast),
    ...firewallProblems(props.firewall),
  ];
}

/** What is wrong with what a pair takes wherever its hosts are. */
export function problemsAnywhere(
  props: Pick<KeepalivedPairProps, 'interface' | 'healthCheck' | 'proxy' | 'failoverWithin' | 'advertInterval'>,
): string[] {
  return [...interfaceProblems(props.interface), ...serviceProblems(props), ...timerProblems(props)];
}

function interfaceProblems(name: unknown): string[] {
  // The kernel's own rule is wider (no '/', no space), but the name stands in files of four programs.
  if (typeof name === 'string' && /^[A-Za-z0-9_.-]{1,15}$/.test(name)) return [];
  return [
    `interface must be 1 to 15 letters, digits, '-', '_' or '.', got ${shown(name)}; give it as \`ip link\` shows it`,
  ];
}

function serviceProblems({ healthCheck, proxy }: Pick<KeepalivedPairProps, 'healthCheck' | 'proxy'>): string[] {
  if (healthCheck === undefined && proxy === undefined) {
    return [
      "healthCheck must be given where there is no proxy, got none; write HealthCheck.http('/health', { port: 8080 })",
    ];
  }
  return [
    ...(healthCheck === undefined ? [] : healthProblems(healthCheck)),
    ...(proxy === undefined ? [] : proxyProblems('proxy', proxy)),
  ];
}

function healthProblems(check: unknown): string[] {
  if (!hasMember(check, 'problems') || typeof (check as HealthCheck).problems !== 'function') {
    return [
      `healthCheck must be a HealthCheck, got ${shown(check)}; write HealthCheck.http('/health', { port: 8080 })`,
    ];
  }
  const health = check as HealthCheck;
  const problems = health.problems();
  if (problems.length > 0 || health.path === undefined || /^[\w/.~%?=&+:@,;-]*$/.test(health.path)) return problems;
  return [
    `healthCheck.path must hold letters, digits and / . _ ~ - % ? = & + : @ , ; only, got ${shown(health.path)}; encode the ` +
      'rest: it stands in keepalived.conf',
  ];
}

function timerProblems({
  failoverWithin = Duration.seconds(4),
  advertInterval,
}: Pick<KeepalivedPairProps, 'failoverWithin' | 'advertInterval'>): string[] {
  const problems = [
    ...shortDurationProblems(
      'failoverWithin',
      failoverWithin,
      { min: Duration.millis(300), max: Duration.seconds(120) },
      'three adverts and the takeover have to fit into it',
    ),
    ...(advertInterval === undefined ? [] : advertProblems(advertInterval)),
  ];
  if (problems.length > 0 || advertInterval === undefined) return problems;
  const needed = masterDown(inMilliseconds(advertInterval)) + TAKEOVER;
  if (needed <= inMilliseconds(failoverWithin)) return [];
  return [
    `failoverWithin must be at least ${needed / 1000} seconds with adverts every ${shown(advertInterval)} (three adverts, the ` +
      `skew of the lower priority and ${TAKEOVER / 1000} seconds to take over), got ${shown(failoverWithin)}; raise it, or lower ` +
      `advertInterval to ${longestAdvert(inMilliseconds(failoverWithin)) / 1000} seconds`,
  ];
}

function advertProblems(advert: unknown): string[] {
  const range = { min: SHORTEST_ADVERT, max: LONGEST_ADVERT };
  const problems = shortDurationProblems('advertInterval', advert, range, 'VRRPv3 has 12 bits for it');
  if (problems.length > 0 || !isDuration(advert) || inMilliseconds(advert) % 10 === 0) return problems;
  return [
    `advertInterval must be in hundredths of a second, got ${shown(advert)}; VRRPv3 counts so: round it to 10 milliseconds`,
  ];
}

function routerIdProblems(id: unknown): string[] {
  return wholeNumberProblems(
    'routerId',
    id,
    { min: 1, max: 255 },
    'give a number that no other pair of the network has',
  );
}

function witnessProblems({ witnesses, nodes, virtualAddress }: KeepalivedPairProps): string[] {
  const shape = listProblems('witnesses', witnesses);
  if (shape.length > 0 || witnesses === undefined) return shape;
  const own = new Set([
    ...(Array.isArray(nodes) ? nodes : []).map((node) => node?.address),
    `${virtualAddress}`.split('/')[0],
  ]);
  return [
    ...(witnesses.length % 2 === 1
      ? []
      : [
          `witnesses must be an odd number of hosts, got ${witnesses.length}; half of an even number is no majority, so that ` +
            'one more adds nothing: leave one out or add one',
        ]),
    ...witnesses.flatMap((witness, index) => {
      const prop = `witnesses[${index}]`;
      if (!isAddress(witness))
        return [`${prop} must be an IPv4 address, got ${shown(witness)}; write it as in '192.168.1.1'`];
      if (own.has(witness))
        return [`${prop} must be a host besides the pair, got ${shown(witness)}; give the gateway, or a third host`];
      if (witnesses.indexOf(witness) < index)
        return [`${prop} must be given once, got ${shown(witness)} again; leave it out`];
      return [];
    }),
  ];
}

function firewallProblems(firewall: unknown): string[] {
  if (firewall === undefined || firewall === 'nftables' || firewall === 'iptables') return [];
  return [`firewall must be 'nftables' or 'iptables', got ${shown(firewall)}; name the one that the hosts use`];
}
