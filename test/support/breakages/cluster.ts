import { Capacity, Duration, Size } from 'nines';
import type { MultiAZClusterProps } from 'nines/aws';
import { AWS } from './aws';
import { type Breakage, TOKEN, UNKNOWN } from './breakage';
import { ACCESS } from './cluster-access';
import { keys, topics } from './data-tier';

type Row = Breakage<MultiAZClusterProps>;

const NETWORK_RULE = 'make one, or use MultiAZNetwork.fromExisting';

const NETWORK: readonly Row[] = [
  {
    what: 'the id of a network in place of it',
    set: { network: 'vpc-0abc1234' },
    reads: ['capacity'],
    says: `network must be a MultiAZNetwork, got 'vpc-0abc1234'; ${NETWORK_RULE}`,
  },
  {
    what: 'a network in one zone',
    set: ({ network }) => ({
      'network.zones': network.zones.slice(0, 1),
      'network.applicationSubnets': network.applicationSubnets.slice(0, 1),
      capacity: { min: 1, max: 2 },
    }),
    says: ({ network }) =>
      `network.zones must name at least 2 availability zones, got '${network.zones[0]}'; add a zone of the same region`,
  },
  {
    what: 'a network without a subnet in one of its zones',
    set: ({ network }) => ({ 'network.applicationSubnets': network.applicationSubnets.slice(1) }),
    says: ({ network: { zones, applicationSubnets } }) => {
      const got = applicationSubnets.slice(1).map(({ zone }) => `'${zone}'`);
      return (
        `network.applicationSubnets must be one in each of the zones (${zones.join(', ')}), got ${got.join(', ')}; ` +
        'the nodes of a zone have a subnet of their own'
      );
    },
  },
];

const version = (got: string) =>
  `version must be a Kubernetes version, major and minor, of 1.31 or later, got ${got}; write it as in '1.35'`;

const VERSION: readonly Row[] = [
  ...[undefined, '1.30', '1.34.1', 'v1.34', 'latest', 1.34].map(
    (wrong): Row => ({
      what: `${wrong} as the version`,
      set: { version: wrong },
      reads: ['nodes.releaseVersion'],
      needs: ({ nodes }) => nodes?.releaseVersion === undefined,
      says: version(typeof wrong === 'string' ? `'${wrong}'` : String(wrong)),
    }),
  ),
  {
    what: 'a version known only after deployment',
    set: { version: UNKNOWN.text },
    reads: ['nodes.releaseVersion'],
    says: `version must be known at synthesis, got ${TOKEN}; write the version itself`,
  },
];

const CAPACITY: readonly Row[] = [
  {
    what: 'a number of nodes in place of a capacity',
    set: { capacity: 6 },
    says: 'capacity must be a Capacity or the sizes of a zone, got 6; write Capacity.forPeak(…) or { min: …, max: … }',
  },
  {
    what: 'a capacity that its zones do not carry',
    set: { capacity: Capacity.forPeak(0) },
    reads: ['network'],
    says: 'capacity.peak must be a whole number of at least 1, got 0; say how many units carry the peak',
  },
  {
    what: 'more nodes in a zone than a group holds',
    set: ({ network }) => ({ capacity: Capacity.forPeak(1, { max: 451 * network.zones.length }) }),
    reads: ['network'],
    says: 'capacity must come to at most 450 nodes in a zone, got 451; lower peak or max, or take larger nodes',
  },
  {
    what: 'a zone without nodes',
    set: { capacity: { min: 0, max: 3 } },
    says: 'capacity.min must be a whole number from 1 to 450, got 0; say how many nodes a zone always has',
  },
  {
    what: 'a zone without a largest size',
    set: { capacity: { min: 1 } },
    says: 'capacity.max must be a whole number from 1 to 450, got undefined; say how many nodes a zone may have',
  },
  {
    what: 'a largest size below the smallest',
    set: { capacity: { min: 3, max: 2 } },
    says: 'capacity.max must be at least min (3), got 2; raise max or lower min',
  },
];

const types = (wrong: unknown): Row['set'] => ({ 'nodes.instanceTypes': wrong });

const NODES: readonly Row[] = [
  {
    what: 'an instance type in place of the nodes',
    set: { nodes: 'm6i.large' },
    says: "nodes must be an object, got 'm6i.large'; write it as in { … }",
  },
  {
    what: 'an instance type in place of a list of them',
    set: types('m6i.large'),
    says: "nodes.instanceTypes must be a list, got 'm6i.large'; write it as in [ … ]",
  },
  {
    what: 'instance types known only after deployment',
    set: types(UNKNOWN.list),
    says: `nodes.instanceTypes must be known at synthesis, got ${TOKEN}; write the list itself`,
  },
  {
    what: 'no instance type',
    set: types([]),
    says: 'nodes.instanceTypes must be from 1 to 20, got 0; leave it out for one that is good for most',
  },
  {
    what: 'what is no instance type',
    set: types(['m6i.large', 'large']),
    says: "nodes.instanceTypes must hold instance types, got 'large'; write them as in 'm6i.large'",
  },
  {
    what: 'instance types whose every pod is one of the cluster',
    set: types(['t3.nano', 't3.large', 't3.micro']),
    says: "nodes.instanceTypes must have room for more than the pods of every node, got 't3.nano', 't3.micro'; take large ones, and fewer",
  },
  {
    what: 'instance types of two architectures',
    set: types(['m6i.large', 'm7g.large']),
    says: 'nodes.instanceTypes must be of one processor architecture, got m6i.large (x86_64), m7g.large (arm64); images run on one of them',
  },
  {
    what: 'a number of gibibytes in place of a size',
    set: { 'nodes.volumeSize': 50 },
    says: 'nodes.volumeSize must be a Size, got 50; write Size.gibibytes(…)',
  },
  {
    what: 'a volume smaller than the image',
    set: { 'nodes.volumeSize': Size.gibibytes(19) },
    says: 'nodes.volumeSize in GiB must be a whole number from 20 to 16384, got 19; write Size.gibibytes(…)',
  },
  {
    what: 'a release that is none',
    set: { 'nodes.releaseVersion': 'latest' },
    says: "nodes.releaseVersion must be a release of the machine image, got 'latest'; write it as in '1.34.1-20251112'",
  },
  {
    what: 'a release of another Kubernetes version',
    set: { 'nodes.releaseVersion': '1.32.1-20251112' },
    reads: ['version'],
    says: (props) =>
      `nodes.releaseVersion must be of the Kubernetes version (${props.version}), got '1.32.1-20251112'; take a release of it`,
  },
];

