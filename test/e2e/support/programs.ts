import { spawnSync } from 'node:child_process';

/** A program that the tests run, and where it comes from when it is missing. */
interface Program {
  readonly name: string;
  readonly check: readonly string[];
  readonly install: string;
}

const PROGRAMS: readonly Program[] = [
  { name: 'terraform', check: ['terraform', 'version'], install: 'https://developer.hashicorp.com/terraform/install' },
  { name: 'moto', check: ['python3', '-c', 'import moto.server'], install: "pip install 'moto[server]==5.2.1'" },
  { name: 'aws', check: ['aws', '--version'], install: 'apt-get install awscli, or pip install awscli' },
  { name: 'age', check: ['age', '--version'], install: 'apt-get install age' },
  { name: 'busybox', check: ['busybox', 'true'], install: 'apt-get install busybox' },
  { name: 'openssl', check: ['openssl', 'version'], install: 'apt-get install openssl' },
  { name: 'PostgreSQL', check: ['test', '-d', '/usr/lib/postgresql'], install: 'apt-get install postgresql' },
  { name: 'haproxy', check: ['haproxy', '-v'], install: 'apt-get install haproxy' },
  { name: 'curl', check: ['curl', '--version'], install: 'apt-get install curl' },
  { name: 'shellcheck', check: ['shellcheck', '--version'], install: 'apt-get install shellcheck' },
  { name: 'keepalived', check: ['keepalived', '--version'], install: 'apt-get install keepalived' },
  { name: 'haproxy', check: ['haproxy', '-v'], install: 'apt-get install haproxy' },
  { name: 'etcd', check: ['etcd', '--version'], install: 'apt-get install etcd-server' },
  { name: 'nft', check: ['nft', '--version'], install: 'apt-get install nftables' },
  { name: 'iptables', check: ['iptables', '--version'], install: 'apt-get install iptables' },
  { name: 'arping', check: ['arping', '-V'], install: 'apt-get install iputils-arping' },
  { name: 'ping', check: ['ping', '-V'], install: 'apt-get install iputils-ping' },
  { name: 'ip', check: ['ip', '-V'], install: 'apt-get install iproute2' },
  { name: 'socat', check: ['socat', '-V'], install: 'apt-get install socat' },
  { name: 'curl', check: ['curl', '--version'], install: 'apt-get install curl' },
  { name: 'pkill', check: ['pkill', '--version'], install: 'apt-get install procps' },
  { name: 'systemd-tmpfiles', check: ['systemd-tmpfiles', '--version'], install: 'apt-get install systemd' },
  { name: 'a namespace', check: ['unshare', '--mount', '--pid', '--fork', 'true'], install: 'run as root' },
];

/** A sentence for each program that is missing: what, and how to get it. */
export function missingPrograms(): string[] {
  return PROGRAMS.filter(({ check: [command = '', ...args] }) => spawnSync(command, args).status !== 0).map(
    ({ name, install }) => `${name} is missing; ${install}`,
  );
}
