import { isToken } from '../../../validation';
import { regionOf } from '../network/zones';
import type { Settings } from './props';

/**
 * ARNs of another region than that of their user, which AWS refuses halfway through an apply. What cannot be told (a
 * token, what is no ARN) is left to others.
 */
export function arnRegionProblems(settings: Settings): string[] {
  const { subnets, kmsKeyArn, master, proxy, notificationTopicArn, regionLoss } = settings;
  const here = subnets[0] && regionOf(subnets[0].zone);
  const there = regionLoss?.provider?.region;
  const topicThere = regionLoss?.keep === 'backups' ? undefined : regionLoss?.notificationTopicArn;
  const userSecretArns: unknown = typeof proxy === 'object' ? proxy?.userSecretArns : undefined;
  return [
    ...inRegion('storage.kmsKeyArn', kmsKeyArn, here),
    ...inRegion('master.secret.arn', master.secret?.arn, here),
    ...(Array.isArray(userSecretArns) ? userSecretArns : []).flatMap((arn) =>
      inRegion('proxy.userSecretArns', arn, here),
    ),
    ...inRegion('notificationTopicArn', notificationTopicArn, here),
    ...inRegion('regionLoss.kmsKeyArn', regionLoss?.kmsKeyArn, there),
    ...inRegion('regionLoss.notificationTopicArn', topicThere, there),
  ];
}

function inRegion(prop: string, arn: unknown, region: string | undefined): string[] {
  if (typeof arn !== 'string' || isToken(arn) || region === undefined || isToken(region)) return [];
  const found = /^arn:[\w-]+:[\w-]+:([\w-]+):\d{12}:/.exec(arn)?.[1];
  if (found === undefined || found === region) return [];
  return [`${prop} must be in the region of what uses it (${region}), got one in ${found}; make one there`];
}
