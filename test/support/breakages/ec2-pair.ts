import { Duration, HealthCheck } from 'nines';
import { FloatingAddress, type KeepalivedPairProps } from 'nines/aws';
import { REGION } from '../random-configs';
import { PAIR_PROXY } from '../random-ec2-pair';
import { AWS } from './aws';
import { type Breakage, TOKEN, UNKNOWN } from './breakage';
import { topics } from './data-tier';

type Row = Breakage<KeepalivedPairProps>;

const isPublic = ({ address }: KeepalivedPairProps) => address.isPublic;
const isOverlay = (props: KeepalivedPairProps) => !isPublic(props);
const ON_NETWORK = ['zones', 'address'];

const NETWORK: readonly Row[] = [
  ...[undefined, 'vpc-0abc1234', {}].map(
    (network): Row => ({
      what: `${typeof network} as a network`,
      set: { network },
      reads: ON_NETWORK,
      says: `network must be a MultiAZNetwork, got ${network === undefined ? 'undefined' : typeof network === 'string' ? "'vpc-0abc1234'" : 'an object'}; make one, or use MultiAZNetwork.fromExisting`,
    }),
  ),
  {
    what: 'an Elastic IP in a network without public subnets',
    set: ({ network }) => ({ network: { ...network, publicSubnets: [] } }),
    reads: ON_NETWORK,
    needs: isPublic,
    says: 'network must have publicSubnets in at least 2 zones for an Elastic IP, got 0; add them',
  },
  {
    what: 'an overlay address in a network with application subnets in one zone',
    set: ({ network }) => ({ network: { ...network, applicationSubnets: network.applicationSubnets.slice(0, 1) } }),
    reads: ON_NETWORK,
    needs: isOverlay,
    says: 'network must have applicationSubnets in at least 2 zones for an overlay address, got 1; add them',
  },
  {
    what: 'zones known only after deployment',
    set: { zones: UNKNOWN.list },
    reads: ['network', 'address'],
    says: `zones must be known at synthesis, got ${TOKEN}; write the names itself`,
  },
  ...[
    [(zones: readonly string[]) => zones.slice(0, 1), 'one zone'],
    [(zones: readonly string[]) => [zones[0], zones[0]], 'the same zone twice'],
    [(zones: readonly string[]) => [zones[0], 'eu-north-1a'], 'a zone that the network does not have'],
    [() => 'us-east-1a', 'text'],
  ].map(([choose, what]): Row => {
    const chosen = choose as (zones: readonly string[]) => unknown;
    const shown = (value: unknown) =>
      Array.isArray(value) ? value.map((zone) => `'${zone}'`).join(', ') : `'${value}'`;
    return {
      what: `${what} as zones`,
      set: ({ network }) => ({ zones: chosen(network.zones) }),
      reads: ['network', 'address'],
      says: ({ network, address }) => {
        const there = (address.isPublic ? network.publicSubnets : network.applicationSubnets).map(({ zone }) => zone);
        return `zones must be two zones that the network has such subnets in (${there.join(', ')}), got ${shown(chosen(network.zones))}; leave it out for the first two`;
      },
    };
  }),
];

const overlay = (got: string) =>
  `address of overlay must be a private IPv4 address, got ${got}; take one of 10.0.0.0/8, 172.16.0.0/12, ` +
  "192.168.0.0/16 or 100.64.0.0/10 that nobody else has, as in '172.31.255.1'";
const TABLES = { routeTables: { One: 'rtb-0abc1234' } };

