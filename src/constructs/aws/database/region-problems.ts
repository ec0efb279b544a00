import type { Settings } from './props';

/**
 * Secrets of another region than that of the database, which RDS refuses halfway through an apply. What cannot be told (a
 * token, what is no ARN) is left to others.
 *
 * @param here region of the database, if it is known
 */
export function secretRegionProblems({ master, proxy }: Settings, here: string | undefined): string[] {
  const userSecretArns: unknown = typeof proxy === 'object' ? proxy?.userSecretArns : undefined;
  return [
    ...inRegion('master.secret.arn', master.secret?.arn, here),
    ...(Array.isArray(userSecretArns) ? userSecretArns : []).flatMap((arn) =>
      inRegion('proxy.userSecretArns', arn, here),
    ),
  ];
}

function inRegion(prop: string, arn: unknown, region: string | undefined): string[] {
  const found = /^arn:[\w-]+:[\w-]+:([\w-]+):\d{12}:/.exec(String(arn))?.[1];
  if (region === undefined || found === undefined || found === region) return [];
  return [`${prop} must be in the region of what uses it (${region}), got one in ${found}; make one there`];
}
