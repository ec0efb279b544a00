import { InvalidPropsError, ResiliencePolicy } from 'nines';
import { GatewayResilience, type GatewayResilienceProps, IstioResilience } from 'nines/kubernetes';
import { withValue } from '../../../support/breakages';
import { pathsIn } from '../../../support/full-props';
import { emptyChart } from '../../../support/kubernetes/manifests';

// What reaches props past the compiler, and tokens of a Terraform stack in the same program, by how they are written.
const WRONG: Readonly<Record<string, unknown>> = {
  undefined,
  null: null,
  NaN: Number.NaN,
  'empty text': '',
  'an empty object': {},
  'an empty list': [],
  'a tier that is none': { serviceName: 'payment', servicePort: 80 },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is what a token looks like
  'a text token': '${TfToken[TOKEN.0]}',
  'a number token': -1.8881545897087626e289 * 4.3e9,
  'a list token': ['#{TfToken[TOKEN.1]}'],
};

const FULL: GatewayResilienceProps = {
  service: { name: 'payment', port: 80, namespace: 'bank', replicas: 3 },
  policy: ResiliencePolicy.of(),
  host: 'pay.example.com',
  gateway: { name: 'public', namespace: 'ingress', sectionName: 'https' },
  routesCanRetry: true,
};

describe.each([
  ['IstioResilience', IstioResilience],
  ['GatewayResilience', GatewayResilience],
])('%s', (name, Construct) => {
  const paths = pathsIn(FULL).filter((path) => name === 'GatewayResilience' || /^(service|policy)/.test(path));

  /** The paths at which a value is taken: all others refuse it, and never by any other error. */
  const takenIn = (value: unknown) =>
    paths.filter((path) => {
      try {
        new Construct(emptyChart(), 'It', withValue(FULL, path, value));
        return true;
      } catch (error) {
        if (error instanceof InvalidPropsError) return false;
        throw error;
      }
    });

  const leftOut = [
    'service.namespace',
    'service.replicas',
    'gateway.namespace',
    'gateway.sectionName',
    'routesCanRetry',
  ];

  test.each(Object.keys(WRONG))('refuses %s but where it may be left out', (kind) => {
    expect(takenIn(WRONG[kind])).toEqual(kind === 'undefined' ? paths.filter((path) => leftOut.includes(path)) : []);
  });
});
