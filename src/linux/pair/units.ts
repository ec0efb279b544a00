import { type HostFiles, publicFile } from '../host-files';
import { AGENT_USER, CHECK_USER, PATHS } from './paths';
import { holderOf, type PairSettings } from './settings';

/** What systemd, sysusers, tmpfiles and sysctl are told. */
export function unitFiles(settings: PairSettings): HostFiles {
  return {
    '/etc/systemd/system/nines-pair.service': publicFile(agentUnit()),
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
 * service that is busy.
 */
function agentUnit(): string {
  return `[Unit]
Description=Agent of a keepalived pair
After=network-online.target
Wants=network-online.target
Before=keepalived.service
StartLimitIntervalSec=0

[Service]
ExecStart=${PATHS.programs}/agent
Restart=always
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

function firewallUnit({ firewall }: PairSettings): string {
  const load =
    firewall === 'nftables'
      ? `ExecStart=/usr/sbin/nft -f ${PATHS.firewall}`
      : [
          'ExecStartPre=-/usr/sbin/iptables -D INPUT -j NINES_PAIR',
          `ExecStart=/usr/sbin/iptables-restore --noflush ${PATHS.firewall}`,
          'ExecStartPost=/usr/sbin/iptables -I INPUT -j NINES_PAIR',
        ].join('\n');
  return `[Unit]
Description=Lets VRRP in from the other node of a keepalived pair alone
Before=keepalived.service
After=nftables.service

[Service]
Type=oneshot
RemainAfterExit=true
${load}

[Install]
WantedBy=multi-user.target
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

function runFiles({ proxy }: PairSettings): string {
  return [
    `z ${PATHS.settings} 0640 root ${AGENT_USER}`, // a plain copy makes it root's alone
    `d ${PATHS.run} 0755 ${AGENT_USER} ${AGENT_USER}`,
    `p ${PATHS.run}/events 0660 ${AGENT_USER} ${AGENT_USER}`, // or keepalived makes it, for root alone
    `d ${PATHS.run}/check 0755 ${CHECK_USER} ${CHECK_USER}`,
    ...(proxy ? [`f ${PATHS.proxy} 0644 root root - 1`] : []), // down until it is up
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
