import { TerraformVariable } from 'cdktf';
import fc from 'fast-check';
import { CallGraph, Capacity, Duration, HealthCheck, ResiliencePolicy } from 'nines';
import { emptyStack } from '../support/synth';

const variable = new TerraformVariable(emptyStack(), 'Variable', {});

/** Holds itself, so whoever walks it must stop. */
const endless: unknown[] = [];
endless.push(endless);

/** Whatever plain JavaScript, where nobody checks types, may pass for a prop. */
const anything: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true }),
  fc.constantFrom<unknown>(
    undefined,
    null,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '4',
    '0.9',
    1n,
    Symbol('four'),
    endless,
  ),
  fc.constantFrom<unknown>(() => 4, class Four {}, Object.create(null), { toMilliseconds: 1, toHumanString: 2 }),
  fc.constantFrom<unknown>(variable, variable.value, variable.stringValue, variable.numberValue, variable.listValue),
  fc.double({ min: 0 }).map((seconds) => Duration.seconds(seconds)),
);

const SENTENCE = /^[\w.]+ must .+, got .+; .+$/s;

function expectSentences(problems: readonly string[], sentence = SENTENCE): void {
  expect(problems.filter((problem) => !sentence.test(problem))).toEqual([]);
}

describe('Capacity', () => {
  const options = fc.record(
    {
      max: anything,
      tolerateLostZones: anything,
      allowOverloadWhenZoneLost: anything,
      safeUse: anything,
      requestsPerSecond: anything,
    },
    { requiredKeys: [] },
  );

  test('answers sentences whatever it was made of, and throws nothing', () => {
    const four = fc.oneof(fc.constant(4), anything);
    fc.assert(
      fc.property(four, four, options, (peak, zones, written) => {
        const problems = Capacity.forPeak(peak as never, written as never).problemsOver(zones as never);
        expectSentences(problems);
      }),
      { numRuns: 150 },
    );
  });

  test('comes to numbers whenever it has no problems', () => {
    const option = fc.constantFrom('max', 'tolerateLostZones', 'allowOverloadWhenZoneLost', 'safeUse');
    fc.assert(
      fc.property(option, anything, (name, value) => {
        const capacity = Capacity.forPeak(4, { [name]: value });
        if (capacity.problemsOver(3).length > 0) return;
        expect(Object.values(capacity.over(3))).toEqual(Array(5).fill(expect.any(Number)));
      }),
      { numRuns: 150 },
    );
  });

  test.each([undefined, null, 7, 'all'])('takes %p in place of the options for none', (options) => {
    expect(Capacity.forPeak(4, options as never).over(3)).toEqual(Capacity.forPeak(4).over(3));
  });
});

describe('HealthCheck', () => {
  const choices = fc.record(
    {
      port: anything,
      interval: anything,
      timeout: anything,
      healthyThreshold: anything,
      unhealthyThreshold: anything,
      live: anything,
      startup: anything,
    },
    { requiredKeys: [] },
  );

  test.each(['http', 'https'] as const)('by %s answers sentences whatever it was made of', (protocol) => {
    fc.assert(
      fc.property(anything, choices, (path, options) => {
        expectSentences(HealthCheck[protocol](path as never, options as never).problems());
      }),
      { numRuns: 200 },
    );
  });

  test('by tcp answers sentences whatever it was made of', () => {
    fc.assert(
      fc.property(fc.oneof(choices, anything), (options) => {
        expectSentences(HealthCheck.tcp(options as never).problems());
      }),
      { numRuns: 200 },
    );
  });
});

describe('ResiliencePolicy', () => {
  const part = (...names: readonly string[]) =>
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record(Object.fromEntries(names.map((name) => [name, anything])), { requiredKeys: [] }),
      },
      anything,
    );
  const options = fc.record(
    {
      timeout: part('perTry', 'total'),
      retry: fc.oneof(
        part('retries', 'backoff', 'on', 'methods', 'allowDuplicates', 'budget'),
        fc.record({ backoff: part('base', 'max') }),
      ),
      circuitBreaker: part('consecutiveErrors', 'openFor', 'maxOpenShare'),
      bulkhead: part('maxConcurrent', 'maxPending'),
      rateLimit: part('requests', 'per'),
      fallback: part('status', 'contentType', 'body'),
      essential: anything,
      allowEndlessWait: anything,
      allowFailingServers: anything,
      allowUnboundedLoad: anything,
    },
    { requiredKeys: [] },
  );

  test('answers sentences whatever it was made of, and is settled when there are none', () => {
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: options }, anything), (written) => {
        const policy = ResiliencePolicy.of(written as never);
        const problems = policy.problems();
        expectSentences(problems);
        if (problems.length === 0) expect(policy.plan().tries).toEqual(expect.any(Number));
      }),
      { numRuns: 150 },
    );
  });
});

describe('CallGraph', () => {
  const policy = fc.oneof(fc.constant(ResiliencePolicy.of()), anything);
  const service = fc.record(
    { calls: fc.oneof(fc.dictionary(fc.constantFrom('a', 'b', 'c'), policy), anything), parallel: anything },
    { requiredKeys: [] },
  );
  const services = fc.dictionary(fc.constantFrom('a', 'b'), fc.oneof({ weight: 4, arbitrary: service }, anything));

  test('answers sentences whatever it was made of', () => {
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: services }, anything), anything, (written, options) => {
        expectSentences(CallGraph.problemsIn(written as never, options as never), / must .+, got .+; .+$/s);
      }),
      { numRuns: 150 },
    );
  });
});
