import fc from 'fast-check';
import { Duration, HealthCheck, type ResiliencePart, ResiliencePolicy, type ResiliencePolicyOptions } from 'nines';
import type { HaproxyBackend, HaproxyFrontend, HaproxyOptions, HaproxyServer } from '../../src/linux/haproxy/props';
import { Coverage } from './coverage';
import { policies } from './kubernetes/random-resilience';

/** Files that a configuration may name, which HAProxy opens. */
export interface PemFiles {
  readonly certificates: readonly string[];
  readonly caFile: string;
}

const PARTS = ['circuitBreaker', 'bulkhead', 'rateLimit', 'fallback'] as const;
const CHECKS = ['http', 'https', 'tcp'] as const;

/** Everything that options may hold. */
export function haproxyCoverage(): Coverage {
  return new Coverage(
    {
      'linux/haproxy/props.ts': [
        'HaproxyOptions',
        'HaproxyFrontend',
        'HaproxyRoute',
        'HaproxyBackend',
        'HaproxyServer',
        'HaproxyServerTls',
      ],
      'intent/resilience/options.ts': ['ResiliencePolicyOptions', 'BulkheadOptions'],
    },
    [
      ...CHECKS.map((protocol) => `HealthCheck.${protocol}`),
      ...PARTS.map((part) => `ResiliencePolicyOptions.essential[${part}]`),
    ],
  );
}

/** Counts which props and arms options used. */
export function countOptions(options: HaproxyOptions, coverage: Coverage): void {
  coverage.saw('HaproxyOptions', options);
  for (const frontend of options.frontends) {
    const arm = typeof frontend.redirectFrom === 'number' ? { 'redirectFrom = number': true } : {};
    coverage.saw('HaproxyFrontend', { ...frontend, ...arm });
    for (const route of frontend.routes ?? []) coverage.saw('HaproxyRoute', route);
  }
  for (const backend of options.backends) {
    const { policy, servers, healthCheck } = backend;
    coverage.saw('HaproxyBackend', {
      ...backend,
      policy: policy && true,
      healthCheck: true,
      slowStart: backend.slowStart && true,
    });
    coverage.saw('HealthCheck', { [healthCheck.protocol]: true });
    for (const server of servers) coverage.saw('HaproxyServer', server);
    if (policy) countPolicy(policy.options, coverage);
  }
}

