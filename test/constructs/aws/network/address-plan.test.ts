import fc from 'fast-check';
import { rangesOf } from '../../../../src/constructs/aws/network/address-plan';
import { subnetsOf, synthNetwork } from '../../../support/network';

const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

describe('The address plan of a MultiAZNetwork', () => {
  test.each([
    ['10.20.0.0/16', 'eu-west-1a', '10.20.0.0/20', '10.20.16.0/21', '10.20.24.0/22'], // of docs/network.md
    ['10.20.0.0/16', 'eu-west-1b', '10.20.32.0/20', '10.20.48.0/21', '10.20.56.0/22'],
    ['10.20.0.0/16', 'eu-west-1h', '10.20.224.0/20', '10.20.240.0/21', '10.20.248.0/22'],
    ['192.168.8.0/21', 'eu-west-1a', '192.168.8.0/25', '192.168.8.128/26', '192.168.8.192/27'],
    ['192.168.8.0/21', 'eu-west-1h', '192.168.15.0/25', '192.168.15.128/26', '192.168.15.192/27'],
  ])('of %s gives %s %s for the application, %s for data and %s public', (cidr, zone, application, data, open) => {
    expect(rangesOf(cidr, zone)).toEqual({ application, data, public: open });
  });

  test('is what the subnets get', () => {
    const result = synthNetwork({ cidr: '10.20.0.0/16', zones: ['eu-west-1b', 'eu-west-1h'] });
    const ranges = (tier: 'public' | 'application' | 'data') =>
      subnetsOf(result, tier).map((subnet) => subnet.cidr_block);
    expect(ranges('application')).toEqual(['10.20.32.0/20', '10.20.224.0/20']);
    expect(ranges('data')).toEqual(['10.20.48.0/21', '10.20.240.0/21']);
    expect(ranges('public')).toEqual(['10.20.56.0/22', '10.20.248.0/22']);
  });

  test('never lets two subnets overlap, in any range', () => {
    fc.assert(
      fc.property(networks, (cidr) => {
        const sorted = LETTERS.flatMap((letter) => blocksOf(cidr, letter)).sort((a, b) => a.first - b.first);
        const overlaps = sorted.slice(1).filter((block, position) => !(block.first > Number(sorted[position]?.last)));
        expect(overlaps).toEqual([]);
      }),
    );
  });

  test('keeps each zone inside the eighth that belongs to its letter', () => {
    fc.assert(
      fc.property(networks, fc.constantFrom(...LETTERS), (cidr, letter) => {
        const network = block(cidr);
        for (const { first, last } of blocksOf(cidr, letter)) {
          const eighth = (address: number) => Math.floor(((address - network.first) * 8) / network.size);
          expect([eighth(first), eighth(last)]).toEqual([LETTERS.indexOf(letter), LETTERS.indexOf(letter)]);
        }
      }),
    );
  });

  test('gives half of a block to the application, a quarter to data, an eighth to the public subnet', () => {
    fc.assert(
      fc.property(networks, fc.constantFrom(...LETTERS), (cidr, letter) => {
        const share = block(cidr).size / 8;
        const [application, data, open] = blocksOf(cidr, letter).map(({ size }) => size / share);
        expect([application, data, open]).toEqual([1 / 2, 1 / 4, 1 / 8]);
      }),
    );
  });

  test('writes every range as AWS takes it, starting at its first address', () => {
    fc.assert(
      fc.property(networks, fc.constantFrom(...LETTERS), (cidr, letter) => {
        for (const { first, size } of blocksOf(cidr, letter)) expect(first % size).toBe(0);
      }),
    );
  });

  test('leaves a load balancer the /27 that it needs, also in the smallest network', () => {
    expect(block(rangesOf('10.0.0.0/21', 'eu-west-1a').public).size).toBe(32);
  });
});

/** A range as numbers, worked out without the library that the plan is made with. */
function block(cidr: string): { first: number; last: number; size: number } {
  const [address = '', bits] = cidr.split('/');
  const first = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const size = 2 ** (32 - Number(bits));
  return { first, last: first + size - 1, size };
}

function blocksOf(cidr: string, letter: string) {
  const { application, data, public: open } = rangesOf(cidr, `eu-west-1${letter}`);
  return [application, data, open].map(block);
}

/** Every range that a network may have, all over the addresses. */
const networks = fc
  .record({ bits: fc.integer({ min: 16, max: 21 }), place: fc.nat(2 ** 32 - 1) })
  .map(({ bits, place }) => {
    const size = 2 ** (32 - bits);
    const first = place - (place % size);
    const octets = [2 ** 24, 2 ** 16, 2 ** 8, 1].map((unit) => Math.floor(first / unit) % 256);
    return `${octets.join('.')}/${bits}`;
  });
