import { isRecord, objectProblems, shown, wholeNumberProblems } from '../../validation';
import { backendProblems } from './backend-problems';
import { frontendProblems } from './frontend-problems';
import { itemProblems, listOf, sameNames } from './lists';
import type { HaproxyOptions } from './props';
import { PEERS_PORT } from './settings';

/**
 * Every reason why HAProxy cannot be configured so, one sentence each.
 *
 * @param prop what the options are called in these sentences
 */
export function proxyProblems(prop: string, options: unknown): string[] {
  if (!isRecord(options)) return objectProblems(prop, options);
  const { frontends, backends, maxconn, peersPort } = options as Partial<HaproxyOptions>;
  return [
    ...itemProblems(`${prop}.frontends`, frontends, (at, frontend) =>
      frontendProblems(at, frontend, listOf(frontends), listOf(backends)),
    ),
    ...itemProblems(`${prop}.backends`, backends, backendProblems),
    ...sameNames(`${prop}.frontends`, frontends),
    ...sameNames(`${prop}.backends`, backends),
    ...portClashes(prop, listOf(frontends), peersPort),
    ...unusedProblems(`${prop}.backends`, listOf(backends), listOf(frontends)),
    ...(maxconn === undefined
      ? []
      : wholeNumberProblems(`${prop}.maxconn`, maxconn, { min: 1, max: 1_000_000 }, 'lower ones take less memory')),
    ...(peersPort === undefined
      ? []
      : wholeNumberProblems(`${prop}.peersPort`, peersPort, { min: 1025, max: 65_535 }, 'choose a free one')),
  ];
}

function portClashes(prop: string, frontends: readonly unknown[], peersPort: unknown): string[] {
  const taken = new Map<unknown, string>([[peersPort ?? PEERS_PORT, `${prop}.peersPort`]]);
  return frontends.flatMap((frontend, position) => {
    const { port, redirectFrom } = (isRecord(frontend) ? frontend : {}) as Readonly<Record<string, unknown>>;
    return Object.entries({ port, redirectFrom }).flatMap(([name, value]) => {
      const at = `${prop}.frontends[${position}].${name}`;
      if (typeof value !== 'number') return [];
      const other = taken.get(value);
      if (other === undefined) taken.set(value, at);
      return other === undefined ? [] : [`${at} must be free, got ${value}, which is ${other}; choose another`];
    });
  });
}

/** A backend that nothing leads to is most often a name written in two ways. */
function unusedProblems(prop: string, backends: readonly unknown[], frontends: readonly unknown[]): string[] {
  const used = frontends.flatMap((frontend) => {
    if (!isRecord(frontend)) return [];
    const { backend, routes } = frontend as { readonly backend?: unknown; readonly routes?: unknown };
    return [backend, ...listOf<{ readonly backend?: unknown } | undefined>(routes).map((route) => route?.backend)];
  });
  return backends.flatMap((backend, position) => {
    const { name } = (isRecord(backend) ? backend : {}) as { readonly name?: unknown };
    if (typeof name !== 'string' || used.includes(name)) return [];
    return [
      `${prop}[${position}] must be behind a frontend, got ${shown(name)}, which none names; name it, or remove it`,
    ];
  });
}
