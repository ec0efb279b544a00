import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration, Retention } from 'nines';
import { DatabaseBackup, type DatabaseBackupProps } from 'nines/kubernetes';
import { allOf, type Manifest, synthChart } from '../../support/kubernetes/manifests';
import { type Cloud, freePort, startCloud } from './cloud';
import { type Image, type Namespace, podOutcome, runPod } from './container';
import { type PostgresServer, startPostgres } from './postgres';
import { mustRun } from './processes';

/** A PostgreSQL server, an S3 server, a Pushgateway, and pods between them. */
export interface World {
  readonly folder: string;
  readonly cloud: Cloud;
  readonly source: PostgresServer;
  /** What the Pushgateway was told, by path. */
  readonly pushed: ReadonlyMap<string, string>;
  /** The manifests of a backup, and the Secrets that they name. */
  namespace(choices: Choices): Namespace;
  /** Makes a database that the user of the backup owns, and fills it. */
  createDatabase(name: string, script: readonly string[]): Promise<void>;
  /** Keys of all objects of a backup. */
  keys(name: string): Promise<readonly string[]>;
  /** How many uploads in parts have neither been completed nor given up. */
  openUploads(): Promise<number>;
  /** What an object holds. */
  read(key: string): Promise<Buffer>;
  /** Puts an object there past the backup, or takes one away. */
  write(key: string, body: Buffer | undefined): Promise<void>;
  /** Decrypts a file with the key of the drill. */
  decrypt(from: string, to: string): Promise<void>;
  stop(): Promise<void>;
}

/** What may be changed about a backup; its name is that of the database. */
export type Choices = { readonly name: string; readonly databaseName?: string } & Partial<
  Omit<DatabaseBackupProps, 'name'>
>;

const BUCKET = 'backups';
const REGION = 'eu-west-1';
/** As good as a signature, for moto. */
const SIGNED = { authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/s3/aws4_request' };

/** Starts all of it. */
export async function startWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'nines-database-backup-'));
  chmodSync(folder, 0o755);
  const [cloud, source, gateway, keys] = await Promise.all([
    startCloud(REGION),
    startPostgres(folder),
    startGateway(),
    keyPair(folder),
  ]);
  await cloud.aws(
    's3api',
    'create-bucket',
    '--bucket',
    BUCKET,
    '--create-bucket-configuration',
    `LocationConstraint=${REGION}`,
  );
  for (const role of [`shop LOGIN PASSWORD 'pass word'`, `reader LOGIN PASSWORD 'other'`, 'nines_reader']) {
    await source.sql('postgres', `CREATE ROLE ${role}`);
  }
  const secrets = {
    'shop-database': { username: 'shop', password: 'pass word' },
    reader: { username: 'reader', password: 'other' },
    wrong: { username: 'shop', password: 'wrong' },
    'shop-ca': { 'ca.crt': source.ca },
    'drill-key': { identity: keys.identity },
    s3: { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
  };
  const usual = ({ databaseName, ...choices }: Choices): DatabaseBackupProps => ({
    image: 'registry.example.com/database-backup:15',
    database: {
      ...{ host: '127.0.0.1', port: source.port, databaseName: databaseName ?? choices.name },
      ...{ secretName: 'shop-database', ca: { secret: 'shop-ca', key: 'ca.crt' } },
    },
    bucket: {
      ...{ name: BUCKET, region: REGION, endpointUrl: cloud.env.AWS_ENDPOINT_URL },
      credentialsSecretName: 's3',
    },
    retention: Retention.gfs({ daily: 7, weekly: 4, monthly: 12, yearly: 3 }),
    recipients: [keys.recipient],
    drill: { identity: { secret: 'drill-key', key: 'identity' }, credentialsSecretName: 's3' },
    lockTimeout: Duration.seconds(1),
    pushgatewayUrl: gateway.url,
    ...choices,
  });
  return {
    ...{ folder, cloud, source, pushed: gateway.pushed },
    namespace: (choices) => ({
      ...{ folder, secrets },
      manifests: synthChart((chart) => new DatabaseBackup(chart, 'Backup', usual(choices))),
    }),
    async createDatabase(name, script) {
      await source.sql('postgres', `CREATE DATABASE "${name}" OWNER shop`);
      const file = join(folder, `${name}.sql`);
      writeFileSync(file, ['SET SESSION AUTHORIZATION shop', ...script].map((statement) => `${statement};\n`).join(''));
      await mustRun('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', name, '-o', '/dev/null', '-f', file], {
        env: source.env,
      });
    },
    async keys(name) {
      const answer = await (await fetch(`${cloud.env.AWS_ENDPOINT_URL}/${BUCKET}?list-type=2`)).text();
      return [...answer.matchAll(/<Key>([^<]*)<\/Key>/g)]
        .map(([, key = '']) => key)
        .filter((key) => key.split('/')[1] === name);
    },
    async openUploads() {
      const answer = await fetch(`${cloud.env.AWS_ENDPOINT_URL}/${BUCKET}?uploads`, { headers: SIGNED });
      return [...(await answer.text()).matchAll(/<UploadId>/g)].length;
    },
    async read(key) {
      const answer = await fetch(`${cloud.env.AWS_ENDPOINT_URL}/${BUCKET}/${key}`, { headers: SIGNED });
      if (!answer.ok) throw new Error(`${key}: ${answer.status}`);
      return Buffer.from(await answer.arrayBuffer());
    },
    async write(key, body) {
      const url = `${cloud.env.AWS_ENDPOINT_URL}/${BUCKET}/${key}`;
      const answer = await fetch(url, {
        headers: SIGNED,
        ...(body ? { method: 'PUT', body: new Uint8Array(body) } : { method: 'DELETE' }),
      });
      if (!answer.ok) throw new Error(`${key}: ${answer.status}`);
    },
    async decrypt(from, to) {
      await mustRun('age', ['--decrypt', '-i', join(folder, 'identity'), '-o', to, from]);
    },
    async stop() {
      await Promise.all([cloud.stop(), source.stop(), gateway.stop()]);
      rmSync(folder, { recursive: true });
    },
  };
}

