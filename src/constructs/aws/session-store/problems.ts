import {
  hasMember,
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
import { topicProblems } from '../notifying-props';
import { windowProblems } from '../windows';
import { ENGINES, MOST_REPLICAS, type Settings } from './props';

/** Every reason why ElastiCache would refuse a store of these props, one sentence each. */
export function problemsIn(settings: Settings): string[] {
  const { shards, replicas } = settings;
  return [
    ...networkProblems(settings),
    ...engineProblems(settings),
    ...wholeNumberProblems(
      'replicas',
      replicas,
      { min: 1, max: MOST_REPLICAS },
      'one node alone loses every session with its zone',
    ),
    ...(shards === undefined
      ? []
      : wholeNumberProblems('shards', shards, { min: 1, max: MOST_SHARDS }, 'leave it out for no cluster mode')),
    ...parameterProblems(settings),
    ...(settings.userGroupId === undefined || isTextOf(/^[a-zA-Z][a-zA-Z0-9-]*$/, settings.userGroupId)
      ? []
      : [
          `userGroupId must be the id of a user group, got ${shown(settings.userGroupId)}; write it as ElastiCache shows it`,
        ]),
    ...retentionProblems(settings),
    ...windowProblems(settings.snapshotWindow, settings.maintenanceWindow, WINDOWS),
    ...keyProblems('kmsKeyArn', settings.kmsKeyArn),
    ...topicProblems(settings),
    ...awsProblems(settings),
  ];
}

// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/quota-limits.html
const MOST_SHARDS = 90;
// https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
const WINDOWS = { dailyProp: 'snapshotWindow', weeklyProp: 'maintenanceWindow', shortest: 60 };

function networkProblems({ network }: Settings): string[] {
  if (!hasMember(network, 'zones') || !hasMember(network, 'dataSubnets')) {
    return [`network must be a MultiAZNetwork, got ${shown(network)}; make one, or use MultiAZNetwork.fromExisting`];
  }
  const zones = network.dataSubnets.length;
  if (zones >= 2) return [];
  return [`network must have dataSubnets in at least 2 zones, got ${zones}; add them`];
}

// Types of before 2014 have no failover. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html
const NODE_TYPE = /^cache\.(?!(t1|m1|m2|c1)\.)[a-z]+\d[a-z]*\.[a-z0-9]+$/;

function engineProblems({ engine, engineVersion, nodeType }: Settings): string[] {
  const support = ENGINES[engine];
  if (!support) return [`engine must be 'valkey' or 'redis', got ${shown(engine)}; take one of these`];
  const problems: string[] = [];
  if (isToken(engineVersion)) problems.push(unknownProblem('engineVersion', 'version', engineVersion));
  else if (typeof engineVersion !== 'string' || !support.versions.test(engineVersion)) {
    problems.push(
      `engineVersion must be a version of ${engine} with IAM authentication, major and minor, got ${shown(engineVersion)}; ` +
        `write it as in '${support.version}'`,
    );
  }
  if (isTextOf(NODE_TYPE, nodeType)) return problems;
  return [
    ...problems,
    `nodeType must be a node type of this generation, got ${shown(nodeType)}; write it as in 'cache.m6g.large'`,
  ];
}

const NAME = /^[a-z][a-z0-9-]*$/;
const OURS = 'cluster-enabled';
/** What drops sessions at random, or drops everything that has no end. */
const EVICTIONS = ['volatile-ttl', 'volatile-lru', 'volatile-lfu', 'noeviction'];

function parameterProblems({ writtenParameters, parameters }: Settings): string[] {
  const misshapen = objectProblems('parameters', writtenParameters);
  if (misshapen.length > 0) return misshapen;
  const policy = parameters['maxmemory-policy'];
  return [
    ...Object.entries(writtenParameters).flatMap(([name, value]) => {
      if (name === OURS) return [`parameters must not hold '${OURS}', got ${shown(value)}; give shards instead`];
      if (!NAME.test(name))
        return [`parameters must have names of parameters, got ${shown(name)}; write it as in 'timeout'`];
      return isTextOf(/^/, value) ? [] : [`parameters['${name}'] must be text, got ${shown(value)}; put it in quotes`];
    }),
    ...(isToken(policy) || EVICTIONS.includes(policy)
      ? []
      : [
          `parameters['maxmemory-policy'] must be one of ${EVICTIONS.join(', ')}, got ${shown(policy)}; ` +
            'the others end sessions that are in use',
        ]),
  ];
}

const DAY = 86_400_000;

function retentionProblems({ snapshotRetention }: Settings): string[] {
  const days = isDuration(snapshotRetention) ? snapshotRetention.toMilliseconds({ integral: false }) / DAY : Number.NaN;
  if (Number.isInteger(days) && days >= 1 && days <= 35) return [];
  return [`snapshotRetention must be whole days from 1 to 35, got ${shown(snapshotRetention)}; write Duration.days(…)`];
}
