import { Duration } from 'nines';
import type { SessionStoreProps } from 'nines/aws';
import { REGION } from '../random-configs';
import { AWS } from './aws';
import { type Breakage, TOKEN, UNKNOWN } from './breakage';
import { keys, topics } from './data-tier';

type Row = Breakage<SessionStoreProps>;

const NETWORK_RULE = 'make one, or use MultiAZNetwork.fromExisting';

const NETWORK: readonly Row[] = [
  {
    what: 'a missing network',
    set: { network: undefined },
    says: `network must be a MultiAZNetwork, got undefined; ${NETWORK_RULE}`,
  },
  {
    what: 'the id of a network in place of it',
    set: { network: 'vpc-0abc1234' },
    says: `network must be a MultiAZNetwork, got 'vpc-0abc1234'; ${NETWORK_RULE}`,
  },
  {
    what: 'a network whose data subnets are text, as of JSON',
    set: ({ network }) => ({ network: { ...network, dataSubnets: 'subnet-0abc3000' } }),
    says: `network must be a MultiAZNetwork, got an object; ${NETWORK_RULE}`,
  },
  {
    what: 'a network without data subnets',
    set: ({ network }) => ({ network: { ...network, dataSubnets: [] } }),
    says: 'network must have dataSubnets in at least 2 zones, got 0; add them',
  },
  {
    what: 'a network with data subnets in one zone', // terraform-provider-aws#25831: refused at apply
    set: ({ network }) => ({ network: { ...network, dataSubnets: network.dataSubnets.slice(0, 1) } }),
    says: 'network must have dataSubnets in at least 2 zones, got 1; add them',
  },
];

const version = (engine: string, got: string, example: string) =>
  `engineVersion must be a version of ${engine} with IAM authentication, major and minor, got ${got}; write it as in '${example}'`;

const NODES: readonly Row[] = [
  {
    what: 'an engine that replicates nothing',
    set: { engine: 'memcached', engineVersion: undefined },
    says: "engine must be 'valkey' or 'redis', got 'memcached'; take one of these",
  },
  {
    what: 'an engineVersion known only after deployment',
    set: { engineVersion: UNKNOWN.text },
    reads: ['engine'],
    says: `engineVersion must be known at synthesis, got ${TOKEN}; write the version itself`,
  },
  {
    what: 'a patch version, which ElastiCache chooses',
    set: { engineVersion: '8.0.1', engine: 'valkey' },
    says: version('valkey', "'8.0.1'", '8.0'),
  },
  {
    what: 'a version of Redis OSS without IAM authentication',
    set: { engineVersion: '6.2', engine: 'redis' },
    says: version('redis', "'6.2'", '7.1'),
  },
  {
    what: 'a version of the other engine',
    set: { engineVersion: '7.1', engine: 'valkey' },
    says: version('valkey', "'7.1'", '8.0'),
  },
  {
    what: 'a version as a number',
    set: { engineVersion: 8, engine: 'valkey' },
    says: version('valkey', '8', '8.0'),
  },
  ...['cache.r6gd.xlarge', 'cache.t2.micro', 'm6g.large'].map(
    (nodeType): Row => ({
      what: `${nodeType} as a node type`,
      set: { nodeType },
      says: `nodeType must be a node type of this generation without data tiering, got '${nodeType}'; write it as in 'cache.m6g.large'`,
    }),
  ),
  // terraform-provider-aws#18522, #17605: Multi-AZ with one node is refused at apply
  ...[0, 6, 1.5].map(
    (replicas): Row => ({
      what: `${replicas} replicas`,
      set: { replicas },
      reads: ['shards'],
      says: `replicas must be a whole number from 1 to 5, got ${replicas}; one node alone loses every session with its zone`,
    }),
  ),
  {
    what: 'replicas known only after deployment',
    set: { replicas: UNKNOWN.number },
    reads: ['shards'],
    says: `replicas must be known at synthesis, got ${TOKEN}; write the number itself`,
  },
  ...[0, 251].map(
    (shards): Row => ({
      what: `${shards} shards`,
      set: { shards },
      says: `shards must be a whole number from 1 to 250, got ${shards}; leave it out for no cluster mode`,
    }),
  ),
  {
    what: 'a part of a replica of as many shards as there can be',
    set: { replicas: 1.5, shards: 250 },
    says: 'replicas must be a whole number from 1 to 5, got 1.5; one node alone loses every session with its zone',
  },
  {
    what: 'no more than the network of a store of as many nodes as there can be',
    set: { network: undefined, shards: 100, replicas: 4 },
    says: `network must be a MultiAZNetwork, got undefined; ${NETWORK_RULE}`,
  },
  {
    what: 'more nodes than a store can have',
    set: { shards: 100, replicas: 5 },
    says: 'shards must come to at most 500 nodes with their replicas, got 100 with 5 replicas each; lower one of them',
  },
];

