import { flagProblems, isRecord, isTextOf, listProblems, unknownProblem } from '../../../validation';
import type { Settings } from './props';

/** ARN of a secret. */
export const SECRET_ARN = /^arn:[\w-]+:secretsmanager:[\w-]+:\d{12}:secret:./;

/** Secrets of one proxy, that of the master among them. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html */
const MOST_SECRETS = 200;

/** What RDS would refuse of the proxy. */
export function proxyProblems({ proxy }: Settings): string[] {
  if (typeof proxy !== 'object' || !isRecord(proxy)) return flagProblems('proxy', proxy);
  const { userSecretArns: arns } = proxy;
  const misshapen = listProblems('proxy.userSecretArns', arns);
  if (misshapen.length > 0) return misshapen;
  // cdktf encodes a list of unknown length as one item
  if (arns.some((arn) => typeof arn === 'string' && arn.startsWith('#{TfToken['))) {
    return [unknownProblem('proxy.userSecretArns', 'list', arns)];
  }
  const problems = arns
    .filter((arn) => !isTextOf(SECRET_ARN, arn))
    .map(
      // not shown: whoever writes a password here by mistake must not find it in a log
      () => 'proxy.userSecretArns must be ARNs of secrets, got other text; store the user and password there',
    );
  if (arns.length < MOST_SECRETS) return problems;
  return [
    ...problems,
    `proxy.userSecretArns must be at most ${MOST_SECRETS - 1}, got ${arns.length}; use IAM authentication for more`,
  ];
}
