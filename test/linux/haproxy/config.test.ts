import { Duration } from 'nines';
import { haproxyConfig } from '../../../src/linux/haproxy/config';
import { clientPorts, usedPeersPort } from '../../../src/linux/haproxy/settings';
import { HOST, optionsOf, sectionsOf, withPolicy } from './options';

const RATE_LIMIT = { rateLimit: { requests: 100, per: Duration.minutes(1) } };

describe('haproxyConfig', () => {
  test('makes this of the least that a user writes', () => {
    expect(haproxyConfig(optionsOf(), HOST)).toMatchSnapshot();
  });

  test('is the same on both nodes, but for the name', () => {
    const [one, two] = ['lb1', 'lb2'].map((name) => haproxyConfig(withPolicy(RATE_LIMIT), { ...HOST, name }));
    expect(one).not.toBe(two);
    expect(one?.replace('localpeer lb1', 'localpeer lb2')).toBe(two);
  });

  test('hands the open ports to the next process, and ends the old one in time', () => {
    const { global = [] } = sectionsOf(optionsOf());
    expect(global).toContain('stats socket /run/haproxy/admin.sock mode 660 level admin expose-fd listeners');
    expect(global).toContain('hard-stop-after 91s'); // 3 tries of 30 seconds and their waits
    const lines = (policy: object) => sectionsOf(withPolicy(policy)).global;
    expect(lines({ timeout: { total: Duration.minutes(5) } })).toContain('hard-stop-after 300s');
    expect(lines({ timeout: { perTry: Duration.seconds(1) } })).toContain('hard-stop-after 30s');
    expect(lines({ allowEndlessWait: true })).toContain('hard-stop-after 300s');
  });

  test('gives up the rights of root, and speaks TLS 1.2 at the least on both sides', () => {
    const { global = [] } = sectionsOf(optionsOf());
    expect(global).toEqual(expect.arrayContaining(['chroot /var/lib/haproxy', 'user haproxy', 'group haproxy']));
    for (const side of ['bind', 'server']) {
      expect(global).toContain(`ssl-default-${side}-options ssl-min-ver TLSv1.2 no-tls-tickets`);
      const ciphers = global.find((line) => line.startsWith(`ssl-default-${side}-ciphers `))?.split(' ')[1] ?? '';
      expect(ciphers.split(':')).toHaveLength(6);
      for (const cipher of ciphers.split(':')) expect(cipher).toMatch(/^ECDHE-.*(GCM|CHACHA20)/);
    }
  });

  test('has room for the health check of the pair beside all that frontends take', () => {
    const of = (options: Parameters<typeof sectionsOf>[0]) => sectionsOf(options);
    expect(of(optionsOf()).global).toContain('maxconn 4100');
    expect(of(optionsOf())['frontend web']).toContain('maxconn 4000');
    const encrypted = optionsOf({}, { port: 443, certificates: ['/a.pem'] }, { maxconn: 7 });
    expect(of(encrypted).global).toContain('maxconn 114');
    expect(of(encrypted)['frontend web']).toContain('maxconn 7');
    expect(of(encrypted)['frontend web:redirect']).toContain('maxconn 7');
  });

  test('tells keepalived of HAProxy alone, on loopback', () => {
    expect(sectionsOf(optionsOf(), { ...HOST, healthPort: 9200 })['frontend nines:health']).toEqual([
      'mode http',
      'bind 127.0.0.1:9200',
      'timeout client 5s',
      'monitor-uri /health',
      'http-request return status 404',
    ]);
  });

  test('shares what clients have sent, only where a rate is limited', () => {
    expect(sectionsOf(optionsOf())['peers pair']).toBeUndefined();
    expect(sectionsOf(withPolicy(RATE_LIMIT, { protocol: 'tcp' }))['peers pair']).toBeUndefined();
    expect(sectionsOf(withPolicy(RATE_LIMIT))['peers pair']).toEqual([
      'peer lb1 192.0.2.11:10000',
      'peer lb2 192.0.2.12:10000',
      'table shop type ipv6 size 100k expire 60s store http_req_rate(60s)',
    ]);
    const six = { ...HOST, peers: [{ name: 'lb1', address: '2001:db8::11' }] };
    expect(sectionsOf({ ...withPolicy(RATE_LIMIT), peersPort: 2000 }, six)['peers pair']?.[0]).toBe(
      'peer lb1 [2001:db8::11]:2000',
    );
  });
});

describe('clientPorts', () => {
  test('names every port that clients reach', () => {
    expect(clientPorts(optionsOf())).toEqual([80]);
    expect(clientPorts(optionsOf({}, { port: 443, certificates: ['/a.pem'] }))).toEqual([443, 80]);
    expect(clientPorts(withPolicy(RATE_LIMIT))).toEqual([80]);
  });
});

describe('usedPeersPort', () => {
  test('is that of the peers where a rate is limited', () => {
    expect(usedPeersPort(optionsOf())).toBeUndefined();
    expect(usedPeersPort(withPolicy(RATE_LIMIT))).toBe(10_000);
    expect(usedPeersPort({ ...withPolicy(RATE_LIMIT), peersPort: 2000 })).toBe(2000);
    expect(usedPeersPort(withPolicy(RATE_LIMIT, { protocol: 'tcp' }))).toBeUndefined();
  });
});
