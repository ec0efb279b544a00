import fc from 'fast-check';
import { MultiAZNetwork } from 'nines/aws';
import { LEAST, subnetsOf, synthNetwork } from '../../support/network';
import { type Blocks, emptyStack } from '../../support/synth';

const ALL_ZONES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((letter) => `eu-west-1${letter}`);
const NAT_ZONE = 'eu-west-1c';

describe('MultiAZNetwork', () => {
  // if every smaller network is a part of the largest, adding a zone changes nothing, and the order does not count
  test.each([
    { nat: 'a NAT gateway in every zone', allowNatSinglePointOfFailure: undefined },
    { nat: 'a single NAT gateway', allowNatSinglePointOfFailure: NAT_ZONE },
  ])('with $nat changes nothing that is there when a zone is added or the order changes', (props) => {
    const largest = synthNetwork({ ...props, zones: ALL_ZONES }).resource;
    fc.assert(
      fc.property(otherZones, (others) => {
        const part = synthNetwork({ ...props, zones: [...others, NAT_ZONE] }).resource;
        expect(withoutEndpoints(largest)).toMatchObject(withoutEndpoints(part));
        for (const [id, { route_table_ids: tables, ...endpoint }] of Object.entries(part.aws_vpc_endpoint ?? {})) {
          const later = largest.aws_vpc_endpoint?.[id];
          expect(later).toMatchObject(endpoint);
          expect(later?.route_table_ids).toEqual(expect.arrayContaining(asList(tables))); // it serves the new zone, too
        }
      }),
      { numRuns: 8 },
    );
  });

  test('calls what lies in a zone by the letter of the zone', () => {
    const zones = ['eu-west-1h', 'eu-west-1c'];
    const { node } = new MultiAZNetwork(emptyStack(), 'Network', { ...LEAST, zones });
    const ids = node.children.map((child) => child.node.id).filter((id) => id.startsWith('Zone'));
    expect(ids).toEqual(['ZoneC', 'ZoneH']);
  });

  test('keeps the ranges of your own plan, zone by zone', () => {
    const subnets = {
      'eu-west-1a': { public: '10.20.0.0/27', application: '10.20.1.0/24', data: '10.20.2.0/28' },
      'eu-west-1b': { public: '10.20.8.0/24', application: '10.20.16.0/20', data: '10.20.9.0/26' },
    };
    const result = synthNetwork({ zones: [...LEAST.zones].reverse(), subnets });
    const ranges = (tier: 'public' | 'application' | 'data') =>
      subnetsOf(result, tier).map(({ cidr_block }) => cidr_block);
    expect(ranges('public')).toEqual(['10.20.0.0/27', '10.20.8.0/24']);
    expect(ranges('application')).toEqual(['10.20.1.0/24', '10.20.16.0/20']);
    expect(ranges('data')).toEqual(['10.20.2.0/28', '10.20.9.0/26']);
  });
});

const otherZones = fc.shuffledSubarray(
  ALL_ZONES.filter((zone) => zone !== NAT_ZONE),
  { minLength: 1, maxLength: 3 },
);

function withoutEndpoints({ aws_vpc_endpoint, ...rest }: Blocks): Blocks {
  return rest;
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
