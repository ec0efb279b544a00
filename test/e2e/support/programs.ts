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
  { name: 'a namespace', check: ['unshare', '--mount', '--pid', '--fork', 'true'], install: 'run as root' },
];

/** A sentence for each program that is missing: what, and how to get it. */
export function missingPrograms(): string[] {
  return PROGRAMS.filter(({ check: [command = '', ...args] }) => spawnSync(command, args).status !== 0).map(
    ({ name, install }) => `${name} is missing; ${install}`,
  );
}
