import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { portProblems } from '../../validation';
import type { AwsProps } from './aws-props';
import { rangeProblems } from './network/address-plan';
import {
  type AddressRange,
  type ConnectionSource,
  type ConnectionTarget,
  peerId,
  ruleDescription,
} from './security-rules';

/**
 * Lets servers reach another construct, which gets the rules, or a range of addresses; twice is once.
 *
 * @throws RangeError when the range is none, or its port
 */
export function allowTo(
  source: ConnectionSource,
  target: ConnectionTarget | AddressRange,
  { provider, tags }: Pick<AwsProps, 'provider' | 'tags'>,
): void {
  if ('allowFrom' in target) {
    target.allowFrom(source);
    return;
  }
  const { cidr, port } = target;
  const { path } = source.node;
  const problems = [...portProblems('port', port), ...rangeProblems('cidr', cidr)];
  if (problems.length > 0) throw new RangeError(`"${path}" cannot allow this: ${problems.join('; ')}`);
  const id = peerId('To', `${cidr}-${port}`);
  if (source.node.tryFindChild(id)) return;
  new VpcSecurityGroupEgressRule(source, id, {
    securityGroupId: source.securityGroup.id,
    cidrIpv4: cidr,
    ipProtocol: 'tcp',
    fromPort: port,
    toPort: port,
    description: ruleDescription(`${path} to ${cidr}`),
    ...{ provider, tags },
  });
}
