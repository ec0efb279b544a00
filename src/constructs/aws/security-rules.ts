import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { Construct } from 'constructs';

/** Something whose servers open connections: another tier, or any construct with a security group. */
export interface ConnectionSource extends Construct {
  /** Security group of the servers. */
  readonly securityGroup: { readonly id: string };
}

/** Something that takes connections and can be told from whom. */
export interface ConnectionTarget {
  /** Lets the servers of `source` in. */
  allowFrom(source: ConnectionSource): void;
}

/** Addresses outside of nines that servers may reach. */
export interface AddressRange {
  /** IPv4 range, such as `10.9.0.0/16`. */
  readonly cidr: string;
  /** TCP port. */
  readonly port: number;
}

/**
 * Lets one security group reach another on TCP ports: one rule on each side, both below `scope`, so that
 * they are deployed with the receiver, and no stack ever waits for the other in a circle.
 */
export function allowConnections(
  scope: Construct,
  id: string,
  rule: {
    readonly from: { readonly id: string };
    readonly to: { readonly id: string };
    readonly ports: readonly number[];
    readonly description: string;
    readonly provider: AwsProvider | undefined;
  },
): void {
  const { from, to, ports, description, provider } = rule;
  const [fromId, toId] = [from.id, to.id];
  const rules = new Construct(scope, id);
  for (const port of ports) {
    const traffic = { ipProtocol: 'tcp', fromPort: port, toPort: port, description, provider };
    new VpcSecurityGroupIngressRule(rules, `Ingress${port}`, {
      securityGroupId: toId,
      referencedSecurityGroupId: fromId,
      ...traffic,
    });
    new VpcSecurityGroupEgressRule(rules, `Egress${port}`, {
      securityGroupId: fromId,
      referencedSecurityGroupId: toId,
      ...traffic,
    });
  }
}

/** Construct id of the rules for a peer: its path, so that it is the same whatever was allowed before. */
export function peerId(verb: 'From' | 'To', peer: string): string {
  return `${verb}-${peer.replace(/[^A-Za-z0-9]+/g, '-')}`;
}
