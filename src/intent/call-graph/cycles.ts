import type { Calls } from './calls';

/** One sentence for each way back to a service: its request would wait for itself. */
export function cycleProblems(calls: readonly Calls[]): string[] {
  const callees = new Map<string, string[]>();
  for (const { caller, callee } of calls) callees.set(caller, [...(callees.get(caller) ?? []), callee]);
  const done = new Set<string>();
  const problems: string[] = [];

  const visit = (service: string, path: readonly string[]): void => {
    const start = path.indexOf(service);
    if (start >= 0) problems.push(cycleProblem([...path.slice(start), service]));
    if (start >= 0 || done.has(service)) return;
    for (const callee of callees.get(service) ?? []) visit(callee, [...path, service]);
    done.add(service);
  };
  for (const service of callees.keys()) visit(service, []);
  return problems;
}

function cycleProblem(cycle: readonly string[]): string {
  return (
    `${cycle[0]}.calls must not lead back to it, got ${cycle.join(' -> ')}; ` +
    'break the circle: a request that waits for itself ends in a timeout'
  );
}
