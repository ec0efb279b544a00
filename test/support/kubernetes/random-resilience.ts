import type { Chart } from 'cdk8s';
import fc from 'fast-check';
import {
  Capacity,
  Duration,
  HealthCheck,
  ResiliencePolicy,
  type ResiliencePolicyOptions,
  type RetryReason,
} from 'nines';
import {
  GatewayResilience,
  type GatewayRoute,
  HAWebTier,
  IstioResilience,
  type ServiceAddress,
} from 'nines/kubernetes';
import { Coverage } from '../coverage';

/** Calls to a service as a user might treat them: valid, and otherwise anything. */
export interface CallsConfig {
  readonly policy: ResiliencePolicyOptions;
  /** What the service is; none for a tier of the same chart. */
  readonly service: ServiceAddress | undefined;
  /** The Gateway that takes the requests from outside. */
  readonly route: GatewayRoute;
}

const REASONS = ['connection-failure', 'no-answer', 500, 502, 503, 504] as const;
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'] as const;
const DUPLICATES = ['POST', 'PATCH'] as const;
/** What Istio may express whole. */
const PARTS = ['timeout', 'retry', 'circuitBreaker', 'bulkhead'] as const;
const KINDS = ['database', 'external-api', 'internal-api', 'email', 'analytics'] as const;

/** Everything that a config may hold. */
export function callsCoverage(): Coverage {
  return new Coverage(
    {
      'intent/resilience/options.ts': ['ResiliencePolicyOptions', 'BulkheadOptions'],
      'constructs/kubernetes/istio-resilience.ts': ['IstioResilienceProps'],
      'constructs/kubernetes/gateway-resilience.ts': ['GatewayResilienceProps'],
      'constructs/kubernetes/resilience/service.ts': ['ServiceAddress'],
    },
    [
      ...REASONS.map((reason) => `RetryOptions.on[${reason}]`),
      ...METHODS.map((method) => `RetryOptions.methods[${method}]`),
      ...DUPLICATES.map((method) => `RetryOptions.allowDuplicates[${method}]`),
      ...PARTS.map((part) => `ResiliencePolicyOptions.essential[${part}]`),
    ],
  );
}

/** Builds a config on both targets, as far as each takes what is essential, and counts which props and arms it used. */
export function buildCalls(chart: Chart, config: CallsConfig, coverage?: Coverage): void {
  const { route } = config;
  const policy = ResiliencePolicy.of(config.policy);
  const service = config.service ?? tier(chart, policy);
  const inMesh = { service, policy };
  // a route leaves out most of what may be essential: there nothing is but time limits
  const essential = config.policy.essential?.filter((part) => part === 'timeout');
  const atGateway = { ...inMesh, ...route, policy: ResiliencePolicy.of({ ...config.policy, essential }) };
  new IstioResilience(chart, 'Calls', inMesh);
  new GatewayResilience(chart, 'Requests', atGateway);
  if (coverage) count(config, { inMesh, atGateway }, coverage);
}

function tier(chart: Chart, policy: ResiliencePolicy): HAWebTier {
  return new HAWebTier(chart, 'Web', {
    image: 'registry.example.com/shop:1.4.2',
    capacity: Capacity.forPeak(40), // however small the share is that a breaker may leave out
    healthCheck: HealthCheck.http('/health/ready', { port: 8080 }),
    timing: { longestRequest: Duration.seconds(Math.floor(perTryOf(policy))) },
  });
}

function perTryOf(policy: ResiliencePolicy): number {
  return policy.plan().timeout?.perTry.toSeconds({ integral: false }) ?? 30;
}

interface Props {
  readonly inMesh: object;
  readonly atGateway: object;
}

function count({ policy, service }: CallsConfig, { inMesh, atGateway }: Props, coverage: Coverage): void {
  const arm = service === undefined ? 'HAWebTier' : 'ServiceAddress';
  coverage.saw('ResiliencePolicyOptions', policy);
  coverage.saw('IstioResilienceProps', { ...inMesh, [`service = ${arm}`]: true });
  coverage.saw('GatewayResilienceProps', { ...atGateway, [`service = ${arm}`]: true });
  if (service) coverage.saw('ServiceAddress', service);
  if (typeof policy.bulkhead === 'object') {
    coverage.saw('BulkheadOptions', policy.bulkhead);
    coverage.saw('ResiliencePolicyOptions', { 'bulkhead = BulkheadOptions': true });
  }
  const { on = [], methods = [], allowDuplicates = [] } = policy.retry ?? {};
  for (const [list, items] of Object.entries({ on, methods, allowDuplicates })) {
    for (const item of items) coverage.saw('RetryOptions', { [`${list}[${item}]`]: true });
  }
  for (const part of policy.essential ?? []) coverage.saw('ResiliencePolicyOptions', { [`essential[${part}]`]: true });
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const seconds = (min: number, max: number) => fc.integer({ min, max }).map((amount) => Duration.seconds(amount));
const some = <T>(items: readonly T[]) => fc.shuffledSubarray([...items], { minLength: 1 });
const many = fc.integer({ min: 1, max: 1_000_000 });
const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/);
const share = fc.double({ min: 0, minExcluded: true, max: 1, noNaN: true });

