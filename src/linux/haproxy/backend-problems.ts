import { type HealthCheck, isPolicy, lossProblems, type ResiliencePlan, type ResiliencePolicy } from '../../intent';
import { Duration } from '../../units';
import {
  durationProblems,
  flagProblems,
  hasMember,
  isRecord,
  objectProblems,
  portProblems,
  shown,
  wholeNumberProblems,
} from '../../validation';
import { itemProblems, listOf, sameNames } from './lists';
import { backendLosses } from './losses';
import type { HaproxyBackend, HaproxyServer, HaproxyServerTls } from './props';
import { mayBeLeftOut, planOf } from './settings';
import { addressProblems, fileProblems, hostNameProblems, nameProblems } from './text-problems';

type Written<Type> = { readonly [Prop in keyof Type]?: unknown };

/** Every reason why a backend cannot be, one sentence each. */
export function backendProblems(prop: string, backend: unknown): string[] {
  if (!isRecord(backend)) return objectProblems(prop, backend);
  const { name, servers, protocol, tls, slowStart, checkHost, healthCheck } = backend as Written<HaproxyBackend>;
  const wrong = [
    ...itemProblems(`${prop}.servers`, servers, serverProblems),
    ...sameNames(`${prop}.servers`, servers),
    ...sameAddresses(`${prop}.servers`, listOf(servers)),
    ...backupProblems(`${prop}.servers`, listOf(servers)),
    ...healthCheckProblems(prop, healthCheck, backend as Written<HaproxyBackend>),
  ];
  return [
    ...nameProblems(`${prop}.name`, name),
    ...wrong,
    ...(protocol === undefined || protocol === 'http' || protocol === 'tcp'
      ? []
      : [`${prop}.protocol must be 'http' or 'tcp', got ${shown(protocol)}; choose one`]),
    ...policyProblems(prop, backend as HaproxyBackend, wrong.length === 0),
    ...(tls === undefined ? [] : tlsProblems(`${prop}.tls`, tls)),
    ...(slowStart === undefined
      ? []
      : durationProblems(`${prop}.slowStart`, slowStart, SLOW_START, 'say how long a cold server takes')),
    ...(checkHost === undefined ? [] : hostNameProblems(`${prop}.checkHost`, checkHost)),
  ];
}

const SLOW_START = { min: Duration.seconds(1), max: Duration.hours(1) };

function serverProblems(prop: string, server: unknown): string[] {
  if (!isRecord(server)) return objectProblems(prop, server);
  const { name, address, port, backup } = server as Written<HaproxyServer>;
  return [
    ...nameProblems(`${prop}.name`, name),
    ...addressProblems(`${prop}.address`, address),
    ...portProblems(`${prop}.port`, port),
    ...flagProblems(`${prop}.backup`, backup),
  ];
}

/** A server that stands there twice gets twice its share, and is no second one. */
function sameAddresses(prop: string, servers: readonly unknown[]): string[] {
  const sockets = servers.map((server) => {
    const { address, port } = (isRecord(server) ? server : {}) as Written<HaproxyServer>;
    return typeof address === 'string' && typeof port === 'number' ? `${address} on port ${port}` : undefined;
  });
  return sockets.flatMap((socket, position) => {
    const first = sockets.indexOf(socket);
    if (socket === undefined || first === position) return [];
    return [`${prop}[${position}] must differ from ${prop}[${first}], got ${socket} twice; remove or correct one`];
  });
}

function backupProblems(prop: string, servers: readonly unknown[]): string[] {
  const isBackup = (server: unknown) => isRecord(server) && (server as Written<HaproxyServer>).backup === true;
  if (servers.length === 0 || !servers.every(isBackup)) return [];
  return [`${prop} must hold one that is no backup, got backups alone; remove backup from those that serve`];
}

const OFTEN = { min: Duration.seconds(1), max: Duration.hours(1) };
const IN_A_ROW = { min: 1, max: 100 };

