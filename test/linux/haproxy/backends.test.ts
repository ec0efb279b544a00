import { Duration, HealthCheck } from 'nines';
import type { HaproxyBackend } from '../../../src/linux/haproxy/props';
import { BACKEND, backendOf, lines, optionsOf, servers, starting } from './options';

const { seconds } = Duration;

describe('health check', () => {
  const check = (healthCheck: HealthCheck, backend: Partial<HaproxyBackend> = {}) =>
    lines({ allowFailingServers: true }, { healthCheck, ...backend });

  test('asks for a path, and takes what HealthCheck calls healthy', () => {
    const timing = { interval: seconds(5), timeout: seconds(2), healthyThreshold: 4, unhealthyThreshold: 6 };
    const some = check(HealthCheck.http('/ready?x="#$', { port: 8080, ...timing }));
    expect(some).toEqual(
      expect.arrayContaining([
        'timeout check 2s',
        'option httpchk',
        'http-check send meth GET uri "/ready?x=\\x22#\\x24" ver HTTP/1.1 hdr Host localhost',
        'http-check expect status 200-299',
        'default-server check inter 5s fall 6 rise 4',
        'server a 10.0.1.1:8080 maxconn 25',
      ]),
    );
  });

  test('asks on its own port, and for the host of choice', () => {
    const some = check(HealthCheck.http('/', { port: 9000 }), { checkHost: 'shop.example.com' });
    expect(some).toContain('server b 10.0.2.1:8080 port 9000 maxconn 25');
    expect(some.join()).toContain('hdr Host shop.example.com');
  });

  test('by TCP only connects', () => {
    expect(check(HealthCheck.tcp({ port: 8080 })).join()).not.toMatch(/http-?chk|http-check/);
  });
});

describe('servers', () => {
  test('serve in turn, and connections of TCP go where the fewest are', () => {
    expect(lines({})).toContain('balance roundrobin');
    expect(lines({}, { protocol: 'tcp' })).toContain('balance leastconn');
  });

  test('may be backups, which serve all together', () => {
    const some = lines({}, { servers: servers(1, 2), policy: undefined });
    expect(starting(some, 'server').map((line) => line.endsWith(' backup'))).toEqual([false, true, true]);
    expect(some).toContain('option allbackups');
    expect(lines({})).not.toContain('option allbackups');
  });

  test('start slowly where that is chosen', () => {
    expect(lines({}, { slowStart: seconds(90) }).join()).toContain(' slowstart 90s');
    expect(lines({}).join()).not.toContain('slowstart');
  });

  test('have IPv6 addresses in brackets', () => {
    const some = lines({ allowFailingServers: true }, { servers: [{ name: 'a', address: '2001:db8::1', port: 8080 }] });
    expect(starting(some, 'server')).toEqual(['server a [2001:db8::1]:8080 maxconn 50']);
  });

  test('by TLS must be who they say they are', () => {
    const tls = { serverName: 'app.internal' };
    const healthCheck = HealthCheck.https('/', { port: 8080 });
    const words = (backend: Partial<HaproxyBackend>) =>
      starting(lines({ allowFailingServers: true }, backend), 'default-server')[0];
    expect(words({ tls, healthCheck })).toBe(
      'default-server check inter 10s fall 3 rise 2 ssl sni str(app.internal) verify required ca-file @system-ca ' +
        'verifyhost app.internal alpn http/1.1 check-ssl check-sni app.internal',
    );
    expect(words({ tls: { ...tls, caFile: '/ca.pem' }, healthCheck })).toContain(
      'verify required ca-file /ca.pem verifyhost',
    );
    expect(words({ tls: { ...tls, allowAnyCertificate: true }, healthCheck })).toContain(
      'sni str(app.internal) verify none alpn',
    );
    expect(words({ tls, healthCheck: HealthCheck.tcp({ port: 8080 }) })).toContain(' no-check-ssl');
    expect(words({ tls, healthCheck: HealthCheck.tcp({ port: 8080 }), protocol: 'tcp' })).not.toContain('alpn');
    expect(words({})).not.toContain('ssl');
    expect(lines({}, { tls, healthCheck }).join()).toContain('hdr Host app.internal');
  });

  test('have a policy by default', () => {
    expect(backendOf(optionsOf())).toEqual(lines({}));
    expect(BACKEND.policy).toBeUndefined();
  });
});
