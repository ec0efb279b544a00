import {
  isDuration,
  isTextOf,
  isToken,
  objectProblems,
  shown,
  unknownProblem,
  wholeNumberProblems,
} from '../../../validation';
import { awsProblems } from '../aws-props';
import { keyProblems } from '../encryption-key';
import { regionOfSubnets } from '../network/zones';
import { topicProblems } from '../notifying-props';
import { windowProblems } from '../windows';
import { ENGINES, MOST_REPLICAS, type Settings } from './props';

/** Every reason why ElastiCache would refuse a store of these props, one sentence each. */
export function problemsIn(settings: Settings): string[] {
  const region = regionOfSubnets(settings.network?.dataSubnets);
  return [
    ...networkProblems(settings),
    ...engineProblems(settings),
    ...nodeTypeProblems(settings),
    ...wholeNumberProblems(
      'replicas',
      settings.replicas,
      { min: 1, max: MOST_REPLICAS },
      'one node alone loses every session with its zone',
    ),
    ...shardProblems(settings),
    ...parameterProblems(settings),
    ...(settings.userGroupId === undefined || isTextOf(/^[a-zA-Z][a-zA-Z0-9-]*$/, settings.userGroupId)
      ? []
      : [
          `userGroupId must be the id of a user group, got ${shown(settings.userGroupId)}; write it as ElastiCache shows it`,
        ]),
    ...retentionProblems(settings),
    ...windowProblems(settings.snapshotWindow, settings.maintenanceWindow, WINDOWS),
    ...keyProblems('kmsKeyArn', settings.kmsKeyArn, region),
    ...topicProblems(settings, region),
    ...awsProblems(settings),
  ];
}

// https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
const WINDOWS = { dailyProp: 'snapshotWindow', weeklyProp: 'maintenanceWindow', shortest: 60 };

function networkProblems({ network }: Settings): string[] {
  if (!Array.isArray(network?.dataSubnets)) {
    return [`network must be a MultiAZNetwork, got ${shown(network)}; make one, or use MultiAZNetwork.fromExisting`];
  }
  const zones = network.dataSubnets.length;
  if (zones >= 2) return [];
  return [`network must have dataSubnets in at least 2 zones, got ${zones}; add them`];
}

// 90 until AWS is asked for more. https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
const MOST_NODES = 500;

function shardProblems({ shards, replicas }: Settings): string[] {
  if (shards === undefined) return [];
  const problems = wholeNumberProblems(
    'shards',
    shards,
    { min: 1, max: MOST_NODES / 2 },
    'leave it out for no cluster mode',
  );
  const areReplicasPossible = Number.isInteger(replicas) && replicas <= MOST_REPLICAS; // else they are refused themselves
  if (problems.length > 0 || !areReplicasPossible || shards * (replicas + 1) <= MOST_NODES) return problems;
  return [
    `shards must come to at most ${MOST_NODES} nodes with their replicas, got ${shards} with ${replicas} replicas each; lower one of them`,
  ];
}

// No new nodes of old types; data tiering, which r6gd cannot be without, does not know volatile-ttl.
// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html
// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/data-tiering.html
const NODE_TYPE = /^cache\.(?!(t1|t2|m1|m2|m3|c1|r3|r6gd)\.)[a-z]+\d[a-z]*\.[a-z0-9]+$/;

function nodeTypeProblems({ nodeType }: Settings): string[] {
  if (isTextOf(NODE_TYPE, nodeType)) return [];
  return [
    `nodeType must be a node type of this generation without data tiering, got ${shown(nodeType)}; ` +
      "write it as in 'cache.m6g.large'",
  ];
}

function engineProblems({ engine, engineVersion }: Settings): string[] {
  const support = ENGINES[engine];
  if (!support) return [`engine must be 'valkey' or 'redis', got ${shown(engine)}; take one of these`];
  if (isToken(engineVersion)) return [unknownProblem('engineVersion', 'version', engineVersion)];
  if (typeof engineVersion === 'string' && support.versions.test(engineVersion)) return [];
  return [
    `engineVersion must be a version of ${engine} with IAM authentication, major and minor, got ${shown(engineVersion)}; ` +
      `write it as in '${support.version}'`,
  ];
}

const NAME = /^[a-z][a-z0-9-]*$/;
const OURS = 'cluster-enabled';
/** What drops no session at random, and none that was used a moment ago. */
const EVICTIONS = ['volatile-ttl', 'volatile-lru', 'volatile-lfu', 'noeviction'];

function parameterProblems({ writtenParameters }: Settings): string[] {
  const misshapen = objectProblems('parameters', writtenParameters);
  if (misshapen.length > 0) return misshapen;
  return Object.entries(writtenParameters).flatMap(([name, value]) => {
    if (name === OURS) return [`parameters must not hold '${OURS}', got ${shown(value)}; give shards instead`];
    if (!NAME.test(name)) {
      return [`parameters must have names of parameters, got ${shown(name)}; write it as in 'timeout'`];
    }
    if (!isTextOf(/^/, value)) {
      return [`parameters['${name}'] must be text, got ${shown(value)}; put it in quotes`];
    }
    if (name !== 'maxmemory-policy' || isToken(value) || EVICTIONS.includes(value)) return [];
    return [
      `parameters['maxmemory-policy'] must be one of ${EVICTIONS.join(', ')}, got ${shown(value)}; ` +
        'the others end sessions that are in use',
    ];
  });
}

const DAY = 86_400_000;

function retentionProblems({ snapshotRetention }: Settings): string[] {
  const days = isDuration(snapshotRetention) ? snapshotRetention.toMilliseconds({ integral: false }) / DAY : Number.NaN;
  if (Number.isInteger(days) && days >= 1 && days <= 35) return [];
  return [`snapshotRetention must be whole days from 1 to 35, got ${shown(snapshotRetention)}; write Duration.days(…)`];
}
