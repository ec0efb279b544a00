import { hasMember, isToken, shown } from '../../../validation';
import { keyProblems } from '../encryption-key';
import { regionOf } from '../network/zones';
import { topicProblems } from '../notifying-props';
import type { Settings } from './props';
import { placeProblems } from './zone-problems';

const KEPT = ['backups', 'read replica', 'global database'];

/** What is wrong with what is kept in another region. */
export function regionLossProblems(settings: Settings): string[] {
  const { regionLoss: there } = settings;
  if (there === undefined) return [];
  if (!hasMember(there, 'keep') || !KEPT.includes(there.keep)) {
    return [
      `regionLoss.keep must be one of ${shown(KEPT)}, got ` +
        `${shown(hasMember(there, 'keep') ? there.keep : there)}; see its documentation`,
    ];
  }
  const problems = [
    ...providerProblems(there.provider, settings),
    ...keyProblems('regionLoss.kmsKeyArn', there.kmsKeyArn),
  ];
  if (there.keep === 'backups') return problems;
  const { network, zones, provider, notificationTopicArn } = there;
  // a replica is an instance, and a second cluster one of Aurora
  const topology = there.keep === 'read replica' ? 'instance' : 'aurora';
  const region = isToken(provider?.region) ? undefined : provider?.region;
  return [
    ...problems,
    ...placeProblems('regionLoss.', { network, zones, topology }, region),
    ...topicProblems({ notificationTopicArn }).map((problem) => `regionLoss.${problem}`),
    ...(there.keep === 'global database' ? burstableProblems(settings) : []),
  ];
}

function providerProblems(provider: unknown, { subnets }: Settings): string[] {
  if (!hasMember(provider, 'fqn')) {
    return [
      `regionLoss.provider must be an AwsProvider, got ${shown(provider)}; make one for the other region, with an alias`,
    ];
  }
  const here = subnets[0] && regionOf(subnets[0].zone);
  const there = (provider as { readonly region?: string }).region;
  if (there === undefined || there !== here) return [];
  return [
    `regionLoss.provider must be one of another region, got ${shown(there)} again; make one for the other region`,
  ];
}

// https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.configuration.requirements.html
function burstableProblems({ instanceClass }: Settings): string[] {
  if (isToken(instanceClass) || !/^db\.t/.test(instanceClass)) return [];
  return [
    `instanceClass must not be a burstable one in a global database, got ${shown(instanceClass)}; take one as in 'db.r7g.large'`,
  ];
}
