import { spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './cloud';
import { NOBODY, programPath } from './container';
import { mustRun } from './processes';

/** A PostgreSQL server on loopback, with TLS and passwords, that root may enter by its socket. */
export interface PostgresServer {
  readonly port: number;
  /** Certificate of the authority, which is its own. */
  readonly ca: string;
  /** Environment of a client that may do everything. */
  readonly env: NodeJS.ProcessEnv;
  /** What a query answers, a line for each row, as a user who may do everything. */
  sql(database: string, text: string): Promise<string>;
  /** Ends it. */
  stop(): Promise<void>;
}

const AS_NOBODY = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];

/**
 * Starts a server in a new directory of a folder; it ends by itself after half an hour.
 *
 * @param primary what it is a standby of; none for a server of its own
 */
export async function startPostgres(folder: string, primary?: PostgresServer): Promise<PostgresServer> {
  const home = mkdtempSync(join(folder, 'server-'));
  chownSync(home, NOBODY, NOBODY);
  const port = await freePort();
  const env = { PATH: programPath(), LC_ALL: 'C.UTF-8', PGHOST: home, PGPORT: String(port), PGUSER: 'root' };
  const data = join(home, 'data');
  if (primary) {
    const copy = ['pg_basebackup', '-D', data, '--write-recovery-conf', '--checkpoint=fast', '--no-sync'];
    await mustRun('setpriv', [...AS_NOBODY, ...copy], { env: { ...env, ...primary.env } });
  } else {
    await makeServer(data, env);
  }

  const settings = { listen_addresses: '127.0.0.1', port, ssl: 'on', fsync: 'off', max_connections: 50 };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const postgres = ['postgres', '-D', data, '-k', home, ...options];
  const server = spawn('timeout', ['--signal=INT', '1800', 'setpriv', ...AS_NOBODY, ...postgres], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  const ended = new Promise<void>((resolve) => server.on('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    server.on('close', () => reject(new Error(`PostgreSQL did not start:\n${log}`)));
    server.stderr.on('data', (chunk) => {
      log = `${log}${chunk}`.slice(-20_000);
      if (/ready to accept (read-only )?connections/.test(log)) resolve();
    });
  });
  return {
    port,
    env,
    ca: readFileSync(join(data, 'server.crt'), 'utf8'),
    async sql(database, text) {
      const args = ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', database, '-c', text];
      return (await mustRun('psql', args, { env })).stdout.trim();
    },
    async stop() {
      server.kill('SIGINT');
      await ended;
    },
  };
}

async function makeServer(data: string, env: NodeJS.ProcessEnv): Promise<void> {
  const initdb = ['initdb', '-D', data, '-U', 'root', '--auth=trust', '--no-sync', '--locale=C.UTF-8', '-E', 'UTF8'];
  await mustRun('setpriv', [...AS_NOBODY, ...initdb], { env });
  const certificate = ['-days', '2', '-subj', '/CN=nines', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const files = ['-keyout', join(data, 'server.key'), '-out', join(data, 'server.crt')];
  await mustRun('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...files, ...certificate], { env });
  for (const file of ['server.key', 'server.crt']) chownSync(join(data, file), NOBODY, NOBODY);
  const rules = ['local all root trust', 'local replication root trust', 'hostssl all all 127.0.0.1/32 scram-sha-256'];
  writeFileSync(join(data, 'pg_hba.conf'), rules.map((rule) => `${rule}\n`).join(''));
}
