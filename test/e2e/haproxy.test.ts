import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Duration, HealthCheck, ResiliencePolicy, type ResiliencePolicyOptions } from 'nines';
import type { HaproxyBackend, HaproxyOptions } from '../../src/linux/haproxy/props';
import { Haproxy, until } from './support/haproxy';
import { run } from './support/processes';
import { type Answer, answer, breaksOff, failsWith, freePorts, good, hangs, WebServer } from './support/web-servers';

const { seconds, millis, minutes } = Duration;
const FALLBACK = 'We will be "back" in $5 minutes, \'soon\' – %[src]\n';

let serverPort = 0;
let servers: WebServer[] = [];
let started: Haproxy[] = [];

beforeEach(async () => {
  [serverPort = 0] = await freePorts(1);
  servers = [];
  started = [];
});

afterEach(async () => {
  for (const haproxy of started) await haproxy.stop();
  for (const server of servers) await server.stop();
});

/** Servers on addresses of their own, 127.0.1.1 and so on, all on one port. */
async function webServers(count: number): Promise<WebServer[]> {
  const first = servers.length + 1;
  for (let made = 0; made < count; made += 1)
    servers.push(await WebServer.start(`127.0.1.${first + made}`, serverPort));
  return servers.slice(first - 1);
}

function backend(
  name: string,
  addresses: readonly string[],
  policy: ResiliencePolicyOptions,
  check: { readonly healthyThreshold?: number; readonly unhealthyThreshold?: number } = {},
): HaproxyBackend {
  return {
    name,
    servers: addresses.map((address, position) => ({ name: `s${position + 1}`, address, port: serverPort })),
    healthCheck: HealthCheck.http('/health', { port: serverPort, interval: seconds(2), timeout: seconds(1), ...check }),
    policy: ResiliencePolicy.of(policy),
  };
}

const addressesOf = (some: readonly WebServer[]) => some.map(({ address }) => address);

/** HAProxy in front of backends, each below a path of its name; alone on its node, or as one of two. */
async function inFront(
  backends: readonly HaproxyBackend[],
): Promise<{ haproxy: Haproxy; url: string; options: HaproxyOptions }> {
  const [port = 0, healthPort = 0, peersPort = 0] = await freePorts(3);
  const routes = backends.map(({ name }) => ({ paths: [`/${name}`], backend: name }));
  const options = { frontends: [{ name: 'web', port, routes }], backends, peersPort };
  const peers = [
    { name: 'lb1', address: '127.0.0.1' },
    { name: 'lb2', address: '127.0.0.2' },
  ];
  const haproxy = await Haproxy.start(options, { name: 'lb1', peers, bind: ['127.0.0.1'], healthPort });
  started.push(haproxy);
  return { haproxy, url: `http://127.0.0.1:${port}`, options };
}