const open = (...ranges: unknown[]): Row['set'] => ({
  publicAccessCidrs: ranges,
  allowPublicAccessFromAnywhere: undefined,
});
const tooLarge = (range: string) =>
  `publicAccessCidrs[0] must be no larger than a /8, got '${range}'; ` +
  'name the ranges that are yours, or set allowPublicAccessFromAnywhere: true';
const notPublic = (range: string) =>
  `publicAccessCidrs[0] must be a range of the internet, got '${range}'; use allowFrom for what is in the VPC`;

const ENDPOINT: readonly Row[] = [
  ...['0.0.0.0/0', '128.0.0.0/1'].map(
    (range): Row => ({ what: `an API that is open to ${range}`, set: open(range), says: tooLarge(range) }),
  ),
  ...['10.20.0.0/16', '172.16.5.0/24', '192.168.0.0/16', '100.64.0.0/10'].map(
    (range): Row => ({ what: `${range} among the ranges of the internet`, set: open(range), says: notPublic(range) }),
  ),
  {
    what: 'a range that does not start at its first address',
    set: open('203.0.113.7/24'),
    says: "publicAccessCidrs[0] must be an IPv4 range that starts at its first address, got '203.0.113.7/24'; write it as in '10.20.0.0/16'",
  },
  {
    what: 'a range in place of a list of them',
    set: { publicAccessCidrs: '203.0.113.0/24', allowPublicAccessFromAnywhere: undefined },
    says: "publicAccessCidrs must be a list, got '203.0.113.0/24'; write it as in [ … ]",
  },
  {
    what: 'ranges known only after deployment',
    set: { publicAccessCidrs: UNKNOWN.list, allowPublicAccessFromAnywhere: undefined },
    says: `publicAccessCidrs must be known at synthesis, got ${TOKEN}; write the list itself`,
  },
  {
    what: 'more ranges than EKS takes',
    set: open(...Array.from({ length: 41 }, (_, count) => `203.0.113.${count}/32`)),
    says: 'publicAccessCidrs must be at most 40, got 41; join some of them',
  },
  {
    what: 'ranges beside everybody',
    set: { publicAccessCidrs: ['203.0.113.0/24'], allowPublicAccessFromAnywhere: true },
    says: 'publicAccessCidrs must not stand beside allowPublicAccessFromAnywhere, got both; keep the ranges',
  },
  {
    what: 'allowPublicAccessFromAnywhere as text',
    set: { allowPublicAccessFromAnywhere: 'false' },
    says: "allowPublicAccessFromAnywhere must be true or false, got 'false'; compare text, as in process.env.NAME === 'true'",
  },
];

const ADD_ONS: readonly Row[] = [
  {
    what: 'a list of add-ons',
    set: { addOnVersions: ['coredns'] },
    says: "addOnVersions must be an object, got 'coredns'; write it as in { … }",
  },
  {
    what: 'a version of an add-on that the cluster does not have',
    set: { addOnVersions: { karpenter: 'v1.0.0-eksbuild.1' } },
    says: "addOnVersions must be of add-ons of the cluster (vpc-cni, kube-proxy, eks-pod-identity-agent, coredns, metrics-server, aws-ebs-csi-driver), got 'karpenter'; add others beside it",
  },
  {
    what: 'a version that is none of an add-on',
    set: { addOnVersions: { coredns: 'latest' } },
    says: "addOnVersions['coredns'] must be a version of the add-on, got 'latest'; write it as in 'v1.12.3-eksbuild.1'",
  },
];

const HERE = { region: 'us-east-1', by: 'provider' };

/** Every way to break a `MultiAZCluster`. */
export const CLUSTER: readonly Row[] = [
  ...NETWORK,
  ...VERSION,
  ...CAPACITY,
  ...NODES,
  ...ACCESS,
  ...ENDPOINT,
  ...ADD_ONS,
  {
    what: 'logs kept for a time that CloudWatch does not know',
    set: { logRetention: Duration.days(45) },
    says: "logRetention must be one of CloudWatch's periods (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days), got 45 days; take the next longer one",
  },
  ...keys('kmsKeyArn', HERE),
  ...topics('notificationTopicArn', HERE),
  ...AWS,
];
