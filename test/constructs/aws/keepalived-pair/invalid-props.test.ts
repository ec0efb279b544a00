import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { HealthCheck, InvalidPropsError, ResiliencePolicy } from 'nines';
import { FloatingAddress, KeepalivedPair, type KeepalivedPairProps, type ZonalNetwork } from 'nines/aws';
import { ec2PairCloudInit } from 'nines/linux';
import { sentencesIn } from '../../../support/breakages';
import { UNKNOWN } from '../../../support/breakages/breakage';
import { EC2_PAIR } from '../../../support/breakages/ec2-pair';
import { fullPair } from '../../../support/full-ec2-pair';
import { pathsIn, propsIn } from '../../../support/full-props';
import { REGION } from '../../../support/random-configs';
import {
  buildPair,
  PAIR_PROXY,
  type PairConfig,
  pairConfigs,
  pairProps,
  zonesOf,
} from '../../../support/random-ec2-pair';
import { ownProvider, refusesAll, SEED } from '../../../support/refuses-all';
import { emptyStack } from '../../../support/synth';

const VALID_CONFIGS = 15;

/** A network with subnets for hosts in these zones, and route tables, made of nothing. */
function plainNetwork(zones: readonly string[]): ZonalNetwork {
  const subnets = (tier: number) => zones.map((zone, index) => ({ zone, subnetId: `subnet-0abc${tier}00${index}` }));
  return {
    ...{ vpcId: 'vpc-0abc1234', zones, dataSubnets: [], cidr: '10.64.0.0/16', routeTables: { Main: 'rtb-0abc1234' } },
    ...{ publicSubnets: subnets(1), applicationSubnets: subnets(2) },
  };
}

/** Text that hardly compresses, and is the same each time. */
function noise(length: number): string {
  const lines = Array.from({ length: length / 88 + 1 }, (_, line) =>
    createHash('sha512').update(`${line}`).digest('base64'),
  );
  return lines.join('').slice(0, length);
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

  describe('of which user data gets long', () => {
    const refusal = (choices: Partial<KeepalivedPairProps>): readonly string[] => {
      try {
        new KeepalivedPair(emptyStack({ region: REGION }), 'It', { ...full(), ...choices });
      } catch (error) {
        if (error instanceof InvalidPropsError) return error.problems;
        throw error;
      }
      return [];
    };
    const sizeIn = ([problem = '']: readonly string[]) => Number(problem.match(/got (\d+)/)?.[1]);
    const address = FloatingAddress.elasticIp();

    test('is built as long as that fits, and refused from the first byte that does not', () => {
      let [fits, isTooLong] = [0, 20_000];
      while (isTooLong - fits > 1) {
        const middle = Math.floor((fits + isTooLong) / 2);
        if (refusal({ address, setupCommands: [noise(middle)] }).length === 0) fits = middle;
        else isTooLong = middle;
      }
      expect(fits).toBeGreaterThan(7_000);
      const problems = refusal({ address, setupCommands: [noise(isTooLong)] });
      const size = sizeIn(problems);
      expect(problems).toEqual([
        `proxy and setupCommands must fit into user data of 16128 bytes, compressed, with the files of the pair, got ${size}; ` +
          'shorten pages and lists, let setup commands fetch the rest, or bake an image',
      ]);
      expect(size).toBeGreaterThan(16_128);
      expect(size).toBeLessThan(16_134);
    });

    test.each([
      ['an Elastic IP', address],
      ['routes whose tables are known only after deployment', undefined],
    ])('is measured with %s to some bytes, whatever ids AWS gives', (_, elastic) => {
      const setupCommands = [noise(12_000)];
      const routeTables = Object.fromEntries(['A', 'B', 'C', 'D'].map((name) => [name, UNKNOWN.text]));
      const measured = sizeIn(
        refusal({ setupCommands, address: elastic ?? FloatingAddress.overlay('172.31.255.1', { routeTables }) }),
      );
      const id = (prefix: string) => `${prefix}-${randomBytes(9).toString('hex').slice(1)}`;
      const ip = () => [...randomBytes(4)].join('.');
      const node = (letter: string) => ({ name: `It-${letter}`, address: ip(), networkInterfaceId: id('eni') });
      for (let round = 0; round < 10; round++) {
        const texts = ec2PairCloudInit({
          ...full(),
          nodes: [node('b'), node('a')],
          address: elastic
            ? { publicIp: ip(), allocationId: id('eipalloc'), privateAddresses: [ip(), ip()] }
            : { overlay: '172.31.255.1', routeTableIds: [id('rtb'), id('rtb'), id('rtb'), id('rtb')] },
          ...{ region: REGION, name: 'shop-it-0123abcd', setup: setupCommands },
        });
        for (const text of Object.values(texts)) expect(Math.abs(gzipSync(text).length - measured)).toBeLessThan(40);
      }
    });

    test('counts pages and servers of HAProxy', () => {
      const [backend] = PAIR_PROXY.backends;
      if (backend === undefined) throw new Error('never');
      const image = `<img src="data:image/png;base64,${noise(12_000)}">`;
      const page = { ...backend, policy: ResiliencePolicy.of({ fallback: { body: image, contentType: 'text/html' } }) };
      expect(sizeIn(refusal({ proxy: { ...PAIR_PROXY, backends: [page] } }))).toBeGreaterThan(17_000);
      const ten = Array.from({ length: 10 }, (_, index) => index);
      const more = [...ten, ...ten].map((_, k) => ({
        ...{ name: `shop${k}`, healthCheck: HealthCheck.http('/health', { port: 8080 + k }) },
        servers: ten.map((server) => ({ name: `s${server}`, address: `10.64.${k}.${server * 23}`, port: 8080 + k })),
      }));
      const routes = more.map(({ name }) => ({ hosts: [`${name}.example.com`], backend: name }));
      const proxy = {
        ...PAIR_PROXY,
        frontends: PAIR_PROXY.frontends.map((frontend) => ({ ...frontend, routes })),
        backends: [backend, ...more],
      };
      expect(refusal({ proxy, setupCommands: [noise(4_000)] })).toEqual([]);
      expect(sizeIn(refusal({ proxy, setupCommands: [noise(7_000)] }))).toBeGreaterThan(16_384);
    });
  });

  test('was broken in every prop', () => {
    const own = propsIn(full()).filter(
      (path) => !/^(network|address|healthCheck|proxy|zones|ports|clients|setupCommands)\./.test(path),
    );
    expect(own.filter((path) => !tried.has(path))).toEqual([]);
  });

  test('has no sentence that nothing makes it say', () => {
    const sentences = ['constructs/aws/keepalived-pair', 'constructs/aws/floating-address.ts'].flatMap(sentencesIn);
    const tooLong = /must fit into user data/; // above
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