/** Asks so many times, so many at once. */
async function many(count: number, atOnce: number, ask: (number: number) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  const worker = async () => {
    for (let mine = next++; mine < count; mine = next++) answers.push(await ask(mine));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return answers;
}

/** How often each status came. */
function statuses(answers: readonly Answer[]): Readonly<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

function times(answers: readonly Answer[]): { readonly median: number; readonly worst: number } {
  const sorted = answers.map(({ took }) => took).sort((a, b) => a - b);
  return { median: Math.round(sorted[sorted.length >> 1] ?? 0), worst: Math.round(sorted.at(-1) ?? 0) };
}

const tell = (text: string) => process.stdout.write(`${text}\n`);

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

describe('rate limit', () => {
  test('survives a failover: who is limited on one node is limited on the other, and nobody else', async () => {
    const [server] = (await webServers(1)) as [WebServer];
    const [port = 0, peersPort = 0, healthA = 0, healthB = 0] = await freePorts(4);
    const options: HaproxyOptions = {
      frontends: [{ name: 'web', port, backend: 'shop' }],
      backends: [
        backend('shop', [server.address], { rateLimit: { requests: 10, per: minutes(1) }, allowFailingServers: true }),
      ],
      peersPort,
    };
    const peers = [
      { name: 'lb1', address: '127.0.2.1' },
      { name: 'lb2', address: '127.0.2.2' },
    ];
    const a = await Haproxy.start(options, { name: 'lb1', peers, bind: ['127.0.2.1'], healthPort: healthA });
    started.push(a);
    const b = await Haproxy.start(options, { name: 'lb2', peers, bind: ['127.0.2.2'], healthPort: healthB });
    started.push(b);
    const onA = (from: string) => answer(`http://127.0.2.1:${port}/`, { from });
    const onB = (from: string) => answer(`http://127.0.2.2:${port}/`, { from });
    const greedy = '127.0.3.1';
    await until('the peers to meet', async () => /last_hdshk|status=ESTA/i.test(await a.admin('show peers')));

    const answers = await many(15, 1, () => onA(greedy));
    expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(200), ...Array(5).fill(429)]);
    expect(answers.at(-1)).toMatchObject({ body: 'Too Many Requests', headers: { 'retry-after': '60' } });
    await sleep(1500);
    await a.kill();
    expect((await onB(greedy)).status).toBe(429);
    expect((await onB('127.0.3.2')).status).toBe(200);

    await sleep(6000); // a younger process is still learning, and teaches nothing (PEER_RESYNC_TIMEOUT)
    await b.reload();
    const reloaded = performance.now();
    const knows = async () => (await b.admin('show table pair/shop')).includes(`key=::ffff:${greedy} `);
    await until('the old process to teach the new one', knows);
    tell(`a new process knew of the client after ${Math.round(performance.now() - reloaded)} ms`);
    expect((await onB(greedy)).status).toBe(429);
    tell('a client limited on one node was limited on the other, and after its reload, too');
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

describe('reload and stop', () => {
  test('five reloads under load: no connection refused, no request lost, a long one finished', async () => {
    const [server] = (await webServers(1)) as [WebServer];
    server.behaviour = ({ url }, response) => {
      setTimeout(() => response.end('good'), url === '/shop/long' ? 8000 : 2);
    };
    const { haproxy, url } = await inFront([backend('shop', [server.address], { allowFailingServers: true })]);
    const long = answer(`${url}/shop/long`);
    const agent = new Agent({ keepAlive: true, maxSockets: 4 });
    let isOver = false;
    const failures: unknown[] = [];
    let asked = 0;
    const client = async (keptAlive: boolean) => {
      while (!isOver) {
        asked += 1;
        const got = await answer(`${url}/shop`, keptAlive ? { agent } : {}).catch((error: unknown) => error);
        if (!(typeof got === 'object' && got !== null && 'status' in got && got.status === 200)) failures.push(got);
        await sleep(keptAlive ? 20 : 2);
      }
    };
    const clients = [false, false, false, true, true].map(client);
    for (let reloads = 0; reloads < 5; reloads += 1) {
      await sleep(300);
      await haproxy.reload();
    }
    await sleep(300);
    isOver = true;
    await Promise.all(clients);
    agent.destroy();
    expect(failures).toEqual([]);
    expect(asked).toBeGreaterThan(500);
    expect(await long).toMatchObject({ status: 200, body: 'good' });
    await until('the old processes to end', async () => (await haproxy.workers()).length === 1);
    tell(`${asked} requests during 5 reloads, ${failures.length} failed; one of 8 s finished`);
  });

  test('stopped as systemd stops it, HAProxy finishes what it has', async () => {
    const [server] = (await webServers(1)) as [WebServer];
    server.behaviour = (_, response) => {
      setTimeout(() => response.end('good'), 1500);
    };
    const { haproxy, url } = await inFront([backend('shop', [server.address], { allowFailingServers: true })]);
    const long = answer(`${url}/shop`);
    await until('the request to be there', () => server.requests.length === 1);
    haproxy.signal('SIGUSR1');
    await haproxy.ended();
    expect(await long).toMatchObject({ status: 200, body: 'good' });
  });
});
