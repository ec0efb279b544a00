import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Choices, mustPass, outcomeOf, some, start, startWorld, type World } from './support/backed-up';
import { run } from './support/processes';
import { startProxy } from './support/proxy';

let world: World;

/** Rows enough for every step to take a while. */
const SCRIPT = [
  'CREATE TABLE item (id int PRIMARY KEY, what text)',
  'INSERT INTO item SELECT g, md5(g::text) || md5((-g)::text) FROM generate_series(1, 60000) AS g',
];

beforeAll(async () => {
  world = await startWorld();
  await world.createDatabase('shop', SCRIPT);
});
afterAll(() => world.stop());

/** A backup of the database `shop` under a name of its own. */
const namespace = (name: string, choices: Partial<Choices> = {}) =>
  world.namespace({ name, databaseName: 'shop', ...choices });

const drillOf = (name: string, choices: Partial<Choices> = {}) => outcomeOf(namespace(name, choices), 'drill');

async function backedUp(name: string): Promise<{ readonly dump: string; readonly manifest: string }> {
  await mustPass(namespace(name), 'backup');
  const keys = await world.keys(name);
  const found = (end: string) => keys.find((key) => key.startsWith('daily/') && key.endsWith(end)) ?? '';
  return { dump: found('.dump.age'), manifest: found('.manifest') };
}

/** Whether every object is whole: a dump that decrypts to its end, or a manifest of a dump that is there. */
async function halfObjects(name: string): Promise<readonly string[]> {
  const keys = await world.keys(name);
  const half = await some(keys, 1, async (key) => {
    const body = await world.read(key);
    if (key.endsWith('.manifest')) {
      const dump = await world.read(key.replace(/manifest$/, 'dump.age'));
      const says = /^sha256 (\w+)$/m.exec(body.toString())?.[1];
      return says === createHash('sha256').update(dump).digest('hex') && /END AGE/.test(body.toString()) ? [] : [key];
    }
    const file = join(world.folder, key.replaceAll('/', '-'));
    writeFileSync(file, body);
    const decrypted = await run('age', ['-d', '-i', join(world.folder, 'identity'), '-o', `${file}.dump`, file]);
    const readable = await run('pg_restore', ['--file=/dev/null', `${file}.dump`], world.source);
    return decrypted.status === 0 && readable.status === 0 ? [] : [key];
  });
  return half.flat();
}

