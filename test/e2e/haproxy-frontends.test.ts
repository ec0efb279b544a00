import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createConnection, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration, HealthCheck, ResiliencePolicy } from 'nines';
import type { HaproxyBackend, HaproxyOptions, HaproxyServerTls } from '../../src/linux/haproxy/props';
import { Haproxy } from './support/haproxy';
import { pemFile } from './support/pem';
import { run } from './support/processes';
import { until } from './support/until';
import { answer, freePorts, hangs, WebServer } from './support/web-servers';

const LENIENT = ResiliencePolicy.of({ allowFailingServers: true });
const HOST = { name: 'lb1', peers: [{ name: 'lb1', address: '127.0.0.1' }], bind: ['127.0.0.1'] };

let folder = '';
const started: Haproxy[] = [];
const servers: (WebServer | Server)[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nines-frontends-'));
});

afterEach(async () => {
  for (const haproxy of started.splice(0)) await haproxy.stop();
  for (const server of servers.splice(0)) await (server instanceof WebServer ? server.stop() : server.close());
});

afterAll(() => rmSync(folder, { recursive: true }));

async function start(options: HaproxyOptions): Promise<{ haproxy: Haproxy; health: string }> {
  const [healthPort = 0] = await freePorts(1);
  const haproxy = await Haproxy.start(options, { ...HOST, healthPort });
  started.push(haproxy);
  return { haproxy, health: `http://127.0.0.1:${healthPort}/health` };
}

/** A server that tells its name, and what it was asked. */
async function web(name: string, address = '127.0.1.1', port = 0): Promise<WebServer> {
  const server = await WebServer.start(address, port, (request, response) => {
    response.end(JSON.stringify({ name, url: request.url, headers: request.headers }));
  });
  servers.push(server);
  return server;
}

function behind(name: string, { address, port }: WebServer, more: Partial<HaproxyBackend> = {}): HaproxyBackend {
  const healthCheck = HealthCheck.http('/health', {
    port,
    interval: Duration.seconds(2),
    timeout: Duration.seconds(1),
  });
  return { name, servers: [{ name: 's1', address, port }], healthCheck, policy: LENIENT, ...more };
}

describe('a frontend with certificates', () => {
  test('speaks TLS 1.2 and later and HTTP/2, has the certificate for each name, and redirects what is in clear text', async () => {
    const [port = 0, plain = 0] = await freePorts(2);
    const [shop, www] = [await pemFile(folder, 'shop.example.com'), await pemFile(folder, 'www.example.com')];
    const server = await web('shop');
    const frontend = { name: 'web', port, certificates: [shop, www], redirectFrom: plain, backend: 'shop' };
    await start({ frontends: [frontend], backends: [behind('shop', server)] });
    const curl = (name: string, ca: string, ...args: string[]) =>
      run('curl', [
        '-s',
        '--cacert',
        ca,
        '--resolve',
        `${name}:${port}:127.0.0.1`,
        ...args,
        `https://${name}:${port}/a?b=c`,
      ]);

    for (const [name, ca] of [
      ['shop.example.com', shop],
      ['www.example.com', www],
    ] as const) {
      const { stdout } = await curl(name, ca, '--http2', '-H', 'X-Forwarded-For: 6.6.6.6', '-w', ' %{http_version}');
      const [, body = '', version] = /^(.*) (\S+)$/.exec(stdout) ?? [];
      expect(version).toBe('2');
      expect(JSON.parse(body)).toMatchObject({
        url: '/a?b=c',
        headers: { host: `${name}:${port}`, 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'https' },
      });
    }
    expect((await curl('www.example.com', shop)).status).toBe(60); // another's certificate
    expect((await curl('shop.example.com', shop, '--tls-max', '1.2')).status).toBe(0);
    expect((await curl('shop.example.com', shop, '--tls-max', '1.1', '--ciphers', 'DEFAULT@SECLEVEL=0')).status).toBe(
      35,
    );

    const redirect = await answer(`http://127.0.0.1:${plain}/a?b=c`, {
      host: `shop.example.com:${plain}`,
      method: 'POST',
    });
    expect(redirect).toMatchObject({ status: 301, headers: { location: `https://shop.example.com:${port}/a?b=c` } });
    expect(server.requests.filter((request) => request.startsWith('POST'))).toEqual([]);
  });
});

describe('routes', () => {
  test('take hosts, whole parts of paths, both, and the first that matches; the rest gets 404', async () => {
    const [port = 0] = await freePorts(1);
    const names = ['api', 'host', 'wild', 'both'];
    const backends: HaproxyBackend[] = [];
    for (const [number, name] of names.entries()) backends.push(behind(name, await web(name, `127.0.1.${number + 1}`)));
    const many = Array.from({ length: 150 }, (_, number) => `h${number}.example.com`);
    const routes = [
      { hosts: ['both.example.com'], paths: ['/x'], backend: 'both' },
      { paths: ['/api', '/v2/api'], backend: 'api' },
      { hosts: ['shop.example.com', ...many], backend: 'host' },
      { hosts: ['*.example.org'], backend: 'wild' },
    ];
    await start({ frontends: [{ name: 'web', port, routes }], backends });
    const taken = async (host: string, path: string) => {
      const { status, body } = await answer(`http://127.0.0.1:${port}${path}`, { host });
      return status === 200 ? (JSON.parse(body) as { name: string }).name : status;
    };
    for (const [host, path, name] of [
      ['any', '/api', 'api'],
      ['any', '/api/', 'api'],
      ['any', '/api/orders?x=/', 'api'],
      ['any', '/v2/api/a', 'api'],
      ['any', '/apis', 404],
      ['any', '/x/api', 404],
      ['shop.example.com', '/', 'host'],
      ['SHOP.example.com:8080', '/', 'host'],
      ['h149.example.com', '/', 'host'],
      ['x.shop.example.com', '/', 404],
      ['shop.example.com', '/api', 'api'],
      ['a.b.example.org', '/', 'wild'],
      ['example.org', '/', 404],
      ['both.example.com', '/x/y', 'both'],
      ['both.example.com', '/y', 404],
      ['any', '/x', 404],
    ] as const) {
      expect([host, path, await taken(host, path)]).toEqual([host, path, name]);
    }
  });
});

