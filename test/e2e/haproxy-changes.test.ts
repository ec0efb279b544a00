import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Duration } from 'nines';
import type { HaproxyOptions } from '../../src/linux/haproxy/props';
import { Haproxy } from './support/haproxy';
import { backend, inFront, many, started, tell, useServers, webServers } from './support/proxied';
import { until } from './support/until';
import { answer, freePorts, type WebServer } from './support/web-servers';

const { minutes } = Duration;

useServers();

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

  test.each(['', ', in the middle of a reload'])(
    'stopped as systemd stops it%s, HAProxy finishes what it has',
    async (when) => {
      const [server] = (await webServers(1)) as [WebServer];
      server.behaviour = (_, response) => {
        setTimeout(() => response.end('good'), 1500);
      };
      const { haproxy, url } = await inFront([backend('shop', [server.address], { allowFailingServers: true })]);
      const long = answer(`${url}/shop`);
      await until('the request to be there', () => server.requests.length === 1);
      if (when !== '') haproxy.signal('SIGUSR2'); // a signal that comes now is lost: 20 of 25 were
      await haproxy.stopAsUnit();
      expect(await long).toMatchObject({ status: 200, body: 'good' });
    },
  );
});
