import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { HostFiles } from 'nines/linux';
import { publicFile } from '../../../../src/linux/host-files';
import { until } from '../until';

/**
 * Hosts on two switches with a cable between them:
 *
 *     lb1, client "left"  -- left ==== right -- lb2, client "right", a third host (gateway, witnesses, etcd, power switch)
 *
 * All of it are network namespaces that end with the lab.
 */
export class Lab {
  private readonly id: string;
  private readonly folder: string;
  private readonly children: ChildProcess[] = [];
  private readonly namespaces: string[] = [];
  private readonly pids = new Map<string, number>();

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'nines-lab-'));
    labs += 1;
    this.id = `n${process.pid}x${labs}`;
    this.namespace('fabric');
    for (const side of SIDES) this.inside('fabric', `ip link add ${side} type bridge; ip link set ${side} up`);
    this.inside('fabric', 'ip link add cableleft type veth peer name cableright');
    for (const side of SIDES)
      this.inside('fabric', `ip link set cable${side} master ${side}; ip link set cable${side} up`);
  }

  /** A namespace that is only a network: a client, or the third host. */
  public addNamespace(name: string, side: Side, addresses: readonly string[]): void {
    this.namespace(name);
    this.plug(name, side, { netns: this.full(name) });
    this.inside(name, 'ip link set lo up; ip link set eth0 up');
    for (const address of addresses) this.inside(name, `ip address add ${address}/24 dev eth0`);
  }

  /** A host with these files, whose first process starts the units. */
  public async addHost(
    name: string,
    side: Side,
    address: string,
    files: HostFiles,
    units: readonly string[],
  ): Promise<void> {
    const folder = mkdtempSync(join(this.folder, `${name}-`));
    for (const [path, { content, mode }] of Object.entries({ ...files, ...LAB })) {
      const target = join(`${folder}.files`, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content);
      chmodSync(target, Number.parseInt(mode, 8));
    }
    const boot = join(`${folder}.files`, 'start');
    writeFileSync(boot, bootScript(address, units), { mode: 0o755 });
    const program = [
      '--net',
      '--mount',
      '--pid',
      '--uts',
      '--ipc',
      '--fork',
      '--kill-child',
      'sh',
      join(HERE, 'host.sh'),
    ];
    const host = this.start('unshare', [...program, name, folder, '/start']);
    const pid = await childOf(host);
    this.pids.set(name, pid);
    this.plug(name, side, { pid });
    await until(`${name} to boot`, () => this.tries(name, 'test -e /run/booted'));
  }

  /** Runs a shell command in a namespace or on a host; its output. */
  public inside(name: string, command: string): string {
    const [program = '', ...args] = this.enter(name);
    return execFileSync(program, [...args, 'sh', '-c', command], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** Starts a program in a namespace or on a host, until the lab ends. */
  public startInside(name: string, command: readonly string[]): ChildProcess {
    const [program = '', ...args] = this.enter(name);
    return this.start(program, [...args, ...command]);
  }

  /** Whether a command succeeds there. */
  public tries(name: string, command: string): boolean {
    try {
      this.inside(name, command);
      return true;
    } catch {
      return false;
    }
  }

  /** A folder for what is thrown away with the lab. */
  public scratch(name: string): string {
    return join(this.folder, name);
  }

  /** Tells the first process of a host something, from outside: who enters a host is stopped with it. */
  public control(host: string, line: string): void {
    writeFileSync(`/proc/${this.pidOf(host)}/root/run/init.control`, `${line}\n`);
  }

  public pidOf(host: string): number {
    return this.pids.get(host) ?? 0;
  }

  /** What `ip` calls the network of the switches. */
  public get fabric(): string {
    return this.full('fabric');
  }

  /** The cable between the switches. */
  public cable(state: 'up' | 'down'): void {
    this.inside('fabric', `ip link set cableleft ${state}`);
  }

  /** The port of a switch that a host is plugged into. */
  public port(host: string, state: 'up' | 'down'): void {
    this.inside('fabric', `ip link set p${host} ${state}`);
  }

  /** Hardware address of a host's interface. */
  public macOf(host: string): string {
    return this.inside(host, 'cat /sys/class/net/eth0/address').trim();
  }

  /** Ends the first process of a host, and with it all others and its network. */
  public async powerOff(host: string): Promise<void> {
    const pid = this.pidOf(host);
    process.kill(pid, 'SIGKILL');
    await until(`${host} to end`, () => gone(pid));
  }

  public async end(): Promise<void> {
    const running = this.children.filter((child) => child.exitCode === null && child.signalCode === null);
    for (const child of running) child.kill('SIGKILL');
    await Promise.all(running.map((child) => once(child, 'close')));
    for (const name of this.namespaces) execFileSync('ip', ['netns', 'delete', this.full(name)]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private start(program: string, args: readonly string[]): ChildProcess {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.children.push(child);
    return child;
  }

  private namespace(name: string): void {
    execFileSync('ip', ['netns', 'add', this.full(name)]);
    this.namespaces.push(name);
  }

  private full(name: string): string {
    return `${this.id}-${name}`;
  }

  private plug(name: string, side: Side, into: { netns: string } | { pid: number }): void {
    const target = 'netns' in into ? into.netns : `${into.pid}`;
    this.tries('fabric', `ip link delete p${name}`); // of a host that ended, and is not yet gone whole
    this.inside('fabric', `ip link add p${name} type veth peer name eth0 netns ${target}`);
    this.inside('fabric', `ip link set p${name} master ${side} && ip link set p${name} up`);
  }

  private enter(name: string): string[] {
    const pid = this.pids.get(name);
    if (pid === undefined) return ['ip', 'netns', 'exec', this.full(name)];
    return ['nsenter', '--target', `${pid}`, '--net', '--mount', '--pid', '--uts', '--ipc', '--root', '--wd=/'];
  }
}

export type Side = 'left' | 'right';
export const SIDES = ['left', 'right'] as const;
const HERE = __dirname;
const LAB: HostFiles = Object.fromEntries(
  ['init.py', 'app.py'].map((name) => [
    `/usr/local/lib/lab/${name}`,
    publicFile(readFileSync(join(HERE, name), 'utf8')),
  ]),
);
let labs = 0;

/** What a host does when it starts: what Debian does with the files of a pair, and then its units. */
function bootScript(address: string, units: readonly string[]): string {
  return [
    '#!/bin/sh',
    'exec >/run/boot.log 2>&1',
    'while ! ip link show eth0 >/dev/null 2>&1; do sleep 0.02; done',
    `ip address add ${address}/24 dev eth0`,
    'ip link set eth0 up',
    'systemd-sysusers /etc/sysusers.d/*.conf',
    'systemd-tmpfiles --create /etc/tmpfiles.d/nines-pair.conf',
    'sysctl -q -p /etc/sysctl.d/90-nines-pair.conf',
    ': >/run/booted',
    `exec python3 /usr/local/lib/lab/init.py ${units.join(' ')}`,
    '',
  ].join('\n');
}

/** The first process of the namespace that `unshare` made. */
async function childOf(parent: ChildProcess): Promise<number> {
  const file = `/proc/${parent.pid}/task/${parent.pid}/children`;
  await until('a host to begin', () => readFileSync(file, 'utf8').trim() !== '');
  return Number(readFileSync(file, 'utf8').trim());
}

function gone(pid: number): boolean {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}
