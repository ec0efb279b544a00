import { Duration, ResiliencePolicy } from 'nines';
import type { HaproxyFrontend } from '../../../src/linux/haproxy/props';
import { BACKEND, HOST, optionsOf, sectionsOf, withPolicy } from './options';

const linesOf = (frontend: Partial<HaproxyFrontend>, backend = {}) =>
  sectionsOf(optionsOf(backend, frontend))['frontend web'] ?? [];

describe('a frontend', () => {
  test('binds each address of the pair', () => {
    const bind = ['192.0.2.100', '2001:db8::100', '*'];
    const lines = sectionsOf(optionsOf(), { ...HOST, bind })['frontend web'] ?? [];
    expect(lines.filter((line) => line.startsWith('bind'))).toEqual([
      'bind 192.0.2.100:80',
      'bind [2001:db8::100]:80',
      'bind *:80',
    ]);
  });

  test('with certificates speaks TLS and HTTP/2, and redirects port 80 from port 443', () => {
    const encrypted = { port: 443, certificates: ['/a.pem', '/b.pem'] };
    expect(linesOf(encrypted)).toContain('bind 192.0.2.100:443 ssl crt /a.pem crt /b.pem alpn h2,http/1.1');
    expect(sectionsOf(optionsOf({}, encrypted))['frontend web:redirect']).toEqual([
      'mode http',
      'bind 192.0.2.100:80',
      'maxconn 4000',
      'timeout client 10s',
      'option httplog',
      'http-request redirect location https://%[req.hdr(host),host_only]%[pathq] code 301',
    ]);
  });

  test.each<[what: string, frontend: Partial<HaproxyFrontend>, bind: string | undefined]>([
    ['none on another port', { port: 8443, certificates: ['/a.pem'] }, undefined],
    ['none where it is told so', { port: 443, certificates: ['/a.pem'], redirectFrom: 'none' }, undefined],
    ['that of the user', { port: 8443, certificates: ['/a.pem'], redirectFrom: 8080 }, 'bind 192.0.2.100:8080'],
    ['none without certificates', { port: 443 }, undefined],
  ])('redirects %s', (_, frontend, bind) => {
    const redirect = sectionsOf(optionsOf({}, frontend))['frontend web:redirect'];
    expect(redirect?.[1]).toBe(bind);
    if (bind) expect(redirect?.at(-1)).toContain('host_only]:8443%[pathq]');
  });

  test('leaves port 80 to another frontend that has it, and to one by TCP nothing is redirected', () => {
    const frontends: HaproxyFrontend[] = [
      { name: 'web', port: 443, certificates: ['/a.pem'], backend: 'shop' },
      { name: 'plain', port: 80, backend: 'shop', allowPlainHttp: true },
    ];
    expect(sectionsOf({ frontends, backends: [BACKEND] })['frontend web:redirect']).toBeUndefined();
    const tcp = optionsOf({ protocol: 'tcp' }, { port: 443, certificates: ['/a.pem'] });
    expect(sectionsOf(tcp)['frontend web:redirect']).toBeUndefined();
    expect(sectionsOf(tcp)['frontend web']).toContain('bind 192.0.2.100:443 ssl crt /a.pem');
  });

  test('tells servers who asks and how, and believes no client', () => {
    const own = ['option forwardfor', 'http-request del-header X-Forwarded-For'];
    expect(linesOf({})).toEqual(expect.arrayContaining([...own, 'http-request set-header X-Forwarded-Proto http']));
    expect(linesOf({ certificates: ['/a.pem'] })).toContain('http-request set-header X-Forwarded-Proto https');
  });

  test('answers a client that is about to send its next request during a reload', () => {
    expect(linesOf({})).toContain('option idle-close-on-response');
  });

  test.each<[client: string, protocol: 'http' | 'tcp', tries: readonly number[]]>([
    ['30s', 'http', [0.3]], // a quick server makes no client quick
    ['30s', 'http', [1, 5]],
    ['30s', 'http', [1, 30]],
    ['31s', 'http', [31, 1]],
    ['300ms', 'tcp', [0.3]],
    ['31s', 'tcp', [31]],
  ])('waits %s for clients by %s before servers that have %j seconds', (client, protocol, tries) => {
    const backends = tries.map((seconds) => ({
      ...BACKEND,
      protocol,
      name: `b${seconds}`,
      policy: ResiliencePolicy.of({ timeout: { perTry: Duration.millis(seconds * 1000) } }),
    }));
    const [{ name: backend } = { name: '' }, ...others] = backends;
    const routes = others.map(({ name }) => ({ paths: ['/a'], backend: name }));
    const frontend = { name: 'web', port: 80, routes: others.length === 0 ? undefined : routes, backend };
    expect(sectionsOf({ frontends: [frontend], backends })['frontend web']).toContain(`timeout client ${client}`);
  });

  test('waits for clients forever where an answer may take forever', () => {
    for (const protocol of ['http', 'tcp'] as const) {
      const { 'frontend web': lines } = sectionsOf(withPolicy({ allowEndlessWait: true }, { protocol }));
      expect(lines).toContain('timeout client 24d');
    }
  });

  test('is for TCP when its backend is', () => {
    expect(linesOf({}, { protocol: 'tcp' })).toEqual([
      'mode tcp',
      'bind 192.0.2.100:80',
      'maxconn 4000',
      'timeout client 30s',
      'option tcplog',
      'use_backend shop:last if { nbsrv(shop) lt 1 }',
      'default_backend shop',
    ]);
  });
});