const ADDRESS: readonly Row[] = [
  {
    what: 'an address as text',
    set: { address: '172.31.255.1' },
    reads: ['network', 'zones', 'clients'],
    says: "address must be a FloatingAddress, got '172.31.255.1'; write FloatingAddress.elasticIp() or FloatingAddress.overlay('172.31.255.1')",
  },
  ...[
    '8.8.8.8',
    '172.31.255.256',
    '172.31.255.1/32',
    '172.32.0.1',
    '100.128.0.1',
    '192.168.1',
    '127.0.0.1',
    '010.0.0.1',
    '',
  ].map(
    (address): Row => ({
      what: `'${address}' as an overlay address`,
      set: { address: FloatingAddress.overlay(address, TABLES) },
      reads: ['network', 'zones', 'clients'],
      says: overlay(`'${address}'`),
    }),
  ),
  {
    what: 'no overlay address',
    set: { address: FloatingAddress.overlay(undefined as unknown as string, TABLES) },
    reads: ['network', 'zones', 'clients'],
    says: overlay('undefined'),
  },
  {
    what: 'an overlay address known only after deployment',
    set: { address: FloatingAddress.overlay(UNKNOWN.text, TABLES) },
    reads: ['network', 'zones', 'clients'],
    says: `address of overlay must be known at synthesis, got ${TOKEN}; write the address itself`,
  },
  {
    what: 'an overlay address inside of the VPC',
    set: ({ network }) => ({
      address: FloatingAddress.overlay('10.77.3.4', TABLES),
      network: { ...network, cidr: '10.77.0.0/16' },
    }),
    reads: ['zones', 'clients'],
    says: "address of overlay must be outside of the VPC (10.77.0.0/16), got '10.77.3.4'; inside, its own subnet answers for it and no route can move it",
  },
  {
    what: 'an overlay address in a network whose route tables are not known',
    set: ({ network }) => ({
      address: FloatingAddress.overlay('172.31.255.1'),
      network: { ...network, routeTables: undefined },
    }),
    reads: ['zones', 'clients'],
    says: 'address.routeTables must be given with a network that was there before, got none; name every route table whose servers reach the address',
  },
  {
    what: 'no route tables',
    set: { address: FloatingAddress.overlay('172.31.255.1', { routeTables: {} }) },
    reads: ['network', 'zones', 'clients'],
    says: 'address.routeTables must name a route table, got none; leave it out for those of a MultiAZNetwork',
  },
  {
    what: 'route tables as a list',
    set: { address: FloatingAddress.overlay('172.31.255.1', { routeTables: ['rtb-0abc1234'] as never }) },
    reads: ['network', 'zones', 'clients'],
    says: "address.routeTables must be an object, got 'rtb-0abc1234'; write it as in { … }",
  },
  ...[
    [{ main: 'main' }, "'main' as 'main'"],
    [{ '1st': 'rtb-0abc1234' }, "'rtb-0abc1234' as '1st'"],
  ].map(
    ([routeTables, got]): Row => ({
      what: `${got} among route tables`,
      set: { address: FloatingAddress.overlay('172.31.255.1', { routeTables: routeTables as never }) },
      reads: ['network', 'zones', 'clients'],
      says: `address.routeTables must be ids of route tables by name, got ${got}; write it as in { public: 'rtb-0abc1234' }`,
    }),
  ),
];

