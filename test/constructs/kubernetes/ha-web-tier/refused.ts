import { Duration, HealthCheck, ResiliencePolicy } from 'nines';
import { CONTAINERS } from './refused-containers';
import { SIZES } from './refused-sizes';

/** Choices that a tier refuses, of whatever type, and how it says so. */
export type Refused = readonly [what: string, choices: Readonly<Record<string, unknown>>, problem: string];

const INTERVAL = 'a failure would go unseen for too long';

const HEALTH: readonly Refused[] = [
  [
    'a missing health check',
    { healthCheck: undefined },
    "healthCheck must be a HealthCheck, got undefined; write HealthCheck.http('/health/ready', …)",
  ],
  [
    'a check of the connection alone, which makes ready and alive the same',
    { healthCheck: HealthCheck.tcp({ port: 8080 }) },
    "healthCheck must be by http or https, got 'tcp'; ready and alive would be the same: write HealthCheck.http('/health/ready', …)",
  ],
  [
    'one path that says ready and alive (kube-score pod-probes-identical)',
    { healthCheck: HealthCheck.http('/health', { live: '/health' }) },
    "healthCheck.live must differ from the path that says ready, got '/health' for both; every pod would be restarted " +
      'when a database is away: give a path that looks at the process alone, or leave live out',
  ],
  [
    'ten minutes between two checks',
    { healthCheck: HealthCheck.http('/', { interval: Duration.minutes(10) }) },
    `healthCheck.interval must be from 1 second to 5 minutes, in whole seconds, got 10 minutes; ${INTERVAL}`,
  ],
  [
    'a thousand good answers',
    { healthCheck: HealthCheck.http('/', { healthyThreshold: 1000 }) },
    'healthCheck.healthyThreshold must be a whole number from 1 to 100, got 1000; lower it',
  ],
  [
    'a thousand bad answers',
    { healthCheck: HealthCheck.http('/', { unhealthyThreshold: 1000 }) },
    'healthCheck.unhealthyThreshold must be a whole number from 1 to 100, got 1000; lower it',
  ],
  [
    'no bad answer, once',
    { healthCheck: HealthCheck.http('/', { unhealthyThreshold: 0 }) },
    'healthCheck.unhealthyThreshold must be a whole number of at least 1, got 0; count answers in a row',
  ],
  [
    'a port past the last',
    { port: 65_536 },
    'port must be a whole number from 1 to 65535, got 65536; give the port that the servers listen on',
  ],
  [
    'a port of the check past the last, once',
    { healthCheck: HealthCheck.http('/', { port: 65_536 }) },
    'healthCheck.port must be a whole number from 1 to 65535, got 65536; give the port that the servers listen on',
  ],
];

const HOUR = 'from 1 second to 1 hour, in whole seconds';
const day = Duration.days(1);

const TIMING: readonly Refused[] = [
  ['timing as text', { timing: 'fast' }, "timing must be an object, got 'fast'; write it as in { … }"],
  [
    'a start of a day',
    { timing: { startup: day } },
    `timing.startup must be ${HOUR}, got 1 day; say how long the slowest start takes`,
  ],
  [
    'a request of a day, once',
    { timing: { longestRequest: day } },
    `timing.longestRequest must be ${HOUR}, got 1 day; move longer work to a queue`,
  ],
  [
    'a drain of a day',
    { timing: { drain: day } },
    `timing.drain must be ${HOUR}, got 1 day; no drain of a node waits longer`,
  ],
  ['a shutdown of a day', { timing: { shutdown: day } }, `timing.shutdown must be ${HOUR}, got 1 day; stop faster`],
  [
    'a slow start of nothing',
    { timing: { slowStart: 0 } },
    'timing.slowStart must be a Duration, got 0; write Duration.seconds(…)',
  ],
  [
    'a drain shorter than the longest request',
    { timing: { drain: Duration.seconds(29) } },
    'timing.drain must not be shorter than longestRequest (30 seconds), got 29 seconds; ' +
      'raise drain, or requests are cut off whenever a pod is replaced',
  ],
  [
    'a session of a week',
    { sessionAffinity: Duration.days(7) },
    'sessionAffinity must be from 1 second to 1 day, in whole seconds, got 7 days; a Service remembers a client for a day at most',
  ],
];

