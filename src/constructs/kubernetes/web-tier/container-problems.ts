import { inMebibytes } from '../../../units';
import { isRecord, listProblems, objectProblems, shown, wholeNumberProblems } from '../../../validation';
import { imageProblems } from '../image-problems';
import { isPlain, plainTextProblems, requiredNameProblems } from '../plain-text';
import { cpuProblems, memoryProblems, millicores } from '../quantities';
import { secretKeyProblems } from '../secret-key-problems';
import { SERVER } from './containers';
import type { ContainerSettings, Settings, SidecarSettings } from './props';

/** Every reason why the containers of a pod cannot run, one sentence each. */
export function containersProblems(settings: Settings): string[] {
  return [...containerProblems('', settings), ...sidecarsProblems(settings.sidecars)];
}

function sidecarsProblems(sidecars: readonly SidecarSettings[]): string[] {
  const misshapen = listProblems('sidecars', sidecars);
  if (misshapen.length > 0) return misshapen;
  const names = sidecars.map((sidecar) => sidecar?.name);
  return sidecars.flatMap((sidecar, position) => {
    const prop = `sidecars[${position}]`;
    const none = objectProblems(prop, sidecar);
    if (none.length > 0) return none;
    return [...nameProblems(`${prop}.name`, names, position), ...containerProblems(`${prop}.`, sidecar)];
  });
}

function nameProblems(prop: string, names: readonly unknown[], position: number): string[] {
  const name = names[position];
  if (!isPlain(/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/, name)) {
    return [
      `${prop} must be at most 40 lower-case letters, digits and hyphens, got ${shown(name)}; write it as in 'proxy'`,
    ];
  }
  if (name !== SERVER && names.indexOf(name) === position) return [];
  return [`${prop} must be another than those of the other containers, got ${shown(name)}; rename it`];
}

/** @param at where the container stands in the props: `sidecars[0].`, or nothing */
function containerProblems(at: string, container: ContainerSettings): string[] {
  const { image, args, configMaps, runAsUser } = container;
  return [
    ...imageProblems(`${at}image`, image),
    ...(args === undefined ? [] : argsProblems(`${at}args`, args)),
    ...variableProblems(at, container),
    ...eachProblems(`${at}configMaps`, configMaps, requiredNameProblems),
    ...resourcesProblems(`${at}resources`, container),
    ...pathsProblems(`${at}writablePaths`, container.writablePaths),
    ...(runAsUser === undefined
      ? []
      : wholeNumberProblems(
          `${at}runAsUser`,
          runAsUser,
          { min: 1, max: 2_147_483_647 },
          '0 is root, which is refused',
        )),
  ];
}

function argsProblems(prop: string, args: readonly string[]): string[] {
  if (Array.isArray(args) && args.length === 0) {
    return [`${prop} must hold an argument, got none; leave it out for the image's own`];
  }
  return eachProblems(prop, args, plainTextProblems);
}

function eachProblems(
  prop: string,
  items: readonly unknown[],
  itemProblems: (prop: string, item: unknown) => string[],
): string[] {
  const misshapen = listProblems(prop, items);
  if (misshapen.length > 0) return misshapen;
  return Array.from(items, (item, position) => itemProblems(`${prop}[${position}]`, item)).flat();
}

function variableProblems(at: string, { environment, secrets }: ContainerSettings): string[] {
  const plain = isRecord(environment) ? environment : {};
  const secret = isRecord(secrets) ? secrets : {};
  const names = [...Object.keys(plain), ...Object.keys(secret)];
  const twice = Object.keys(plain).filter((name) => name in secret);
  return [
    ...objectProblems(`${at}environment`, environment),
    ...objectProblems(`${at}secrets`, secrets),
    ...names
      .filter((name) => !/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name))
      .map(
        (name) =>
          `${at}environment and secrets must have names of letters, digits and _, got ${shown(name)}; rename it`,
      ),
    ...(twice.length > 0
      ? [`${at}secrets must not repeat a name of environment, got ${shown(twice)}; keep one of them`]
      : []),
    ...Object.entries(plain).flatMap(([name, value]) => plainTextProblems(`${at}environment['${name}']`, value)),
    ...Object.entries(secret).flatMap(([name, key]) => secretKeyProblems(`${at}secrets['${name}']`, key)),
  ];
}

function resourcesProblems(prop: string, { resources }: ContainerSettings): string[] {
  const { cpu, memory, limits, written } = resources;
  const burst = written?.allowBurstTo;
  const misshapen = [
    ...(written === undefined ? [] : objectProblems(prop, written)),
    ...(burst === undefined ? [] : objectProblems(`${prop}.allowBurstTo`, burst)),
  ];
  const asked = [...cpuProblems(`${prop}.cpu`, cpu), ...memoryProblems(`${prop}.memory`, memory)];
  const allowed = [
    ...(limits.cpu === cpu ? [] : cpuProblems(`${prop}.allowBurstTo.cpu`, limits.cpu)),
    ...(limits.memory === memory ? [] : memoryProblems(`${prop}.allowBurstTo.memory`, limits.memory)),
  ];
  if (misshapen.length + asked.length + allowed.length > 0) return [...misshapen, ...asked, ...allowed];
  const less = [
    ...(millicores(limits.cpu) < millicores(cpu) ? [['cpu', shown(cpu), shown(limits.cpu)]] : []),
    ...(inMebibytes(limits.memory) < inMebibytes(memory)
      ? [['memory', `${inMebibytes(memory)} MiB`, `${inMebibytes(limits.memory)} MiB`]]
      : []),
  ];
  return less.map(
    ([name, request, limit]) =>
      `${prop}.allowBurstTo.${name} must be at least what is asked for (${request}), got ${limit}; raise it, or ask for less`,
  );
}

function pathsProblems(prop: string, paths: readonly string[]): string[] {
  const problems = eachProblems(prop, paths, (item, path) =>
    // a colon is what Kubernetes refuses, a root would hide the whole image
    isPlain(/^(\/[^/:\s]+)+$/, path)
      ? []
      : [`${item} must be an absolute path below the root, got ${shown(path)}; write it as in '/var/cache'`],
  );
  if (problems.length > 0 || new Set(paths).size === paths.length) return problems;
  return [`${prop} must not repeat a path, got ${shown(paths)}; keep one of each`];
}
