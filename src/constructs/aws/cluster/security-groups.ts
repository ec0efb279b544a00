import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { named } from '../aws-props';
import { namePrefix } from '../naming';
import type { Settings } from './props';

/** The port of the Kubernetes API. */
export const API_PORT = 443;

/** Security groups of a cluster. */
export interface ClusterSecurityGroups {
  /** Of the nodes, and of the pods on them. */
  readonly nodes: SecurityGroup;
  /** Of the network interfaces by which the control plane reaches into the VPC. */
  readonly controlPlane: SecurityGroup;
  /** What must be there before a node can join. */
  readonly rules: readonly ITerraformDependable[];
}

/**
 * Nodes reach each other, the control plane, and HTTPS anywhere; the control plane reaches the nodes. Who reaches whom
 * among pods is for network policies to say: they share the addresses of their nodes' group.
 */
export function securityGroups(cluster: Construct, clusterId: string, settings: Settings): ClusterSecurityGroups {
  const { provider, tags, network } = settings;
  const group = (id: string, prefix: string, description: string) =>
    new SecurityGroup(cluster, id, {
      namePrefix: namePrefix(prefix, 60),
      description, // fixed: changing it replaces the group
      vpcId: network.vpcId,
      lifecycle: { createBeforeDestroy: true },
      ...named(cluster, id, settings),
    });
  const nodes = group('SecurityGroup', clusterId, 'Nodes of a cluster');
  const controlPlane = group('ControlPlaneSecurityGroup', `${clusterId}-control-plane`, 'Control plane of a cluster');
  const [nodesId, controlPlaneId] = [nodes.id, controlPlane.id];

  const rules: ITerraformDependable[] = [];
  const allow = (id: string, from: string, to: string, traffic: Traffic) => {
    const common = { ...traffic, provider, tags };
    rules.push(
      new VpcSecurityGroupIngressRule(cluster, `${id}Ingress`, {
        securityGroupId: to,
        referencedSecurityGroupId: from,
        ...common,
      }),
      new VpcSecurityGroupEgressRule(cluster, `${id}Egress`, {
        securityGroupId: from,
        referencedSecurityGroupId: to,
        ...common,
      }),
    );
  };
  allow('NodesToApi', nodesId, controlPlaneId, tcp(API_PORT, API_PORT, 'Nodes and pods to the Kubernetes API'));
  // kubelets, webhooks and extension API servers: these listen where their authors chose, mostly above the first 1024
  allow('ApiToNodes', controlPlaneId, nodesId, tcp(1025, 65_535, 'Control plane to kubelets and webhooks'));
  allow('ApiToHttps', controlPlaneId, nodesId, tcp(443, 443, 'Control plane to webhooks'));
  allow('NodesToNodes', nodesId, nodesId, { ipProtocol: '-1', description: 'Pods to pods' });
  rules.push(
    new VpcSecurityGroupEgressRule(cluster, 'HttpsOut', {
      securityGroupId: nodesId,
      cidrIpv4: '0.0.0.0/0',
      ...tcp(443, 443, 'Images, AWS APIs, payment services'),
      ...{ provider, tags },
    }),
  );
  return { nodes, controlPlane, rules };
}

interface Traffic {
  readonly ipProtocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly description: string;
}

function tcp(fromPort: number, toPort: number, description: string): Traffic {
  return { ipProtocol: 'tcp', fromPort, toPort, description };
}