function countPolicy(policy: ResiliencePolicyOptions, coverage: Coverage): void {
  coverage.saw('ResiliencePolicyOptions', policy);
  if (typeof policy.bulkhead === 'object') {
    coverage.saw('BulkheadOptions', policy.bulkhead);
    coverage.saw('ResiliencePolicyOptions', { 'bulkhead = BulkheadOptions': true });
  }
  for (const part of policy.essential ?? []) coverage.saw('ResiliencePolicyOptions', { [`essential[${part}]`]: true });
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const name = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/);
const host = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?\.[a-z]{2,6}$/);
const pattern = fc.stringMatching(/^(\*\.)?[a-z]([a-z0-9-]{0,8}[a-z0-9])?\.[a-z]{2,6}$/);
const path = fc.oneof(fc.constant('/'), fc.stringMatching(/^(\/[\w.~!$&'()*+,;=:@%-]{1,8}){1,3}$/));
const address = fc.oneof(
  fc.ipV4(),
  fc.ipV6().filter((text) => !text.includes('.')),
);
const flag = fc.boolean();

const route = fc
  .record({
    hosts: maybe(fc.array(pattern, { minLength: 1, maxLength: 70 })),
    paths: maybe(fc.array(path, { minLength: 1, maxLength: 70 })),
  })
  .map(({ hosts, paths }) => ((hosts ?? paths) ? { hosts, paths } : { paths: ['/'] }));

const server = fc.record({ name, address });

const backend = (files: PemFiles) =>
  fc.record({
    name,
    active: fc.uniqueArray(server, { selector: ({ name }) => name, minLength: 1, maxLength: 3 }),
    backups: fc.uniqueArray(server, { selector: ({ name }) => name, maxLength: 2 }),
    port: fc.integer({ min: 1, max: 65_535 }),
    check: fc.constantFrom(...CHECKS),
    checkPath: fc.stringMatching(/^\/[!-~]{0,12}$/),
    timing: fc.record({
      interval: maybe(fc.integer({ min: 6, max: 3600 }).map(Duration.seconds)),
      timeout: maybe(fc.integer({ min: 1, max: 5 }).map(Duration.seconds)),
      healthyThreshold: maybe(fc.integer({ min: 1, max: 100 })),
      unhealthyThreshold: maybe(fc.integer({ min: 1, max: 100 })),
    }),
    policy: maybe(policies),
    essential: maybe(fc.shuffledSubarray([...PARTS], { minLength: 1 })),
    protocol: maybe(fc.constantFrom('http', 'tcp')),
    tls: maybe(
      fc.record({ serverName: host, caFile: maybe(fc.constant(files.caFile)), allowAnyCertificate: maybe(flag) }),
    ),
    slowStart: maybe(fc.integer({ min: 1, max: 3600 }).map(Duration.seconds)),
    checkHost: maybe(host),
  });

type Drawn = ReturnType<typeof backend> extends fc.Arbitrary<infer Value> ? Value : never;

function backendOf(drawn: Drawn, position: number): HaproxyBackend {
  const { active, backups, port, check, checkPath, timing, tls, slowStart, checkHost } = drawn;
  const protocol = drawn.protocol as 'http' | 'tcp' | undefined;
  const servers: HaproxyServer[] = [
    ...active.map((one, index) => ({
      ...one,
      name: `a${index}${one.name}`,
      port,
      backup: position === 1 ? false : undefined,
    })),
    ...backups.map((one, index) => ({
      ...one,
      name: `b${index}${one.name}`,
      port: port === 1 ? 2 : port - 1,
      backup: true,
    })),
  ].filter(
    (one, index, all) => all.findIndex((other) => other.address === one.address && other.port === one.port) === index,
  );
  const protocolOfCheck = check === 'https' && tls === undefined ? 'http' : check;
  const checkPort = protocolOfCheck === 'http' && tls ? (port % 60_000) + 10 : port;
  const options = { port: checkPort, ...timing };
  const healthCheck =
    protocolOfCheck === 'tcp' ? HealthCheck.tcp(options) : HealthCheck[protocolOfCheck](checkPath, options);
  const count = servers.filter(({ backup }) => !backup).length;
  const whole = drawn.essential?.filter((part) => isWhole(part, drawn.policy ?? {}, protocol, count, healthCheck));
  const policy = drawn.policy === undefined && count > 1 ? undefined : policyOf(drawn.policy ?? {}, count, whole);
  return {
    name: `${position}${drawn.name}`,
    servers,
    healthCheck,
    policy,
    protocol,
    tls: tls && { ...tls, allowAnyCertificate: tls.caFile === undefined ? tls.allowAnyCertificate : undefined },
    slowStart,
    checkHost,
  };
}

/** A policy with enough for each server, and a breaker that may leave out one. */
function policyOf(drawn: ResiliencePolicyOptions, servers: number, essential: readonly ResiliencePart[] | undefined) {
  const { bulkhead, circuitBreaker, fallback } = drawn;
  const share = Math.max(1 / servers, circuitBreaker?.maxOpenShare ?? 0.5);
  const hasBody = fallback?.status === undefined || ![204, 205, 304].includes(fallback.status);
  return ResiliencePolicy.of({
    ...drawn,
    bulkhead:
      typeof bulkhead === 'object' ? { ...bulkhead, maxConcurrent: Math.max(3, bulkhead.maxConcurrent) } : bulkhead,
    circuitBreaker: drawn.allowFailingServers ? undefined : { ...circuitBreaker, maxOpenShare: share },
    fallback: fallback && (hasBody ? fallback : { ...fallback, status: 200 }),
    essential,
  });
}

function isWhole(
  part: (typeof PARTS)[number],
  policy: ResiliencePolicyOptions,
  protocol: 'http' | 'tcp' | undefined,
  servers: number,
  { interval, healthyThreshold }: HealthCheck,
): boolean {
  if (part === 'bulkhead') return servers === 1 && policy.allowUnboundedLoad !== true;
  if (part === 'rateLimit' || part === 'fallback') return protocol !== 'tcp' && policy[part] !== undefined;
  const open = (policy.circuitBreaker?.openFor ?? Duration.seconds(30)).toSeconds();
  return (
    policy.allowFailingServers !== true &&
    protocol === 'tcp' && // in HTTP clients that stop half-way are charged
    (healthyThreshold - 1) * interval.toSeconds() >= open
  );
}

/** Valid options of every kind: each backend behind a frontend, those of HTTP by routes or alone. */
export const haproxyOptions = (files: PemFiles): fc.Arbitrary<HaproxyOptions> =>
  fc
    .record({
      backends: fc.array(backend(files), { minLength: 1, maxLength: 4 }),
      routes: fc.array(route, { minLength: 4, maxLength: 4 }),
      ports: fc.uniqueArray(fc.integer({ min: 1, max: 65_535 }), { minLength: 12, maxLength: 12 }),
      shape: fc.record({
        routed: flag,
        onPort443: flag,
        withDefault: flag,
        encrypted: flag,
        plainToo: flag,
        names: fc.array(name, { minLength: 6, maxLength: 6 }),
      }),
      certificates: fc.shuffledSubarray([...files.certificates], { minLength: 1 }),
      redirectFrom: maybe(fc.constantFrom('port', 'none')),
      maxconn: maybe(fc.integer({ min: 1, max: 5000 })),
      peersPort: maybe(fc.integer({ min: 1025, max: 65_535 })),
    })
    .map(({ backends, routes, ports, shape, certificates, redirectFrom, maxconn, peersPort }) => {
      const made = backends.map(backendOf);
      const free = ports.filter((port) => ![peersPort ?? 10_000, 80, 443].includes(port));
      const http = made.filter(({ protocol }) => protocol !== 'tcp').map(({ name }) => name);
      const frontends: HaproxyFrontend[] = made
        .filter(({ protocol }) => protocol === 'tcp')
        .map(({ name: backend }, position) => ({
          name: `t${position}${shape.names[position]}`,
          port: free[position] ?? 0,
          certificates: shape.encrypted ? certificates : undefined,
          backend,
        }));
      const [first] = http;
      const encrypted = shape.encrypted ? certificates : undefined;
      if (first !== undefined) {
        frontends.push({
          name: `h${shape.names[4]}`,
          port: shape.onPort443 ? 443 : (free[5] ?? 0),
          certificates: encrypted,
          redirectFrom: encrypted && (redirectFrom === 'port' ? free[6] : (redirectFrom as 'none' | undefined)),
          routes:
            shape.routed || http.length > 1
              ? http.map((name, position) => ({ ...routes[position], backend: name }))
              : undefined,
          backend: shape.withDefault || !(shape.routed || http.length > 1) ? first : undefined,
        });
      }
      const anyEncrypted = frontends.some((frontend) => frontend.certificates);
      if (first !== undefined && shape.plainToo) {
        frontends.push({
          name: `p${shape.names[5]}`,
          port: free[7] ?? 0,
          backend: first,
          allowPlainHttp: anyEncrypted || shape.routed,
        });
      }
      if (anyEncrypted && first !== undefined && encrypted === undefined)
        return {
          frontends: frontends.map((one) => ({ ...one, certificates: undefined })),
          backends: made,
          maxconn,
          peersPort,
        };
      return { frontends, backends: made, maxconn, peersPort };
    });
