import { randomBytes } from 'node:crypto';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { KeepalivedPair, type KeepalivedPairProps, type ZonalNetwork } from 'nines/aws';
import { sentencesIn } from '../../../support/breakages';
import { EC2_PAIR } from '../../../support/breakages/ec2-pair';
import { fullPair } from '../../../support/full-ec2-pair';
import { pathsIn, propsIn } from '../../../support/full-props';
import { REGION } from '../../../support/random-configs';
import { buildPair, type PairConfig, pairConfigs, pairProps, zonesOf } from '../../../support/random-ec2-pair';
import { ownProvider, refusesAll, SEED } from '../../../support/refuses-all';
import { emptyStack, problemsOf } from '../../../support/synth';

const VALID_CONFIGS = 15;

/** A network with subnets for hosts in these zones, and route tables, made of nothing. */
function plainNetwork(zones: readonly string[]): ZonalNetwork {
  const subnets = (tier: number) => zones.map((zone, index) => ({ zone, subnetId: `subnet-0abc${tier}00${index}` }));
  return {
    ...{ vpcId: 'vpc-0abc1234', zones, dataSubnets: [], cidr: '10.64.0.0/16', routeTables: { Main: 'rtb-0abc1234' } },
    ...{ publicSubnets: subnets(1), applicationSubnets: subnets(2) },
  };
}

const full = () => fullPair(ownProvider(emptyStack({ region: REGION })), plainNetwork(['us-east-1a', 'us-east-1b']));

describe('KeepalivedPair', () => {
  test(`builds without an error of ${VALID_CONFIGS} random valid props`, () => {
    const property = fc.property(pairConfigs, (config) => {
      buildPair(new Construct(emptyStack({ region: REGION }), 'Config'), config);
    });
    fc.assert(property, { seed: SEED, numRuns: VALID_CONFIGS });
  });

  const { tried, said } = refusesAll<PairConfig, KeepalivedPairProps>(EC2_PAIR, pairConfigs, {
    propsOf: (config, stack) => ({
      ...pairProps(config, plainNetwork(zonesOf(config))),
      provider: config.ownProvider ? ownProvider(stack) : undefined,
    }),
    make: (stack, props) => new KeepalivedPair(stack, 'It', props),
  });

  test('refuses setup commands that do not fit into user data', () => {
    const long = randomBytes(4200).toString('base64');
    const [problem] = problemsOf(
      () => new KeepalivedPair(emptyStack({ region: REGION }), 'It', { ...full(), setupCommands: [long] }),
    );
    expect(problem).toMatch(
      /^setupCommands must come to at most 4096 bytes, compressed, got 4\d{3}; let them fetch the rest, or bake an image$/,
    );
  });

  test('was broken in every prop', () => {
    const own = propsIn(full()).filter(
      (path) => !/^(network|address|healthCheck|proxy|zones|ports|clients|setupCommands)\./.test(path),
    );
    expect(own.filter((path) => !tried.has(path))).toEqual([]);
  });

  test('has no sentence that nothing makes it say', () => {
    const sentences = ['constructs/aws/keepalived-pair', 'constructs/aws/floating-address.ts'].flatMap(sentencesIn);
    const tooLong = /setupCommands must come to/; // above
    const unsaid = sentences.filter(
      (sentence) => !tooLong.test(sentence.source) && ![...said].some((problem) => sentence.test(problem)),
    );
    expect(unsaid.map(String)).toEqual([]);
  });

  test('takes all its props at once', () => {
    expect(pathsIn(full()).length).toBeGreaterThan(20);
    expect(() => new KeepalivedPair(emptyStack({ region: REGION }), 'It', full())).not.toThrow();
  });
});
