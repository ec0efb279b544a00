import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mustRun } from './processes';
import { until } from './until';

/** A cloud of one test group: moto on a port of its own, and what programs need to find it. */
export interface Cloud {
  /** Environment that turns Terraform, cdktf and the AWS command line to this cloud. */
  readonly env: NodeJS.ProcessEnv;
  /** Answer of an AWS command, such as `aws('ec2', 'describe-subnets')`. */
  aws<Answer>(...args: string[]): Promise<Answer>;
  /** Runs an AWS command that answers nothing. */
  run(args: readonly string[]): Promise<void>;
  /** Ends it. */
  stop(): Promise<void>;
}

/** Starts a cloud on loopback. */
export async function startCloud(region: string): Promise<Cloud> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'nines-cloud-'));
  // Terraform would ask HashiCorp for its latest version; the mirror stands in for the registry
  const config = join(folder, 'terraform.rc');
  const mirror = process.env.TF_PLUGIN_MIRROR;
  const installation = mirror
    ? `provider_installation {\n  filesystem_mirror { path = ${JSON.stringify(mirror)} }\n}\n`
    : '';
  writeFileSync(config, `disable_checkpoint = true\n${installation}`);

  const server = spawn('python3', [join(__dirname, 'moto', 'start.py'), String(port)], {
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true', PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  server.stderr.on('data', (chunk) => {
    log = `${log}${chunk}`.slice(-1_000_000);
  });
  const ended = new Promise<void>((resolve) => server.on('close', () => resolve()));
  const endpoint = `http://127.0.0.1:${port}`;
  await until(
    'moto to start',
    () => {
      if (server.exitCode !== null) throw new Error(`moto did not start:\n${log}`);
      return fetch(`${endpoint}/moto-api/`).then(
        ({ ok }) => ok,
        () => false, // not listening yet
      );
    },
    { seconds: 60, everyMs: 200, said: () => log },
  );

  const env: NodeJS.ProcessEnv = {
    TF_CLI_CONFIG_FILE: config,
    CHECKPOINT_DISABLE: '1',
    DISABLE_VERSION_CHECK: '1',
    TF_IN_AUTOMATION: '1',
    CI: '1',
    ...(mirror && { TF_CLI_ARGS_providers_lock: `-fs-mirror=${mirror}` }),
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_DEFAULT_REGION: region,
  };
  return {
    env,
    async aws<Answer>(...args: string[]) {
      const { stdout } = await mustRun('aws', [...args, '--output', 'json'], { env });
      return JSON.parse(stdout) as Answer;
    },
    async run(args) {
      await mustRun('aws', [...args], { env });
    },
    async stop() {
      server.kill();
      await ended;
      for (const line of log.split('\n')) if (line.startsWith('moto: ')) process.stdout.write(`${line}\n`);
      rmSync(folder, { recursive: true });
    },
  };
}

/** A port on loopback that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      probe.close(() => resolve(address.port));
    });
  });
}