const retry = fc.record({
  retries: maybe(fc.nat(10)),
  backoff: maybe(
    fc
      .record({ base: maybe(fc.integer({ min: 1, max: 3000 })), above: maybe(fc.nat(50_000)) })
      .map(({ base, above }) => ({
        base: base === undefined ? undefined : Duration.millis(base),
        max: above === undefined ? undefined : Duration.millis((base ?? 100) + above),
      })),
  ),
  on: maybe(some<RetryReason>(REASONS)),
  methods: maybe(some(METHODS)),
  allowDuplicates: maybe(some(DUPLICATES)),
  budget: maybe(share),
});

/** Times with room for ten retries and their longest waits, below an hour in all. */
const timeout = fc
  .record({ perTry: maybe(fc.integer({ min: 1, max: 60_000 })), beyond: maybe(fc.nat(300_000)) })
  .map(({ perTry, beyond }) => ({
    perTry: perTry === undefined ? undefined : Duration.millis(perTry),
    total: beyond === undefined ? undefined : Duration.millis(11 * (perTry ?? 1000) + 10 * 60_000 + beyond),
  }));

/** Valid choices of a policy, as far as every target takes them. */
export const policies: fc.Arbitrary<ResiliencePolicyOptions> = fc
  .record({
    timeout: maybe(timeout),
    retry: maybe(retry),
    circuitBreaker: maybe(
      fc.record({
        consecutiveErrors: maybe(fc.integer({ min: 1, max: 1000 })),
        openFor: maybe(seconds(1, 3600)),
        maxOpenShare: maybe(fc.double({ min: 0.02, max: 1, noNaN: true })),
      }),
    ),
    bulkhead: maybe(fc.oneof(fc.constantFrom(...KINDS), fc.record({ maxConcurrent: many, maxPending: maybe(many) }))),
    rateLimit: maybe(fc.record({ requests: many, per: seconds(1, 3600) })),
    fallback: maybe(
      fc.record({
        status: maybe(fc.integer({ min: 200, max: 599 })),
        contentType: maybe(fc.constantFrom('application/json', 'text/html; charset=utf-8')),
        body: fc.string({ unit: 'grapheme', minLength: 1 }),
      }),
    ),
    essential: maybe(some(PARTS)),
    allowEndlessWait: maybe(fc.boolean()),
    allowFailingServers: maybe(fc.boolean()),
    allowUnboundedLoad: maybe(fc.boolean()),
  })
  .map(({ essential, ...drawn }) => {
    const options = {
      ...drawn,
      timeout: drawn.allowEndlessWait ? undefined : drawn.timeout,
      circuitBreaker: drawn.allowFailingServers ? undefined : drawn.circuitBreaker,
      bulkhead: drawn.allowUnboundedLoad ? undefined : drawn.bulkhead,
    };
    return { ...options, essential: essential?.filter((part) => isWhole(part, options)) };
  });

/** Whether a part is there, and Istio expresses it whole. */
function isWhole(part: (typeof PARTS)[number], options: ResiliencePolicyOptions): boolean {
  if (part === 'timeout') return options.allowEndlessWait !== true;
  if (part === 'circuitBreaker') return options.allowFailingServers !== true;
  if (part === 'bulkhead') return options.allowUnboundedLoad !== true;
  return options.retry?.retries !== 0 && options.retry?.backoff?.max === undefined;
}

const service: fc.Arbitrary<ServiceAddress> = fc.record({
  name: label,
  port: fc.integer({ min: 1, max: 65_535 }),
  namespace: maybe(label),
  replicas: maybe(fc.integer({ min: 50, max: 500 })),
});

const route: fc.Arbitrary<GatewayRoute> = fc.record({
  host: fc.stringMatching(/^(\*\.)?[a-z]([a-z0-9-]{0,8}[a-z0-9])?\.[a-z]{2,6}$/),
  gateway: fc.record({ name: label, namespace: maybe(label), sectionName: maybe(label) }),
  routesCanRetry: maybe(fc.boolean()),
});

/** Valid calls of every kind; a tier has no longest request below a second, and so no policy with shorter tries. */
export const calls: fc.Arbitrary<CallsConfig> = fc
  .record({ policy: policies, service, isTier: fc.boolean(), route })
  .map(({ isTier, ...drawn }) => ({
    ...drawn,
    service: isTier && perTryOf(ResiliencePolicy.of(drawn.policy)) >= 1 ? undefined : drawn.service,
  }));
