import { Duration, HealthCheck, ResiliencePolicy } from 'nines';
import { BACKEND } from './options';

/** Where a value stands in options. */
export type Path = readonly (string | number)[];

const NAME = "must be at most 63 letters, digits, '-', '_' and '.', and begin with none of '-' and '.'";
const HOST = "write it as in 'shop.example.com'";
const FILE = "must be the whole path of a file, of letters, digits and '_@+.-'";
const ADDRESS = "write it as in '10.0.1.11': HAProxy does not start while a name cannot be resolved";
const policy = (...args: Parameters<typeof ResiliencePolicy.of>) => ResiliencePolicy.of(...args);

/** What is refused of the options that hold everything, and how. */
export const REFUSED: readonly [path: Path, value: unknown, problem: string][] = [
  [['frontends'], [], 'proxy.frontends must hold at least one, got none; add one'],
  [['frontends'], 'web', "proxy.frontends must be a list, got 'web'; write it as in [ … ]"],
  [['frontends', 0, 'name'], 'a b', `proxy.frontends[0].name ${NAME}, got 'a b'; write it as in 'shop'`],
  [['frontends', 0, 'name'], 'a:b', `proxy.frontends[0].name ${NAME}, got 'a:b'; write it as in 'shop'`],
  [
    ['frontends', 1, 'name'],
    'web',
    "proxy.frontends[1].name must differ from the one of proxy.frontends[0], got 'web'; rename one",
  ],
  [
    ['frontends', 0, 'port'],
    0,
    'proxy.frontends[0].port must be a whole number from 1 to 65535, got 0; give the port that the servers listen on',
  ],
  [
    ['frontends', 1, 'port'],
    443,
    'proxy.frontends[1].port must be free, got 443, which is proxy.frontends[0].port; choose another',
  ],
  [
    ['frontends', 0, 'redirectFrom'],
    10_001,
    'proxy.frontends[0].redirectFrom must be free, got 10001, which is proxy.peersPort; choose another',
  ],
  [
    ['frontends', 0, 'redirectFrom'],
    '80',
    "proxy.frontends[0].redirectFrom must be a whole number from 1 to 65535, got '80'; give the port that the servers listen on",
  ],
  [
    ['frontends', 1, 'redirectFrom'],
    80,
    'proxy.frontends[1].redirectFrom must stand only at a frontend for HTTP that has certificates, got 80; add them, or remove it',
  ],
  [['frontends', 0, 'certificates'], [], 'proxy.frontends[0].certificates must hold at least one, got none; add one'],
  [
    ['frontends', 0, 'certificates', 0],
    'a.pem',
    `proxy.frontends[0].certificates[0] ${FILE}, got 'a.pem'; write it as in '/etc/haproxy/shop.pem'`,
  ],
  [
    ['frontends', 0, 'certificates', 0],
    '/a.pem crt /b',
    `proxy.frontends[0].certificates[0] ${FILE}, got '/a.pem crt /b'; write it as in '/etc/haproxy/shop.pem'`,
  ],
  [
    ['frontends', 1, 'allowPlainHttp'],
    undefined,
    'proxy.frontends[1].certificates must be given, since another frontend has some, got none; remove this frontend (one on ' +
      'port 443 redirects port 80 by itself), or say allowPlainHttp: true',
  ],
  [
    ['frontends', 0, 'allowPlainHttp'],
    true,
    'proxy.frontends[0].allowPlainHttp must not stand beside certificates, got true; keep one of them',
  ],
  [
    ['frontends', 1, 'allowPlainHttp'],
    'true',
    "proxy.frontends[1].allowPlainHttp must be true or false, got 'true'; compare text, as in process.env.NAME === 'true'",
  ],
  [
    ['frontends', 1, 'backend'],
    'shpo',
    "proxy.frontends[1].backend must name a backend (shop, api, sql), got 'shpo'; correct it",
  ],
  [
    ['frontends', 1, 'backend'],
    undefined,
    'proxy.frontends[1].backend must name a backend (shop, api, sql), got undefined; correct it',
  ],
  [['frontends', 0, 'routes'], [], 'proxy.frontends[0].routes must hold at least one, got none; add one'],
  [
    ['frontends', 0, 'routes', 0],
    { backend: 'api' },
    'proxy.frontends[0].routes[0] must have hosts or paths, got none; what takes all requests is the backend of the frontend',
  ],
  [
    ['frontends', 0, 'routes', 0, 'hosts', 0],
    'Shop.example.com',
    "proxy.frontends[0].routes[0].hosts[0] must be a host name in lower case, got 'Shop.example.com'; " +
      "write it as in 'shop.example.com' or '*.example.com'",
  ],
  [
    ['frontends', 0, 'routes', 0, 'paths', 0],
    '/api/',
    "proxy.frontends[0].routes[0].paths[0] must be a path of whole parts, got '/api/'; write it as in '/api/v1', with no '/' at the end",
  ],
  [
    ['frontends', 0, 'routes', 0, 'backend'],
    'sql',
    'proxy.frontends[0].routes must not lead to a backend by TCP, got some; HAProxy sees no hosts or paths there: remove them',
  ],
  [['backends'], [], 'proxy.backends must hold at least one, got none; add one'],
  [
    ['backends', 2, 'name'],
    'sqlite',
    "proxy.backends[2] must be behind a frontend, got 'sqlite', which none names; name it, or remove it",
  ],
  [
    ['backends', 1, 'name'],
    'shop',
    "proxy.backends[1].name must differ from the one of proxy.backends[0], got 'shop'; rename one",
  ],
  [['backends', 0, 'protocol'], 'https', "proxy.backends[0].protocol must be 'http' or 'tcp', got 'https'; choose one"],
  [['backends', 0, 'servers'], [], 'proxy.backends[0].servers must hold at least one, got none; add one'],
  [
    ['backends', 0, 'servers', 0, 'name'],
    '',
    `proxy.backends[0].servers[0].name ${NAME}, got ''; write it as in 'shop'`,
  ],
  [
    ['backends', 0, 'servers', 1, 'name'],
    'a',
    "proxy.backends[0].servers[1].name must differ from the one of proxy.backends[0].servers[0], got 'a'; rename one",
  ],
  [
    ['backends', 0, 'servers', 0, 'address'],
    'shop.internal',
    `proxy.backends[0].servers[0].address must be an IPv4 or IPv6 address, got 'shop.internal'; ${ADDRESS}`,
  ],
  [
    ['backends', 0, 'servers', 0, 'address'],
    'fe80::1%eth0',
    `proxy.backends[0].servers[0].address must be an IPv4 or IPv6 address, got 'fe80::1%eth0'; ${ADDRESS}`,
  ],
  [
    ['backends', 0, 'servers', 0, 'port'],
    80.5,
    'proxy.backends[0].servers[0].port must be a whole number from 1 to 65535, got 80.5; give the port that the servers listen on',
  ],
  [
    ['backends', 0, 'servers', 1, 'address'],
    '10.0.1.1',
    'proxy.backends[0].servers[1] must differ from proxy.backends[0].servers[0], got 10.0.1.1 on port 8080 twice; remove or correct one',
  ],
  [
    ['backends', 0, 'servers', 1, 'backup'],
    1,
    "proxy.backends[0].servers[1].backup must be true or false, got 1; compare text, as in process.env.NAME === 'true'",
  ],
  [
    ['backends', 0, 'servers'],
    BACKEND.servers.map((server) => ({ ...server, backup: true })),
    'proxy.backends[0].servers must hold one that is no backup, got backups alone; remove backup from those that serve',
  ],
  [
    ['backends', 0, 'healthCheck'],
    '/health',
    "proxy.backends[0].healthCheck must be a HealthCheck, got '/health'; write HealthCheck.http('/health/ready', …)",
  ],
  [
    ['backends', 0, 'healthCheck'],
    HealthCheck.http('health', { port: 8080 }),
    "proxy.backends[0].healthCheck.path must start with '/' and hold no spaces, got 'health'; write it as in '/health/ready'",
  ],
  [
    ['backends', 0, 'healthCheck'],
    HealthCheck.http('/', { port: 8080, interval: Duration.hours(2) }),
    'proxy.backends[0].healthCheck.interval must be from 1 second to 1 hour, in whole seconds, got 2 hours; ' +
      'a failure would go unseen for too long',
  ],
  [
    ['backends', 0, 'healthCheck'],
    HealthCheck.http('/', { port: 8080, healthyThreshold: 101 }),
    'proxy.backends[0].healthCheck.healthyThreshold must be a whole number from 1 to 100, got 101; lower it',
  ],
  [
    ['backends', 0, 'healthCheck'],
    HealthCheck.http('/', { port: 8080, unhealthyThreshold: 101 }),
    'proxy.backends[0].healthCheck.unhealthyThreshold must be a whole number from 1 to 100, got 101; lower it',
  ],
  [
    ['backends', 1, 'tls'],
    undefined,
    "proxy.backends[1].healthCheck must not be by https without tls, got '/'; give tls, which tells whose certificate to take",
  ],
  [
    ['backends', 1, 'healthCheck'],
    HealthCheck.http('/', { port: 8080 }),
    'proxy.backends[1].healthCheck must be by https on a port of the servers, which speak TLS, got port 8080; write HealthCheck.https(…)',
  ],
  [['backends', 1, 'tls'], true, 'proxy.backends[1].tls must be an object, got true; write it as in { … }'],
  [
    ['backends', 1, 'tls', 'serverName'],
    'a b',
    `proxy.backends[1].tls.serverName must be a host name, got 'a b'; ${HOST}`,
  ],
  [
    ['backends', 1, 'tls', 'caFile'],
    'ca',
    `proxy.backends[1].tls.caFile ${FILE}, got 'ca'; write it as in '/etc/haproxy/shop.pem'`,
  ],
  [
    ['backends', 1, 'tls', 'allowAnyCertificate'],
    true,
    'proxy.backends[1].tls.allowAnyCertificate must not stand beside caFile, got true; keep one of them',
  ],
  [
    ['backends', 0, 'slowStart'],
    Duration.millis(500),
    'proxy.backends[0].slowStart must be from 1 second to 1 hour, in whole seconds, got 0.5 seconds; say how long a cold server takes',
  ],
  [['backends', 0, 'checkHost'], 'a_b', `proxy.backends[0].checkHost must be a host name, got 'a_b'; ${HOST}`],
  [
    ['backends', 0, 'policy'],
    { retry: 3 },
    'proxy.backends[0].policy must be a ResiliencePolicy, got an object; write ResiliencePolicy.of(…)',
  ],
  [
    ['backends', 0, 'policy'],
    policy({ retry: { retries: 11 } }),
    'proxy.backends[0].policy.retry.retries must be a whole number from 0 to 10, got 11; count the tries after the first',
  ],
  [
    ['backends', 0, 'policy'],
    policy({ circuitBreaker: { maxOpenShare: 0.4 } }),
    'proxy.backends[0].policy.circuitBreaker.maxOpenShare must be at least 1/2, or none of 2 servers is ever left out, got 0.4; ' +
      'raise it, or say allowFailingServers: true',
  ],
  [
    ['backends', 0, 'policy'],
    policy({ bulkhead: { maxConcurrent: 1 } }),
    'proxy.backends[0].policy.bulkhead.maxConcurrent must be at least 1 for each of 2 servers, got 1; raise it, or name fewer servers',
  ],
  [
    ['backends', 0, 'policy'],
    policy({ fallback: { body: 'a', status: 204 } }),
    'proxy.backends[0].policy.fallback.status must be one of an answer that has a body, got 204; choose 200 or 503',
  ],
  [
    ['backends', 0, 'policy'],
    policy({ fallback: { body: 'a\0b' } }),
    'proxy.backends[0].policy.fallback.body must hold no NUL, got one; remove it',
  ],
  [
    ['backends', 0, 'policy'],
    policy({ fallback: { body: 'é'.repeat(6145) } }),
    'proxy.backends[0].policy.fallback.body must be at most 12288 bytes, got 12290; shorten it',
  ],
  [
    ['backends', 0, 'policy'],
    policy({ essential: ['retry'] }),
    "proxy.backends[0].policy.essential must name only what HAProxy can express whole, got 'retry'; retry.budget: HAProxy has none",
  ],
  [['maxconn'], 0, 'proxy.maxconn must be a whole number from 1 to 1000000, got 0; lower ones take less memory'],
  [['peersPort'], 1024, 'proxy.peersPort must be a whole number from 1025 to 65535, got 1024; choose a free one'],
];
