import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { Duration, type ResiliencePolicyOptions } from 'nines';
import type { HaproxyFrontend } from '../../src/linux/haproxy/props';
import { pemFile } from './support/pem';
import { run } from './support/processes';
import { addressesOf, backend, inFront, servers, tell, useServers, webServers } from './support/proxied';
import { answer, counts, halfOf, hangs } from './support/web-servers';

useServers();

/** Two servers that read the whole request, each try of a second, and checks that bring none back while a test runs. */
async function inFrontOfTwo(policy: ResiliencePolicyOptions = {}, frontend: Partial<HaproxyFrontend> = {}) {
  const two = await webServers(2);
  for (const server of two) server.behaviour = counts;
  const whole = { timeout: { perTry: Duration.seconds(1) }, ...policy };
  return inFront([backend('shop', addressesOf(two), whole, { healthyThreshold: 100 })], frontend);
}

/** First lines of the answers to requests of this length, of which only so much comes. */
async function answersToHalves(url: string, length: number, sent: number): Promise<Set<string>> {
  return new Set(await Promise.all(Array.from({ length: 12 }, () => halfOf(`${url}/shop`, length, sent))));
}

describe('clients that stop in the middle of a request', () => {
  test('get 408, no server hears of them, and none is charged', async () => {
    const { haproxy, url } = await inFrontOfTwo();
    const answers = await answersToHalves(url, 10, 5);
    expect(answers).toEqual(new Set(['HTTP/1.1 408 Request Time-out']));
    expect(servers.flatMap(({ requests }) => requests)).toEqual([]);
    expect(await haproxy.servers()).toMatchObject({ 'shop/s1': 'UP', 'shop/s2': 'UP' });
    tell(`12 orders of which half came: ${[...answers].join()}; no server is down`);
  });

  test('are charged when more than a buffer came, as losses say', async () => {
    const { haproxy, url } = await inFrontOfTwo();
    expect(await answersToHalves(url, 40_000, 20_000)).toEqual(new Set(['HTTP/1.1 504 Gateway Time-out']));
    expect(await haproxy.servers()).toMatchObject({ 'shop/s1': 'DOWN', 'shop/s2': 'DOWN' });
  });

  test('have nobody to be charged without a breaker', async () => {
    const { haproxy, url } = await inFrontOfTwo({ allowFailingServers: true });
    expect(await answersToHalves(url, 40_000, 20_000)).toEqual(new Set(['HTTP/1.1 504 Gateway Time-out']));
    expect(await haproxy.servers()).toMatchObject({ 'shop/s1': 'UP', 'shop/s2': 'UP' });
  });
});

describe('clients that are slower than a try', () => {
  const policy = { timeout: { perTry: Duration.millis(300) } };

  test('get the whole of a long answer, however they pause', async () => {
    const { haproxy, url } = await inFrontOfTwo(policy);
    const size = 20_000_000;
    for (const server of servers) server.behaviour = (_, response) => response.end(Buffer.alloc(size, 'x'));
    const { hostname, port } = new URL(url);
    const socket = createConnection(Number(port), hostname);
    socket.write(`GET /shop HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`);
    const { head, bytes, longest } = await readWithPause(socket, 1000);
    expect(head).toMatch(/^HTTP\/1.1 200 /);
    expect(bytes).toBe(size);
    expect(longest).toBeGreaterThanOrEqual(1000);
    expect(await haproxy.servers()).toMatchObject({ 'shop/s1': 'UP', 'shop/s2': 'UP' });
    tell(`an answer of ${bytes} bytes with perTry 300 ms, its reader paused for ${Math.round(longest)} ms: whole`);
  });

  test('may take their time to shake hands', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nines-slow-'));
    const { url } = await inFrontOfTwo(policy, { certificates: [await pemFile(folder, 'shop.example.com')] });
    rmSync(folder, { recursive: true });
    const { hostname, port } = new URL(url);
    const socket = createConnection(Number(port), hostname);
    await once(socket, 'connect');
    await sleep(1000);
    const tls = connectTls({ socket, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] });
    await once(tls, 'secureConnect', { signal: AbortSignal.timeout(5000) }); // a socket that was closed says nothing
    expect(tls.getProtocol()).toBe('TLSv1.3');
    tls.destroy();
  });

  test('do not make HAProxy wait longer for servers', async () => {
    const { url } = await inFrontOfTwo({ ...policy, retry: { retries: 0 } });
    for (const server of servers) server.behaviour = hangs;
    const { status, took } = await answer(`${url}/shop`);
    expect(status).toBe(504);
    expect(took).toBeLessThan(1500);
  });

  /** Reads all of an answer, with one pause in the middle: its head, the bytes after it, the pause. */
  async function readWithPause(socket: Socket, pause: number) {
    socket.setTimeout(10_000, () => socket.destroy(new Error('nothing came for ten seconds')));
    const chunks: Buffer[] = [];
    let longest = 0;
    for await (const chunk of socket) {
      chunks.push(chunk);
      if (chunks.length !== 3) continue;
      const before = performance.now();
      await sleep(pause);
      longest = performance.now() - before;
    }
    const all = Buffer.concat(chunks);
    const end = all.indexOf('\r\n\r\n');
    return { head: all.subarray(0, end).toString(), bytes: all.length - end - 4, longest };
  }
});

describe('long requests', () => {
  test('come whole, and so does what waits to be asked for (Expect: 100-continue)', async () => {
    const { url } = await inFrontOfTwo();
    const body = 'x'.repeat(1_000_000);
    expect(await answer(`${url}/shop`, { method: 'POST', body })).toMatchObject({ status: 200, body: '1000000' });
    const expecting = ['-s', '-m', '30', '-H', 'Expect: 100-continue', '--expect100-timeout', '60'];
    for (const length of [10, 100_000]) {
      const { stdout } = await run('curl', [...expecting, '-d', body.slice(0, length), `${url}/shop`]);
      expect(stdout).toBe(`${length}`);
    }
  });
});
