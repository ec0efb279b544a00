import { HealthCheck, ResiliencePolicy, type ResiliencePolicyOptions } from 'nines';
import { haproxyConfig } from '../../../src/linux/haproxy/config';
import type { HaproxyBackend, HaproxyFrontend, HaproxyHost, HaproxyOptions } from '../../../src/linux/haproxy/props';

export const HOST: HaproxyHost = {
  name: 'lb1',
  peers: [
    { name: 'lb1', address: '192.0.2.11' },
    { name: 'lb2', address: '192.0.2.12' },
  ],
  bind: ['192.0.2.100'],
  healthPort: 9101,
};

/** The least that a user writes. */
export const FRONTEND: HaproxyFrontend = { name: 'web', port: 80, backend: 'shop' };
export const BACKEND: HaproxyBackend = {
  name: 'shop',
  servers: [
    { name: 'a', address: '10.0.1.1', port: 8080 },
    { name: 'b', address: '10.0.2.1', port: 8080 },
  ],
  healthCheck: HealthCheck.http('/health/ready', { port: 8080 }),
};

/** One frontend before one backend, otherwise than the least. */
export function optionsOf(
  backend: Partial<HaproxyBackend> = {},
  frontend: Partial<HaproxyFrontend> = {},
  more: Partial<HaproxyOptions> = {},
): HaproxyOptions {
  return { frontends: [{ ...FRONTEND, ...frontend }], backends: [{ ...BACKEND, ...backend }], ...more };
}

/** A backend with a policy. */
export function withPolicy(policy: ResiliencePolicyOptions, backend: Partial<HaproxyBackend> = {}): HaproxyOptions {
  return optionsOf({ ...backend, policy: ResiliencePolicy.of(policy) });
}

/** The lines of each section, by its title. */
export function sectionsOf(options: HaproxyOptions, host = HOST): Readonly<Record<string, readonly string[]>> {
  const sections = haproxyConfig(options, host).trimEnd().split('\n\n');
  return Object.fromEntries(
    sections.map((section) => {
      const [title = '', ...lines] = section.split('\n');
      return [title, lines.map((line) => line.trim())];
    }),
  );
}

/** The lines of the only backend. */
export function backendOf(options: HaproxyOptions): readonly string[] {
  return sectionsOf(options)['backend shop'] ?? [];
}

/** Lines of a backend with this policy. */
export function lines(policy: ResiliencePolicyOptions, backend: Partial<HaproxyBackend> = {}): readonly string[] {
  return backendOf(withPolicy(policy, backend));
}

export function starting(some: readonly string[], start: string): readonly string[] {
  return some.filter((line) => line.startsWith(start));
}

export function servers(count: number, backups = 0): HaproxyBackend['servers'] {
  return Array.from({ length: count + backups }, (_, number) => ({
    name: `s${number}`,
    address: `10.0.0.${number + 1}`,
    port: 8080,
    backup: number >= count ? true : undefined,
  }));
}
