import fc from 'fast-check';
import { inMesh, rulesOf } from '../constructs/kubernetes/resilience/calls';
import { type Manifest, synthChart } from '../support/kubernetes/manifests';
import { buildCalls, calls, callsCoverage } from '../support/kubernetes/random-resilience';
import { schemaProblems } from '../support/kubernetes/schemas';

const SEED = Number(process.env.NINES_SEED ?? 2026);
const POLICIES = 500;

describe('random valid policies', () => {
  const coverage = callsCoverage();
  const made = fc.sample(calls, { seed: SEED, numRuns: POLICIES }).map((config) => ({
    manifests: synthChart((chart) => buildCalls(chart, config, coverage)),
    routesCanRetry: config.route.routesCanRetry === true,
  }));
  const ofTargets = ({ manifests }: (typeof made)[number]) =>
    manifests.filter(({ kind }) => ['DestinationRule', 'VirtualService', 'HTTPRoute'].includes(kind));

  test(`are drawn with every prop and every arm of every union, ${POLICIES} of them`, () => {
    process.stdout.write(
      `how often each prop and arm was drawn in ${POLICIES} policies, with NINES_SEED=${SEED}:\n${coverage}\n`,
    );
    expect(coverage.missing()).toEqual([]);
  });

  test('make manifests for Istio and for Gateways that the schemas take', () => {
    for (const routesCanRetry of [false, true]) {
      const some = made.filter((one) => one.routesCanRetry === routesCanRetry).flatMap(ofTargets);
      expect(schemaProblems(some, { routesCanRetry })).toEqual([]);
      process.stdout.write(
        `the schemas took ${some.length} manifests of policies, of routes that can ${routesCanRetry ? '' : 'not '}retry\n`,
      );
    }
  });

  test('keep the rules that the definitions write in CEL: no time is too short, no try longer than all', () => {
    for (const { kind, spec } of made.flatMap(ofTargets)) {
      const times = timesIn(spec);
      expect(times.filter((time) => !(time >= 1 || (kind === 'HTTPRoute' && time === 0)))).toEqual([]);
      for (const { timeouts } of kind === 'HTTPRoute' ? spec.rules : []) {
        expect(milliseconds(timeouts.backendRequest)).toBeLessThanOrEqual(milliseconds(timeouts.request));
      }
    }
  });
});

describe('the schemas', () => {
  const mesh = synthChart((chart) => inMesh(chart));
  const route: Manifest = {
    ...{ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'route' } },
    spec: { rules: rulesOf({}, true) },
  };
  const changed = (from: string, to: string) => JSON.parse(JSON.stringify(mesh).replace(from, to)) as Manifest[];

  test.each([
    [
      '"outlierDetection"',
      '"outlierDetections"',
      'DestinationRule/spec/trafficPolicy must NOT have additional properties',
    ],
    ['"retryBudget"', '"retriesBudget"', 'DestinationRule/spec/trafficPolicy must NOT have additional properties'],
    ['"percent":20', '"percent":120', 'DestinationRule/spec/trafficPolicy/retryBudget/percent must be <= 100'],
    ['"perTryTimeout"', '"perTry"', 'VirtualService/spec/http/0/retries must NOT have additional properties'],
    ['"attempts":2', '"attempts":"two"', 'VirtualService/spec/http/0/retries/attempts must be integer'],
  ])('refuse %s as %s', (from, to, problem) => {
    expect(schemaProblems(mesh)).toEqual([]);
    expect(schemaProblems(changed(from, to))).toContain(problem);
  });

  test('refuse retries in a route of the standard channel, and take them in one that can', () => {
    expect(schemaProblems([route])).toEqual(['HTTPRoute/spec/rules/0 must NOT have additional properties']);
    expect(schemaProblems([route], { routesCanRetry: true })).toEqual([]);
  });

  test('refuse a time that the Gateway API cannot read', () => {
    const text = JSON.stringify(route).replace('90s400ms', '90.4s');
    expect(schemaProblems([JSON.parse(text)], { routesCanRetry: true })).toEqual([
      expect.stringContaining('HTTPRoute/spec/rules/0/timeouts/request must match pattern'),
    ]);
  });
});

/** Milliseconds of every time in a spec. */
function timesIn(spec: unknown): number[] {
  const names = 'timeout|perTryTimeout|backoff|connectTimeout|interval|baseEjectionTime|request|backendRequest';
  return [...JSON.stringify(spec).matchAll(new RegExp(`"(?:${names})":"([^"]*)"`, 'g'))].map(([, text = '']) =>
    milliseconds(text),
  );
}

/** `1.5s`, as Istio writes it, or `1s500ms`, as a route does. */
function milliseconds(text: string): number {
  const [whole, seconds = '0', rest = '0'] = /^(?:([\d.]+)s)?(?:(\d+)ms)?$/.exec(text) ?? [];
  return whole === undefined ? Number.NaN : Math.round(Number(seconds) * 1000) + Number(rest);
}
