import { hasMember, isToken, shown } from '../../../validation';
import { keyProblems } from '../encryption-key';
import { topicProblems } from '../notifying-props';
import type { Settings } from './props';
import { placeProblems } from './zone-problems';

const KEPT = ['backups', 'read replica', 'global database'];

/**
 * What is wrong with what is kept in another region.
 *
 * @param here region of the database, if it is known
 */
export function regionLossProblems(settings: Settings, here: string | undefined): string[] {
  const { regionLoss: there } = settings;
  if (there === undefined) return [];
  if (!hasMember(there, 'keep') || !KEPT.includes(there.keep)) {
    return [
      `regionLoss.keep must be one of ${shown(KEPT)}, got ` +
        `${shown(hasMember(there, 'keep') ? there.keep : there)}; see its documentation`,
    ];
  }
  const region = isToken(there.provider?.region) ? undefined : there.provider?.region;
  const problems = [
    ...providerProblems(there.provider, here),
    ...keyProblems('regionLoss.kmsKeyArn', there.kmsKeyArn, region),
  ];
  if (there.keep === 'backups') return problems;
  const { network, zones, notificationTopicArn } = there;
  // a replica is an instance, and a second cluster one of Aurora
  const topology = there.keep === 'read replica' ? 'instance' : 'aurora';
  return [
    ...problems,
    ...placeProblems('regionLoss.', { network, zones, topology }, region),
    ...topicProblems({ notificationTopicArn }, region).map((problem) => `regionLoss.${problem}`),
    ...(there.keep === 'global database' ? burstableProblems(settings) : []),
  ];
}

function providerProblems(provider: unknown, here: string | undefined): string[] {
  if (!hasMember(provider, 'fqn')) {
    return [
      `regionLoss.provider must be an AwsProvider, got ${shown(provider)}; make one for the other region, with an alias`,
    ];
  }
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