/** The CronJob of the backup, or that of the drill. */
export function cronJob({ manifests }: Namespace, which: 'backup' | 'drill'): Manifest {
  const found = allOf(manifests, 'CronJob').find(
    ({ metadata: { name } }) => name.endsWith('-drill') === (which === 'drill'),
  );
  if (!found) throw new Error(`no ${which}`);
  return found;
}

/** Runs the backup, or the drill, to its end. */
export function outcomeOf(namespace: Namespace, which: 'backup' | 'drill', image?: Image) {
  return podOutcome(namespace, cronJob(namespace, which), image);
}

/** As {@link outcomeOf}, for what has to succeed; gives what it has said. */
export async function mustPass(...call: Parameters<typeof outcomeOf>): Promise<string> {
  const { status, output, scratch } = await outcomeOf(...call);
  const left = readdirSync(scratch);
  if (status === 0 && left.length === 0) return output;
  throw new Error(`the ${call[1]} ended with ${status}, and left ${left}:\n${output}`);
}

/** Starts the backup, or the drill. */
export function start(namespace: Namespace, which: 'backup' | 'drill') {
  return runPod(namespace, cronJob(namespace, which));
}

async function keyPair(folder: string) {
  const file = join(folder, 'identity');
  await mustRun('age-keygen', ['-o', file]);
  const { stdout: recipient } = await mustRun('age-keygen', ['-y', file]);
  const { stdout: identity } = await mustRun('cat', [file]);
  return { identity, recipient: recipient.trim() };
}

/** What a Pushgateway does here: it takes what is sent to it. */
async function startGateway() {
  const pushed = new Map<string, string>();
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      pushed.set(request.url ?? '', body);
      response.end();
    });
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    pushed,
    url: `http://127.0.0.1:${port}`,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** Runs so many at a time, and gives the outcomes in the order of the items. */
export async function some<Item, Result>(
  items: readonly Item[],
  atATime: number,
  work: (item: Item, position: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const left = items.map((item, position) => ({ item, position }));
  const worker = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      results[next.position] = await work(next.item, next.position);
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return results;
}