describe('a frontend that is full', () => {
  test('leaves the health check of the pair its room: load is no reason to fail over', async () => {
    const [port = 0] = await freePorts(1);
    const server = await web('slow');
    server.behaviour = hangs;
    const policy = ResiliencePolicy.of({
      timeout: { perTry: Duration.seconds(4) },
      retry: { retries: 0 },
      allowFailingServers: true,
    });
    const { health } = await start({
      frontends: [{ name: 'web', port, backend: 'slow' }],
      backends: [behind('slow', server, { policy })],
      maxconn: 10,
    });
    const asking = Promise.all(
      Array.from({ length: 200 }, () => answer(`http://127.0.0.1:${port}/`).catch(() => undefined)),
    );
    await until('the frontend to be full', () => server.most >= 10);
    for (let checks = 0; checks < 20; checks += 1) {
      const { status, took } = await answer(health);
      expect({ status, isSoon: took < 500 }).toEqual({ status: 200, isSoon: true });
    }
    await started.splice(0)[0]?.stop();
    await asking;
  });
});

describe('backups', () => {
  test('get requests while all others are out, all of them, and no longer', async () => {
    const [port = 0, serverPort = 0] = await freePorts(2);
    const first = await web('first', '127.0.1.1', serverPort);
    const spares = [await web('spare1', '127.0.1.2', serverPort), await web('spare2', '127.0.1.3', serverPort)];
    const backend = behind('shop', first, {
      servers: [first, ...spares].map(({ address }, number) => ({
        name: `s${number}`,
        address,
        port: serverPort,
        backup: number > 0,
      })),
    });
    const { haproxy } = await start({ frontends: [{ name: 'web', port, backend: 'shop' }], backends: [backend] });
    const ask = async () => (JSON.parse((await answer(`http://127.0.0.1:${port}/`)).body) as { name: string }).name;
    expect([await ask(), await ask(), await ask()]).toEqual(['first', 'first', 'first']);
    first.healthy = false;
    await until('the first to be out', async () => (await haproxy.servers())['shop/s0'] === 'DOWN');
    expect(new Set([await ask(), await ask(), await ask()])).toEqual(new Set(['spare1', 'spare2']));
    first.healthy = true;
    await until('the first to be back', async () => (await haproxy.servers())['shop/s0'] === 'UP');
    expect([await ask(), await ask()]).toEqual(['first', 'first']);
  });
});

describe('TLS to servers', () => {
  async function encrypted(tls: HaproxyServerTls): Promise<number> {
    const pem = readFileSync(join(folder, 'app.internal.pem'), 'utf8');
    const server = createTlsServer({ key: pem, cert: pem }, (_, response) => response.end('good'));
    server.listen(0, '127.0.1.1');
    await once(server, 'listening');
    servers.push(server);
    const serverPort = (server.address() as AddressInfo).port;
    const [port = 0] = await freePorts(1);
    const { haproxy } = await start({
      frontends: [{ name: 'web', port, backend: 'app' }],
      backends: [
        {
          ...{ name: 'app', tls, policy: LENIENT },
          servers: [{ name: 's1', address: '127.0.1.1', port: serverPort }],
          healthCheck: HealthCheck.https('/health', {
            port: serverPort,
            interval: Duration.seconds(2),
            timeout: Duration.seconds(1),
          }),
        },
      ],
    });
    await until('the first check', async () => !(await haproxy.admin('show stat')).includes('UP 1/3'));
    return (await answer(`http://127.0.0.1:${port}/`)).status;
  }

  test('takes the right name of the right authority, and nothing else unless told so', async () => {
    const caFile = await pemFile(folder, 'app.internal');
    expect(await encrypted({ serverName: 'app.internal', caFile })).toBe(200);
    expect(await encrypted({ serverName: 'other.internal', caFile })).toBe(503);
    expect(await encrypted({ serverName: 'app.internal' })).toBe(503); // no authority that the system trusts
    expect(await encrypted({ serverName: 'other.internal', allowAnyCertificate: true })).toBe(200);
  });
});

describe('plain TCP', () => {
  test('goes to a server that takes the connection', async () => {
    const [port = 0, serverPort = 0] = await freePorts(2);
    const echo = createServer((socket) => socket.pipe(socket).on('error', () => {}));
    echo.listen(serverPort, '127.0.1.1');
    await once(echo, 'listening');
    servers.push(echo);
    const backend: HaproxyBackend = {
      ...{ name: 'echo', protocol: 'tcp' },
      servers: ['127.0.1.1', '127.0.1.77'].map((address, number) => ({
        name: `s${number}`,
        address,
        port: serverPort,
      })),
      healthCheck: HealthCheck.tcp({ port: serverPort, unhealthyThreshold: 100 }),
      policy: LENIENT,
    };
    await start({ frontends: [{ name: 'echo', port, backend: 'echo' }], backends: [backend] });
    for (let asked = 0; asked < 20; asked += 1) {
      const socket = createConnection(port, '127.0.0.1');
      socket.write('hello');
      const [data] = (await once(socket, 'data')) as [Buffer];
      expect(data.toString()).toBe('hello');
      socket.destroy();
    }
  });
});
