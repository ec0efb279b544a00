import { Duration, inMilliseconds } from '../../units';
import {
  durationProblems,
  flagProblems,
  isRecord,
  listProblems,
  objectProblems,
  shortDurationProblems,
  shown,
} from '../../validation';
import type { FenceOptions, LeaseOptions } from './split-brain';
import { holdSeconds } from './timing';

const TTL = { min: Duration.seconds(2), max: Duration.seconds(60) };
const FENCE_TIMEOUT = { min: Duration.seconds(1), max: Duration.seconds(120) };

/** What is wrong with a lock in etcd. */
export function leaseProblems(lease: LeaseOptions): string[] {
  const shape = objectProblems('lease', lease);
  if (shape.length > 0) return shape;
  return [
    ...endpointProblems(lease),
    ...flagProblems('lease.allowPlainText', lease.allowPlainText),
    ...(lease.caFile === undefined ? [] : pathProblems('lease.caFile', lease.caFile)),
    ...clientProblems(lease.client),
    ...lengthProblems(lease),
  ];
}

function endpointProblems({ endpoints, allowPlainText }: LeaseOptions): string[] {
  const shape = listProblems('lease.endpoints', endpoints);
  if (shape.length > 0) return shape;
  if (endpoints.length === 0) return ['lease.endpoints must name a member of etcd, got none; give all members'];
  return endpoints.flatMap((endpoint, index) => {
    const prop = `lease.endpoints[${index}]`;
    if (typeof endpoint !== 'string' || !/^https?:\/\/[A-Za-z0-9.:[\]-]+\/?$/.test(endpoint)) {
      return [
        `${prop} must be a URL of a host and a port, got ${shown(endpoint)}; write it as in 'https://etcd1.example.com:2379'`,
      ];
    }
    if (endpoint.startsWith('http:') && allowPlainText !== true) {
      return [`${prop} must begin with https, got ${shown(endpoint)}; give etcd certificates, or set allowPlainText`];
    }
    return [];
  });
}

function clientProblems(client: LeaseOptions['client']): string[] {
  if (client === undefined) return [];
  const shape = objectProblems('lease.client', client);
  if (shape.length > 0) return shape;
  return [
    ...pathProblems('lease.client.certificateFile', client.certificateFile),
    ...pathProblems('lease.client.keyFile', client.keyFile),
  ];
}

function lengthProblems({ ttl = Duration.seconds(5), renewEvery }: LeaseOptions): string[] {
  const problems = durationProblems('lease.ttl', ttl, TTL, 'etcd counts in seconds, and holds none for less than 2');
  if (renewEvery === undefined || problems.length > 0) return problems;
  const most = Duration.millis(holdSeconds(ttl) * 500);
  if (inMillisecondsOf(renewEvery) > inMilliseconds(most)) {
    return [
      `lease.renewEvery must be at most ${shown(most)} with a lease of ${shown(ttl)}, so that one renewal may fail before the kernel ` +
        `drops the address, got ${shown(renewEvery)}; lower it, or raise ttl`,
    ];
  }
  return shortDurationProblems(
    'lease.renewEvery',
    renewEvery,
    { min: Duration.millis(100) },
    'each is a request to etcd',
  );
}

function inMillisecondsOf(value: unknown): number {
  const duration = value as Partial<Duration> | null;
  return typeof duration?.toMilliseconds === 'function' ? duration.toMilliseconds({ integral: false }) : 0;
}

/** What is wrong with a command that ends the other node. */
export function fenceProblems(fence: FenceOptions, nodes: unknown): string[] {
  const shape = objectProblems('fence', fence);
  if (shape.length > 0) return shape;
  const timeout =
    fence.timeout === undefined
      ? []
      : durationProblems('fence.timeout', fence.timeout, FENCE_TIMEOUT, 'the address has no owner while it runs');
  const commands = objectProblems('fence.commands', fence.commands);
  if (commands.length > 0) return [...commands, ...timeout];
  const names = (Array.isArray(nodes) ? nodes : []).map((node) => (isRecord(node) ? `${node.name}` : ''));
  return [
    ...names
      .filter((name) => name !== '' && fence.commands[name] === undefined)
      .map((name) => `fence.commands must have one that ends ${name}, got none; the other node runs it`),
    ...Object.entries(fence.commands).flatMap(([name, command]) => commandProblems(name, command, names)),
    ...timeout,
  ];
}

function commandProblems(name: string, command: unknown, names: readonly string[]): string[] {
  const prop = `fence.commands.${name}`;
  if (!names.includes(name))
    return [`${prop} must go by the name of a node (${names.join(', ')}), got '${name}'; correct the name`];
  if (!Array.isArray(command))
    return [`${prop} must be a list, got ${shown(command)}; write the program and each argument by itself`];
  const [program] = command as readonly unknown[];
  const wrong = command.filter((word) => typeof word !== 'string' || !/^[^\n\0]*$/.test(word));
  return [
    ...(typeof program === 'string' && program.startsWith('/')
      ? []
      : [
          `${prop} must begin with the path of a program, got ${shown(program)}; write it as in '/usr/sbin/fence_ipmilan'`,
        ]),
    ...(wrong.length === 0
      ? []
      : [`${prop} must be text without line breaks, got ${shown(wrong)}; give each argument by itself`]),
  ];
}

function pathProblems(prop: string, path: unknown): string[] {
  if (typeof path === 'string' && /^\/[^\n\0]*$/.test(path)) return [];
  return [
    `${prop} must be a path on the nodes that begins with '/', got ${shown(path)}; put the file there beforehand`,
  ];
}
