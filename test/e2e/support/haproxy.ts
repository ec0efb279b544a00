import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HAPROXY_CONFIG, HAPROXY_UNIT, haproxyFiles } from '../../../src/linux/haproxy/files';
import { proxyProblems } from '../../../src/linux/haproxy/problems';
import type { HaproxyHost, HaproxyOptions } from '../../../src/linux/haproxy/props';
import { ADMIN_SOCKET } from '../../../src/linux/haproxy/sections';
import { mustRun, run } from './processes';
import { until } from './until';
import { answer } from './web-servers';

/** HAProxy as systemd runs it, master and worker, with the generated file as it is; only `/run/haproxy` is its own. */
export class Haproxy {
  /** Starts HAProxy on a node, and waits until it serves. */
  public static async start(options: HaproxyOptions, host: HaproxyHost): Promise<Haproxy> {
    const haproxy = new Haproxy(host);
    haproxy.write(options);
    await haproxy.launch();
    return haproxy;
  }

  private readonly folder = mkdtempSync(join(tmpdir(), 'nines-haproxy-'));
  private readonly file = join(this.folder, 'haproxy.cfg');
  private process: ChildProcess | undefined;
  private said = '';
  private unit = '';

  private constructor(private readonly host: HaproxyHost) {}

  /** Lets a new process take over, with other options where some are given. */
  public async reload(options?: HaproxyOptions): Promise<void> {
    if (options) this.write(options);
    const before = await this.workers();
    this.signal('SIGUSR2');
    await until('a new worker', async () => (await this.workers()).some((worker) => !before.includes(worker)));
    await this.serving();
  }

  /** What an administrator's command answers. */
  public async admin(command: string): Promise<string> {
    const socket = createConnection(`/proc/${this.process?.pid}/root${ADMIN_SOCKET}`);
    socket.setTimeout(10_000, () => socket.destroy(new Error(`no answer to ${command}\n${this.said}`)));
    socket.write(`${command}\n`);
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  }

  /** Whether servers are up, by `backend/server`. */
  public async servers(): Promise<Readonly<Record<string, string>>> {
    const [head = '', ...rows] = (await this.admin('show stat')).trim().split('\n');
    const columns = head.replace(/^# /, '').split(',');
    const cells = rows.map((row) => row.split(','));
    const of = (row: readonly string[], column: string) => row[columns.indexOf(column)] ?? '';
    return Object.fromEntries(
      cells.map((row) => [`${of(row, 'pxname')}/${of(row, 'svname')}`, of(row, 'status').replace(/ .*/, '')]), // UP 1/3
    );
  }

  /** Processes of the master that are there, old ones too. */
  public async workers(): Promise<string[]> {
    const { stdout } = await run('pgrep', ['--parent', String(this.process?.pid)]);
    return stdout.split('\n').filter((line) => line !== '');
  }

  public signal(signal: NodeJS.Signals): void {
    this.process?.kill(signal);
  }

  /** Kills master and workers at once, as a host that is gone. */
  public async kill(): Promise<void> {
    const ended = this.process && once(this.process, 'exit');
    for (const worker of await this.workers()) process.kill(Number(worker), 'SIGKILL');
    this.signal('SIGKILL');
    await ended;
  }

  private hasEnded(): boolean {
    return this.process === undefined || this.process.exitCode !== null || this.process.signalCode !== null;
  }

  /** Stops it as systemd does, with the command of its unit. */
  public async stopAsUnit(): Promise<void> {
    const [, command = ''] = /^ExecStop=(.*)$/m.exec(this.unit) ?? [];
    await mustRun('sh', ['-c', command], { env: { ...process.env, MAINPID: String(this.process?.pid) } });
    await until('HAProxy to end', () => this.hasEnded(), { seconds: 60, said: () => this.said });
  }

  public async stop(): Promise<void> {
    if (!this.hasEnded()) await this.kill();
    rmSync(this.folder, { recursive: true });
  }

  private write(options: HaproxyOptions): void {
    expect(proxyProblems('proxy', options)).toEqual([]);
    const files = haproxyFiles(options, this.host);
    writeFileSync(this.file, files[HAPROXY_CONFIG]?.content ?? '');
    this.unit = files[HAPROXY_UNIT]?.content ?? '';
  }

  private async launch(): Promise<void> {
    const { status, output } = await run('haproxy', ['-c', '-f', this.file]);
    if (status !== 0 || /WARNING/.test(output)) throw new Error(output);
    const own = `mkdir -p /run/haproxy && mount -t tmpfs tmpfs /run/haproxy && exec haproxy -W -f ${this.file}`;
    this.process = spawn('unshare', ['--mount', 'sh', '-c', own], { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.process.stdout, this.process.stderr]) stream?.on('data', (text) => (this.said += text));
    await this.serving();
  }

  private async serving(): Promise<void> {
    const url = `http://127.0.0.1:${this.host.healthPort}/health`;
    await until(
      'HAProxy to serve',
      async () => {
        if (this.hasEnded()) throw new Error(this.said);
        return (await answer(url).catch(() => undefined))?.status === 200;
      },
      { said: () => this.said },
    );
  }
}
