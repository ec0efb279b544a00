import { all, type Block, follow, type Synthesized } from '../../../support/synth';

/** Every security group rule of a stack as a line: `shop/Web/SecurityGroup <- 10.9.0.0/16 tcp 443`, in order. */
export function rulesOf(result: Synthesized): string[] {
  const inward = Object.values(all(result, 'aws_vpc_security_group_ingress_rule')).map((rule) =>
    line(result, rule, '<-'),
  );
  const outward = Object.values(all(result, 'aws_vpc_security_group_egress_rule')).map((rule) =>
    line(result, rule, '->'),
  );
  return [...inward, ...outward].sort();
}

function line(result: Synthesized, rule: Block, arrow: '<-' | '->'): string {
  const peer = rule.cidr_ipv4 ?? nameOf(result, rule.referenced_security_group_id);
  const ports = rule.from_port === rule.to_port ? rule.from_port : `${rule.from_port}-${rule.to_port}`;
  return `${nameOf(result, rule.security_group_id)} ${arrow} ${peer} ${rule.ip_protocol} ${ports}`;
}

/** The Name tag of a security group of this stack; of another's, the reference itself. */
function nameOf(result: Synthesized, reference: unknown): string {
  if (/remote_state/.test(String(reference))) return String(reference);
  const { tags } = follow(result, reference).block as { tags: { Name: string } };
  return tags.Name;
}
