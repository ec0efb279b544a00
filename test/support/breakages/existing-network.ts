import type { ExistingNetworkProps } from 'nines/aws';
import { PROVIDER } from './aws';
import { type Breakage, TOKEN, UNKNOWN } from './breakage';
import { BAD_ZONES, FREE_ZONE } from './zones';

type Row = Breakage<ExistingNetworkProps>;
type Tier = 'applicationSubnets' | 'publicSubnets' | 'dataSubnets';

const VPC: readonly Row[] = [
  {
    what: 'a missing VPC',
    set: { vpcId: undefined },
    says: "vpcId must be the id of a VPC, got undefined; write it as in 'vpc-0abc1234'",
  },
  {
    what: 'the id of something else as that of the VPC',
    set: { vpcId: 'subnet-0abc1234' },
    says: "vpcId must be the id of a VPC, got 'subnet-0abc1234'; write it as in 'vpc-0abc1234'",
  },
];

/** Subnets in these zones, with ids of their own. */
function subnetsIn(zones: readonly unknown[]) {
  return zones.map((zone, position) => ({ zone, subnetId: `subnet-00000${position}ef` }));
}

const zonesOf = ({ applicationSubnets }: ExistingNetworkProps) => applicationSubnets.map(({ zone }) => zone);

/** What is refused of the subnets of every tier. The zones of the others are compared with those of the servers. */
function subnets(tier: Tier): readonly Row[] {
  const servers = tier === 'applicationSubnets';
  const alone = servers ? { publicSubnets: undefined, dataSubnets: undefined } : {};
  const reads = servers ? [] : ['applicationSubnets'];
  return [
    {
      what: `${tier} known only after deployment`,
      set: { [tier]: UNKNOWN.object, ...alone },
      says: `${tier} must be known at synthesis, got ${TOKEN}; write the list itself`,
    },
    {
      what: `${tier} as a list of ids known only after deployment`,
      set: { [tier]: UNKNOWN.list, ...alone },
      says: `${tier} must hold subnets, got ${TOKEN}; write them as { zone, subnetId }`,
    },
    {
      what: `${tier} as text`,
      set: { [tier]: 'subnet-0abc1234', ...alone },
      says: `${tier} must be a list, got 'subnet-0abc1234'; write it as in [ … ]`,
    },
    {
      what: `${tier} of which one is missing`,
      set: (props) => ({ [tier]: [...subnetsIn(zonesOf(props)), undefined], ...alone }),
      reads,
      says: `${tier} must hold subnets, got undefined; write them as { zone, subnetId }`,
    },
    {
      what: `${tier} in a zone known only after deployment`,
      set: (props) => ({ [tier]: subnetsIn([...zonesOf(props), UNKNOWN.text]), ...alone }),
      reads,
      says: `${tier} zone must be known at synthesis, got ${TOKEN}; write the zone's name itself`,
    },
    {
      what: `${tier} by something else than their ids`,
      set: (props) => {
        const [first, ...rest] = zonesOf(props);
        return { [tier]: [{ zone: first, subnetId: 'vpc-0abc1234' }, ...subnetsIn(rest)], ...alone };
      },
      reads,
      says: `${tier} must hold subnet ids, got 'vpc-0abc1234'; write them as in 'subnet-0abc1234'`,
    },
    {
      what: `${tier} that are one subnet`,
      set: (props) => ({ [tier]: zonesOf(props).map((zone) => ({ zone, subnetId: 'subnet-0abc1234' })), ...alone }),
      reads,
      says: `${tier} must not repeat a subnet, got 'subnet-0abc1234' twice; give one per zone`,
    },
  ];
}

/** Zones of the servers' subnets that no network takes; those of the others would not be covered either. */
const ZONES = BAD_ZONES.map(
  (bad): Row => ({
    what: `applicationSubnets: ${bad.what}`,
    set: (props) => ({
      applicationSubnets: subnetsIn(bad.zones(zonesOf(props))),
      publicSubnets: undefined,
      dataSubnets: undefined,
    }),
    reads: ['provider'],
    says: (props) => bad.says('applicationSubnets zones', zonesOf(props)),
  }),
);

/** Subnets that do not go with those of the servers. */
function besideServers(tier: Tier): readonly Row[] {
  const elsewhere = (props: ExistingNetworkProps) => [...zonesOf(props).slice(1), FREE_ZONE];
  return [
    {
      what: `${tier} in other zones than the servers`,
      set: (props) => ({ [tier]: subnetsIn(elsewhere(props)) }),
      reads: ['applicationSubnets'],
      says: (props) =>
        `${tier} must cover the zones of applicationSubnets (${zonesOf(props).join(', ')}), got ` +
        `'${elsewhere(props).join("', '")}'; give one subnet in each of those zones`,
    },
    {
      what: `two ${tier} in one zone`,
      set: (props) => ({ [tier]: subnetsIn([...zonesOf(props), zonesOf(props)[0]]) }),
      reads: ['applicationSubnets'],
      says: (props) => `${tier} zones must all differ, got '${zonesOf(props)[0]}' more than once; name each zone once`,
    },
  ];
}

/** Every way to break a network of `MultiAZNetwork.fromExisting`. */
export const EXISTING_NETWORK: readonly Row[] = [
  ...VPC,
  ...subnets('applicationSubnets'),
  ...ZONES,
  ...subnets('publicSubnets'),
  ...besideServers('publicSubnets'),
  ...subnets('dataSubnets'),
  ...besideServers('dataSubnets'),
  ...PROVIDER,
];
