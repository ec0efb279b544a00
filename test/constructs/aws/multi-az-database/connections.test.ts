import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Construct } from 'constructs';
import type { ConnectionSource, MultiAZDatabase } from 'nines/aws';
import { all, follow, only, synth } from '../../../support/synth';
import { rulesOf } from '../ha-web-tier/rules';
import { type Choose, chosen, database, global, made, part, TOPOLOGIES, withReplica } from './databases';

/** Servers with a security group, as a tier has. */
class Servers extends Construct implements ConnectionSource {
  public readonly securityGroup = new SecurityGroup(this, 'Group', { tags: { Name: this.node.path } });
}

/** Every rule after what was done to a database. */
function rules(choices: Choose, act: (built: MultiAZDatabase, servers: Servers) => void = () => undefined): string[] {
  return rulesOf(synth((stack) => act(database(stack, chosen(choices, stack)), new Servers(stack, 'Web'))));
}

describe('MultiAZDatabase', () => {
  test.each(TOPOLOGIES)('stands as %s behind one security group of its own, in the VPC of the network', (topology) => {
    const result = made({ topology });
    const type = topology === 'instance' ? 'aws_db_instance' : 'aws_rds_cluster';
    const groups = only(result, type).vpc_security_group_ids as string[];
    expect(groups).toHaveLength(1);
    expect(follow(result, groups[0]).block).toMatchObject({ vpc_id: 'vpc-0abc1234' });
  });

  test.each([
    ['replica', withReplica(), 'aws_db_instance', 'Replica'],
    ['second cluster', global(), 'aws_rds_cluster', 'Secondary'],
  ] as const)('keeps its %s behind one of the other region', (_, choices, type, name) => {
    const result = made(choices);
    const groups = part(result, type, name).vpc_security_group_ids as string[];
    expect(groups.map((group) => follow(result, group).block.provider)).toEqual(['aws.there']);
  });

  test('lets nobody in until allowFrom names one', () => {
    expect(rules({})).toEqual([]);
  });

  test.each([
    ['postgres', 5432],
    ['mysql', 3306],
  ] as const)('lets servers in on the port of %s, and on no other', (engine, port) => {
    expect(rules({ engine }, (built, web) => built.allowFrom(web))).toEqual([
      `shop/Database/SecurityGroup <- shop/Web tcp ${port}`,
      `shop/Web -> shop/Database/SecurityGroup tcp ${port}`,
    ]);
  });

  test('lets the same servers in once', () => {
    const twice = rules({}, (built, web) => {
      built.allowFrom(web);
      built.allowFrom(web);
    });
    expect(twice).toHaveLength(2);
  });

  test('lets servers reach the proxy alone, and the proxy alone reach the database', () => {
    expect(rules({ proxy: true }, (built, web) => built.allowFrom(web))).toEqual([
      'shop/Database/Proxy/SecurityGroup -> shop/Database/SecurityGroup tcp 5432',
      'shop/Database/Proxy/SecurityGroup <- shop/Web tcp 5432',
      'shop/Database/SecurityGroup <- shop/Database/Proxy/SecurityGroup tcp 5432',
      'shop/Web -> shop/Database/Proxy/SecurityGroup tcp 5432',
    ]);
  });

  test.each([
    ['replica', withReplica(), 'Replica'],
    ['second cluster', global(), 'Secondary'],
  ] as const)('lets servers of the other region reach the %s there, once', (_, choices, id) => {
    const there = rules(choices, ({ copy }, web) => {
      copy?.allowFrom(web);
      copy?.allowFrom(web);
    });
    expect(there).toEqual([
      `shop/Database/${id}/SecurityGroup <- shop/Web tcp 5432`,
      `shop/Web -> shop/Database/${id}/SecurityGroup tcp 5432`,
    ]);
  });

  test('puts the rules of the other region there', () => {
    const result = synth((stack) => {
      const { copy } = database(stack, chosen(withReplica(), stack));
      copy?.allowFrom(new Servers(stack, 'Web'));
    });
    for (const rule of Object.values(all(result, 'aws_vpc_security_group_ingress_rule'))) {
      expect(rule).toMatchObject({ provider: 'aws.there' });
    }
  });

  // AWS refuses a description with other characters, or of more than 255
  test('describes its rules in words that AWS takes, whatever the path', () => {
    const result = synth((stack) => {
      const scope = new Construct(stack, `Blü <(${'long '.repeat(60)})`);
      database(scope).allowFrom(new Servers(scope, 'Web'));
    });
    for (const { description } of Object.values(all(result, 'aws_vpc_security_group_ingress_rule'))) {
      expect(description).toMatch(/^[a-zA-Z0-9. _:/()#,@[\]+=&;{}!$*-]{1,255}$/);
    }
  });
});