const PAIR: readonly Row[] = [
  {
    what: 'neither a health check nor a proxy',
    set: { healthCheck: undefined, proxy: undefined },
    says: "healthCheck must be given where there is no proxy, got none; write HealthCheck.http('/health', { port: 8080 })",
  },
  {
    what: 'a health check as text',
    set: { healthCheck: '/health' },
    says: "healthCheck must be a HealthCheck, got '/health'; write HealthCheck.http('/health', { port: 8080 })",
  },
  {
    what: 'a proxy for nothing',
    set: { proxy: { frontends: [], backends: [] } },
    says: [
      'proxy.frontends must hold at least one, got none; add one',
      'proxy.backends must hold at least one, got none; add one',
    ],
  },
  {
    what: 'a frontend on the port of the check of HAProxy',
    set: { proxy: { ...PAIR_PROXY, frontends: [{ name: 'web', port: 8405, backend: 'shop' }] } },
    says: 'proxy.frontends must leave port 8405 to the check of HAProxy, which listens everywhere on EC2, got 8405; take another port',
  },
  {
    what: 'a health check that asks for longer than its interval',
    set: { healthCheck: HealthCheck.tcp({ port: 80, interval: Duration.seconds(1), timeout: Duration.seconds(5) }) },
    says: 'healthCheck.timeout must be shorter than interval (1 second), got 5 seconds; lower timeout or raise interval',
  },
  {
    what: 'an interface of no name',
    set: { interface: 'ens 5' },
    says: "interface must be 1 to 15 letters, digits, '-', '_' or '.', got 'ens 5'; give it as `ip link` shows it",
  },
  {
    what: 'a failover that adverts cannot keep',
    set: { failoverWithin: Duration.seconds(1), advertInterval: Duration.seconds(1) },
    says:
      'failoverWithin must be at least 3.86 seconds with adverts every 1 second (three adverts, the skew of the lower priority ' +
      'and 0.25 seconds to take over), got 1 second; raise it, or lower advertInterval to 0.2 seconds',
  },
  {
    what: 'adverts between the hundredths of a second',
    set: { advertInterval: Duration.millis(15) },
    says: 'advertInterval must be in hundredths of a second, got 0.015 seconds; VRRPv3 counts so: round it to 10 milliseconds',
  },
];

const HOSTS: readonly Row[] = [
  {
    what: 'an image by its name',
    set: { machineImage: 'debian-12' },
    says: "machineImage must be the id of an AMI, got 'debian-12'; write it as in 'ami-0abc1234def567890'",
  },
  ...['large', 't2.micro', 'm4.large', 'i3.large'].map(
    (instanceType): Row => ({
      what: `${instanceType} as an instance type`,
      set: { instanceType },
      says: `instanceType must be an instance type of the Nitro system, got '${instanceType}'; write it as in 'm6i.large'`,
    }),
  ),
  {
    what: 'a setup command that is not set',
    set: { setupCommands: [undefined] },
    says: 'setupCommands[0] must be text, got undefined; put it in quotes, or set what it is read from',
  },
  {
    what: 'setup commands as text',
    set: { setupCommands: 'true' },
    says: "setupCommands must be a list, got 'true'; write it as in [ … ]",
  },
  {
    what: 'ports of nobody',
    set: { ports: [] },
    says: 'ports must name a port that clients reach, got none; leave it out for that of the health check',
  },
  {
    what: 'a port that is none',
    set: { ports: [80, 0] },
    says: 'ports[1] must be a whole number from 1 to 65535, got 0; give the port that the servers listen on',
  },
  {
    what: 'a port twice',
    set: { ports: [80, 443, 80] },
    says: 'ports must all differ, got 80 more than once; name each once',
  },
  {
    what: 'ports as a number',
    set: { ports: 80 },
    says: 'ports must be a list, got 80; write it as in [ … ]',
  },
  {
    what: 'clients by a range that starts in the middle',
    set: { clients: ['10.9.0.1/16'] },
    says: "clients[0] must be an IPv4 range that starts at its first address, got '10.9.0.1/16'; write it as in '10.20.0.0/16'",
  },
  {
    what: 'clients as text',
    set: { clients: '10.9.0.0/16' },
    says: "clients must be a list, got '10.9.0.0/16'; write it as in [ … ]",
  },
  {
    what: 'sessionManager as text',
    set: { sessionManager: 'yes' },
    says: "sessionManager must be true or false, got 'yes'; compare text, as in process.env.NAME === 'true'",
  },
];

/** Every way to break a `KeepalivedPair`; setup that is too long is tried by itself, since what it comes to is compressed. */
export const EC2_PAIR: readonly Row[] = [
  ...NETWORK,
  ...ADDRESS,
  ...PAIR,
  ...HOSTS,
  ...topics<KeepalivedPairProps>('notificationTopicArn', { region: REGION, by: 'network' }),
  ...AWS,
];
