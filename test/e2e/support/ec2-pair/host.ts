import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { programPath } from '../container';
import { until } from '../until';
import type { Api, Metadata } from './api';

const PORT = 5000;

/** A file that cloud-init writes. */
interface WrittenFile {
  readonly path: string;
  readonly permissions: string;
  readonly content: string;
}

/** User data as EC2 has it. */
export function filesOf(userData: string): readonly WrittenFile[] {
  const text = gunzipSync(Buffer.from(userData, 'base64')).toString();
  const [head, ...rest] = text.split('\n');
  if (head !== '#cloud-config') throw new Error(`no cloud-config: ${head}`);
  return (JSON.parse(rest.join('\n')) as { write_files: readonly WrittenFile[] }).write_files;
}

/** How a host is not as it should be. */
export interface Flaw {
  readonly metadata?: Metadata | 'hangs';
  /** Credentials by the environment, where no metadata give any. */
  readonly env?: Readonly<Record<string, string>>;
  /** A shell command that is run before the agent. */
  readonly before?: string;
}

/** A host of a pair: its agent, as its user data wrote it, in a network and with files of its own. */
export class Ec2Host {
  private output = '';
  private readonly ended: Promise<void>;

  private constructor(
    public readonly name: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {
    this.ended = new Promise((resolve) => child.on('close', () => resolve()));
    child.stdin?.on('error', () => {}); // a host that is gone hears nothing
    child.stderr?.on('data', (chunk) => {
      this.output += chunk;
    });
    child.stdout?.on('data', (chunk) => {
      this.output += chunk;
    });
  }

  /** Starts a host of this user data. */
  static async start(name: string, userData: string, api: Api, { metadata, env, before }: Flaw): Promise<Ec2Host> {
    const folder = mkdtempSync(join(tmpdir(), `nines-ec2-${name}-`));
    const root = join(folder, 'host');
    mkdirSync(root);
    for (const { path, permissions, content } of filesOf(userData)) put(`${root}.files${path}`, content, permissions);
    put(`${root}.files/before.sh`, `${before ?? ':'}\n`, '0755');
    put(`${root}.files/host.sh`, readFileSync(join(__dirname, 'host.sh'), 'utf8'), '0755');
    const socket = join(folder, 'api');
    await api.open(name, socket, metadata);
    const endpoint = `http://127.0.0.1:${PORT}`;
    const variables = {
      PATH: programPath(),
      AWS_ENDPOINT_URL: endpoint,
      AWS_EC2_METADATA_SERVICE_ENDPOINT: endpoint,
      ...env,
    };
    const inner = ['unshare', '--mount', '--pid', '--uts', '--ipc', '--fork', '--kill-child', 'sh', HOST, name, root];
    const script = `ip link set lo up
socat TCP4-LISTEN:${PORT},bind=127.0.0.1,fork,reuseaddr UNIX-CONNECT:${socket} &
"$@"`;
    const child = spawn(
      'unshare',
      [
        ...['--net', '--pid', '--fork', '--kill-child', 'bash', '-c', script, 'host'],
        ...[...inner, 'sh', '-c', '. /before.sh; . /host.sh'],
      ],
      { env: variables, stdio: ['pipe', 'pipe', 'pipe'] },
    );
    return new Ec2Host(name, child, folder);
  }

  /** What keepalived says. */
  becomes(role: 'MASTER' | 'BACKUP' | 'FAULT'): void {
    this.child.stdin?.write(`INSTANCE "pair" ${role} 100\n`);
  }

  /** Runs a command on the host; what it prints is in the log. */
  run(command: string): void {
    this.child.stdin?.write(`!${command}\n`);
  }

  /** What the agent has said. */
  log(): string {
    return this.output;
  }

  /** Waits until a command prints what matches. */
  async prints(command: string, pattern: RegExp): Promise<RegExpMatchArray> {
    const from = this.output.length;
    return until(
      `${command} on ${this.name} to print ${pattern}`,
      async () => {
        this.run(command);
        await sleep(300);
        return this.output.slice(from).match(pattern) ?? undefined;
      },
      PATIENT,
    );
  }

  /** Waits until the agent has said what matches. */
  says(pattern: RegExp): Promise<RegExpMatchArray> {
    return until(`${this.name} to say ${pattern}`, () => this.output.match(pattern) ?? undefined, PATIENT);
  }

  async stop(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** EC2 takes its time, and so does a machine that runs moto. */
export const PATIENT = { seconds: 120, everyMs: 200 };

const HOST = join(__dirname, '..', 'hosts', 'host.sh');

function put(path: string, content: string, mode: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  chmodSync(path, Number.parseInt(mode, 8));
}
