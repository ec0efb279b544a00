import type { Chart } from 'cdk8s';
import fc from 'fast-check';
import {
  Capacity,
  type CapacityOptions,
  Duration,
  HealthCheck,
  type HttpHealthCheckOptions,
  ResiliencePolicy,
  Size,
} from 'nines';
import {
  HAWebTier,
  type HAWebTierProps,
  type PodContainer,
  type PodResources,
  type Sidecar,
  type WebTierNodes,
} from 'nines/kubernetes';
import { roomForRollout } from '../../../src/constructs/kubernetes/web-tier/room';
import { Coverage } from '../coverage';

/** A tier as a user might write it: valid, and otherwise anything. */
export interface TierConfig {
  readonly capacity: CapacityOptions & { readonly peak: number };
  readonly healthCheck: HttpHealthCheckOptions & { readonly protocol: 'http' | 'https' | 'tcp'; readonly path: string };
  readonly props: Omit<HAWebTierProps, 'capacity' | 'healthCheck'>;
}

/** Everything that a config may hold. */
export function tierCoverage(): Coverage {
  return new Coverage(
    {
      'constructs/kubernetes/web-tier/props.ts': ['HAWebTierProps'],
      'constructs/kubernetes/web-tier/prop-parts.ts': ['Sidecar', 'GatewayExposure', 'IngressExposure', 'SecretKey'],
      'intent/capacity.ts': ['CapacityOptions'],
      'intent/health-check.ts': ['HttpHealthCheckOptions'],
    },
    ['HealthCheck.http', 'HealthCheck.https'],
  );
}

/** What a user passes for a config. */
export function tierProps({ capacity, healthCheck, props }: TierConfig): HAWebTierProps {
  const { peak, ...options } = capacity;
  const { protocol, path, ...check } = healthCheck;
  return {
    ...props,
    capacity: Capacity.forPeak(peak, options),
    healthCheck:
      protocol === 'tcp' ? HealthCheck.tcp({ port: 80, ...check } as never) : HealthCheck[protocol](path, check),
  };
}

/** Builds a config, and counts which props and arms it used. */
export function buildTier(chart: Chart, config: TierConfig, coverage?: Coverage): HAWebTier {
  const props = tierProps(config);
  if (coverage) {
    const { exposure, sidecars = [], secrets = {} } = props;
    coverage.saw('HAWebTierProps', props);
    coverage.saw('CapacityOptions', config.capacity);
    coverage.saw('HttpHealthCheckOptions', config.healthCheck);
    coverage.saw('HealthCheck', { [config.healthCheck.protocol]: true });
    for (const sidecar of sidecars) coverage.saw('Sidecar', sidecar);
    for (const key of Object.values(secrets)) coverage.saw('SecretKey', key);
    if (exposure) {
      const arm = 'gateway' in exposure ? 'GatewayExposure' : 'IngressExposure';
      coverage.saw(arm, exposure);
      coverage.saw('HAWebTierProps', { [`exposure = ${arm}`]: true });
    }
  }
  return new HAWebTier(chart, 'Web', props);
}

const seconds = (min: number, max: number) => fc.integer({ min, max }).map((amount) => Duration.seconds(amount));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const port = fc.integer({ min: 1, max: 65_535 });
const path = fc.stringMatching(/^(\/[a-z0-9._-]{1,8}){1,3}$/);
const objectName = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?(\.[a-z0-9]{1,5})?$/);
const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/);
const host = fc.stringMatching(/^(\*\.)?[a-z]([a-z0-9-]{0,8}[a-z0-9])?\.[a-z]{2,6}$/);

const capacity = (zones: number): fc.Arbitrary<TierConfig['capacity']> =>
  fc
    .record({
      peak: fc.integer({ min: 1, max: 20 }),
      tolerance: fc.constantFrom('default', 'one', 'overload', ...(zones > 2 ? (['two'] as const) : [])),
      above: maybe(fc.integer({ min: 0, max: 30 })),
      safeUse: maybe(fc.double({ min: 0.2, max: 1, noNaN: true })),
      requestsPerSecond: maybe(fc.double({ min: 0.01, max: 5000, noNaN: true })),
    })
    .map(({ peak, tolerance, above, safeUse, requestsPerSecond }) => {
      const options: CapacityOptions = {
        tolerateLostZones: tolerance === 'one' ? 1 : tolerance === 'two' ? 2 : undefined,
        allowOverloadWhenZoneLost: tolerance === 'overload' ? true : tolerance === 'one' ? false : undefined,
        safeUse,
        requestsPerSecond,
      };
      const { minimum } = Capacity.forPeak(peak, options).over(zones);
      return { peak, ...options, max: above === undefined ? undefined : minimum + above };
    });

const healthCheck: fc.Arbitrary<TierConfig['healthCheck']> = fc
  .record({
    protocol: fc.constantFrom('http' as const, 'https' as const),
    path,
    port: maybe(port),
    interval: maybe(fc.integer({ min: 1, max: 300 })),
    timeout: maybe(fc.integer({ min: 1, max: 120 })),
    healthyThreshold: maybe(fc.integer({ min: 1, max: 100 })),
    unhealthyThreshold: maybe(fc.integer({ min: 1, max: 100 })),
    live: maybe(path.map((suffix) => `/live${suffix}`)),
    startup: maybe(path),
  })
  .map(({ interval: every, timeout, ...rest }) => {
    const interval = Math.max(every ?? 10, 2);
    const longest = Math.min(timeout ?? 5, interval - 1);
    return {
      ...rest,
      interval: every === undefined ? undefined : Duration.seconds(interval),
      timeout: longest === 5 && timeout === undefined ? undefined : Duration.seconds(longest),
    };
  });

