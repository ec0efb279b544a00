import { Duration, type ResiliencePolicyOptions } from 'nines';
import { run } from './support/processes';
import {
  addressesOf,
  backend,
  inFront,
  many,
  servers,
  statuses,
  tell,
  times,
  useServers,
  webServers,
} from './support/proxied';
import { until } from './support/until';
import { type Answer, answer, breaksOff, failsWith, good, hangs, type WebServer } from './support/web-servers';

const { seconds, millis } = Duration;
const FALLBACK = 'We will be "back" in $5 minutes, \'soon\' – %[src]\n';

useServers();

describe('bulkhead', () => {
  test('a backend that hangs does not slow the others, has no more than its requests, and what is too much fails at once', async () => {
    const [slow, fast] = (await webServers(2)) as [WebServer, WebServer];
    slow.behaviour = hangs;
    const { url } = await inFront([
      backend('slow', [slow.address], {
        timeout: { perTry: seconds(3) },
        retry: { retries: 0 },
        bulkhead: { maxConcurrent: 10, maxPending: 5 },
        allowFailingServers: true,
      }),
      backend('fast', [fast.address], { allowFailingServers: true }),
    ]);
    const alone = times(await many(300, 10, () => answer(`${url}/fast`)));
    const hanging = Promise.all(Array.from({ length: 100 }, () => answer(`${url}/slow`)));
    await until('the slow server to be full', () => slow.most >= 10);
    const beside = await many(300, 10, () => answer(`${url}/fast`));
    const refused = (await hanging).filter(({ status, took }) => status === 503 && took < 1500);

    expect(statuses(beside)).toEqual({ 200: 300 });
    expect(times(beside).worst).toBeLessThan(1000); // of a hanging one 3 seconds
    expect(slow.most).toBe(10);
    expect(refused.length).toBeGreaterThanOrEqual(85);
    expect(statuses(await hanging)).toEqual({ 503: expect.any(Number), 504: 10 + 5 - waitedInVain(await hanging) });
    tell(`fast backend alone: ${JSON.stringify(alone)} ms; beside one that hangs: ${JSON.stringify(times(beside))} ms`);
    tell(
      `of 100 requests to the one that hangs ${refused.length} failed at once, in ${times(refused).worst} ms at most`,
    );
  });

  /** Those whose turn came too late. */
  const waitedInVain = (answers: readonly Answer[]) =>
    answers.filter(({ status, took }) => status === 503 && took >= 1500).length;

  test('servers share what the service may have', async () => {
    const three = await webServers(3);
    for (const server of three) server.behaviour = hangs;
    const { url } = await inFront([
      backend('all', addressesOf(three), {
        timeout: { perTry: seconds(2) },
        retry: { retries: 0 },
        bulkhead: { maxConcurrent: 10, maxPending: 1 },
        allowFailingServers: true,
      }),
    ]);
    await Promise.all(Array.from({ length: 50 }, () => answer(`${url}/all`)));
    expect(three.map(({ most }) => most).sort()).toEqual([3, 3, 4]);
  });
});

describe('circuit breaker', () => {
  test('a failing server leaves within the limit, and comes back when it is well', async () => {
    const two = await webServers(2);
    const [bad] = two as [WebServer];
    bad.behaviour = failsWith(500);
    const { haproxy, url } = await inFront([
      backend('shop', addressesOf(two), { circuitBreaker: { consecutiveErrors: 5 } }, { healthyThreshold: 3 }),
    ]);
    const first = await many(100, 1, () => answer(`${url}/shop`));
    const left = performance.now();
    expect(statuses(first)).toEqual({ 200: 95, 500: 5 });
    expect(await haproxy.servers()).toMatchObject({ 'shop/s1': 'DOWN', 'shop/s2': 'UP' });

    bad.behaviour = good;
    await until('the server to come back', async () => (await haproxy.servers())['shop/s1'] === 'UP');
    const out = (performance.now() - left) / 1000;
    const before = bad.requests.length;
    expect(statuses(await many(20, 1, () => answer(`${url}/shop`)))).toEqual({ 200: 20 });
    expect(bad.requests.length - before).toBe(10);
    expect(out).toBeGreaterThan(3.5); // three checks, two intervals of two seconds
    expect(out).toBeLessThan(8);
    tell(`a failing server left after 5 failures, and was out for ${out.toFixed(1)} s: 3 checks, every 2 s`);
  });

  test('when all fail, the last ones go on to get requests', async () => {
    const two = await webServers(2);
    for (const server of two) server.behaviour = failsWith(500);
    const { haproxy, url } = await inFront([backend('shop', addressesOf(two), {}, { healthyThreshold: 10 })]);
    const answers = await many(100, 1, () => answer(`${url}/shop`));
    expect(await haproxy.servers()).toMatchObject({ 'shop/s1': 'DOWN', 'shop/s2': 'DOWN', 'shop:last/s1': 'UP' });
    expect(statuses(answers)).toEqual({ 500: 100 }); // of the servers, none of HAProxy
    expect(two.map(({ requests }) => requests.length)).toEqual([50, 50]);
  });

  test('with maxOpenShare 1 all are left out, and requests fail at once', async () => {
    const two = await webServers(2);
    for (const server of two) server.behaviour = failsWith(500);
    const { url } = await inFront([
      backend('shop', addressesOf(two), { circuitBreaker: { maxOpenShare: 1 } }, { healthyThreshold: 10 }),
    ]);
    expect(statuses(await many(100, 1, () => answer(`${url}/shop`)))).toEqual({ 500: 10, 503: 90 });
  });

  test('failures that a retry hides are not counted before HAProxy 3.1, and with connection-failure alone they are', async () => {
    const { stdout } = await run('haproxy', ['-v']);
    const [, major = 0, minor = 0] = (/version (\d+)\.(\d+)/.exec(stdout) ?? []).map(Number);
    const counts = major > 3 || (major === 3 && minor >= 1);
    const two = await webServers(2);
    const [bad] = two as [WebServer];
    bad.behaviour = failsWith(503);
    const { haproxy, url } = await inFront([
      backend('all', addressesOf(two), {}, { healthyThreshold: 10 }),
      backend('some', addressesOf(two), { retry: { on: ['connection-failure'] } }, { healthyThreshold: 10 }),
    ]);
    expect(statuses(await many(60, 1, () => answer(`${url}/all`)))).toEqual({ 200: 60 });
    expect(statuses(await many(60, 1, () => answer(`${url}/some`)))).toEqual({ 200: 55, 503: 5 });
    expect(await haproxy.servers()).toMatchObject({ 'all/s1': counts ? 'DOWN' : 'UP', 'some/s1': 'DOWN' });
    tell(`HAProxy ${major}.${minor} ${counts ? 'counts' : 'does not count'} what it hides by a retry`);
  });
});

