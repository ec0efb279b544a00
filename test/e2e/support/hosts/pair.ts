import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Duration, HealthCheck } from 'nines';
import { type HostFiles, type KeepalivedPairProps, keepalivedPair } from 'nines/linux';
import { publicFile } from '../../../../src/linux/host-files';
import { until } from '../until';
import { Lab, SIDES, type Side } from './lab';
import { type Timeline, timelineOf } from './timeline';

export const ADDRESS = '192.168.1.100';
const NODES = [
  { name: 'lb1', address: '192.168.1.11' },
  { name: 'lb2', address: '192.168.1.12' },
] as const;
const CLIENTS = { left: '192.168.1.201', right: '192.168.1.202' };
/** Addresses of the third host: three witnesses, of which the first is also where etcd is. */
export const THIRD = ['192.168.1.1', '192.168.1.2', '192.168.1.3'] as const;
const POWER = 9000;
const ETCD = 2379;

/** What guards against two owners. */
export type Means = 'nothing' | 'witnesses' | 'lease' | 'fence';

// Tests that run at once may load nothing between two others: what is loaded when it is first used is used here.
keepalivedPair(propsOf('nothing'));

/** Props of the pair that a lab runs. */
export function propsOf(means: Means, more: Partial<KeepalivedPairProps> = {}): KeepalivedPairProps {
  const guards: Record<Means, Partial<KeepalivedPairProps>> = {
    nothing: {},
    witnesses: { witnesses: THIRD },
    lease: { lease: { endpoints: [`http://${THIRD[0]}:${ETCD}`], allowPlainText: true, ttl: Duration.seconds(3) } },
    fence: { fence: { timeout: Duration.seconds(5), commands: { lb1: powerOff('lb1'), lb2: powerOff('lb2') } } },
  };
  return {
    nodes: NODES,
    virtualAddress: `${ADDRESS}/24`,
    interface: 'eth0',
    healthCheck: HealthCheck.http('/health', {
      port: 8080,
      interval: Duration.seconds(2),
      timeout: Duration.seconds(1),
      unhealthyThreshold: 2,
      healthyThreshold: 1,
    }),
    proxy: {
      frontends: [{ name: 'web', port: 80, backend: 'shop' }],
      backends: [
        {
          name: 'shop',
          // The node's own service: clients suffer when it fails, until the other node has the address.
          servers: ['127.0.0.1', '127.0.0.2'].map((address) => ({ name: address, address, port: 8080 })),
          healthCheck: HealthCheck.http('/health', { port: 8080 }),
        },
      ],
    },
    ...guards[means],
    ...more,
  };
}

/** The node that is ended, by a switch for its power on the third host. */
function powerOff(node: string): string[] {
  return ['/usr/bin/curl', '--fail', '--silent', '--max-time', '4', `http://${THIRD[0]}:${POWER}/off/${node}`];
}

/** Whether a node would take the address over. */
const READY = 'grep -q BACKUP /run/nines-pair/role';
/** Whether a node would, or has: a quick pair's first one does not wait for long. */
const STARTED = 'grep -qE "BACKUP|MASTER" /run/nines-pair/role';

/** A pair that runs in a lab, and those who watch it. */
export class RunningPair {
  public readonly lab = new Lab();
  private readonly probes = new Map<Side, { process: ChildProcess; lines: string[] }>();
  /** What was started beside the nodes, by which a test takes it away. */
  public power: ChildProcess | undefined;
  public etcd: ChildProcess | undefined;
  private readonly files: Readonly<Record<string, HostFiles>>;

  constructor(
    private readonly means: Means,
    props: KeepalivedPairProps,
  ) {
    this.files = keepalivedPair(props);
  }

