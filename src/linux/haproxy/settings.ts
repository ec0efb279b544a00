import { type ResiliencePlan, ResiliencePolicy } from '../../intent';
import { type Duration, inMilliseconds } from '../../units';
import type { HaproxyBackend, HaproxyFrontend, HaproxyOptions } from './props';

/** Choices with every default. */
export interface Settings {
  readonly frontends: readonly SettledFrontend[];
  readonly backends: readonly SettledBackend[];
  readonly maxconn: number;
  readonly peersPort: number;
}

/** A frontend with every default, and what it leads to. */
export interface SettledFrontend extends HaproxyFrontend {
  readonly protocol: 'http' | 'tcp';
  /** Port of redirects to this frontend, where there is one. */
  readonly redirectPort: number | undefined;
  /** The backends that it leads to, each once. */
  readonly leadsTo: readonly SettledBackend[];
}

/** A backend with every default. */
export interface SettledBackend extends HaproxyBackend {
  readonly protocol: 'http' | 'tcp';
  readonly plan: ResiliencePlan;
  readonly checkHost: string;
  readonly times: BackendTimes;
  /** With fewer servers the breaker has left out too many; none where it may leave out all. */
  readonly fewest: number | undefined;
}

/** Milliseconds that HAProxy waits, at most. */
export interface BackendTimes {
  /** For a connection. */
  readonly connect: number;
  /** For a turn at a server. */
  readonly queue: number;
  /** For the next byte of a server; none is forever. */
  readonly server: number | undefined;
}

/** The port of the peers unless another is chosen. */
export const PEERS_PORT = 10_000;

/**
 * Milliseconds in which a connection comes about, or does not: enough for one that loses its first packet, which is sent
 * again after one second (RFC 6298).
 */
const CONNECT = 2_000;

/** Milliseconds that a request waits for its turn where requests may take forever: as long as a policy gives a try. */
const ENDLESS_QUEUE = 30_000;

export function settingsOf(options: HaproxyOptions): Settings {
  const backends = options.backends.map(settledBackend);
  return {
    frontends: options.frontends.map((frontend) => settledFrontend(frontend, options.frontends, backends)),
    backends,
    maxconn: options.maxconn ?? 4_000,
    peersPort: options.peersPort ?? PEERS_PORT,
  };
}

function settledFrontend(
  frontend: HaproxyFrontend,
  all: readonly HaproxyFrontend[],
  backends: readonly SettledBackend[],
): SettledFrontend {
  const names = [...(frontend.routes ?? []), frontend].map(({ backend }) => backend);
  const leadsTo = backends.filter(({ name }) => names.includes(name));
  const protocol = leadsTo.some((backend) => backend.protocol === 'tcp') ? 'tcp' : 'http';
  return { ...frontend, protocol, redirectPort: redirectPort(frontend, protocol, all), leadsTo };
}

/** Port of redirects to a frontend: 80 for HTTPS on its own port, unless another frontend is there. */
export function redirectPort(
  { port, certificates, redirectFrom }: HaproxyFrontend,
  protocol: 'http' | 'tcp',
  all: readonly HaproxyFrontend[],
): number | undefined {
  if (redirectFrom !== undefined) return redirectFrom === 'none' ? undefined : redirectFrom;
  if (certificates === undefined || protocol === 'tcp' || port !== 443) return undefined;
  return all.some((other) => other.port === 80 || other.redirectFrom === 80) ? undefined : 80;
}

function settledBackend(backend: HaproxyBackend): SettledBackend {
  const plan = planOf(backend);
  const protocol = backend.protocol ?? 'http';
  return {
    ...backend,
    protocol,
    plan,
    checkHost: backend.checkHost ?? backend.tls?.serverName ?? 'localhost',
    times: timesOf(plan),
    fewest: fewestServers(backend, plan),
  };
}

/**
 * Ports that clients reach: of frontends, and of their redirects.
 *
 * @param options what {@link proxyProblems} has nothing to say against
 */
export function clientPorts(options: HaproxyOptions): readonly number[] {
  const { frontends } = settingsOf(options);
  return frontends.flatMap(({ port, redirectPort }) => (redirectPort === undefined ? [port] : [port, redirectPort]));
}

/**
 * The port by which the nodes tell each other what clients sent; none where no rate is limited.
 *
 * @param options what {@link proxyProblems} has nothing to say against
 */
export function usedPeersPort(options: HaproxyOptions): number | undefined {
  const { backends, peersPort } = settingsOf(options);
  return backends.some(limitsRate) ? peersPort : undefined;
}

/** Whether a backend limits what each client sends: of plain TCP HAProxy sees no requests. */
export function limitsRate({ protocol, plan }: SettledBackend): boolean {
  return protocol === 'http' && plan.rateLimit !== undefined;
}

/** The policy of a backend, with every default. */
export function planOf({ policy = ResiliencePolicy.of() }: Pick<HaproxyBackend, 'policy'>): ResiliencePlan {
  return policy.plan();
}

/** What a policy comes to in HAProxy's clocks. */
export function timesOf({ timeout }: ResiliencePlan): BackendTimes {
  if (timeout === undefined) return { connect: CONNECT, queue: ENDLESS_QUEUE, server: undefined };
  const perTry = inMilliseconds(timeout.perTry);
  return { connect: Math.min(CONNECT, perTry), queue: perTry, server: perTry };
}

/** Name of the backend that has the servers of another, and no breaker. */
export function lastResort(name: string): string {
  return `${name}:last`;
}

/** How many servers a breaker may leave out. */
export function mayBeLeftOut(servers: number, maxOpenShare: number): number {
  return Math.floor(servers * maxOpenShare + 1e-9); // 1e-9 undoes the last bit of a double
}

function fewestServers({ servers }: HaproxyBackend, { circuitBreaker }: ResiliencePlan): number | undefined {
  if (circuitBreaker === undefined || circuitBreaker.maxOpenShare === 1) return undefined;
  const active = servers.filter(({ backup }) => backup !== true).length;
  return active - mayBeLeftOut(active, circuitBreaker.maxOpenShare);
}

/** What each of some servers has of a number of requests: all of them together have exactly that. */
export function sharesOf(total: number, servers: number): number[] {
  return Array.from({ length: servers }, (_, position) => Math.floor((total + servers - 1 - position) / servers));
}

/** The longest of some times; none where one of them is forever. */
export function longest(times: readonly (number | undefined)[]): number | undefined {
  return times.includes(undefined) ? undefined : Math.max(0, ...times.map((time) => time ?? 0));
}

/** Milliseconds of a duration that may be left out. */
export function millisecondsOf(duration: Duration | undefined): number | undefined {
  return duration && inMilliseconds(duration);
}
