import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { mustPass, outcomeOf, some, start, startWorld, type World } from './support/backed-up';
import { contentOf, schemaOf } from './support/database-content';
import { type PostgresServer, startPostgres } from './support/postgres';
import { mustRun } from './support/processes';
import { databases, EVERYTHING } from './support/random-database';

const SEED = Number(process.env.NINES_SEED ?? 2026);
const DATABASES = 20;

let world: World;
let restored: PostgresServer;

beforeAll(async () => {
  world = await startWorld();
  restored = await startPostgres(world.folder);
  for (const role of ['shop', 'reader', 'nines_reader']) await restored.sql('postgres', `CREATE ROLE ${role}`);
});
afterAll(async () => {
  await restored.stop();
  await world.stop();
});

/** Restores a backup as the guide says, into another server. */
async function restore(key: string, database: string): Promise<void> {
  const file = join(world.folder, database);
  writeFileSync(`${file}.age`, await world.read(key));
  await world.decrypt(`${file}.age`, `${file}.dump`);
  const into = ['--exit-on-error', '--clean', '--if-exists', '--create', '--dbname=template1'];
  await mustRun('pg_restore', [...into, `${file}.dump`], restored);
}

describe('DatabaseBackup', () => {
  test(`brings ${DATABASES} random databases back as they were, and drills each of them`, async () => {
    const drawn = fc.sample(databases, { seed: SEED, numRuns: DATABASES });
    const held = drawn.flatMap(({ holds }) => holds);
    expect(EVERYTHING.filter((item) => !held.includes(item))).toEqual([]);

    await some(drawn, 3, async ({ script }, position) => {
      const name = `random-${position}`;
      const namespace = world.namespace({ name });
      await world.createDatabase(name, script);
      const image = { shell: position % 2 === 0 ? ['dash'] : ['busybox', 'sh'] };
      await mustPass(namespace, 'backup', image);
      const key = (await world.keys(name)).find((found) => /^daily\/.*\.dump\.age$/.test(found)) ?? '';
      await restore(key, name);
      expect(await schemaOf(restored, name)).toBe(await schemaOf(world.source, name));
      expect(await contentOf(restored, name)).toBe(await contentOf(world.source, name));

      expect(await mustPass(namespace, 'drill', image)).toContain(` passed object=${key} `);
    });
    process.stdout.write(
      `${DATABASES} random databases, NINES_SEED=${SEED}, of ${new Set(held).size} types and parts\n`,
    );
  });

  test('puts a copy of its own into the folder of every tier that is due, the daily one last', async () => {
    await world.createDatabase('due', ['CREATE TABLE a (b int)', 'INSERT INTO a VALUES (1)']);
    const namespace = world.namespace({ name: 'due' });
    const programs = join(world.folder, 'programs'); // of an image whose clock says that it is a Sunday, 1 January
    mkdirSync(programs);
    writeFileSync(join(programs, 'date'), `#!/bin/sh\nexec /usr/bin/date -d 2023-01-01T02:00:00Z "$@"\n`, {
      mode: 0o755,
    });
    const output = await mustPass(namespace, 'backup', { programs });
    const tiers = ['yearly', 'monthly', 'weekly', 'daily'];
    expect([...output.matchAll(/ upload to (\w+)\//g)].map(([, tier]) => tier)).toEqual(tiers);
    const copies = (end: string) => tiers.map((tier) => `${tier}/due/20230101T020000Z.${end}`);
    expect([...(await world.keys('due'))].sort()).toEqual([...copies('dump.age'), ...copies('manifest')].sort());
    for (const end of ['dump.age', 'manifest']) {
      const bodies = await some(copies(end), 1, (key) => world.read(key));
      expect(new Set(bodies.map((body) => body.toString('hex'))).size).toBe(1);
    }
    await mustPass(namespace, 'drill', { programs });
    expect(await outcomeOf(namespace, 'drill')).toMatchObject({
      status: 1,
      output: expect.stringMatching(
        /failed: the newest whole backup, daily.due.\S+, is \d+ seconds old, more than 108000/,
      ),
    });
  });

  test('dumps a standby as it dumps a primary', async () => {
    await world.createDatabase('standby', [
      'CREATE TABLE a AS SELECT generate_series(1, 1000) AS b',
      'CREATE UNLOGGED TABLE fleeting AS SELECT 1 AS a', // of which a standby has no rows
      "SELECT lo_from_bytea(0, 'large')",
    ]);
    const standby = await startPostgres(world.folder, world.source);
    const database = {
      ...{ host: '127.0.0.1', port: standby.port, databaseName: 'standby', secretName: 'shop-database' },
      ca: { secret: 'shop-ca', key: 'ca.crt' },
    };
    const namespace = world.namespace({ name: 'standby', database });
    await mustPass(namespace, 'backup');
    expect(await mustPass(namespace, 'drill')).toMatch(/ passed .* tables=1$/m);
    await standby.stop();
  });

  test('uploads what is large in parts, of which nothing is left when it is stopped', async () => {
    const rows = `SELECT string_agg(sha512((g * 1000 + i)::text::bytea), '') FROM generate_series(1, 1000) AS i`;
    await world.createDatabase('large', [
      `CREATE TABLE large AS SELECT g, (${rows}) AS data FROM generate_series(1, 600) AS g`,
    ]);
    const namespace = world.namespace({ name: 'large' });
    const stopped = start(namespace, 'backup');
    let ended = false;
    stopped.ended.finally(() => {
      ended = true;
    });
    while ((await world.openUploads()) === 0 && !ended) await new Promise((resolve) => setTimeout(resolve, 100));
    stopped.signal('SIGTERM');
    expect(await stopped.ended).toMatchObject({ status: 143 });
    expect([await world.openUploads(), await world.keys('large')]).toEqual([0, []]);

    await mustPass(namespace, 'backup');
    const key = (await world.keys('large')).find((found) => found.endsWith('.age')) ?? '';
    expect((await world.read(key)).length).toBeGreaterThan(32 * 2 ** 20);
    expect(await world.openUploads()).toBe(0);
    expect(await mustPass(namespace, 'drill')).toContain(' passed ');
  });

  test('tells the Pushgateway when it was done, how long it took, how large and how old it is', () => {
    const metrics = (path: string) =>
      [...(world.pushed.get(path) ?? '').matchAll(/^(\w+) (\d+)$/gm)].map(([, name, value]) => [name, Number(value)]);
    const backup = Object.fromEntries(metrics('/metrics/job/database_backup/instance/large'));
    const drill = Object.fromEntries(metrics('/metrics/job/database_backup_drill/instance/large'));
    const now = Date.now() / 1000;
    expect(Math.abs(backup.database_backup_last_success_timestamp_seconds - now)).toBeLessThan(900);
    expect(backup.database_backup_duration_seconds).toBeLessThan(300);
    expect(backup.database_backup_bytes).toBeGreaterThan(32 * 2 ** 20);
    expect(Math.abs(drill.database_backup_drill_last_success_timestamp_seconds - now)).toBeLessThan(900);
    expect(drill.database_backup_drill_duration_seconds).toBeLessThan(300);
    expect(drill.database_backup_drill_age_seconds).toBeLessThan(300);
  });

  test('writes shell that shellcheck finds nothing in', async () => {
    const { manifests } = world.namespace({ name: 'shell' });
    const { data } = manifests.find(({ kind }) => kind === 'ConfigMap') as unknown as { data: Record<string, string> };
    const folder = join(world.folder, 'scripts');
    mkdirSync(folder);
    for (const [name, text] of Object.entries(data)) writeFileSync(join(folder, name), text);
    const files = readdirSync(folder).filter((name) => /^(backup|calendar|drill)\.sh$/.test(name));
    expect(files).toHaveLength(3);
    const { output } = await mustRun('shellcheck', ['-x', '-a', '-s', 'sh', ...files], { cwd: folder });
    expect(output).toBe('');
    expect(existsSync(join(folder, 'recipients'))).toBe(true);
  });
});