describe('DatabaseBackup drill', () => {
  test('refuses when there is no backup, or only a part of one', async () => {
    expect(await drillOf('none')).toMatchObject({
      status: 1,
      output: expect.stringContaining('failed: there is no whole backup in daily/none/'),
    });
    await world.write('daily/none/20260101T000000Z.dump.age', Buffer.from('part'));
    expect(await drillOf('none')).toMatchObject({ status: 1, output: expect.stringContaining('no whole backup') });
  });

  test('refuses a corrupted, a truncated and a missing dump, a damaged manifest, one of other rows, and another key', async () => {
    const { dump, manifest } = await backedUp('refused');
    const [body, about] = [await world.read(dump), await world.read(manifest)];
    const refusal = async (key: string, changed: Buffer | undefined) => {
      await world.write(key, changed);
      const { status, output } = await drillOf('refused');
      await world.write(dump, body);
      await world.write(manifest, about);
      return [status, /failed: (.*)/.exec(output)?.[1] ?? output];
    };
    const flipped = Buffer.from(body);
    flipped[Math.floor(body.length / 2)] = (flipped[Math.floor(body.length / 2)] ?? 0) ^ 1;
    const withSum = (bytes: Buffer) =>
      about
        .toString()
        .replace(/^bytes .*/m, `bytes ${bytes.length}`)
        .replace(/^sha256 .*/m, `sha256 ${createHash('sha256').update(bytes).digest('hex')}`);

    expect(await refusal(dump, flipped)).toEqual([1, `${dump} has another SHA-256 than its manifest says`]);
    expect(await refusal(dump, body.subarray(0, -1))).toEqual([
      1,
      `${dump} has ${body.length - 1} bytes, not ${body.length}`,
    ]);
    expect((await refusal(dump, undefined))[1]).toMatch(/404|Not Found/);
    expect(await refusal(manifest, about.subarray(0, 60))).toEqual([1, `${manifest} is damaged`]);
    expect(await refusal(manifest, Buffer.from('nothing'))).toEqual([1, `${manifest} is no manifest`]);

    // also where the manifest was made to fit
    await world.write(manifest, Buffer.from(withSum(flipped)));
    await world.write(dump, flipped);
    expect(await drillOf('refused')).toMatchObject({ status: 1, output: expect.not.stringContaining('passed') });
    await world.source.sql('shop', "SET ROLE shop; UPDATE item SET what = 'other' WHERE id = 7");
    const other = await backedUp('refused-2');
    const otherBody = await world.read(other.dump);
    await world.write(dump, otherBody);
    await world.write(manifest, Buffer.from(withSum(otherBody)));
    const { status, output } = await drillOf('refused');
    expect(status).toBe(1);
    expect(output).toContain(`failed: ${dump} does not restore to what was in the database (<)`);
    expect(output).toMatch(/< \["table", "public.item", "60000", "-?\d+"\]/);

    const wrong = namespace('refused-2');
    const { secrets } = wrong;
    const stranger = `AGE-SECRET-KEY-1${'Q'.repeat(58)}`;
    const refused = await outcomeOf(
      { ...wrong, secrets: { ...secrets, 'drill-key': { identity: stranger } } },
      'drill',
    );
    expect(refused).toMatchObject({ status: 1, output: expect.stringMatching(/age: error/) });
  });
});

