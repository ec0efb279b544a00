import type { ResiliencePlan, RetryReason } from '../../intent';
import { inMilliseconds } from '../../units';
import { PEERS } from './sections';
import { serverLines } from './servers';
import { lastResort, type SettledBackend } from './settings';
import { FOREVER, haproxyTime, quoted, section } from './words';

/** A backend, and where its breaker may not leave out all servers the same once more without one. */
export function backendSections(backend: SettledBackend): string[] {
  const last = { ...backend, plan: { ...backend.plan, circuitBreaker: undefined } };
  return [
    section(`backend ${backend.name}`, linesOf(backend)),
    ...(backend.fewest === undefined ? [] : [section(`backend ${lastResort(backend.name)}`, linesOf(last))]),
  ];
}

function linesOf(backend: SettledBackend): (string | undefined)[] {
  const { protocol, plan, servers } = backend;
  const http = protocol === 'http';
  return [
    `mode ${protocol}`,
    `balance ${http ? 'roundrobin' : 'leastconn'}`, // connections of TCP may stay for long
    servers.some(({ backup }) => backup === true) ? 'option allbackups' : undefined,
    ...timeoutLines(backend),
    ...retryLines(plan, http),
    ...(http ? httpLines(backend) : tcpLines(plan)),
    ...checkLines(backend),
    ...serverLines(backend),
  ];
}

function timeoutLines({ times, healthCheck }: SettledBackend): string[] {
  const server = times.server === undefined ? FOREVER : haproxyTime(times.server);
  return [
    `timeout connect ${haproxyTime(times.connect)}`,
    `timeout queue ${haproxyTime(times.queue)}`,
    `timeout server ${server}`,
    `timeout tunnel ${server}`,
    `timeout check ${haproxyTime(healthCheck.timeout)}`,
  ];
}

/** https://docs.haproxy.org/2.6/configuration.html#4.2-retry-on */
const RETRY_ON: Readonly<Record<string, readonly string[]>> = {
  'connection-failure': ['conn-failure'],
  'no-answer': ['conn-failure', 'empty-response', 'response-timeout'],
};

function retryLines({ retry }: ResiliencePlan, http: boolean): string[] {
  if (retry.retries === 0) return ['retries 0', ...(http ? ['retry-on none'] : [])];
  const reasons = retry.on.flatMap((reason: RetryReason) => RETRY_ON[reason] ?? [String(reason)]);
  return [
    `retries ${retry.retries}`,
    'option redispatch 1', // each on another server
    ...(http ? [`retry-on ${[...new Set(reasons)].join(' ')}`] : []),
  ];
}

function httpLines({ name, plan }: SettledBackend): string[] {
  const { retry, circuitBreaker, rateLimit, bulkhead, fallback } = plan;
  const failed = 'status 502 503 504';
  const full = bulkhead && `{ queue ge ${bulkhead.maxPending} }`;
  const answer = fallback && `content-type ${quoted(fallback.contentType)} string ${quoted(fallback.body)} ${NOT_KEPT}`;
  return [
    'option abortonclose', // who has gone waits no more
    ...(circuitBreaker ? ['option http-buffer-request'] : []), // or clients that stop half-way were failures of servers
    ...(rateLimit ? rateLimitLines(name, rateLimit.requests, inMilliseconds(rateLimit.per) / 1000) : []),
    ...(fallback
      ? [`http-request return status ${fallback.status} ${answer} if { nbsrv lt 1 }${full ? ` || ${full}` : ''}`]
      : []),
    ...(full && !fallback ? [`http-request deny deny_status 503 if ${full}`] : []),
    ...(retry.retries > 0 ? [`http-request disable-l7-retry unless { method ${retry.methods.join(' ')} }`] : []),
    ...(fallback ? [502, 503, 504].map((status) => `http-error status ${status} ${answer}`) : []),
    ...(fallback && fallback.status !== 503
      ? [
          'http-response set-var(txn.answered) bool(true)', // by a server; its failures are its own
          `http-after-response set-status ${fallback.status} if { ${failed} } !{ var(txn.answered) -m found }`,
        ]
      : []),
  ];
}

/** No cache may keep what is answered while nothing works. */
const NOT_KEPT = 'hdr Cache-Control no-store';

function rateLimitLines(name: string, requests: number, seconds: number): string[] {
  return [
    `http-request track-sc0 src table ${PEERS}/${name}`,
    'http-request return status 429 content-type text/plain string "Too Many Requests" ' +
      `hdr Retry-After ${seconds} if { sc_http_req_rate(0) gt ${requests} }`,
  ];
}

function tcpLines({ bulkhead }: ResiliencePlan): string[] {
  return bulkhead ? [`tcp-request content reject if { queue ge ${bulkhead.maxPending} }`] : [];
}

function checkLines({ healthCheck: { protocol, path = '/' }, checkHost }: SettledBackend): string[] {
  if (protocol === 'tcp') return [];
  return [
    'option httpchk',
    `http-check send meth GET uri ${quoted(path)} ver HTTP/1.1 hdr Host ${checkHost}`,
    'http-check expect status 200-299',
  ];
}
