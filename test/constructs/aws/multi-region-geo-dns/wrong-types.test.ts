import { InvalidPropsError } from 'nines';
import { MultiRegionGeoDNS } from 'nines/aws';
import { withValue } from '../../../support/breakages';
import { fullGeoDns } from '../../../support/full-geo-dns';
import { pathsIn } from '../../../support/full-props';
import { ownProvider } from '../../../support/refuses-all';
import { emptyStack, synth } from '../../../support/synth';
import { WRONG } from '../../../support/wrong-values';
import { providerOf } from './dns';

describe('MultiRegionGeoDNS', () => {
  const around = emptyStack({ region: 'us-east-1' });
  const full = fullGeoDns(ownProvider(around), providerOf(around, 'us-west-2'));
  const paths = pathsIn(full);

  /** At which paths a value is taken: all others refuse it, and never by any other error. */
  const takenIn = (value: unknown): string[] => {
    const stack = emptyStack({ region: 'us-east-1' });
    return paths.flatMap((path, position) => {
      try {
        new MultiRegionGeoDNS(stack, `It${position}`, withValue(full, path, value));
        return [path];
      } catch (error) {
        return error instanceof InvalidPropsError ? [] : [`${path}: ${error}`];
      }
    });
  };

  // Text that is passed on untouched; a token may stand for it.
  const passedOn = [
    ...['hostedZone.zoneId', 'hostedZone.name'],
    ...['endpoints.0.target.dnsName', 'endpoints.0.target.zoneId', 'endpoints.0.checkHost'],
    ...['endpoints.0.alarm.name', 'endpoints.0.routingControlArn'],
    ...['endpoints.2.target.address', 'endpoints.2.target.ipv6Address'],
    ...['lastResort.dnsName', 'lastResort.zoneId', 'notificationTopicArn', 'tags.team'],
  ];
  const TAKEN: Readonly<Record<string, readonly string[]>> = {
    'empty text': ['tags.team'],
    'an empty object': ['tags'],
    'an empty list': ['switchRegions'],
    'a number token': ['tags.team'],
    'a text token': passedOn,
    'an object token': passedOn,
  };

  test.each(Object.entries(WRONG).filter(([what]) => what !== 'null'))(
    'refuses %s but where it may stand',
    (what, value) => {
      expect(takenIn(value)).toEqual(TAKEN[what] ?? []);
    },
  );

  test('hands a token that is no text, as of Fn.conditional(…), to Terraform as it is', () => {
    const token = WRONG['an object token'];
    const result = synth(
      (stack) => {
        const own = fullGeoDns(ownProvider(stack), providerOf(stack, 'us-west-2'));
        new MultiRegionGeoDNS(
          stack,
          'It',
          passedOn.reduce((props, path) => withValue(props, path, token), own),
        );
      },
      { region: 'us-east-1' },
    );
    const text = JSON.stringify(result);
    expect(text).toContain('true ? ');
    expect(text).not.toMatch(/unresolved|TfToken|\[object|creationStack/);
  });

  test('refuses null, or takes it as left out', () => {
    const leftOut = takenIn(undefined);
    expect(takenIn(null).filter((path) => !leftOut.includes(path))).toEqual([]);
  });

  test('refuses undefined for what it needs', () => {
    const taken = takenIn(undefined);
    expect(paths.filter((path) => !taken.includes(path))).toEqual([
      ...['hostedZone', 'hostedZone.zoneId', 'hostedZone.name', 'endpoints'],
      ...['endpoints.0', 'endpoints.0.region', 'endpoints.0.target'],
      ...[
        'endpoints.0.target.dnsName',
        'endpoints.0.target.zoneId',
        'endpoints.0.alarm.name',
        'endpoints.0.alarm.region',
      ],
      ...['endpoints.1', 'endpoints.1.region', 'endpoints.1.target', 'endpoints.1.target.record'],
      ...['endpoints.2', 'endpoints.2.region', 'endpoints.2.target', 'endpoints.2.target.address'],
      ...[
        'healthCheck',
        'checkerRegions.0',
        'checkerRegions.1',
        'checkerRegions.2',
        'lastResort.dnsName',
        'lastResort.zoneId',
      ],
      ...['switchRegions.0', 'switchRegions.0.region', 'switchRegions.0.provider'],
      ...['switchRegions.1', 'switchRegions.1.region', 'switchRegions.1.provider', 'tags.team'],
    ]);
  });
});
