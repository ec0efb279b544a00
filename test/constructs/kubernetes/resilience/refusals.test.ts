import { App, Chart } from 'cdk8s';
import { Capacity, Duration, HealthCheck, ResiliencePolicy, type ResiliencePolicyOptions } from 'nines';
import { GatewayResilience, IstioResilience } from 'nines/kubernetes';
import { sentencesIn } from '../../../support/breakages/sentences';
import { emptyChart } from '../../../support/kubernetes/manifests';
import { problemsOf } from '../../../support/synth';
import { problemsWith, tier } from '../ha-web-tier/tiers';
import { gatewayProblems, inMesh, lossesOf, meshProblems, PAYMENT } from './calls';

const { seconds } = Duration;
const of = (options?: ResiliencePolicyOptions) => ResiliencePolicy.of(options);

const OBJECT = 'write it in lower-case letters, digits, hyphens and dots';

/** Every sentence that is checked whole. */
const said: string[] = [];
function expectProblems(problems: readonly string[], expected: readonly string[]): void {
  expect(problems).toEqual(expected);
  said.push(...expected);
}

describe.each([
  ['IstioResilience', meshProblems],
  ['GatewayResilience', gatewayProblems],
])('%s', (name, problemsOfProps) => {
  test.each([
    [
      'a missing policy',
      { policy: undefined },
      'policy must be a ResiliencePolicy, got undefined; write ResiliencePolicy.of(…)',
    ],
    [
      'options for a policy',
      { policy: {} },
      'policy must be a ResiliencePolicy, got an object; write ResiliencePolicy.of(…)',
    ],
    [
      'a policy that is wrong itself',
      { policy: of({ bulkhead: { maxConcurrent: 0 } }) },
      'policy.bulkhead.maxConcurrent must be a whole number from 1 to 1000000, got 0; ' +
        'proxies take 0 for no limit, which is allowUnboundedLoad: true',
    ],
    [
      'the name of a service alone',
      { service: 'payment' },
      "service must be an object, got 'payment'; write it as in { … }",
    ],
    [
      'a name in capitals',
      { service: { ...PAYMENT, name: 'Payment' } },
      `service.name must be the name of an object, got 'Payment'; ${OBJECT}`,
    ],
    ['no name', { service: { port: 80 } }, `service.name must be the name of an object, got null; ${OBJECT}`],
    [
      'no port',
      { service: { name: 'payment' } },
      'service.port must be a whole number from 1 to 65535, got undefined; give the port that the servers listen on',
    ],
    [
      'a namespace with a dot',
      { service: { ...PAYMENT, namespace: 'a.b' } },
      "service.namespace must be at most 63 lower-case letters, digits and hyphens, got 'a.b'; write it as in 'ingress'",
    ],
    [
      'no servers at all',
      { service: { ...PAYMENT, replicas: 0 } },
      'service.replicas must be a whole number of at least 1, got 0; count the servers, or leave it out',
    ],
  ])('refuses %s', (_, props, problem) => {
    expectProblems(problemsOfProps(props), [problem]);
  });

  test('refuses a try that is shorter than the longest request of the tier', () => {
    const short = of({ timeout: { perTry: seconds(29) } });
    expectProblems(problemsOfProps({ policy: short }, {}), [
      'policy.timeout.perTry must cover the longest request of the tier (30 seconds), got 29 seconds; ' +
        'raise it, or lower timing.longestRequest',
    ]);
  });

  test('refuses a tier of another chart', () => {
    const other = new Chart(new App(), 'other');
    expectProblems(problemsOfProps({ service: tier(other) }), [
      "service must be an HAWebTier of the same chart, got one of 'other'; give its name, port and namespace",
    ]);
  });

  test('names everything that is wrong at once, and builds nothing', () => {
    const chart = emptyChart();
    const Construct = name === 'IstioResilience' ? IstioResilience : GatewayResilience;
    const props = { service: { name: '', port: 0 }, policy: of({ retry: { retries: -1 } }), host: 'a', gateway: {} };
    const problems = problemsOf(() => new Construct(chart, 'It', props as never));
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      ...['service.name', 'service.port'],
      ...(name === 'IstioResilience' ? [] : ['gateway.name']),
      'policy.retry.retries',
    ]);
    expect(chart.node.findChild('It').node.children).toEqual([]);
  });
});

