import type { HealthCheck } from '../../intent';
import { inMilliseconds } from '../../units';
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
    ...checks(settings).flatMap(({ name, lines }) => ['', ...block(`vrrp_script ${name}`, lines)]),
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
      checks(settings).map(({ name }) => name),
    ),
  ];
}

/** Adverts from the other node's address alone, and from this network alone: a router would have lowered their TTL. */
function peers({ multicast, nodes }: PairSettings, index: 0 | 1): string[] {
  if (multicast) return [`mcast_src_ip ${nodes[index].address}`];
  return [
    `unicast_src_ip ${nodes[index].address}`,
    ...block('unicast_peer', [`${nodes[1 - index]?.address} min_ttl 255 max_ttl 255`]),
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

interface Check {
  readonly name: string;
  readonly lines: readonly string[];
}

function checks(settings: PairSettings): Check[] {
  const { healthCheck, witnesses } = settings;
  const health: Check = { name: 'health', lines: script(`check ${healthArguments(healthCheck)}`, healthCheck) };
  if (witnesses.length === 0) return [health];
  return [health, { name: 'witnesses', lines: script(`witnesses ${witnesses.join(' ')}`, WITNESSES) }];
}

/** How often witnesses are asked; as seldom as keepalived can, and two misses count: what is lost here is only a ping. */
export const WITNESSES = { interval: 1000, timeout: 1000, fall: 2, rise: 2 };

function script(command: string, timing: HealthCheck | typeof WITNESSES): string[] {
  const seconds =
    'fall' in timing
      ? { ...timing, interval: timing.interval / 1000, timeout: timing.timeout / 1000 }
      : {
          interval: timing.interval.toSeconds(),
          timeout: timing.timeout.toSeconds(),
          fall: timing.unhealthyThreshold,
          rise: timing.healthyThreshold,
        };
  return [
    `script "${PATHS.programs}/${command}"`,
    `interval ${seconds.interval}`,
    `timeout ${seconds.timeout}`,
    `fall ${seconds.fall}`,
    `rise ${seconds.rise}`,
    'weight 0',
    'init_fail',
  ];
}

/** What the check is asked with: protocol, port, seconds, path. */
function healthArguments({ protocol, port, timeout, path }: HealthCheck): string {
  return [protocol, port, timeout.toSeconds(), ...(path === undefined ? [] : [path])].join(' ');
}

function block(head: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${head} {`, ...lines.map((line) => `  ${line}`), '}'];
}

function text(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
