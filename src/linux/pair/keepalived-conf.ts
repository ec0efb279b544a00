import { inMilliseconds } from '../../units';
import { checksOf, scriptLines } from './checks';
import { CHECK_USER, PATHS } from './paths';
import { holderOf, type PairSettings } from './settings';
import { masterDown, PRIORITIES } from './timing';

/**
 * `keepalived.conf` of one node.
 *
 * Both nodes begin as backup and never preempt: who comes back does not move the address. Checks have weight 0, by which a
 * node that fails one faults: with a weight and `nopreempt` it would never give way
 * (https://github.com/acassen/keepalived/issues/2379).
 */
export function keepalivedConf(settings: PairSettings, index: 0 | 1): string {
  return text([
    '# Made by nines: change what it is made from.',
    ...block('global_defs', globals(settings, index)),
    ...checksOf(settings).flatMap((check) => ['', ...block(`vrrp_script ${check.name}`, scriptLines(check))]),
    ...watchedFiles(settings).flatMap(({ name, file }) => [
      '',
      ...block(`track_file ${name}`, [`file ${file}`, 'weight 0']),
    ]),
    '',
    ...block('vrrp_instance pair', instance(settings, index)),
  ]);
}

function globals(settings: PairSettings, index: 0 | 1): string[] {
  return [
    `router_id ${settings.nodes[index].name}`,
    'vrrp_version 3',
    'enable_script_security',
    `script_user ${CHECK_USER}`,
    '# A busy host must not look like a dead one: https://github.com/acassen/keepalived/issues/2066',
    'vrrp_rt_priority 50',
    'vrrp_rlimit_rttime 100000',
    'vrrp_no_swap',
    '# A node that starts hears who is there before it counts.',
    `vrrp_startup_delay ${Math.ceil(masterDown(inMilliseconds(settings.advertInterval)) / 1000)}`,
    '# The address is told again, also to switches that missed it or were told by the other node.',
    'vrrp_garp_master_delay 1',
    'vrrp_garp_master_refresh 60',
    'vrrp_garp_lower_prio_repeat 1',
    'vrrp_higher_prio_send_advert true',
    '# Every change of state, in order, to the agent.',
    `vrrp_notify_fifo ${PATHS.run}/events`,
  ];
}

function instance(settings: PairSettings, index: 0 | 1): string[] {
  return [
    'state BACKUP',
    'nopreempt',
    `interface ${settings.interface}`,
    `virtual_router_id ${settings.routerId}`,
    `priority ${PRIORITIES[index]}`,
    `advert_int ${inMilliseconds(settings.advertInterval) / 1000}`,
    ...peers(settings, index),
    ...block('virtual_ipaddress', [heldAddress(settings)]),
    ...block(
      'track_script',
      checksOf(settings).map(({ name }) => name),
    ),
    ...block(
      'track_file',
      watchedFiles(settings).map(({ name }) => name),
    ),
  ];
}

/**
 * Adverts from the other node's address alone, whatever the firewall lets in, and from this network alone: a router would have
 * lowered their TTL. On EC2 the nodes are in two networks.
 */
function peers({ multicast, nodes, ec2 }: PairSettings, index: 0 | 1): string[] {
  if (multicast) return [`mcast_src_ip ${nodes[index].address}`];
  return [
    `unicast_src_ip ${nodes[index].address}`,
    'check_unicast_src',
    ...block('unicast_peer', [`${nodes[1 - index]?.address}${ec2 === undefined ? ' min_ttl 255 max_ttl 255' : ''}`]),
    'unicast_fault_no_peer',
  ];
}

/**
 * What keepalived puts on the master: the address, or where an agent does that a mark on the loopback interface, since
 * keepalived puts it on before anybody could ask first, and leaves it there when it is killed.
 */
function heldAddress(settings: PairSettings): string {
  if (holderOf(settings) !== 'keepalived') return `127.112.0.${settings.routerId}/32 dev lo scope host`;
  return `${settings.virtualAddress} dev ${settings.interface}`;
}

/**
 * Not 0 while HAProxy is down, by systemd: seen at once, where a check would take seconds. Not 0 while etcd does not answer,
 * by the agent: a master without a lock would keep the other node from asking for it.
 */
function watchedFiles({ proxy, lease }: PairSettings) {
  return [
    ...(proxy === undefined ? [] : [{ name: 'proxy_down', file: PATHS.proxy }]),
    ...(lease === undefined ? [] : [{ name: 'etcd_silent', file: PATHS.etcdSilent }]),
  ];
}

function block(head: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${head} {`, ...lines.map((line) => `  ${line}`), '}'];
}

function text(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
