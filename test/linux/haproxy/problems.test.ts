import { Duration, HealthCheck, ResiliencePolicy } from 'nines';
import { proxyProblems } from '../../../src/linux/haproxy/problems';
import type { HaproxyOptions } from '../../../src/linux/haproxy/props';
import { WRONG } from '../../support/wrong-values';
import { BACKEND, FRONTEND, optionsOf } from './options';
import { type Path, REFUSED } from './refused';

/** Options that hold everything. */
function full(): HaproxyOptions {
  const servers = () => BACKEND.servers.map((server) => ({ ...server }));
  return {
    frontends: [
      {
        ...{ name: 'web', port: 443, certificates: ['/etc/haproxy/a.pem'], redirectFrom: 8080 },
        ...{ routes: [{ hosts: ['*.example.com'], paths: ['/api'], backend: 'api' }], backend: 'shop' },
      },
      { name: 'plain', port: 81, backend: 'shop', allowPlainHttp: true },
      { name: 'sql', port: 5432, backend: 'sql' },
    ],
    backends: [
      {
        ...BACKEND,
        servers: servers(),
        policy: ResiliencePolicy.of(),
        slowStart: Duration.seconds(30),
        checkHost: 'shop.example.com',
      },
      {
        ...BACKEND,
        ...{ name: 'api', protocol: 'http', healthCheck: HealthCheck.https('/', { port: 8080 }) },
        tls: { serverName: 'api.internal', caFile: '/etc/ssl/ca.pem' },
        servers: [...servers(), { name: 'c', address: '2001:db8::1', port: 8080, backup: true }],
      },
      { ...BACKEND, name: 'sql', servers: servers(), protocol: 'tcp' },
    ],
    maxconn: 1000,
    peersPort: 10_001,
  };
}

/** What is said of the full options with another value in one place. */
function said(path: Path, value: unknown): string[] {
  const options = full();
  const parent = path.slice(0, -1).reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), options);
  Reflect.set(Object(parent), path.at(-1) ?? '', value);
  return proxyProblems('proxy', options);
}

describe('proxyProblems', () => {
  test('has nothing against everything at once, nor against the least', () => {
    expect(proxyProblems('proxy', full())).toEqual([]);
    expect(proxyProblems('proxy', optionsOf())).toEqual([]);
    expect(proxyProblems('proxy', { frontends: [FRONTEND], backends: [BACKEND] })).toEqual([]);
  });

  test.each(REFUSED)('refuses %j as %p', (path, value, problem) => {
    expect(said(path, value)).toContain(problem);
  });

  test('names every problem at once', () => {
    const problems = proxyProblems('proxy', {
      frontends: [{ name: '', port: 0, backend: 'b' }],
      backends: [{ name: 'a', servers: [{}], healthCheck: 1, policy: 2, slowStart: 3 }],
      maxconn: -1,
      peersPort: 1,
    });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      ...[
        'proxy.frontends[0].name',
        'proxy.frontends[0].port',
        'proxy.frontends[0].backend',
        'proxy.backends[0].servers[0].name',
      ],
      ...['proxy.backends[0].servers[0].address', 'proxy.backends[0].servers[0].port', 'proxy.backends[0].healthCheck'],
      ...[
        'proxy.backends[0].policy',
        'proxy.backends[0].slowStart',
        'proxy.backends[0]',
        'proxy.maxconn',
        'proxy.peersPort',
      ],
    ]);
  });

  test('takes 1 server with a breaker that may leave out all, and answers as long as the buffer', () => {
    const [server] = BACKEND.servers;
    const alone = {
      servers: server ? [server] : [],
      policy: ResiliencePolicy.of({ circuitBreaker: { maxOpenShare: 1 } }),
    };
    expect(proxyProblems('proxy', optionsOf(alone))).toEqual([]);
    const body = ResiliencePolicy.of({ fallback: { body: 'é'.repeat(6144) } });
    expect(proxyProblems('proxy', optionsOf({ policy: body }))).toEqual([]);
  });

  test('keeps the port of the peers free, also where it is the one by default', () => {
    expect(proxyProblems('proxy', optionsOf({}, { port: 10_000 }))).toEqual([
      'proxy.frontends[0].port must be free, got 10000, which is proxy.peersPort; choose another',
    ]);
    expect(proxyProblems('proxy', optionsOf({}, { port: 10_000 }, { peersPort: 10_001 }))).toEqual([]);
  });

  test('refuses a redirect to a frontend by TCP, which has no requests to redirect', () => {
    const encrypted = { port: 443, certificates: ['/a.pem'], redirectFrom: 80 };
    expect(proxyProblems('proxy', optionsOf({ protocol: 'tcp' }, encrypted))).toEqual([
      'proxy.frontends[0].redirectFrom must stand only at a frontend for HTTP that has certificates, got 80; add them, or remove it',
    ]);
  });

  test('takes a health check by HTTP on a port of its own, of servers that speak TLS elsewhere', () => {
    const healthCheck = HealthCheck.http('/health', { port: 9000 });
    expect(proxyProblems('proxy', optionsOf({ healthCheck, tls: { serverName: 'app.internal' } }))).toEqual([]);
  });

  test.each(Object.entries(WRONG))('answers %s anywhere with sentences, and throws nothing', (_, value) => {
    for (const problem of proxyProblems('proxy', value)) expect(problem).toMatch(SENTENCE);
    expect(proxyProblems('proxy', value)).not.toEqual([]);
    for (const path of placesIn(full())) {
      const problems = said(path, value);
      for (const problem of problems) expect(problem).toMatch(SENTENCE);
      expect([path, problems.length > 0]).toEqual([path, true]);
    }
  });

  const SENTENCE = /^proxy\S* must .+, got .+; .+$/s;
});

/** Every place of options that holds a value; policies, checks and times are judged elsewhere. */
function placesIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const isPlain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  const inner = isPlain ? Object.entries(value).flatMap(([key, held]) => placesIn(held, [...path, key])) : [];
  return path.length === 0 ? inner : [path, ...inner];
}