  /** Starts everything; lb1 has the address then, and lb2 could take it. */
  public async start(): Promise<void> {
    const { lab } = this;
    lab.addNamespace('third', 'right', THIRD);
    for (const side of SIDES) lab.addNamespace(side, side, [CLIENTS[side]]);
    if (this.means === 'lease') await this.startEtcd();
    await this.boot('lb1');
    await until('lb1 to wait for its turn', () => lab.tries('lb1', STARTED));
    await this.boot('lb2'); // in time to be heard, and too late to be the first
    if (this.means === 'fence') this.power = this.startPowerSwitch();
    await until('lb1 to take the address', () => this.hasAddress('lb1'));
    await until('lb2 to be ready', () => lab.tries('lb2', READY)); // its checks take longer than the first adverts
    for (const side of SIDES) this.watch(side);
    await seconds(1.5);
  }

  /** Boots a node, also one that was ended. */
  public async boot(name: 'lb1' | 'lb2'): Promise<void> {
    const [address, side] = name === 'lb1' ? [NODES[0].address, 'left' as const] : [NODES[1].address, 'right' as const];
    await this.lab.addHost(name, side, address, { ...this.files[name], ...APP }, UNITS);
  }

  public hasAddress(node: string): boolean {
    return this.lab.tries(node, `ip -o -4 address show dev eth0 | grep -q ' ${ADDRESS}/'`);
  }

  /** What was seen from both sides, since the watching began. */
  public async seen(): Promise<Record<Side, Timeline>> {
    const timelines = await Promise.all(
      SIDES.map(async (side) => {
        const probe = this.probes.get(side);
        probe?.process.stdin?.end();
        if (probe) await once(probe.process, 'close');
        return [side, timelineOf(probe?.lines.join('').split('\n') ?? [])] as const;
      }),
    );
    this.probes.clear();
    return Object.fromEntries(timelines) as Record<Side, Timeline>;
  }

  /** What a node's programs said. */
  public logs(node: string): string {
    return this.lab.tries(node, 'true') ? this.lab.inside(node, 'tail -n 40 /run/*.log') : `${node} is gone`;
  }

  public end(): Promise<void> {
    return this.lab.end();
  }

  private watch(side: Side): void {
    const macs = NODES.map(({ name }) => `${name}=${this.lab.macOf(name)}`);
    const args = ['python3', join(__dirname, 'probe.py'), 'eth0', CLIENTS[side], ADDRESS, '80', ...macs];
    const probe = { process: this.lab.startInside(side, args), lines: [] as string[] };
    probe.process.stdout?.on('data', (chunk) => probe.lines.push(`${chunk}`));
    probe.process.stderr?.on('data', (chunk) => process.stderr.write(chunk));
    this.probes.set(side, probe);
  }

  /** The switch by which nodes end each other; without it no fence succeeds. */
  public startPowerSwitch(): ChildProcess {
    const hosts = NODES.map(({ name }) => `${name}=${this.lab.pidOf(name)}`);
    return this.lab.startInside('third', [
      'python3',
      join(__dirname, 'power.py'),
      `${POWER}`,
      this.lab.fabric,
      ...hosts,
    ]);
  }

  /** Starts etcd, also once more with what it had. */
  public async startEtcd(): Promise<void> {
    const url = `http://${THIRD[0]}:${ETCD}`;
    const options = [
      '--listen-client-urls',
      url,
      '--advertise-client-urls',
      url,
      '--data-dir',
      this.lab.scratch('etcd'),
    ];
    const peers = ['--listen-peer-urls', 'http://127.0.0.1:2380', '--logger', 'zap', '--log-level', 'error'];
    this.etcd = this.lab.startInside('third', ['etcd', ...options, ...peers]);
    await until('etcd to answer', () => this.lab.tries('third', `curl --silent --fail ${url}/health`));
  }
}

/** The service of a node, behind its HAProxy. */
const APP: HostFiles = {
  '/etc/systemd/system/app.service': publicFile(
    '[Service]\nExecStart=python3 /usr/local/lib/lab/app.py 8080\nRestart=always\n',
  ),
};
const UNITS = ['nines-pair-firewall', 'app', 'haproxy', 'nines-pair', 'keepalived'];

export function seconds(count: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, count * 1000));
}
