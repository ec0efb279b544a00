import type { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { MultiRegionGeoDNS, type MultiRegionGeoDNSProps, RegionalRecord, type RegionalRecordProps } from 'nines/aws';
import { sentencesIn } from '../../../support/breakages';
import { GEO_DNS } from '../../../support/breakages/geo-dns';
import { REGIONAL_RECORD } from '../../../support/breakages/hosted-zone';
import { fullGeoDns, fullRegionalRecord } from '../../../support/full-geo-dns';
import { propsIn } from '../../../support/full-props';
import { buildGeoDns, type GeoConfig, geoConfigs, geoProps } from '../../../support/random-geo-dns';
import { ownProvider, refusesAll, SEED } from '../../../support/refuses-all';
import { emptyStack } from '../../../support/synth';
import { providerOf } from './dns';

const VALID_CONFIGS = 20;

const fullOf = (stack: TerraformStack) => fullGeoDns(ownProvider(stack), providerOf(stack, 'us-west-2'));
const everSaid = new Set<string>();
const collect = (said: ReadonlySet<string>) => {
  for (const problem of said) everSaid.add(problem);
};

describe('MultiRegionGeoDNS', () => {
  test(`builds without an error of ${VALID_CONFIGS} random valid props`, () => {
    const property = fc.property(geoConfigs, (config) => {
      buildGeoDns(new Construct(emptyStack(), 'Config'), config);
    });
    fc.assert(property, { seed: SEED, numRuns: VALID_CONFIGS });
  });

  const { tried, said } = refusesAll<GeoConfig, MultiRegionGeoDNSProps>(GEO_DNS, geoConfigs, {
    propsOf: (config, stack) => geoProps(new Construct(stack, 'Config'), config),
    make: (stack, props) => new MultiRegionGeoDNS(stack, 'It', props),
    alone: 1,
  });

  afterAll(() => collect(said));

  test('was broken in every prop', () => {
    const made = /^(hostedZone|endpoints|lastResort|checkerRegions|switchRegions|usEast1Provider|provider)\.|^tags\./;
    const own = propsIn(fullOf(emptyStack())).filter((path) => !made.test(path));
    expect(own.filter((path) => !/^(routing|healthCheck|writerCheck)\./.test(path) && !tried.has(path))).toEqual([]);
  });

  test('takes all its props at once', () => {
    const stack = emptyStack({ region: 'us-east-1' });
    expect(() => new MultiRegionGeoDNS(stack, 'It', fullOf(stack))).not.toThrow();
  });
});

describe('RegionalRecord', () => {
  const { tried, said } = refusesAll<boolean, RegionalRecordProps>(REGIONAL_RECORD, fc.boolean(), {
    propsOf: (own, stack) => {
      const full = fullRegionalRecord(ownProvider(stack));
      return own ? full : { ...full, provider: undefined, hostedZone: 'example.com' };
    },
    make: (stack, props) => new RegionalRecord(stack, 'It', props),
    alone: 1,
    together: 10,
  });

  afterAll(() => collect(said));

  test('was broken in every prop', () => {
    const own = Object.keys(fullRegionalRecord(ownProvider(emptyStack())));
    expect(own.filter((path) => !tried.has(path))).toEqual([]);
  });
});

describe('the ways to break props', () => {
  test('make the source say every sentence that it has', () => {
    const unsaid = sentencesIn('constructs/aws/geo-dns').filter(
      (sentence) => ![...everSaid].some((problem) => sentence.test(problem)),
    );
    const atSynthesis = /record must be a name that nothing else has/; // names.test.ts
    expect(unsaid.map(String).filter((sentence) => !atSynthesis.test(sentence))).toEqual([]);
  });
});