describe('routes', () => {
  const routed = (routes: HaproxyFrontend['routes'], backend?: string) => {
    const frontend = { name: 'web', port: 80, routes, backend };
    const policy = ResiliencePolicy.of({ allowFailingServers: true });
    return sectionsOf({
      frontends: [frontend],
      backends: [
        { ...BACKEND, policy },
        { ...BACKEND, name: 'api', policy },
      ],
    });
  };

  test('are conditions on hosts and on whole parts of paths', () => {
    const lines = routed([{ hosts: ['a.example.com', '*.example.org'], paths: ['/', '/v1'], backend: 'api' }], 'shop');
    expect(lines['frontend web']?.filter((line) => /acl|backend/.test(line))).toEqual([
      'acl route0_host req.hdr(host),host_only,lower -m str a.example.com',
      'acl route0_host req.hdr(host),host_only,lower -m end .example.org',
      'acl route0_path path -m str "/" "/v1"',
      'acl route0_path path -m beg "/" "/v1/"',
      'use_backend api if route0_host route0_path',
      'default_backend shop',
    ]);
  });

  test('answer 404 to what none takes, without a backend for the rest', () => {
    const sections = routed([
      { paths: ['/a'], backend: 'api' },
      { hosts: ['b.c'], backend: 'shop' },
    ]);
    expect(sections['frontend web']?.slice(-3)).toEqual([
      'use_backend api if route0_path',
      'use_backend shop if route1_host',
      'default_backend nines:nowhere',
    ]);
    expect(sections['backend nines:nowhere']).toEqual([
      'mode http',
      'http-request return status 404 content-type text/plain string "Not Found"',
    ]);
    expect(routed([{ paths: ['/a'], backend: 'api' }], 'shop')['backend nines:nowhere']).toBeUndefined();
  });

  test('of many hosts stand in lines of no more words than HAProxy reads', () => {
    const hosts = Array.from({ length: 130 }, (_, number) => `h${number}.example.com`);
    const lines = routed([{ hosts, backend: 'api' }], 'shop')['frontend web']?.filter((line) => line.startsWith('acl'));
    expect(lines).toHaveLength(3);
    for (const line of lines ?? []) expect(line.split(' ').length).toBeLessThan(64);
    for (const host of hosts) expect(lines?.join(' ')).toContain(` ${host}`);
  });
});
