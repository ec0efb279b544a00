import {
  isRecord,
  isTextOf,
  isToken,
  objectProblems,
  shown,
  unknownProblem,
  wholeNumberProblems,
} from '../../../validation';
import { awsProblems } from '../aws-props';
import { keyProblems } from '../encryption-key';
import { logRetentionProblems } from '../log-retention';
import { zoneProblems } from '../network/zones';
import { topicProblems } from '../notifying-props';
import { accessProblems } from './access-problems';
import { endpointProblems } from './endpoint-problems';
import { nodeProblems } from './node-problems';
import { type ClusterAddOn, isCapacity, type Settings } from './props';

/**
 * Every reason why EKS would refuse a cluster of these props, or it would not survive a zone, one sentence each.
 *
 * @param region region of the provider, if it is known
 */
export function problemsIn(settings: Settings, region: string | undefined): string[] {
  return [
    ...networkProblems(settings, region),
    ...versionProblems(settings),
    ...capacityProblems(settings),
    ...nodeProblems(settings),
    ...accessProblems(settings),
    ...endpointProblems(settings),
    ...addOnProblems(settings),
    ...logRetentionProblems('logRetention', settings.logRetention),
    ...keyProblems('kmsKeyArn', settings.kmsKeyArn, region),
    ...topicProblems(settings, region),
    ...awsProblems(settings),
  ];
}

function networkProblems({ network }: Settings, region: string | undefined): string[] {
  if (!isNetwork(network)) {
    return [`network must be a MultiAZNetwork, got ${shown(network)}; make one, or use MultiAZNetwork.fromExisting`];
  }
  const { zones, applicationSubnets } = network;
  const problems = zoneProblems('network.zones', zones, region);
  const covered = applicationSubnets.map((subnet) => subnet?.zone);
  if (problems.length > 0 || (covered.length === zones.length && zones.every((zone) => covered.includes(zone)))) {
    return problems;
  }
  return [
    `network.applicationSubnets must be one in each of the zones (${zones.join(', ')}), got ${shown(covered)}; ` +
      'the nodes of a zone have a subnet of their own',
  ];
}

function isNetwork(network: Settings['network']): boolean {
  return [network?.zones, network?.applicationSubnets].every(Array.isArray);
}

// The first whose budgets let pods go that are sick already, as those of nines say (KEP-3017).
const OLDEST = 31;

function versionProblems({ version }: Settings): string[] {
  if (isToken(version)) return [unknownProblem('version', 'version', version)];
  const [, minor] = /^1\.(\d{2})$/.exec(String(version)) ?? [];
  if (typeof version === 'string' && Number(minor) >= OLDEST) return [];
  return [
    `version must be a Kubernetes version, major and minor, of 1.${OLDEST} or later, got ${shown(version)}; write it as in '1.35'`,
  ];
}

// https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html
const MOST_NODES = 450;

function capacityProblems({ capacity, network }: Settings): string[] {
  if (isCapacity(capacity)) {
    if (!isNetwork(network)) return [];
    const zones = network.zones.length;
    const problems = capacity.problemsOver(zones);
    if (problems.length > 0) return problems;
    const most = Math.floor(capacity.over(zones).maximum / zones);
    if (most <= MOST_NODES) return [];
    return [
      `capacity must come to at most ${MOST_NODES} nodes in a zone, got ${most}; lower peak or max, or take larger nodes`,
    ];
  }
  if (!isRecord(capacity)) {
    return [
      `capacity must be a Capacity or the sizes of a zone, got ${shown(capacity)}; write Capacity.forPeak(…) or { min: …, max: … }`,
    ];
  }
  const { min, max } = capacity;
  const range = { min: 1, max: MOST_NODES };
  const problems = [
    ...wholeNumberProblems('capacity.min', min, range, 'say how many nodes a zone always has'),
    ...wholeNumberProblems('capacity.max', max, range, 'say how many nodes a zone may have'),
  ];
  if (problems.length > 0 || max >= min) return problems;
  return [`capacity.max must be at least min (${min}), got ${max}; raise max or lower min`];
}

const ADD_ONS: Readonly<Record<ClusterAddOn, true>> = {
  'vpc-cni': true,
  'kube-proxy': true,
  'eks-pod-identity-agent': true,
  coredns: true,
  'metrics-server': true,
  'aws-ebs-csi-driver': true,
};

function addOnProblems({ addOnVersions }: Settings): string[] {
  const misshapen = objectProblems('addOnVersions', addOnVersions);
  if (misshapen.length > 0) return misshapen;
  return Object.entries(addOnVersions).flatMap(([name, version]) => {
    if (!(name in ADD_ONS)) {
      return [
        `addOnVersions must be of add-ons of the cluster (${Object.keys(ADD_ONS).join(', ')}), got ${shown(name)}; ` +
          'add others beside it',
      ];
    }
    if (version === undefined || isTextOf(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/, version)) return [];
    return [
      `addOnVersions['${name}'] must be a version of the add-on, got ${shown(version)}; write it as in 'v1.12.3-eksbuild.1'`,
    ];
  });
}
