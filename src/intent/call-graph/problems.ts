import { Duration } from '../../units';
import {
  flagProblems,
  isRecord,
  objectProblems,
  shortDurationProblems,
  shown,
  wholeNumberProblems,
} from '../../validation';
import type { CallGraphOptions, ServiceCalls } from '../call-graph';
import { isNone } from '../resilience/choices';
import { isPolicy } from '../resilience-policy';
import { callEntries, callsIn } from './calls';
import { cycleProblems } from './cycles';
import { triesProblems } from './tries';
import { waitProblems } from './waits';

/** Every reason why a call graph does not hold, one sentence each. */
export function graphProblems(services: Readonly<Record<string, ServiceCalls>>, options: CallGraphOptions): string[] {
  if (!isRecord(services)) return objectProblems('services', services);
  const calls = callsIn(services);
  const maxTries = isRecord(options) ? (options.maxTries ?? 3) : 3;
  const wrongTries = wholeNumberProblems('maxTries', maxTries, { min: 1 }, 'count the first try, too');
  return [
    ...(isNone(options) ? [] : objectProblems('options', options)),
    ...wrongTries,
    ...Object.entries(services).flatMap(([name, service]) => serviceProblems(name, service, services)),
    ...cycleProblems(calls),
    ...waitProblems(services, calls),
    ...(wrongTries.length > 0 ? [] : triesProblems(calls, maxTries)),
  ];
}

function serviceProblems(name: string, service: ServiceCalls, services: object): string[] {
  if (!isRecord(service)) return objectProblems(name, service);
  const { calls, parallel, longestRequest } = service;
  return [
    ...(isNone(calls) ? [] : objectProblems(`${name}.calls`, calls)),
    ...flagProblems(`${name}.parallel`, parallel ?? undefined),
    ...(isNone(longestRequest)
      ? []
      : shortDurationProblems(
          `${name}.longestRequest`,
          longestRequest,
          { min: Duration.millis(1), max: Duration.hours(1) },
          "write that of the service's tier",
        )),
    ...callEntries(service).flatMap(([callee, policy]) => [
      ...(Object.hasOwn(services, callee) ? [] : [unknownProblem(name, callee, services)]),
      ...(isPolicy(policy)
        ? policy.problems(`${name}.calls.${callee}`)
        : [`${name}.calls.${callee} must be a ResiliencePolicy, got ${shown(policy)}; write ResiliencePolicy.of(…)`]),
    ]),
  ];
}

function unknownProblem(caller: string, callee: string, services: object): string {
  return (
    `${caller}.calls.${callee} must name a service of the graph (${Object.keys(services).join(', ')}), ` +
    `got ${shown(callee)}; add '${callee}: {}' to the graph, or correct the name`
  );
}
