import { Netmask } from 'netmask';
import { flagProblems, isToken, listProblems, shown, unknownProblem } from '../../../validation';
import { rangeProblems } from '../network/address-plan';
import type { Settings } from './props';

// https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html
const MOST_RANGES = 40;
/** The largest range that one owner has. */
const LARGEST = 8;

// Nobody comes from these by way of the internet; EKS refuses them.
const PRIVATE = ['10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'];

/** Every reason why the Kubernetes API cannot be open to these, or should not. */
export function endpointProblems({ publicAccessCidrs, allowPublicAccessFromAnywhere }: Settings): string[] {
  return [
    ...rangesProblems(publicAccessCidrs),
    ...flagProblems('allowPublicAccessFromAnywhere', allowPublicAccessFromAnywhere),
    ...(allowPublicAccessFromAnywhere === true && publicAccessCidrs.length > 0
      ? ['publicAccessCidrs must not stand beside allowPublicAccessFromAnywhere, got both; keep the ranges']
      : []),
  ];
}

function rangesProblems(ranges: readonly string[]): string[] {
  if (isToken(ranges)) return [unknownProblem('publicAccessCidrs', 'list', ranges)];
  const misshapen = listProblems('publicAccessCidrs', ranges);
  if (misshapen.length > 0) return misshapen;
  const problems = ranges.flatMap((range, position) => {
    const prop = `publicAccessCidrs[${position}]`;
    const unreadable = rangeProblems(prop, range);
    if (unreadable.length > 0) return unreadable;
    const block = new Netmask(range);
    if (block.bitmask < LARGEST) {
      return [
        `${prop} must be no larger than a /${LARGEST}, got ${shown(range)}; ` +
          'name the ranges that are yours, or set allowPublicAccessFromAnywhere: true',
      ];
    }
    if (!PRIVATE.some((other) => block.contains(other) || new Netmask(other).contains(block))) return [];
    return [`${prop} must be a range of the internet, got ${shown(range)}; use allowFrom for what is in the VPC`];
  });
  if (ranges.length <= MOST_RANGES) return problems;
  return [...problems, `publicAccessCidrs must be at most ${MOST_RANGES}, got ${ranges.length}; join some of them`];
}
