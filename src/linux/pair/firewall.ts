import { usedPeersPort } from '../haproxy/settings';
import { type HostFiles, publicFile } from '../host-files';
import { RELEASE_PORT } from './agent';
import { PATHS } from './paths';
import type { PairSettings } from './settings';

/** What only the other node may send; VRRP is IP protocol 112. */
interface Kept {
  readonly peer: string;
  readonly ports: readonly { readonly protocol: 'tcp' | 'udp'; readonly port: number }[];
}

/** Rules that let in from the other node alone what only it may send. */
export function firewallFiles(settings: PairSettings, index: 0 | 1): HostFiles {
  const peersPort = settings.proxy && usedPeersPort(settings.proxy);
  const kept: Kept = {
    peer: settings.nodes[index === 0 ? 1 : 0].address,
    ports: [
      ...(settings.fence === undefined ? [] : [{ protocol: 'udp' as const, port: RELEASE_PORT }]),
      ...(peersPort === undefined ? [] : [{ protocol: 'tcp' as const, port: peersPort }]),
    ],
  };
  const rules = settings.firewall === 'nftables' ? nftables(kept) : iptables(kept);
  return { [PATHS.firewall]: { ...publicFile(rules), mode: '0640' } };
}

/** A table of its own, which comes before others. What it accepts, a table that drops by default must accept as well. */
function nftables({ peer, ports }: Kept): string {
  const drops = ports.map(({ protocol, port }) => `    ${protocol} dport ${port} ip saddr != ${peer} drop\n`);
  return `# Made by nines. Where another table drops by default, accept there too: ip saddr ${peer} ip protocol 112
table inet nines_pair
delete table inet nines_pair
table inet nines_pair {
  chain input {
    type filter hook input priority filter - 10; policy accept;
    iif lo accept
    ip protocol 112 ip saddr != ${peer} drop
${drops.join('')}  }
}
`;
}

function iptables({ peer, ports }: Kept): string {
  const matches = ['-p 112', ...ports.map(({ protocol, port }) => `-p ${protocol} --dport ${port}`)];
  const rules = matches.map((match) => `-A NINES_PAIR ${match} -s ${peer} -j ACCEPT\n-A NINES_PAIR ${match} -j DROP\n`);
  return `# Made by nines.
*filter
:NINES_PAIR - [0:0]
-A NINES_PAIR -i lo -j RETURN
${rules.join('')}COMMIT
`;
}