describe('retries', () => {
  const LENIENT = { unhealthyThreshold: 100 };

  test('hide a dead server and one that breaks off: no client sees an error; POST is sent once', async () => {
    const [breaking, well] = (await webServers(2)) as [WebServer, WebServer];
    breaking.behaviour = breaksOff;
    const addresses = ['127.0.1.77', breaking.address, well.address]; // nothing listens at the first
    const { url } = await inFront([backend('shop', addresses, { allowFailingServers: true }, LENIENT)]);
    const gets = await many(600, 10, (number) => answer(`${url}/shop/${number}`));
    expect(statuses(gets)).toEqual({ 200: 600 });
    tell(`600 requests, one server dead and one that breaks off: ${JSON.stringify(statuses(gets))}`);

    const posts = await many(90, 1, (number) => answer(`${url}/shop/${number}`, { method: 'POST', body: 'order' }));
    const sent = servers.flatMap(({ requests }) => requests).filter((request) => request.startsWith('POST'));
    expect(new Set(sent).size).toBe(sent.length);
    expect(sent.length).toBe(90); // also those that could not connect first
    expect(statuses(posts)[502]).toBeGreaterThan(20);
    tell(`90 orders, each sent once: ${JSON.stringify(statuses(posts))}`);
  });

  test('hide a server that hangs, after one try', async () => {
    const [hanging, well] = (await webServers(2)) as [WebServer, WebServer];
    hanging.behaviour = hangs;
    const policy = { timeout: { perTry: millis(500) }, allowFailingServers: true };
    const { url } = await inFront([backend('shop', addressesOf([hanging, well]), policy, LENIENT)]);
    const answers = await many(20, 5, () => answer(`${url}/shop`));
    expect(statuses(answers)).toEqual({ 200: 20 });
    expect(times(answers).worst).toBeLessThan(1500);
  });

  test('are none with retries: 0', async () => {
    const [breaking] = (await webServers(2)) as [WebServer];
    breaking.behaviour = breaksOff;
    const policy = { retry: { retries: 0 }, allowFailingServers: true };
    const { url } = await inFront([backend('shop', addressesOf(servers), policy, LENIENT)]);
    expect(statuses(await many(20, 1, () => answer(`${url}/shop`)))).toEqual({ 200: 10, 502: 10 });
  });
});

describe('fallback', () => {
  test('answers when no server is left or no turn comes, and not otherwise', async () => {
    const two = await webServers(2);
    const [first, second] = two as [WebServer, WebServer];
    const policy: ResiliencePolicyOptions = {
      timeout: { perTry: millis(700) },
      retry: { retries: 0 },
      bulkhead: { maxConcurrent: 2, maxPending: 1 },
      fallback: { status: 200, contentType: 'text/plain; charset=utf-8', body: FALLBACK },
      allowFailingServers: true,
    };
    const { haproxy, url } = await inFront([backend('shop', addressesOf(two), policy, { unhealthyThreshold: 1 })]);
    const page = { status: 200, body: FALLBACK };
    expect(await answer(`${url}/shop`)).toMatchObject({ status: 200, body: 'good' });

    first.behaviour = failsWith(503);
    second.behaviour = failsWith(503);
    expect(await answer(`${url}/shop`)).toMatchObject({ status: 503, body: 'bad' }); // a server's own

    first.behaviour = hangs;
    second.behaviour = hangs;
    const full = await Promise.all(Array.from({ length: 10 }, () => answer(`${url}/shop`)));
    for (const one of full) expect(one).toMatchObject({ ...page, headers: { 'cache-control': 'no-store' } });

    first.behaviour = good;
    first.healthy = true;
    second.healthy = false;
    await until('one to be out', async () => (await haproxy.servers())['shop/s2'] === 'DOWN');
    expect(statuses(await many(20, 1, () => answer(`${url}/shop`)))).toEqual({ 200: 20 });
    expect(await answer(`${url}/shop`)).toMatchObject({ body: 'good' });

    first.healthy = false;
    await until('both to be out', async () => (await haproxy.servers())['shop/s1'] === 'DOWN');
    const none = await answer(`${url}/shop`);
    expect(none).toMatchObject({ ...page, headers: { 'content-type': 'text/plain; charset=utf-8' } });
    expect(none.took).toBeLessThan(500);

    first.healthy = true;
    await until('one to be back', async () => (await haproxy.servers())['shop/s1'] === 'UP');
    expect(await answer(`${url}/shop`)).toMatchObject({ status: 200, body: 'good' });
  });
});