describe('DatabaseBackup', () => {
  const fails = async (name: string, choices: Partial<Choices>, says: RegExp) => {
    const { status, output, scratch } = await outcomeOf(namespace(name, choices), 'backup');
    expect({ name, status, output }).toMatchObject({ status: expect.any(Number), output: expect.stringMatching(says) });
    expect(status).toBeGreaterThan(0);
    expect(await world.keys(name)).toEqual([]);
    expect(readdirSync(scratch)).toEqual([]);
  };
  const database = (secretName: string, ca = 'shop-ca') => ({
    ...{ host: '127.0.0.1', port: world.source.port, databaseName: 'shop', secretName },
    ca: { secret: ca, key: 'ca.crt' },
  });

  test('uploads nothing when a table is locked, may not be read, or has rows behind a policy', async () => {
    const lock = ['-X', '-d', 'shop', '-c', 'BEGIN; LOCK TABLE item; SELECT pg_sleep(60)'];
    const holder = spawn('timeout', ['60', 'psql', ...lock], { env: { ...process.env, ...world.source.env } });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await fails('locked', {}, /lock timeout/);
    holder.kill();
    await world.source.sql(
      'postgres',
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ~ 'pg_sleep.60' AND pid <> pg_backend_pid()",
    );
    await fails('forbidden', { database: database('reader') }, /permission denied for table item/);
    await world.source.sql(
      'shop',
      'SET ROLE shop; CREATE TABLE secret (a int); ALTER TABLE secret ENABLE ROW LEVEL SECURITY; ALTER TABLE secret FORCE ROW LEVEL SECURITY',
    );
    await fails('hidden', {}, /row-level security policy for table "secret"/);
    await world.source.sql('shop', 'DROP TABLE secret');
  });

  test('uploads nothing when it may not log in, or when the server is not the one that it should be', async () => {
    await fails('wrong', { database: database('wrong') }, /password authentication failed/);
    const stranger = { ...database('shop-database'), ca: { secret: 'drill-key', key: 'identity' } };
    await fails('stranger', { database: stranger }, /SSL|certificate/);
  });

  const through = (endpointUrl: string) => ({
    bucket: { name: 'backups', region: 'eu-west-1', endpointUrl, credentialsSecretName: 's3' },
  });

  test('uploads nothing when bytes change on their way to S3', async () => {
    const proxy = await startProxy(world.cloud.env.AWS_ENDPOINT_URL ?? '', 'body');
    await fails('changed', through(proxy.url), /BadDigest/);
    await proxy.stop();
  });

  test('fails when S3 says that it stored something else, and writes no manifest', async () => {
    const proxy = await startProxy(world.cloud.env.AWS_ENDPOINT_URL ?? '', 'answer');
    const { status, output } = await outcomeOf(namespace('told', through(proxy.url)), 'backup');
    expect({ status, output }).toMatchObject({
      status: 1,
      output: expect.stringContaining('failed: S3 says that it stored'),
    });
    expect((await world.keys('told')).filter((key) => key.endsWith('.manifest'))).toEqual([]);
    await proxy.stop();
  });

  test('uploads the manifest after what it describes', async () => {
    const proxy = await startProxy(world.cloud.env.AWS_ENDPOINT_URL ?? '');
    await mustPass(namespace('order', through(proxy.url)), 'backup');
    const ends = proxy.puts.map((path) => path.replace(/^.*Z\./, ''));
    expect(ends).toEqual(ends.map((_, position) => (position % 2 === 0 ? 'dump.age' : 'manifest')));
    await proxy.stop();
  });

  const KILLS = ['SIGTERM', 'SIGKILL'] as const;
  const killed = async (
    which: 'backup' | 'drill',
    name: string,
    step: RegExp,
    signal: (typeof KILLS)[number],
    delay = 0,
  ) => {
    const pod = start(namespace(name), which);
    const deadline = Date.now() + 120_000;
    while (!step.test(pod.log()) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, delay));
    pod.signal(signal);
    const { status, output } = await pod.ended;
    expect(output).toMatch(step);
    expect(status === 0).toBe(/ (done|passed) /.test(output));
    expect(pod.isThere()).toBe(false);
    if (signal === 'SIGTERM') expect({ step, left: readdirSync(pod.scratch) }).toEqual({ step, left: [] });
    return status;
  };

  test('leaves no half object, no process and no session when it is killed in the middle of any step', async () => {
    const upload = / upload to/;
    const steps = [/ snapshot/, / dump of/, / rows and/, / check/, / encryption/, upload];
    const cases = KILLS.flatMap((signal) => [
      ...steps.map((step) => ({ signal, step, delay: 0 })),
      ...[600, 1000, 1400, 1800].map((delay) => ({ signal, step: upload, delay })), // before, in and after each object
    ]).map((drawn, position) => ({ ...drawn, name: `killed-${position}` }));
    await some(cases, 3, async ({ signal, step, delay, name }) => {
      const status = await killed('backup', name, step, signal, delay);
      if (delay === 0) expect({ step, signal, status }).not.toMatchObject({ status: 0 });
    });
    const half = await some(cases, 1, ({ name }) => halfObjects(name));
    expect(half.flat()).toEqual([]);
    const left = "SELECT count(*) FROM pg_stat_activity WHERE datname = 'shop' AND pid <> pg_backend_pid()";
    expect(await world.source.sql('shop', left)).toBe('0');
  });

  test('leaves no database and no server when a drill is killed in the middle of any step', async () => {
    await backedUp('drilled');
    const databases = 'SELECT string_agg(datname, $$ $$ ORDER BY datname) FROM pg_database';
    const before = await world.source.sql('postgres', databases);
    const steps = [/ search/, / download/, / decryption/, / server/, / restore/, / comparison/];
    const cases = KILLS.flatMap((signal) => steps.map((step) => ({ signal, step })));
    await some(cases, 3, async ({ signal, step }) => {
      const status = await killed('drill', 'drilled', step, signal);
      expect({ step, signal, status }).not.toMatchObject({ status: 0 });
    });
    expect(await world.source.sql('postgres', databases)).toBe(before);
    expect(await drillOf('drilled')).toMatchObject({ status: 0, output: expect.stringContaining(' passed ') });
  });
});