const OBJECT = 'write it in lower-case letters, digits, hyphens and dots';
const gateway = { name: 'public' };
const host = 'shop.example.com';

const NAMES: readonly Refused[] = [
  [
    'a name that begins with a digit',
    { name: '7up' },
    "name must be at most 50 lower-case letters, digits and hyphens, a letter first, got '7up'; write it as in 'shop'",
  ],
  [
    'a name of 51 letters',
    { name: 'x'.repeat(51) },
    `name must be at most 50 lower-case letters, digits and hyphens, a letter first, got '${'x'.repeat(51)}'; write it as in 'shop'`,
  ],
  [
    'an account with a slash',
    { serviceAccountName: 'ns/shop' },
    `serviceAccountName must be the name of an object, got 'ns/shop'; ${OBJECT}`,
  ],
  [
    'a priority as a number',
    { priorityClassName: 1000 },
    `priorityClassName must be the name of an object, got 1000; ${OBJECT}`,
  ],
  [
    'a host in place of an exposure',
    { exposure: host },
    `exposure must be an object, got '${host}'; write it as in { … }`,
  ],
  [
    'a URL as host',
    { exposure: { host: 'https://shop', gateway } },
    "exposure.host must be a host name in lower case, got 'https://shop'; write it as in 'shop.example.com'",
  ],
  [
    'an address as host',
    { exposure: { host: '10.0.0.1', gateway } },
    "exposure.host must be a host name in lower case, got '10.0.0.1'; write it as in 'shop.example.com'",
  ],
  [
    'a host that nothing serves',
    { exposure: { host } },
    'exposure must have exactly one of gateway and ingressClassName, got none; give one',
  ],
  [
    'a Gateway beside an Ingress',
    { exposure: { host, gateway, ingressClassName: 'nginx' } },
    'exposure must have exactly one of gateway and ingressClassName, got both; remove one',
  ],
  [
    'the name of a Gateway alone',
    { exposure: { host, gateway: 'public' } },
    "exposure.gateway must be an object, got 'public'; write it as in { … }",
  ],
  [
    'a Gateway without a name',
    { exposure: { host, gateway: {} } },
    `exposure.gateway.name must be the name of an object, got null; ${OBJECT}`,
  ],
  [
    'a namespace with a dot',
    { exposure: { host, gateway: { ...gateway, namespace: 'a.b' } } },
    "exposure.gateway.namespace must be at most 63 lower-case letters, digits and hyphens, got 'a.b'; write it as in 'ingress'",
  ],
  [
    'a listener in capitals',
    { exposure: { host, gateway: { ...gateway, sectionName: 'HTTPS' } } },
    `exposure.gateway.sectionName must be the name of an object, got 'HTTPS'; ${OBJECT}`,
  ],
  [
    'a class in capitals',
    { exposure: { host, ingressClassName: 'NGINX' } },
    `exposure.ingressClassName must be the name of an object, got 'NGINX'; ${OBJECT}`,
  ],
  [
    'a certificate that is a file',
    { exposure: { host, ingressClassName: 'nginx', tlsSecretName: './tls' } },
    `exposure.tlsSecretName must be the name of an object, got './tls'; ${OBJECT}`,
  ],
  [
    'a certificate beside a Gateway',
    { exposure: { host, gateway, tlsSecretName: 'shop-tls' } },
    "exposure.tlsSecretName must stand beside ingressClassName, got 'shop-tls' beside gateway; " +
      'give the certificate to the listener of the Gateway',
  ],
  [
    'a policy beside an Ingress',
    { exposure: { host, ingressClassName: 'nginx', resilience: ResiliencePolicy.of() } },
    'exposure.resilience must stand beside gateway, got an object beside ingressClassName; ' +
      'an Ingress can express none of it: leave it out, or take a Gateway',
  ],
];

/** Every way in which a tier is refused. */
export const REFUSED: readonly Refused[] = [...CONTAINERS, ...SIZES, ...HEALTH, ...TIMING, ...NAMES];
