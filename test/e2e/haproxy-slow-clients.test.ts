import { Duration, type ResiliencePolicyOptions } from 'nines';
import { run } from './support/processes';
import { addressesOf, backend, inFront, servers, tell, useServers, webServers } from './support/proxied';
import { answer, counts, halfOf } from './support/web-servers';

useServers();

/** Two servers that read the whole request, each try of a second, and checks that bring none back while a test runs. */
async function inFrontOfTwo(policy: ResiliencePolicyOptions = {}) {
  const two = await webServers(2);
  for (const server of two) server.behaviour = counts;
  const whole = { timeout: { perTry: Duration.seconds(1) }, ...policy };
  return inFront([backend('shop', addressesOf(two), whole, { healthyThreshold: 100 })]);
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