describe('IstioResilience', () => {
  test('takes a try as long as the longest request of the tier, and any time that has no end', () => {
    const chart = emptyChart();
    const service = tier(chart, { timing: { longestRequest: seconds(5) } });
    inMesh(chart, { service, policy: of({ timeout: { perTry: seconds(5) } }) });
    const slow = tier(chart, { timing: { longestRequest: Duration.minutes(30) } }, 'Slow');
    inMesh(chart, { service: slow, policy: of({ allowEndlessWait: true }) }, 'Endless');
  });

  test('refuses a tier whose requests it cannot read', () => {
    const healthCheck = HealthCheck.https('/up');
    expectProblems(meshProblems({}, { healthCheck }), [
      "service must answer by HTTP, got 'shop/Web', which answers by HTTPS; Istio sees no requests in TLS that is not its " +
        'own: answer by HTTP, and let the mesh encrypt',
    ]);
  });

  test('refuses a second one for the same service, of which proxies would follow any', () => {
    expectProblems(
      problemsOf(() => {
        const chart = emptyChart();
        inMesh(chart, {}, 'First');
        inMesh(chart, {}, 'Second');
      }),
      [
        "service must have no other IstioResilience, got 'shop/First' for payment, too; " +
          'remove one of them, or give both policies as one',
      ],
    );
  });

  test.each([
    [1, 0.5],
    [2, 0.49],
    [9, 0.1],
  ])('refuses a breaker that can leave out none of %i servers, with a share of %d', (replicas, maxOpenShare) => {
    expectProblems(
      meshProblems({ service: { ...PAYMENT, replicas }, policy: of({ circuitBreaker: { maxOpenShare } }) }),
      [
        `policy.circuitBreaker.maxOpenShare must be at least 1/${replicas}, or none of ${replicas} servers is ever left out, ` +
          `got ${maxOpenShare}; raise it, or say allowFailingServers: true`,
      ],
    );
  });

  test.each([
    [1, 1],
    [2, 0.5],
    [3, 1 / 3],
    [10, 0.1],
  ])('takes one that can leave out one of %i servers, with a share of %d', (replicas, maxOpenShare) => {
    const service = { ...PAYMENT, replicas };
    const made = inMesh(emptyChart(), { service, policy: of({ circuitBreaker: { maxOpenShare } }) });
    const { trafficPolicy } = made.destinationRule.toJson().spec;
    expect(trafficPolicy.outlierDetection.maxEjectionPercent * replicas).toBeGreaterThanOrEqual(100);
  });

  test('takes a single server without a breaker', () => {
    inMesh(emptyChart(), { service: { ...PAYMENT, replicas: 1 }, policy: of({ allowFailingServers: true }) });
  });

  test('compares the breaker with the smallest size of a tier', () => {
    const capacity = Capacity.forPeak(1, { max: 50 }); // 2 pods over 2 zones
    expectProblems(meshProblems({ policy: of({ circuitBreaker: { maxOpenShare: 0.4 } }) }, { capacity, zones: 2 }), [
      'policy.circuitBreaker.maxOpenShare must be at least 1/2, or none of 2 servers is ever left out, ' +
        'got 0.4; raise it, or say allowFailingServers: true',
    ]);
  });

  test('refuses to lose what is essential', () => {
    const fallback = { body: 'Soon.' };
    const policy = of({ fallback, essential: ['fallback', 'timeout', 'bulkhead'] });
    expectProblems(meshProblems({ policy }), [
      "policy.essential must name only what Istio can express whole, got 'fallback'; " +
        'fallback: Istio answers with the failure when no server can',
    ]);
  });
});

