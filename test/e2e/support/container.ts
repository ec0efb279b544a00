import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../../support/kubernetes/manifests';
import type { Outcome } from './processes';

/** The user of every container: it has an entry in /etc/passwd on every Debian. */
export const NOBODY = 65_534;

/** What is in a namespace beside CronJobs. */
export interface Namespace {
  readonly manifests: readonly Manifest[];
  /** Keys of each Secret, by its name. */
  readonly secrets: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** A directory for the volumes. */
  readonly folder: string;
}

/** A container of a job, while it runs. */
export interface Container {
  readonly ended: Promise<Outcome>;
  /** What it has said so far. */
  log(): string;
  /** Sends a signal to its first process, as the kubelet does. */
  signal(signal: 'SIGTERM' | 'SIGKILL'): void;
  /** Directory of its scratch volume. */
  readonly scratch: string;
  /** Whether any of its processes is left. */
  isThere(): boolean;
}

/** Where the programs are: those of PostgreSQL are in no PATH on Debian, pyenv's behind scripts. */
export function programPath(): string {
  const python = spawnSync('python3', ['-c', 'import sys; print(sys.prefix)'], { encoding: 'utf8' }).stdout.trim();
  const postgres = readdirSync('/usr/lib/postgresql').sort((one, other) => Number(other) - Number(one));
  return [`${python}/bin`, `/usr/lib/postgresql/${postgres[0]}/bin`, process.env.PATH].join(':');
}

const PATH = programPath();

/** What an image brings. */
export interface Image {
  /** What `sh` is there. */
  readonly shell?: readonly string[];
  /** A directory with programs that take the place of others. */
  readonly programs?: string;
}

/** Runs the pod of a CronJob once: its command, variables, volumes, user and groups are those of the manifest. */
export function runPod(namespace: Namespace, cronJob: Manifest, image: Image = {}): Container {
  const { shell = ['dash'], programs } = image;
  const pod = cronJob.spec.jobTemplate.spec.template.spec;
  const [container] = pod.containers;
  const [program, ...args] = container.command;
  if (program !== 'sh') throw new Error(`${program} is no shell`);
  const folder = mkdtempSync(join(namespace.folder, 'pod-'));
  chmodSync(folder, 0o755);
  const group: number = pod.securityContext.fsGroup;
  const mounts = container.volumeMounts.map(({ name, mountPath }: { name: string; mountPath: string }) => {
    const from = join(folder, name);
    mkdirSync(from);
    fill(
      from,
      namespace,
      pod.volumes.find((volume: { name: string }) => volume.name === name),
      group,
    );
    return `${from}:${mountPath}`;
  });
  const env = Object.fromEntries(
    container.env.map((variable: Variable) => [variable.name, variableValue(variable, namespace)]),
  );

  const own = ['--mount', '--pid', '--ipc', '--fork', '--kill-child', '--mount-proc'];
  const run = [join(__dirname, 'container', 'run.sh'), String(NOBODY), String(group), ...mounts, '--'];
  const path = programs === undefined ? PATH : `${programs}:${PATH}`;
  const variables = ['env', '-i', `PATH=${path}`, ...Object.entries(env).map(([name, value]) => `${name}=${value}`)];
  const child = spawn('unshare', [...own, 'sh', ...run, ...variables, ...shell, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const limit = setTimeout(() => child.kill('SIGKILL'), 300_000);
  let output = '';
  const keep = (chunk: Buffer) => {
    output += chunk;
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const first = () => {
    const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim();
    return Number(children.split(' ')[0]);
  };
  return {
    scratch: join(folder, 'scratch'),
    log: () => output,
    signal: (signal) => {
      if (child.exitCode === null) process.kill(first(), signal);
    },
    isThere: () => processesIn(folder) > 0,
    ended: new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status) => {
        clearTimeout(limit);
        resolve({ status, output, stdout: '' });
      });
    }),
  };
}

/** Runs the pod of a CronJob to its end. */
export async function podOutcome(...call: Parameters<typeof runPod>): Promise<Outcome & { readonly scratch: string }> {
  const { ended, scratch } = runPod(...call);
  return { ...(await ended), scratch };
}

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
}

function variableValue({ name, value, valueFrom }: Variable, { secrets }: Namespace): string {
  const { secretKeyRef: from } = valueFrom ?? {};
  const found = from ? secrets[from.name]?.[from.key] : value;
  if (found === undefined) throw new Error(`${name} has no value`);
  return found;
}

// biome-ignore lint/suspicious/noExplicitAny: a volume, as Kubernetes gets it
function fill(folder: string, { manifests, secrets }: Namespace, volume: any, group: number): void {
  const write = (name: string, text: string, mode: number) => {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), mode);
    chownSync(join(folder, name), 0, group);
  };
  chmodSync(folder, 0o755);
  if (volume.configMap) {
    const found = manifests.find(
      ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === volume.configMap.name,
    );
    const { data } = found as unknown as { data: Record<string, string> };
    for (const [name, text] of Object.entries(data)) write(name, text, 0o644);
  } else if (volume.secret) {
    const { secretName, items, defaultMode } = volume.secret;
    for (const { key, path } of items) write(path, secrets[secretName]?.[key] ?? '', defaultMode);
  } else {
    chownSync(folder, 0, group);
    chmodSync(folder, 0o2777);
  }
}

/** How many processes have files of a folder open, or work in it. */
function processesIn(folder: string): number {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/mountinfo`, 'utf8').includes(folder);
      } catch {
        return false; // it has ended
      }
    }).length;
}
