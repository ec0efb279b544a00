import type { HaproxyHost } from './props';
import { limitsRate, longest, millisecondsOf, type Settings } from './settings';
import { haproxyTime, section, socket } from './words';

/** Name of the peers, and of what is shared among them. */
export const PEERS = 'pair';

/** Where the commands of an administrator go, and where the next process takes over the open ports. */
export const ADMIN_SOCKET = '/run/haproxy/admin.sock';

/** Connections that no frontend of clients can take away: those of the health check of the pair. */
const RESERVED = 100;

/** Seconds that an old process has where requests may take forever. */
const ENDLESS_STOP = 300;

// Mozilla's "intermediate", without what needs Diffie-Hellman parameters of one's own.
// https://wiki.mozilla.org/Security/Server_Side_TLS#Intermediate_compatibility_(recommended)
const CIPHERS = ['ECDHE-ECDSA', 'ECDHE-RSA'];
const MODES = ['AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'CHACHA20-POLY1305'];
const TLS_1_2 = MODES.flatMap((mode) => CIPHERS.map((exchange) => `${exchange}-${mode}`)).join(':');
const TLS_1_3 = 'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256';

/** How many connections the process takes at once. */
export function globalMaxconn({ frontends, maxconn }: Settings): number {
  const listeners = frontends.length + frontends.filter(({ redirectPort }) => redirectPort !== undefined).length;
  return listeners * maxconn + RESERVED;
}

/** Seconds in which an old process, after a reload or a stop, finishes what it has. */
export function hardStop({ backends }: Settings): number {
  const total = longest(backends.map(({ plan }) => millisecondsOf(plan.timeout?.total)));
  return total === undefined ? ENDLESS_STOP : Math.max(30, Math.ceil(total / 1000));
}

export function globalSection(settings: Settings, { name }: HaproxyHost): string {
  return section('global', [
    'log /dev/log local0',
    'chroot /var/lib/haproxy',
    'user haproxy',
    'group haproxy',
    `maxconn ${globalMaxconn(settings)}`,
    `hard-stop-after ${hardStop(settings)}s`,
    `localpeer ${name}`,
    `stats socket ${ADMIN_SOCKET} mode 660 level admin expose-fd listeners`,
    'stats timeout 30s',
    ...['bind', 'server'].flatMap((side) => [
      `ssl-default-${side}-ciphers ${TLS_1_2}`,
      `ssl-default-${side}-ciphersuites ${TLS_1_3}`,
      `ssl-default-${side}-options ssl-min-ver TLSv1.2 no-tls-tickets`,
    ]),
  ]);
}

export function defaultsSection(): string {
  return section('defaults', [
    'log global',
    'option dontlognull',
    'timeout http-request 10s', // a request that comes too slowly holds a connection
    'timeout http-keep-alive 30s',
  ]);
}

/** Where keepalived asks. It tells of HAProxy alone: with no server left the other node would have none either. */
export function healthSection({ healthPort }: HaproxyHost): string {
  return section('frontend nines:health', [
    'mode http',
    `bind 127.0.0.1:${healthPort}`,
    'timeout client 5s',
    'monitor-uri /health',
    'http-request return status 404',
  ]);
}

/** What both nodes know of each client; none where no rate is limited. */
export function peersSection({ backends, peersPort }: Settings, { peers }: HaproxyHost): string | undefined {
  const limited = backends
    .filter(limitsRate)
    .flatMap(({ name, plan }) => (plan.rateLimit ? [{ name, per: haproxyTime(plan.rateLimit.per) }] : []));
  if (limited.length === 0) return undefined;
  return section(`peers ${PEERS}`, [
    ...peers.map(({ name, address }) => `peer ${name} ${socket(address, peersPort)}`),
    ...limited.map(
      ({ name, per }) => `table ${name} type ipv6 size 100k expire ${per} store http_req_rate(${per})`, // IPv4 fits into it
    ),
  ]);
}
