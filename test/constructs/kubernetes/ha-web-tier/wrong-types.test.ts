import { Duration, InvalidPropsError, ResiliencePolicy, Size } from 'nines';
import { HAWebTier, type HAWebTierProps, type PodContainer } from 'nines/kubernetes';
import { withValue } from '../../../support/breakages';
import { pathsIn } from '../../../support/full-props';
import { emptyChart } from '../../../support/kubernetes/manifests';
import { type TierConfig, tierProps } from '../../../support/kubernetes/random-tiers';
import { WRONG } from '../../../support/wrong-values';

const CONTAINER: Required<PodContainer> = {
  image: 'registry.example.com/shop:1.4.2',
  args: ['serve'],
  environment: { LOG_LEVEL: 'info' },
  secrets: { DB: { secret: 'shop', key: 'url' } },
  configMaps: ['shop'],
  resources: {
    cpu: '1',
    memory: Size.gibibytes(1),
    allowBurstTo: { cpu: '2', memory: Size.gibibytes(2) },
  },
  writablePaths: ['/tmp'],
  runAsUser: 1001,
};

/** Every prop, by Gateway or by Ingress. */
const full = (exposure: HAWebTierProps['exposure']): TierConfig => ({
  capacity: {
    peak: 4,
    max: 20,
    tolerateLostZones: 1,
    allowOverloadWhenZoneLost: false,
    safeUse: 0.8,
    requestsPerSecond: 5,
  },
  healthCheck: {
    ...{ protocol: 'http', path: '/health/ready', port: 8080, live: '/health/live', startup: '/health/startup' },
    ...{ interval: Duration.seconds(10), timeout: Duration.seconds(5), healthyThreshold: 2, unhealthyThreshold: 3 },
  },
  props: {
    ...CONTAINER,
    zones: 3,
    nodes: { perZone: 10, podsPerNode: 10 },
    name: 'shop',
    port: 8081,
    timing: {
      ...{ startup: Duration.minutes(1), longestRequest: Duration.seconds(20), drain: Duration.seconds(30) },
      ...{ shutdown: Duration.seconds(10), slowStart: Duration.minutes(1) },
    },
    maxUnavailable: 1,
    sidecars: [{ ...CONTAINER, name: 'proxy' }],
    exposure,
    sessionAffinity: Duration.hours(1),
    priorityClassName: 'customers',
    serviceAccountName: 'shop',
  },
});

const BY_GATEWAY = full({
  host: 'shop.example.com',
  gateway: { name: 'public', namespace: 'ingress', sectionName: 'https' },
  routesCanRetry: true,
  resilience: ResiliencePolicy.of(),
});
const BY_INGRESS = full({ host: 'shop.example.com', ingressClassName: 'nginx', tlsSecretName: 'shop-tls' });
const PATHS = [
  ...pathsIn(BY_GATEWAY).map((path) => ({ path, config: BY_GATEWAY })),
  ...pathsIn(BY_INGRESS)
    .filter((path) => /exposure\.(ingress|tls)/.test(path))
    .map((path) => ({ path, config: BY_INGRESS })),
].filter(({ path }) => !/^(props|capacity|healthCheck|healthCheck\.protocol)$/.test(path));

/** The paths at which a value is taken: all others refuse it, and never by any other error. */
function takenIn(value: unknown): readonly string[] {
  return PATHS.map(({ path, config }) => outcome(path, config, value)).filter((answer) => answer !== 'refused');
}

function outcome(path: string, config: TierConfig, value: unknown): string {
  try {
    new HAWebTier(emptyChart(), 'It', tierProps(withValue(config, path, value)));
    return path.replace(/^props\./, '');
  } catch (error) {
    return error instanceof InvalidPropsError ? 'refused' : `${path}: ${error}`;
  }
}

const both = (...paths: readonly string[]) => [...paths, ...paths.map((path) => `sidecars.0.${path}`)];

describe('HAWebTier', () => {
  test.each<[string, readonly string[]]>([
    ['NaN', []],
    ['empty text', both('args.0', 'environment.LOG_LEVEL')],
    ['an empty object', both('environment', 'secrets', 'resources', 'resources.allowBurstTo').concat('timing')],
    ['an empty list', both('configMaps', 'writablePaths').concat('sidecars')],
    ['a list of nothing', []],
    ['a number token', []],
    ['a text token', []],
    ['a list token', []],
    ['an object token', []],
  ])('refuses %s but where it may stand', (name, taken) => {
    expect([...takenIn(WRONG[name])].sort()).toEqual([...taken].sort());
  });

  test('refuses null, or takes it as left out', () => {
    const leftOut = takenIn(undefined);
    expect(takenIn(null).filter((path) => !leftOut.includes(path))).toEqual([]);
  });

  test('refuses undefined for what it needs', () => {
    const taken = takenIn(undefined);
    const needed = PATHS.map(({ path }) => path.replace(/^props\./, '')).filter((path) => !taken.includes(path));
    const named = both(
      ...['image', 'args.0', 'environment.LOG_LEVEL', 'secrets.DB', 'secrets.DB.secret', 'secrets.DB.key'],
      ...['configMaps.0', 'writablePaths.0'],
    );
    expect([...needed].sort()).toEqual(
      [
        ...named,
        ...['capacity.peak', 'healthCheck.path', 'nodes.perZone', 'nodes.podsPerNode', 'sidecars.0', 'sidecars.0.name'],
        ...['exposure.host', 'exposure.gateway', 'exposure.gateway.name', 'exposure.ingressClassName'],
      ].sort(),
    );
  });

  test.each(Object.entries(WRONG).filter(([name]) => name !== 'an empty object'))(
    'refuses %s as an intent',
    (_, value) => {
      for (const intent of ['capacity', 'healthCheck']) {
        const props = withValue(tierProps(BY_GATEWAY), intent, value);
        expect(() => new HAWebTier(emptyChart(), 'It', props)).toThrow('HAWebTier "shop/It" cannot be built');
      }
    },
  );
});