const timing = fc
  .record({
    startup: maybe(seconds(1, 3600)),
    longestRequest: maybe(fc.integer({ min: 1, max: 600 })),
    beyond: maybe(fc.integer({ min: 0, max: 300 })),
    shutdown: maybe(seconds(1, 3600)),
    slowStart: maybe(seconds(1, 900)),
  })
  .map(({ longestRequest, beyond, ...rest }) => ({
    ...rest,
    longestRequest: longestRequest === undefined ? undefined : Duration.seconds(longestRequest),
    drain: beyond === undefined ? undefined : Duration.seconds((longestRequest ?? 30) + beyond),
  }));

const resources: fc.Arbitrary<PodResources> = fc
  .record({
    cpu: maybe(fc.integer({ min: 1, max: 16_000 })),
    inWholes: fc.boolean(),
    memory: maybe(fc.integer({ min: 1, max: 65_536 })),
    burst: maybe(fc.record({ cpu: maybe(fc.nat(8000)), memory: maybe(fc.nat(8192)) })),
  })
  .map(({ cpu, inWholes, memory, burst }) => ({
    cpu: cpu === undefined ? undefined : inWholes ? String(cpu / 1000) : `${cpu}m`,
    memory: memory === undefined ? undefined : Size.mebibytes(memory),
    allowBurstTo: burst && {
      cpu: burst.cpu === undefined ? undefined : `${(cpu ?? 500) + burst.cpu}m`,
      memory: burst.memory === undefined ? undefined : Size.mebibytes((memory ?? 512) + burst.memory),
    },
  }));

const container: fc.Arbitrary<PodContainer> = fc.record({
  image: fc.constantFrom<string>(
    'registry.example.com:5000/shop/web:1.4.2',
    'nginx:1.29',
    `public.ecr.aws/nginx/nginx@sha256:${'0123456789abcdef'.repeat(4)}`,
  ),
  args: maybe(fc.array(fc.string({ unit: 'grapheme', maxLength: 6 }), { minLength: 1, maxLength: 3 })),
  environment: maybe(fc.dictionary(fc.stringMatching(/^[A-Z]{1,4}$/), fc.string({ unit: 'grapheme' }), { maxKeys: 4 })),
  secrets: maybe(
    fc.dictionary(
      fc.stringMatching(/^zz_[a-z]{1,4}$/),
      fc.record({ secret: objectName, key: fc.stringMatching(/^[\w.-]{1,12}$/) }),
      { maxKeys: 3 },
    ),
  ),
  configMaps: maybe(fc.array(objectName, { maxLength: 3 })),
  resources: maybe(resources),
  writablePaths: maybe(fc.uniqueArray(path, { maxLength: 3 })),
  runAsUser: maybe(fc.integer({ min: 1, max: 2_147_483_647 })),
});

const sidecars: fc.Arbitrary<readonly Sidecar[]> = fc.uniqueArray(
  fc.record({ name: label.filter((name) => name !== 'web'), container }).map((drawn) => ({
    name: drawn.name,
    ...drawn.container,
  })),
  { maxLength: 3, selector: ({ name }) => name },
);

/** Longer than any longest request that is drawn; how policies vary is drawn in `random-resilience`. */
const LONGEST = Duration.minutes(10);

const exposure: fc.Arbitrary<NonNullable<HAWebTierProps['exposure']>> = fc.oneof(
  fc.record({
    host,
    gateway: fc.record({ name: objectName, namespace: maybe(label), sectionName: maybe(label) }),
    routesCanRetry: maybe(fc.boolean()),
    resilience: maybe(
      fc.nat(10).map((retries) => ResiliencePolicy.of({ timeout: { perTry: LONGEST }, retry: { retries } })),
    ),
  }),
  fc.record({ host, ingressClassName: objectName, tlsSecretName: maybe(objectName) }),
);

/** Nodes with just enough room, or with more of it. */
function nodesFor(config: TierConfig['capacity'], zones: number): fc.Arbitrary<WebTierNodes> {
  const { peak, tolerateLostZones: lost = 1, ...options } = config;
  const size = Capacity.forPeak(peak, { ...options, tolerateLostZones: config.tolerateLostZones }).over(zones).maximum;
  const needed = roomForRollout({ size, zones, lost });
  return fc.record({ perZone: fc.integer({ min: 1, max: 6 }), spare: fc.nat(5) }).map(({ perZone, spare }) => ({
    perZone,
    podsPerNode: Math.max(Math.ceil(needed / perZone), Math.ceil(size / zones / Math.max(perZone - 1, 1))) + spare,
  }));
}

/** Valid tiers of every kind. */
export const tiers: fc.Arbitrary<TierConfig> = fc
  .option(fc.integer({ min: 2, max: 6 }), { nil: undefined })
  .chain((zones) =>
    capacity(zones ?? 3).chain((size) =>
      fc
        .record({
          healthCheck,
          container,
          nodes: maybe(nodesFor(size, zones ?? 3)),
          name: maybe(label),
          port: maybe(port),
          timing: maybe(timing),
          budget: maybe(fc.nat()),
          sidecars: maybe(sidecars),
          exposure: maybe(exposure),
          sessionAffinity: maybe(seconds(1, 86_400)),
          priorityClassName: maybe(objectName),
          serviceAccountName: maybe(objectName),
        })
        .map(({ healthCheck: check, container: server, budget, ...props }) => {
          const { peak, ...options } = size;
          const { perZone } = Capacity.forPeak(peak, options).over(zones ?? 3);
          const maxUnavailable = budget === undefined ? undefined : (budget % perZone) + 1;
          return { capacity: size, healthCheck: check, props: { ...server, ...props, zones, maxUnavailable } };
        }),
    ),
  );
