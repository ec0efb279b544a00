import { type HostFiles, publicFile } from '../host-files';
import { AGENT_USER, CHECK_USER, PATHS } from './paths';
import { holderOf, type PairSettings } from './settings';

/** What systemd, sysusers, tmpfiles and sysctl are told. */
export function unitFiles(settings: PairSettings): HostFiles {
  return {
    '/etc/systemd/system/nines-pair.service': publicFile(agentUnit(settings)),
    '/etc/systemd/system/nines-pair-firewall.service': publicFile(firewallUnit(settings)),
    '/etc/systemd/system/keepalived.service.d/nines-pair.conf': publicFile(keepalivedDropIn(settings)),
    ...(settings.proxy && { '/etc/systemd/system/haproxy.service.d/nines-pair.conf': publicFile(haproxyDropIn()) }),
    '/etc/sysusers.d/nines-pair.conf': publicFile(
      `u ${CHECK_USER} - "Checks of keepalived"\nu ${AGENT_USER} - "Agent of a keepalived pair"\n`,
    ),
    '/etc/tmpfiles.d/nines-pair.conf': publicFile(runFiles(settings)),
    '/etc/sysctl.d/90-nines-pair.conf': publicFile(sysctl(settings)),
  };
}

/**
 * The agent may change addresses and send ARP, and nothing else of what root may. What moves the address does not wait for a
 * service that is busy. Ended, it cannot see that etcd answers again: no node stays in fault for that.
 */
function agentUnit({ lease }: PairSettings): string {
  const ended = lease === undefined ? '' : `ExecStopPost=-/bin/sh -c 'echo 0 1<>${PATHS.etcdSilent}'\n`;
  return `[Unit]
Description=Agent of a keepalived pair
After=network-online.target
Wants=network-online.target
Before=keepalived.service
StartLimitIntervalSec=0

[Service]
ExecStart=${PATHS.programs}/agent
${ended}Restart=always
# Before the kernel drops the address.
RestartSec=0.1
User=${AGENT_USER}
Nice=-10
AmbientCapabilities=CAP_NET_ADMIN CAP_NET_RAW
CapabilityBoundingSet=CAP_NET_ADMIN CAP_NET_RAW
NoNewPrivileges=true
ProtectSystem=strict
ProtectHome=true
PrivateTmp=true
ReadWritePaths=${PATHS.run} -${PATHS.metrics}

[Install]
WantedBy=multi-user.target
`;
}

/** What takes all rules away, those of others too, when it is started, reloaded or stopped: the rules are loaded again after it. */
const FLUSHES: Readonly<Record<PairSettings['firewall'], string>> = {
  nftables: 'nftables.service',
  iptables: 'nftables.service netfilter-persistent.service', // Debian's iptables are rules of nftables too
};

function firewallUnit({ firewall }: PairSettings): string {
  const flushes = FLUSHES[firewall];
  const load =
    firewall === 'nftables'
      ? [`/usr/sbin/nft -f ${PATHS.firewall}`]
      : [
          '-/usr/sbin/iptables -D INPUT -j NINES_PAIR',
          `/usr/sbin/iptables-restore --noflush ${PATHS.firewall}`,
          '/usr/sbin/iptables -I INPUT -j NINES_PAIR',
        ];
  return `[Unit]
Description=Lets VRRP in from the other node of a keepalived pair alone
Before=keepalived.service
After=${flushes}
PartOf=${flushes}
ReloadPropagatedFrom=${flushes}

[Service]
Type=oneshot
RemainAfterExit=true
${['ExecStart', 'ExecReload'].flatMap((verb) => load.map((command) => `${verb}=${command}`)).join('\n')}

[Install]
WantedBy=multi-user.target ${flushes}
`;
}

/** Killed, keepalived leaves the address on the interface, and the other node takes it too: so it is taken off here. */
function keepalivedDropIn(settings: PairSettings): string {
  const letGo = holderOf(settings) === 'keepalived' ? `ExecStopPost=-${PATHS.programs}/let-go\n` : '';
  return `[Unit]
After=nines-pair.service nines-pair-firewall.service
Wants=nines-pair.service nines-pair-firewall.service
StartLimitIntervalSec=0

[Service]
Restart=always
RestartSec=1
${letGo}`;
}

/** Tells keepalived of the end of HAProxy, however it ended, and of its start. */
function haproxyDropIn(): string {
  return `[Unit]
Before=keepalived.service

[Service]
ExecStartPost=+/bin/sh -c 'echo 0 >${PATHS.proxy}'
ExecStopPost=+/bin/sh -c 'echo 1 >${PATHS.proxy}'
`;
}

function runFiles({ proxy, lease }: PairSettings): string {
  return [
    `z ${PATHS.settings} 0640 root ${AGENT_USER}`, // a plain copy makes it root's alone
    `d ${PATHS.run} 0755 ${AGENT_USER} ${AGENT_USER}`,
    `p ${PATHS.run}/events 0660 ${AGENT_USER} ${AGENT_USER}`, // or keepalived makes it, for root alone
    `d ${PATHS.run}/check 0755 ${CHECK_USER} ${CHECK_USER}`,
    ...(lease ? [`f ${PATHS.etcdSilent} 0644 ${AGENT_USER} ${AGENT_USER} - 0`] : []),
    // down until it is up
    ...(proxy ? [`d ${PATHS.proxyRun} 0755 root root`, `f ${PATHS.proxy} 0644 root root - 1`] : []),
    `d ${PATHS.metrics} 0775 root ${AGENT_USER}`,
    '',
  ].join('\n');
}

/**
 * Programs may listen at the address before it is here. Only the interface that has an address answers for it, and asks with
 * its own: a neighbour must not learn two places.
 */
function sysctl({ interface: name }: PairSettings): string {
  const dots = name.replaceAll('.', '/'); // sysctl's own way to write a name that has dots
  return [
    'net.ipv4.ip_nonlocal_bind = 1',
    `net.ipv4.conf.${dots}.arp_ignore = 1`,
    `net.ipv4.conf.${dots}.arp_announce = 2`,
    '# The address may be in the network of another that goes away first: it stays.',
    `net.ipv4.conf.${dots}.promote_secondaries = 1`,
    '',
  ].join('\n');
}