describe('GatewayResilience', () => {
  test.each([
    [
      'an address as host',
      { host: '10.0.0.1' },
      "host must be a host name in lower case, got '10.0.0.1'; write it as in 'shop.example.com'",
    ],
    ['a missing Gateway', { gateway: undefined }, 'gateway must be an object, got undefined; write it as in { … }'],
    [
      'a Gateway in a namespace with a dot',
      { gateway: { name: 'public', namespace: 'a.b' } },
      "gateway.namespace must be at most 63 lower-case letters, digits and hyphens, got 'a.b'; write it as in 'ingress'",
    ],
    [
      'text that says whether routes can retry',
      { routesCanRetry: 'yes' },
      "routesCanRetry must be true or false, got 'yes'; compare text, as in process.env.NAME === 'true'",
    ],
  ])('refuses %s', (_, props, problem) => {
    expectProblems(gatewayProblems(props), [problem]);
  });

  test('refuses a tier that has a route already: of two for one host, a Gateway follows the older', () => {
    const exposure = { host: 'shop.example.com', gateway: { name: 'public' } };
    expectProblems(gatewayProblems({}, { exposure }), [
      "service must have no route of its own, got 'shop/Web', which has one; give the policy to its exposure, as resilience",
    ]);
  });

  test('refuses to lose what is essential, for each loss', () => {
    const policy = of({ essential: ['retry', 'timeout', 'bulkhead'] });
    const problems = lossesOf('route', {}).filter((loss) => !loss.startsWith('circuitBreaker'));
    expectProblems(
      gatewayProblems({ policy }),
      problems.map(
        (loss) =>
          `policy.essential must name only what an HTTPRoute can express whole, got '${loss.split(':')[0]}'; ${loss}`,
      ),
    );
    expect(gatewayProblems({ policy: of({ essential: ['retry'] }), routesCanRetry: true })).toHaveLength(3);
  });

  test('takes the time limits as essential, and a breaker that it loses anyway for one server', () => {
    const policy = of({ essential: ['timeout'], circuitBreaker: { maxOpenShare: 0.5 } });
    const props = { service: { ...PAYMENT, replicas: 1 }, policy, host: 'a.example.com', gateway: { name: 'public' } };
    expect(new GatewayResilience(emptyChart(), 'It', props).losses).toHaveLength(3);
  });
});

describe('HAWebTier', () => {
  const exposure = { host: 'shop.example.com', gateway: { name: 'public' } };

  test.each([
    [
      'a policy as text',
      { resilience: 'safe' },
      "exposure.resilience must be a ResiliencePolicy, got 'safe'; write ResiliencePolicy.of(…)",
    ],
    [
      'a policy that is wrong itself',
      { resilience: of({ retry: { retries: 99 } }) },
      'exposure.resilience.retry.retries must be a whole number from 0 to 10, got 99; count the tries after the first',
    ],
    [
      'a Gateway that gives up before its pods do',
      { resilience: of({ timeout: { total: seconds(30) } }) }, // 9.866 seconds for each of three tries
      'exposure.resilience.timeout.perTry must cover the longest request of the tier (30 seconds), got 9.866 seconds; ' +
        'raise it, or lower timing.longestRequest',
    ],
    [
      'a breaker that is essential',
      { resilience: of({ essential: ['circuitBreaker'] }) },
      "exposure.resilience.essential must name only what an HTTPRoute can express whole, got 'circuitBreaker'; " +
        'circuitBreaker: an HTTPRoute has no field for it; the Gateway may have a policy of its own',
    ],
    [
      'a number that says whether routes can retry',
      { routesCanRetry: 1 },
      "exposure.routesCanRetry must be true or false, got 1; compare text, as in process.env.NAME === 'true'",
    ],
  ])('refuses %s', (_, choices, problem) => {
    expectProblems(problemsWith({ exposure: { ...exposure, ...choices } }), [problem]);
  });

  test('takes a longest request that is not known, and is refused for that alone', () => {
    const timing = { longestRequest: 30 };
    expect(problemsWith({ timing, exposure: { ...exposure, resilience: of() } })).toEqual([
      'timing.longestRequest must be a Duration, got 30; write Duration.seconds(…)',
    ]);
  });
});

test('resilience on Kubernetes says every sentence that it has', () => {
  const files = ['gateway', 'istio', 'resilience', 'istio-resilience.ts', 'gateway-resilience.ts'];
  const sentences = [...files.map((file) => `constructs/kubernetes/${file}`), 'intent/losses.ts'].flatMap(sentencesIn);
  expect(sentences.length).toBeGreaterThan(8);
  expect(sentences.filter((sentence) => !said.some((problem) => sentence.test(problem)))).toEqual([]);
});
