import { Duration, HealthCheck, ResiliencePolicy, type ResiliencePolicyOptions } from 'nines';
import type { HaproxyBackend, HaproxyFrontend, HaproxyOptions } from '../../../src/linux/haproxy/props';
import { Haproxy } from './haproxy';
import { type Answer, freePorts, WebServer } from './web-servers';

/** What there is in a test. */
export const servers: WebServer[] = [];
export const started: Haproxy[] = [];
let serverPort = 0;

/** Each test begins with no server and no HAProxy, and leaves none behind. */
export function useServers(): void {
  beforeEach(async () => {
    [serverPort = 0] = await freePorts(1);
  });

  afterEach(async () => {
    for (const haproxy of started.splice(0)) await haproxy.stop();
    for (const server of servers.splice(0)) await server.stop();
  });
}

/** Servers on addresses of their own, 127.0.1.1 and so on, all on one port. */
export async function webServers(count: number): Promise<WebServer[]> {
  const first = servers.length + 1;
  for (let made = 0; made < count; made += 1)
    servers.push(await WebServer.start(`127.0.1.${first + made}`, serverPort));
  return servers.slice(first - 1);
}

/** A backend of servers that are asked for `/health` every two seconds. */
export function backend(
  name: string,
  addresses: readonly string[],
  policy: ResiliencePolicyOptions,
  check: { readonly healthyThreshold?: number; readonly unhealthyThreshold?: number } = {},
): HaproxyBackend {
  return {
    name,
    servers: addresses.map((address, position) => ({ name: `s${position + 1}`, address, port: serverPort })),
    healthCheck: HealthCheck.http('/health', {
      port: serverPort,
      interval: Duration.seconds(2),
      timeout: Duration.seconds(1),
      ...check,
    }),
    policy: ResiliencePolicy.of(policy),
  };
}

export const addressesOf = (some: readonly WebServer[]) => some.map(({ address }) => address);

/** HAProxy in front of backends, each below a path of its name. */
export async function inFront(
  backends: readonly HaproxyBackend[],
  frontend: Partial<HaproxyFrontend> = {},
): Promise<{ readonly haproxy: Haproxy; readonly url: string }> {
  const [port = 0, healthPort = 0, peersPort = 0] = await freePorts(3);
  const routes = backends.map(({ name }) => ({ paths: [`/${name}`], backend: name }));
  const options: HaproxyOptions = { frontends: [{ name: 'web', port, routes, ...frontend }], backends, peersPort };
  const peers = [
    { name: 'lb1', address: '127.0.0.1' },
    { name: 'lb2', address: '127.0.0.2' },
  ];
  const haproxy = await Haproxy.start(options, { name: 'lb1', peers, bind: ['127.0.0.1'], healthPort });
  started.push(haproxy);
  return { haproxy, url: `http://127.0.0.1:${port}` };
}

/** Asks so many times, so many at once. */
export async function many(count: number, atOnce: number, ask: (number: number) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  const worker = async () => {
    for (let mine = next++; mine < count; mine = next++) answers.push(await ask(mine));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return answers;
}

/** How often each status came. */
export function statuses(answers: readonly Answer[]): Readonly<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** The middle and the longest time of answers, in milliseconds. */
export function times(answers: readonly Answer[]): { readonly median: number; readonly worst: number } {
  const sorted = answers.map(({ took }) => took).sort((a, b) => a - b);
  return { median: Math.round(sorted[sorted.length >> 1] ?? 0), worst: Math.round(sorted.at(-1) ?? 0) };
}

export const tell = (text: string) => process.stdout.write(`${text}\n`);
