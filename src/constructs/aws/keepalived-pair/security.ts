import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { Construct } from 'constructs';
import { named } from '../aws-props';
import { namePrefix } from '../naming';
import { type ConnectionSource, peerId, ruleDescription } from '../security-rules';
import type { Settings } from './props';

/** IP protocol number of VRRP. */
const VRRP = '112';

/** The security group of the hosts, and the rules that they need to be a pair. */
export function hostGroup(pair: Construct, id: string, settings: Settings) {
  const { provider, tags } = settings;
  const group = new SecurityGroup(pair, 'SecurityGroup', {
    namePrefix: namePrefix(id, 60),
    description: 'Hosts of a keepalived pair', // fixed: changing it replaces the group
    vpcId: settings.network.vpcId,
    lifecycle: { createBeforeDestroy: true },
    ...named(pair, 'SecurityGroup', settings),
  });
  const securityGroupId = group.id;
  const adverts = {
    ipProtocol: VRRP,
    referencedSecurityGroupId: securityGroupId,
    description: 'VRRP between the hosts',
  };
  const rules = [
    new VpcSecurityGroupIngressRule(pair, 'VrrpIn', { securityGroupId, ...adverts, provider, tags }),
    new VpcSecurityGroupEgressRule(pair, 'VrrpOut', { securityGroupId, ...adverts, provider, tags }),
    ...[80, 443].map(
      (port) =>
        new VpcSecurityGroupEgressRule(pair, port === 80 ? 'HttpOut' : 'HttpsOut', {
          securityGroupId,
          cidrIpv4: '0.0.0.0/0',
          ...{ ipProtocol: 'tcp', fromPort: port, toPort: port, provider, tags },
          description: port === 80 ? 'Packages, which are signed' : 'AWS APIs, packages',
        }),
    ),
  ];
  proxyRules(pair, securityGroupId, settings);
  for (const cidrIpv4 of settings.clients) {
    for (const port of settings.ports) {
      new VpcSecurityGroupIngressRule(pair, peerId('From', `${cidrIpv4}-${port}`), {
        securityGroupId,
        cidrIpv4,
        ...{ ipProtocol: 'tcp', fromPort: port, toPort: port, provider, tags },
        description: 'Clients',
      });
    }
  }
  return { group, rules };
}

/** What HAProxy reaches: its servers, and the other host with what clients have sent. */
function proxyRules(pair: Construct, securityGroupId: string, { proxyPorts, provider, tags }: Settings) {
  const { peers, servers } = proxyPorts;
  if (peers !== undefined) {
    const counts = {
      ...{
        securityGroupId,
        referencedSecurityGroupId: securityGroupId,
        ipProtocol: 'tcp',
        fromPort: peers,
        toPort: peers,
      },
      ...{ description: 'Counts of rate limits between the hosts', provider, tags },
    };
    new VpcSecurityGroupIngressRule(pair, 'PeersIn', counts);
    new VpcSecurityGroupEgressRule(pair, 'PeersOut', counts);
  }
  for (const { address, port } of servers) {
    new VpcSecurityGroupEgressRule(pair, peerId('To', `${address}-${port}`), {
      ...{ securityGroupId, ipProtocol: 'tcp', fromPort: port, toPort: port, provider, tags },
      ...(address.includes(':') ? { cidrIpv6: `${address}/128` } : { cidrIpv4: `${address}/32` }),
      description: 'Servers of HAProxy',
    });
  }
}

/**
 * Lets the servers of a source reach an overlay address; twice is once. On the source's side by the address: it belongs to no
 * interface, so that a rule which names the group of the hosts would not let packets to it out.
 */
export function allowToOverlay(
  pair: Construct & { securityGroup: { id: string } },
  source: ConnectionSource,
  settings: Settings,
) {
  const id = peerId('From', source.node.path);
  if (pair.node.tryFindChild(id)) return;
  const rules = new Construct(pair, id);
  const { provider, tags } = settings;
  const description = ruleDescription(`${source.node.path} to ${pair.node.path}`);
  for (const port of settings.ports) {
    const traffic = { ipProtocol: 'tcp', fromPort: port, toPort: port, description, provider, tags };
    new VpcSecurityGroupIngressRule(rules, `Ingress${port}`, {
      securityGroupId: pair.securityGroup.id,
      referencedSecurityGroupId: source.securityGroup.id,
      ...traffic,
    });
    new VpcSecurityGroupEgressRule(rules, `Egress${port}`, {
      securityGroupId: source.securityGroup.id,
      cidrIpv4: `${settings.address.overlayAddress}/32`,
      ...traffic,
    });
  }
}
