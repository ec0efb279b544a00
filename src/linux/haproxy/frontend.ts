import type { HaproxyHost, HaproxyRoute } from './props';
import { lastResort, longest, type Settings, type SettledFrontend } from './settings';
import { FOREVER, haproxyTime, quoted, section, socket } from './words';

/** Milliseconds that clients have to go on, at the least: a network may lose a few packets in a row. */
const PATIENCE = 30_000;

/** Words of a line; HAProxy takes 64 of them. */
const WORDS = 50;

/** Where requests go that no route takes. */
const NOWHERE = 'nines:nowhere';

/** Everything that clients reach. */
export function frontendSections(settings: Settings, host: HaproxyHost): string[] {
  const frontends = settings.frontends.flatMap((frontend) => [
    section(`frontend ${frontend.name}`, linesOf(frontend, settings, host)),
    ...redirectSection(frontend, settings, host),
  ]);
  if (settings.frontends.every(({ backend }) => backend !== undefined)) return frontends;
  const lines = ['mode http', 'http-request return status 404 content-type text/plain string "Not Found"'];
  return [...frontends, section(`backend ${NOWHERE}`, lines)];
}

function linesOf(frontend: SettledFrontend, { maxconn }: Settings, { bind }: HaproxyHost): (string | undefined)[] {
  const { port, certificates, protocol } = frontend;
  const http = protocol === 'http';
  const tls = certificates?.map((path) => ` crt ${path}`).join('');
  const options = tls === undefined ? '' : ` ssl${tls}${http ? ' alpn h2,http/1.1' : ''}`;
  return [
    `mode ${protocol}`,
    ...bind.map((address) => `bind ${socket(address, port)}${options}`),
    `maxconn ${maxconn}`,
    `timeout client ${clientTimeout(frontend)}`,
    `option ${http ? 'httplog' : 'tcplog'}`,
    ...(http ? httpLines(tls !== undefined) : []),
    ...(frontend.routes ?? []).flatMap(routeConditions),
    ...(frontend.routes ?? []).flatMap(({ backend }, position) =>
      useBackend(frontend, backend, conditionOf(frontend, position)),
    ),
    ...(frontend.backend === undefined ? [] : useBackend(frontend, frontend.backend, undefined)),
    `default_backend ${frontend.backend ?? NOWHERE}`,
  ];
}

/** Of HTTP it is no limit of a try: a client may be slow to shake hands, or to read, however quick its server is. */
function clientTimeout({ protocol, leadsTo }: SettledFrontend): string {
  const perTry = longest(leadsTo.map(({ times }) => times.server));
  if (perTry === undefined) return FOREVER;
  return haproxyTime(protocol === 'http' ? Math.max(PATIENCE, perTry) : perTry); // plain TCP has one clock
}

/** The pair is the first to see clients: what they say of an address is not passed on. */
function httpLines(encrypted: boolean): string[] {
  return [
    'option idle-close-on-response', // a client about to send its next request during a reload is answered
    'option forwardfor',
    'http-request del-header X-Forwarded-For',
    `http-request set-header X-Forwarded-Proto ${encrypted ? 'https' : 'http'}`,
  ];
}

function routeConditions({ hosts = [], paths = [] }: HaproxyRoute, position: number): string[] {
  const wildcards = hosts.filter((host) => host.startsWith('*'));
  const host = `acl route${position}_host req.hdr(host),host_only,lower -m`;
  const path = `acl route${position}_path path -m`;
  return [
    ...conditions(
      `${host} str`,
      hosts.filter((name) => !name.startsWith('*')),
    ),
    ...conditions(
      `${host} end`,
      wildcards.map((name) => name.slice(1)),
    ),
    ...conditions(`${path} str`, paths.map(quoted)),
    ...conditions(
      `${path} beg`,
      paths.map((name) => quoted(name === '/' ? name : `${name}/`)),
    ),
  ];
}

/** Lines of one condition, which any of the values fulfils. */
function conditions(start: string, values: readonly string[]): string[] {
  const lines = Array.from({ length: Math.ceil(values.length / WORDS) }, (_, line) =>
    values.slice(line * WORDS, (line + 1) * WORDS),
  );
  return lines.map((some) => `${start} ${some.join(' ')}`);
}

function conditionOf({ routes = [] }: SettledFrontend, position: number): string {
  const { hosts, paths } = routes[position] ?? {};
  const parts = [hosts && `route${position}_host`, paths && `route${position}_path`];
  return parts.filter((part) => part !== undefined).join(' ');
}

/** A backend whose breaker has left out too many servers is passed by for the one that has none. */
function useBackend({ leadsTo }: SettledFrontend, name: string, condition: string | undefined): string[] {
  const fewest = leadsTo.find((backend) => backend.name === name)?.fewest;
  const given = condition === undefined ? '' : `${condition} `;
  return [
    ...(fewest === undefined ? [] : [`use_backend ${lastResort(name)} if ${given}{ nbsrv(${name}) lt ${fewest} }`]),
    ...(condition === undefined ? [] : [`use_backend ${name} if ${condition}`]),
  ];
}

function redirectSection(frontend: SettledFrontend, { maxconn }: Settings, { bind }: HaproxyHost): string[] {
  const { name, port, redirectPort } = frontend;
  if (redirectPort === undefined) return [];
  const location = `https://%[req.hdr(host),host_only]${port === 443 ? '' : `:${port}`}%[pathq]`;
  return [
    section(`frontend ${name}:redirect`, [
      'mode http',
      ...bind.map((address) => `bind ${socket(address, redirectPort)}`),
      `maxconn ${maxconn}`,
      'timeout client 10s',
      'option httplog',
      `http-request redirect location ${location} code 301`,
    ]),
  ];
}
