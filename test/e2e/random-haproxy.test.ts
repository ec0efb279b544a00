import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { HealthCheck, ResiliencePolicy } from 'nines';
import { haproxyConfig } from '../../src/linux/haproxy/config';
import { HAPROXY_UNIT, haproxyFiles } from '../../src/linux/haproxy/files';
import { proxyProblems } from '../../src/linux/haproxy/problems';
import type { HaproxyOptions } from '../../src/linux/haproxy/props';
import { countOptions, haproxyCoverage, haproxyOptions, type PemFiles } from '../support/random-haproxy';
import { Haproxy } from './support/haproxy';
import { pemFile } from './support/pem';
import { run } from './support/processes';
import { SEED } from './support/random';
import { until } from './support/until';
import { answer, freePorts } from './support/web-servers';

const CONFIGS = 300;
const HOST = {
  name: 'lb1',
  peers: [
    { name: 'lb1', address: '192.0.2.11' },
    { name: 'lb2', address: '2001:db8::12' },
  ],
  bind: ['192.0.2.100', '2001:db8::100'],
  healthPort: 9101,
};

let folder = '';
let files: PemFiles = { certificates: [], caFile: '' };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nines-random-haproxy-'));
  const certificates = [await pemFile(folder, 'shop.example.com'), await pemFile(folder, 'www.example.com')];
  files = { certificates, caFile: await pemFile(folder, 'authority') };
});

afterAll(() => rmSync(folder, { recursive: true }));

/** What HAProxy has against a configuration, warnings too; nothing when it takes it. */
async function complaints(config: string): Promise<string> {
  const file = join(folder, 'haproxy.cfg');
  writeFileSync(file, config);
  const { status, output } = await run('haproxy', ['-c', '-f', file]);
  return status === 0 && output.trim() === 'Configuration file is valid' ? '' : `${status}: ${output}`;
}

test(`${CONFIGS} random valid options, with every prop and arm drawn, make configurations that HAProxy takes without a warning`, async () => {
  const coverage = haproxyCoverage();
  for (const options of fc.sample(haproxyOptions(files), { seed: SEED, numRuns: CONFIGS })) {
    expect(proxyProblems('proxy', options)).toEqual([]);
    countOptions(options, coverage);
    const config = haproxyConfig(options, HOST);
    const said = await complaints(config);
    if (said !== '') throw new Error(`${said}\n${config}`);
  }
  process.stdout.write(
    `how often each prop and arm was drawn in ${CONFIGS} options, with NINES_SEED=${SEED}:\n${coverage}\n`,
  );
  expect(coverage.missing()).toEqual([]);
});

test('the drop-in is one that systemd takes, beside the unit of the package', async () => {
  const [unit = '', dropIn = ''] = ['haproxy.service', 'haproxy.service.d/nines.conf'].map((name) =>
    join(folder, name),
  );
  mkdirSync(join(folder, 'haproxy.service.d'));
  copyFileSync('/lib/systemd/system/haproxy.service', unit);
  const [options] = fc.sample(haproxyOptions(files), { seed: SEED, numRuns: 1 });
  const { content = '' } = (options && haproxyFiles(options, HOST)[HAPROXY_UNIT]) ?? {};
  const said = async (text: string) => {
    writeFileSync(dropIn, text);
    const { output } = await run('systemd-analyze', ['verify', '--man=no', '--recursive-errors=no', unit]);
    return output.split('\n').filter((line) => line.includes('nines.conf'));
  };
  expect(content).toContain('[Service]');
  expect(await said(content)).toEqual([]);
  expect(await said(content.replace('KillSignal=', 'KilSignal='))).toHaveLength(1);
});

/** Texts that end a word, a line or a section elsewhere, and what HAProxy reads in words. */
const NASTY = [
  ...[
    '"',
    "'",
    '\\',
    '\\"',
    '"\n',
    '\n    stats socket /tmp/x',
    '\r\nX: y',
    '#',
    ' # ',
    '$HOME',
    '"$HOME"',
    '%[src]',
    '%',
    '{',
    '}',
  ],
  ...[
    '-f /etc/passwd',
    ' if TRUE',
    '\t',
    '\u0001',
    '\u007f',
    'é',
    '\u2028',
    '😀',
    '\ud800',
    '!',
    '\\x0a',
    '\\n',
    ' ',
    '',
    'a'.repeat(3000),
  ],
];
const nasty = fc
  .array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 8 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join(''));