function healthCheckProblems(prop: string, written: unknown, { tls, servers }: Written<HaproxyBackend>): string[] {
  const at = `${prop}.healthCheck`;
  if (!hasMember(written, 'problems') || !hasMember(written, 'protocol')) {
    return [`${at} must be a HealthCheck, got ${shown(written)}; write HealthCheck.http('/health/ready', …)`];
  }
  const check = written as HealthCheck;
  const problems = check.problems().map((problem) => `${prop}.${problem}`);
  if (problems.length > 0) return problems;
  const ports = listOf<Written<HaproxyServer> | undefined>(servers).map((server) => server?.port);
  return [
    ...durationProblems(`${at}.interval`, check.interval, OFTEN, 'a failure would go unseen for too long'),
    ...wholeNumberProblems(`${at}.healthyThreshold`, check.healthyThreshold, IN_A_ROW, 'lower it'),
    ...wholeNumberProblems(`${at}.unhealthyThreshold`, check.unhealthyThreshold, IN_A_ROW, 'lower it'),
    ...(check.protocol === 'https' && tls === undefined
      ? [
          `${at} must not be by https without tls, got ${shown(check.path)}; give tls, which tells whose certificate to take`,
        ]
      : []),
    ...(check.protocol === 'http' && tls !== undefined && ports.includes(check.port)
      ? [
          `${at} must be by https on a port of the servers, which speak TLS, got port ${check.port}; write HealthCheck.https(…)`,
        ]
      : []),
  ];
}

function tlsProblems(prop: string, tls: unknown): string[] {
  if (!isRecord(tls)) return objectProblems(prop, tls);
  const { serverName, caFile, allowAnyCertificate } = tls as Written<HaproxyServerTls>;
  return [
    ...hostNameProblems(`${prop}.serverName`, serverName),
    ...(caFile === undefined ? [] : fileProblems(`${prop}.caFile`, caFile)),
    ...flagProblems(`${prop}.allowAnyCertificate`, allowAnyCertificate),
    ...(caFile !== undefined && allowAnyCertificate === true
      ? [`${prop}.allowAnyCertificate must not stand beside caFile, got true; keep one of them`]
      : []),
  ];
}

function policyProblems(prop: string, backend: HaproxyBackend, comparable: boolean): string[] {
  const at = `${prop}.policy`;
  const policy: unknown = backend.policy;
  if (policy !== undefined && !isPolicy(policy)) {
    return [`${at} must be a ResiliencePolicy, got ${shown(policy)}; write ResiliencePolicy.of(…)`];
  }
  const problems = (policy as ResiliencePolicy | undefined)?.problems(at) ?? [];
  if (problems.length > 0) return problems;
  const plan = planOf(backend);
  return [
    ...answerProblems(at, plan),
    ...(comparable ? [...poolProblems(at, plan, backend), ...bulkheadProblems(at, plan, backend)] : []),
    ...(comparable ? lossProblems(at, backendLosses(backend), plan.essential, 'HAProxy') : []),
  ];
}

/** Bytes of an answer that fit into HAProxy's buffer of 16 KiB, with headers and what it keeps free. */
const LONGEST_ANSWER = 12_288;

function answerProblems(prop: string, { fallback }: ResiliencePlan): string[] {
  if (fallback === undefined) return [];
  const { status, body } = fallback;
  const bytes = Buffer.byteLength(body, 'utf8');
  return [
    ...([204, 205, 304].includes(status)
      ? [`${prop}.fallback.status must be one of an answer that has a body, got ${status}; choose 200 or 503`]
      : []),
    ...(body.includes('\0') ? [`${prop}.fallback.body must hold no NUL, got one; remove it`] : []),
    ...(bytes > LONGEST_ANSWER
      ? [`${prop}.fallback.body must be at most ${LONGEST_ANSWER} bytes, got ${bytes}; shorten it`]
      : []),
  ];
}

/** Of servers that are too few for the share, a breaker leaves out none, and nobody is told. */
function poolProblems(prop: string, { circuitBreaker }: ResiliencePlan, { servers }: HaproxyBackend): string[] {
  const active = servers.filter(({ backup }) => backup !== true).length;
  if (circuitBreaker === undefined || mayBeLeftOut(active, circuitBreaker.maxOpenShare) >= 1) return [];
  return [
    `${prop}.circuitBreaker.maxOpenShare must be at least 1/${active}, or none of ${active} servers is ever left out, ` +
      `got ${circuitBreaker.maxOpenShare}; raise it, or say allowFailingServers: true`,
  ];
}

/** Each server has a share of the bulkhead, and HAProxy takes 0 for no limit. */
function bulkheadProblems(prop: string, { bulkhead }: ResiliencePlan, { servers }: HaproxyBackend): string[] {
  const backups = servers.filter(({ backup }) => backup === true).length;
  const most = Math.max(backups, servers.length - backups);
  if (bulkhead === undefined || bulkhead.maxConcurrent >= most) return [];
  return [
    `${prop}.bulkhead.maxConcurrent must be at least 1 for each of ${most} servers, got ${bulkhead.maxConcurrent}; ` +
      'raise it, or name fewer servers',
  ];
}
