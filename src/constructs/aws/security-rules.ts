import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { Construct } from 'constructs';
import type { AwsProps } from './aws-props';

/** Something whose servers open connections: another tier, or any construct with a security group. */
export interface ConnectionSource extends Construct {
  /** Security group of the servers. */
  readonly securityGroup: { readonly id: string };
  /**
   * Whether a load balancer keeps each client on the server that it got first.
   *
   * @default false
   */
  readonly isSticky?: boolean;
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
 * they are deployed with the receiver. Its stack then waits for that of the other side, which must read nothing of it.
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
    readonly tags: Readonly<Record<string, string>> | undefined;
  },
): void {
  const { from, to, ports, description, provider, tags } = rule;
  const [fromId, toId] = [from.id, to.id];
  const rules = new Construct(scope, id);
  for (const port of ports) {
    const traffic = { ipProtocol: 'tcp', fromPort: port, toPort: port, description, provider, tags };
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

/**
 * Lets a source reach a construct, by rules below the construct; twice is once.
 *
 * @returns whether it was not allowed before
 */
export function allowSource(
  receiver: Construct,
  source: ConnectionSource,
  door: {
    readonly to: { readonly id: string };
    readonly ports: readonly number[];
    /** What is reached, in the description of the rules; the construct itself unless said. */
    readonly name?: string;
  },
  { provider, tags }: Pick<AwsProps, 'provider' | 'tags'>,
): boolean {
  const id = peerId('From', source.node.path);
  if (receiver.node.tryFindChild(id)) return false;
  const { to, ports, name = receiver.node.path } = door;
  const description = ruleDescription(`${source.node.path} to ${name}`);
  allowConnections(receiver, id, { from: source.securityGroup, to, ports, description, provider, tags });
  return true;
}

/** Construct id of the rules for a peer: its path, so that it is the same whatever was allowed before. */
export function peerId(verb: 'From' | 'To', peer: string): string {
  return `${verb}-${peer.replace(/\//g, '--')}`;
}

/** A rule's description: AWS takes 255 characters of these, and refuses the rule for any other. */
export function ruleDescription(text: string): string {
  return text.replace(/[^a-zA-Z0-9. _:/()#,@[\]+=&;{}!$*-]/g, '-').slice(0, 255);
}