describe('texts of a user', () => {
  const plain = (): HaproxyOptions => ({
    frontends: [{ name: 'web', port: 80, routes: [{ hosts: ['a.b'], paths: ['/a'], backend: 'shop' }] }],
    backends: [
      {
        name: 'shop',
        servers: [
          { name: 'a', address: '10.0.0.1', port: 80 },
          { name: 'b', address: '10.0.0.2', port: 80 },
        ],
        healthCheck: HealthCheck.https('/health', { port: 443 }),
        tls: { serverName: 'a.b', caFile: files.caFile },
        checkHost: 'a.b',
        policy: ResiliencePolicy.of({ fallback: { body: 'sorry' } }),
      },
    ],
  });

  /** Where a text may stand, and what it is there. */
  const PLACES: Readonly<
    Record<string, readonly [path: readonly (string | number)[], valueFor?: (text: string) => unknown]>
  > = {
    'name of a frontend': [['frontends', 0, 'name']],
    'path of a certificate': [['frontends', 0, 'certificates'], (text) => [text]],
    'host of a route': [['frontends', 0, 'routes', 0, 'hosts'], (text) => [text]],
    'path of a route': [['frontends', 0, 'routes', 0, 'paths'], (text) => [`/${text}`]],
    'name of a server': [['backends', 0, 'servers', 0, 'name']],
    'address of a server': [['backends', 0, 'servers', 0, 'address']],
    'path of a health check': [['backends', 0, 'healthCheck'], (text) => HealthCheck.https(`/${text}`, { port: 443 })],
    'host of a health check': [['backends', 0, 'checkHost']],
    'name in certificates': [['backends', 0, 'tls', 'serverName']],
    'file of authorities': [['backends', 0, 'tls', 'caFile']],
    'type of an answer': [
      ['backends', 0, 'policy'],
      (text) => ResiliencePolicy.of({ fallback: { body: 'sorry', contentType: `text/${text}` } }),
    ],
  };

  /** Options with another value in one place. */
  function changed(path: readonly (string | number)[], value: unknown): HaproxyOptions {
    const options = plain();
    const last = path.at(-1) ?? '';
    const parent = path.slice(0, -1).reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), options);
    Reflect.set(Object(parent), last, value);
    return options;
  }

  test.each(Object.keys(PLACES))('as the %s are refused, or one word to HAProxy', async (place) => {
    const lines = haproxyConfig(plain(), HOST).split('\n').length;
    let taken = 0;
    for (const text of fc.sample(nasty, { seed: SEED, numRuns: 60 })) {
      const [path, valueFor = (same: string) => same] = PLACES[place] ?? [[]];
      const options = changed(path, valueFor(text));
      if (proxyProblems('proxy', options).length > 0) continue;
      const config = haproxyConfig(options, HOST);
      const said = await complaints(config);
      if (said !== '') throw new Error(`${said}\n${config}`);
      expect(config.split('\n').length).toBe(lines);
      taken += 1;
    }
    process.stdout.write(`60 texts as the ${place}: ${taken} taken, ${60 - taken} refused\n`);
  });

  test('as the body of an answer come back byte by byte', async () => {
    const drawn = fc.sample(nasty, { seed: SEED, numRuns: 60 });
    const bodies = [...new Set([...NASTY, ...drawn])].filter((body) => body !== '' && !body.includes('\0'));
    const [port = 0, healthPort = 0] = await freePorts(2);
    const backends = bodies.map((body, number) => ({
      name: `b${number}`,
      servers: [{ name: 'none', address: '127.0.1.77', port: 9 }],
      healthCheck: HealthCheck.tcp({ port: 9 }),
      policy: ResiliencePolicy.of({ allowFailingServers: true, fallback: { body, status: 200 + (number % 4) } }),
    }));
    const routes = backends.map(({ name }) => ({ paths: [`/${name}`], backend: name }));
    const haproxy = await Haproxy.start(
      { frontends: [{ name: 'web', port, routes }], backends },
      { ...HOST, bind: ['127.0.0.1'], healthPort },
    );
    try {
      await until('all servers to be out', async () => {
        const servers = Object.entries(await haproxy.servers()).filter(([name]) => name.endsWith('/none'));
        return servers.every(([, status]) => status === 'DOWN');
      });
      for (const [number, body] of bodies.entries()) {
        const got = await answer(`http://127.0.0.1:${port}/b${number}`);
        expect({ status: got.status, body: got.body }).toEqual({
          status: 200 + (number % 4),
          body: Buffer.from(body).toString(),
        });
      }
    } finally {
      await haproxy.stop();
    }
    process.stdout.write(`${bodies.length} bodies came back byte by byte\n`);
  });
});
