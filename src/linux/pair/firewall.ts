import { type HostFiles, publicFile } from '../host-files';
import { RELEASE_PORT } from './agent';
import { PATHS } from './paths';
import type { PairSettings } from './settings';

/** VRRP is IP protocol 112. */
const VRRP = 112;

/** Rules that let in from the other node alone what only it may send. */
export function firewallFiles(settings: PairSettings, index: 0 | 1): HostFiles {
  const peer = settings.nodes[index === 0 ? 1 : 0].address;
  const udp = settings.fence === undefined ? [] : [RELEASE_PORT];
  const rules = settings.firewall === 'nftables' ? nftables(peer, udp) : iptables(peer, udp);
  return { [PATHS.firewall]: { ...publicFile(rules), mode: '0640' } };
}

/** A table of its own, which comes before others. What it accepts, a table that drops by default must accept as well. */
function nftables(peer: string, udp: readonly number[]): string {
  return `# Made by nines. Where another table drops by default, accept there too: ip saddr ${peer} ip protocol ${VRRP}
table inet nines_pair
delete table inet nines_pair
table inet nines_pair {
  chain input {
    type filter hook input priority filter - 10; policy accept;
    ip protocol ${VRRP} ip saddr != ${peer} drop
${udp.map((port) => `    udp dport ${port} ip saddr != ${peer} drop\n`).join('')}  }
}
`;
}

function iptables(peer: string, udp: readonly number[]): string {
  return `# Made by nines.
*filter
:NINES_PAIR - [0:0]
-A NINES_PAIR -p ${VRRP} -s ${peer} -j ACCEPT
-A NINES_PAIR -p ${VRRP} -j DROP
${udp
  .map(
    (port) =>
      `-A NINES_PAIR -p udp --dport ${port} -s ${peer} -j ACCEPT\n-A NINES_PAIR -p udp --dport ${port} -j DROP\n`,
  )
  .join('')}COMMIT
`;
}
