import { flagProblems, isRecord, objectProblems, portProblems, shown } from '../../validation';
import { itemProblems, listOf } from './lists';
import type { HaproxyFrontend, HaproxyRoute } from './props';
import { fileProblems, hostPatternProblems, nameProblems, pathProblems } from './text-problems';

type Written<Type> = { readonly [Prop in keyof Type]?: unknown };

/** Every reason why a frontend cannot be, one sentence each. */
export function frontendProblems(
  prop: string,
  frontend: unknown,
  frontends: readonly unknown[],
  backends: readonly unknown[],
): string[] {
  if (!isRecord(frontend)) return objectProblems(prop, frontend);
  const { name, port, certificates, routes, backend, allowPlainHttp } = frontend as Written<HaproxyFrontend>;
  const names = [backend, ...listOf<Written<HaproxyRoute> | undefined>(routes).map((route) => route?.backend)];
  const speaksTcp = names.some((some) => some !== undefined && protocolOf(some, backends) === 'tcp');
  return [
    ...nameProblems(`${prop}.name`, name),
    ...portProblems(`${prop}.port`, port),
    ...(certificates === undefined ? [] : itemProblems(`${prop}.certificates`, certificates, fileProblems)),
    ...redirectProblems(prop, frontend as Written<HaproxyFrontend>, speaksTcp),
    ...(routes === undefined
      ? []
      : itemProblems(`${prop}.routes`, routes, (at, route) => routeProblems(at, route, backends))),
    ...(backend === undefined && routes !== undefined ? [] : backendNameProblems(`${prop}.backend`, backend, backends)),
    ...(speaksTcp && routes !== undefined
      ? [
          `${prop}.routes must not lead to a backend by TCP, got some; HAProxy sees no hosts or paths there: remove them`,
        ]
      : []),
    ...flagProblems(`${prop}.allowPlainHttp`, allowPlainHttp),
    ...(speaksTcp ? [] : plainProblems(prop, frontend as Written<HaproxyFrontend>, frontends)),
  ];
}

function redirectProblems(
  prop: string,
  { certificates, redirectFrom }: Written<HaproxyFrontend>,
  speaksTcp: boolean,
): string[] {
  if (redirectFrom === undefined || redirectFrom === 'none') return [];
  if (certificates === undefined || speaksTcp) {
    return [
      `${prop}.redirectFrom must stand only at a frontend for HTTP that has certificates, got ${shown(redirectFrom)}; ` +
        'add them, or remove it',
    ];
  }
  return portProblems(`${prop}.redirectFrom`, redirectFrom);
}

/** Clients that find both would go on in clear text. */
function plainProblems(
  prop: string,
  { certificates, allowPlainHttp }: Written<HaproxyFrontend>,
  frontends: readonly unknown[],
): string[] {
  const encrypted = frontends.some((other) => isRecord(other) && (other as Written<HaproxyFrontend>).certificates);
  if (certificates !== undefined && allowPlainHttp === true) {
    return [`${prop}.allowPlainHttp must not stand beside certificates, got true; keep one of them`];
  }
  if (certificates !== undefined || allowPlainHttp === true || !encrypted) return [];
  return [
    `${prop}.certificates must be given, since another frontend has some, got none; remove this frontend (one on port 443 ` +
      'redirects port 80 by itself), or say allowPlainHttp: true',
  ];
}

function routeProblems(prop: string, route: unknown, backends: readonly unknown[]): string[] {
  if (!isRecord(route)) return objectProblems(prop, route);
  const { hosts, paths, backend } = route as Written<HaproxyRoute>;
  return [
    ...(hosts === undefined ? [] : itemProblems(`${prop}.hosts`, hosts, hostPatternProblems)),
    ...(paths === undefined ? [] : itemProblems(`${prop}.paths`, paths, pathProblems)),
    ...(hosts === undefined && paths === undefined
      ? [`${prop} must have hosts or paths, got none; what takes all requests is the backend of the frontend`]
      : []),
    ...backendNameProblems(`${prop}.backend`, backend, backends),
  ];
}

function backendNameProblems(prop: string, name: unknown, backends: readonly unknown[]): string[] {
  const names = backends.map((backend) => (isRecord(backend) ? (backend as { name?: unknown }).name : undefined));
  if (typeof name === 'string' && names.includes(name)) return [];
  const known = names.filter((other) => typeof other === 'string');
  return [
    `${prop} must name a backend (${known.length > 0 ? known.join(', ') : 'there is none'}), got ${shown(name)}; correct it`,
  ];
}

function protocolOf(name: unknown, backends: readonly unknown[]): unknown {
  const records = backends.filter(isRecord) as { readonly name?: unknown; readonly protocol?: unknown }[];
  return records.find((backend) => backend.name === name)?.protocol;
}