const PARAMETERS: readonly Row[] = [
  {
    what: 'parameters known only after deployment',
    set: { parameters: UNKNOWN.object },
    says: `parameters must be known at synthesis, got ${TOKEN}; write the object itself`,
  },
  {
    what: 'parameters as a list',
    set: { parameters: ['timeout'] },
    says: "parameters must be an object, got 'timeout'; write it as in { … }",
  },
  {
    what: 'cluster mode as a parameter',
    set: { parameters: { 'cluster-enabled': 'yes' } },
    says: "parameters must not hold 'cluster-enabled', got 'yes'; give shards instead",
  },
  {
    what: 'a parameter of no name',
    set: { parameters: { maxmemoryPolicy: 'volatile-ttl' } },
    says: "parameters must have names of parameters, got 'maxmemoryPolicy'; write it as in 'timeout'",
  },
  {
    what: 'a parameter as a number',
    set: { parameters: { timeout: 300 } },
    says: "parameters['timeout'] must be text, got 300; put it in quotes",
  },
  ...['allkeys-lru', 'volatile-random'].map(
    (policy): Row => ({
      what: `an eviction of sessions that are in use (${policy})`,
      set: { parameters: { 'maxmemory-policy': policy } },
      says:
        `parameters['maxmemory-policy'] must be one of volatile-ttl, volatile-lru, volatile-lfu, noeviction, got '${policy}'; ` +
        'the others end sessions that are in use',
    }),
  ),
];

const snapshotWindow = (got: string) =>
  `snapshotWindow must be a time of day (UTC) of at least 60 minutes, got '${got}'; write it as in '02:00-03:00'`;
const maintenanceWindow = (got: string) =>
  `maintenanceWindow must be a time of the week (UTC) from 60 minutes to a day, got '${got}'; write it as in 'sun:04:00-sun:05:00'`;
const BOTH = ['maintenanceWindow', 'snapshotWindow'];

const TIMES: readonly Row[] = [
  ...(
    [
      [Duration.days(0), '0 seconds'],
      [Duration.days(36), '36 days'],
      [Duration.hours(36), '1 day 12 hours'],
    ] as const
  ).map(
    ([snapshotRetention, text]): Row => ({
      what: `snapshots kept for ${text}`,
      set: { snapshotRetention },
      says: `snapshotRetention must be whole days from 1 to 35, got ${text}; write Duration.days(…)`,
    }),
  ),
  {
    what: 'snapshots kept for a number',
    set: { snapshotRetention: 7 },
    says: 'snapshotRetention must be whole days from 1 to 35, got 7; write Duration.days(…)',
  },
  {
    what: 'a snapshotWindow shorter than an hour',
    set: { snapshotWindow: '02:00-02:30' },
    reads: BOTH,
    says: snapshotWindow('02:00-02:30'),
  },
  {
    what: 'a maintenanceWindow shorter than an hour',
    set: { maintenanceWindow: 'sun:04:00-sun:04:30' },
    reads: BOTH,
    says: maintenanceWindow('sun:04:00-sun:04:30'),
  },
  {
    what: 'a maintenanceWindow without days',
    set: { maintenanceWindow: '04:00-05:00' },
    reads: BOTH,
    says: maintenanceWindow('04:00-05:00'),
  },
  {
    what: 'windows that overlap',
    set: { maintenanceWindow: 'wed:23:30-thu:02:30', snapshotWindow: '02:00-03:00' },
    says: "maintenanceWindow must not overlap snapshotWindow ('02:00-03:00'), got 'wed:23:30-thu:02:30'; move one of them",
  },
];

const HERE = { region: REGION, by: 'network' };

/** Every way to break a `SessionStore`. */
export const SESSION_STORE: readonly Row[] = [
  ...NETWORK,
  ...NODES,
  ...PARAMETERS,
  {
    what: 'a user group that no user group is called',
    set: { userGroupId: 'shop users' },
    says: "userGroupId must be the id of a user group, got 'shop users'; write it as ElastiCache shows it",
  },
  ...TIMES,
  ...keys('kmsKeyArn', HERE),
  ...topics('notificationTopicArn', HERE),
  ...AWS,
];
