import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { type App, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { ConnectionSource, ConnectionTarget, HAWebTier } from 'nines/aws';
import { all, emptyStack, synth, synthApp } from '../../../support/synth';
import { rulesOf } from './rules';
import { CERTIFICATE, type Choices, network, onEc2, onFargate } from './tiers';

/** A tier that faces the internet and an internal one, in one network. */
function twoTiers(scope: Construct, internal: Choices = {}): { web: HAWebTier; api: HAWebTier } {
  const shared = { network: network(scope) };
  return {
    web: onEc2(scope, shared, 'Web'),
    api: onEc2(scope, { ...shared, entrance: { internal: true }, ...internal }, 'Api'),
  };
}

// The rules that two tiers have anyway.
const WITHOUT = ['Web', 'Api'].flatMap((tier) => [
  `shop/${tier}/LoadBalancer/SecurityGroup -> shop/${tier}/SecurityGroup tcp 8080`,
  `shop/${tier}/LoadBalancer/SecurityGroup <- 0.0.0.0/0 tcp 80`,
  `shop/${tier}/SecurityGroup -> 0.0.0.0/0 tcp 443`,
  `shop/${tier}/SecurityGroup <- shop/${tier}/LoadBalancer/SecurityGroup tcp 8080`,
]);

/** The rules that `connect` adds to those. */
function added(connect: (web: HAWebTier, api: HAWebTier) => void, internal: Choices = {}): string[] {
  const rules = rulesOf(
    synth((stack) => {
      const { web, api } = twoTiers(stack, internal);
      connect(web, api);
    }),
  );
  return rules.filter((rule) => !WITHOUT.includes(rule));
}

const WEB_TO_API = [
  'shop/Api/LoadBalancer/SecurityGroup <- shop/Web/SecurityGroup tcp 80',
  'shop/Web/SecurityGroup -> shop/Api/LoadBalancer/SecurityGroup tcp 80',
];

describe('HAWebTier', () => {
  describe('lets another tier reach its load balancer', () => {
    test('by allowFrom: one rule for the way out there, one for the way in here', () => {
      expect(added((web, api) => api.allowFrom(web))).toEqual(WEB_TO_API);
    });

    test('by allowTo of the other, which is the same', () => {
      expect(added((web, api) => web.allowTo(api))).toEqual(WEB_TO_API);
    });

    test('once, however often it is said', () => {
      const often = added((web, api) => {
        api.allowFrom(web);
        web.allowTo(api);
        api.allowFrom(web);
      });
      expect(often).toEqual(WEB_TO_API);
    });

    test('by HTTP and HTTPS, when it has a certificate', () => {
      const rules = added((web, api) => api.allowFrom(web), { certificateArn: CERTIFICATE });
      expect(rules).toEqual([
        'shop/Api/LoadBalancer/SecurityGroup <- shop/Web/SecurityGroup tcp 443',
        'shop/Api/LoadBalancer/SecurityGroup <- shop/Web/SecurityGroup tcp 80',
        'shop/Web/SecurityGroup -> shop/Api/LoadBalancer/SecurityGroup tcp 443',
        'shop/Web/SecurityGroup -> shop/Api/LoadBalancer/SecurityGroup tcp 80',
      ]);
    });

    test('each of two whose paths differ only in a slash', () => {
      const result = synth((stack) => {
        const shared = { network: network(stack) };
        const api = onEc2(stack, { ...shared, entrance: { internal: true } }, 'Api');
        api.allowFrom(onEc2(stack, shared, 'Blue-Web'));
        api.allowFrom(onEc2(new Construct(stack, 'Blue'), shared, 'Web'));
      });
      expect(rulesOf(result)).toEqual(
        expect.arrayContaining([
          'shop/Api/LoadBalancer/SecurityGroup <- shop/Blue-Web/SecurityGroup tcp 80',
          'shop/Api/LoadBalancer/SecurityGroup <- shop/Blue/Web/SecurityGroup tcp 80',
        ]),
      );
    });

    test('only when it is internal: who faces the internet is reached by its public address', () => {
      const { web, api } = twoTiers(emptyStack());
      const message =
        '"shop/Web" faces the internet, so allowFrom cannot say who reaches it; set entrance.internal: true';
      expect(() => web.allowFrom(api)).toThrow(new Error(message));
      expect(() => api.allowTo(web)).toThrow(new Error(message));
    });
  });

  describe('across two stacks', () => {
    /** A network in a stack of its own, a tier in `front`, an internal one in `back`. */
    function build(app: App, connect: (web: HAWebTier, api: HAWebTier) => void) {
      const stack = (id: string) => {
        const made = new TerraformStack(app, id);
        new AwsProvider(made, 'Aws', { region: 'eu-west-1' });
        return made;
      };
      const shared = { network: network(stack('net')) };
      const [front, back] = [stack('front'), stack('back')];
      const api = onFargate(back, { ...shared, entrance: { internal: true } }, 'Api');
      connect(onEc2(front, shared, 'Web'), api);
      return { front, back };
    }

    test.each([
      ['allowFrom', (web: HAWebTier, api: HAWebTier) => api.allowFrom(web)],
      ['allowTo', (web: HAWebTier, api: HAWebTier) => web.allowTo(api)],
    ])('puts both rules of %s into the stack of the receiver', (_, connect) => {
      const { front = NOTHING, back = NOTHING } = synthApp((app) => build(app, connect));
      const web = expect.stringContaining('remote_state.cross-stack-reference-input-front');
      expect(ownRules(back)).toContainEqual({ from: web, to: expect.stringMatching(/Api_LoadBalancer/) });
      expect(ownRules(front).filter(({ to }) => /Api/.test(to))).toEqual([]);
    });

    test('makes the stack of the receiver wait for the other, and not the other for it', () => {
      let stacks: ReturnType<typeof build> | undefined;
      synthApp((app) => {
        stacks = build(app, (web, api) => web.allowTo(api));
      });
      const names = (of: TerraformStack | undefined) => of?.dependencies.map(({ node }) => node.id).sort();
      expect(names(stacks?.back)).toEqual(['front', 'net']);
      expect(names(stacks?.front)).toEqual(['net']);
    });
  });

  describe('reaches', () => {
    test('a range of addresses on the port that is named', () => {
      expect(added((web) => web.allowTo({ cidr: '10.9.0.0/16', port: 5432 }))).toEqual([
        'shop/Web/SecurityGroup -> 10.9.0.0/16 tcp 5432',
      ]);
    });

    test('the same range once, and on each port that is named', () => {
      const rules = added((web) => {
        web.allowTo({ cidr: '10.9.0.0/16', port: 5432 });
        web.allowTo({ cidr: '10.9.0.0/16', port: 5432 });
        web.allowTo({ cidr: '10.9.0.0/16', port: 6379 });
      });
      expect(rules).toEqual([
        'shop/Web/SecurityGroup -> 10.9.0.0/16 tcp 5432',
        'shop/Web/SecurityGroup -> 10.9.0.0/16 tcp 6379',
      ]);
    });

    test.each([
      [
        { cidr: '10.9.0.0/16', port: 0 },
        'port must be a whole number from 1 to 65535, got 0; give the port that the servers listen on',
      ],
      [
        { cidr: '10.9.0.1/16', port: 443 },
        "cidr must be an IPv4 range that starts at its first address, got '10.9.0.1/16'; write it as in '10.20.0.0/16'",
      ],
      [
        { cidr: '10.9.0.300', port: 0.5 },
        'port must be a whole number from 1 to 65535, got 0.5; give the port that the servers listen on; ' +
          "cidr must be an IPv4 range that starts at its first address, got '10.9.0.300'; write it as in '10.20.0.0/16'",
      ],
    ])('nothing when the range is none: %j', (range, problems) => {
      const stack = emptyStack();
      const web = onEc2(stack);
      const before = stack.node.findAll().length;
      expect(() => web.allowTo(range)).toThrow(new RangeError(`"shop/Web" cannot allow this: ${problems}`));
      expect(stack.node.findAll()).toHaveLength(before);
    });

    test('a construct of your own that takes connections', () => {
      const result = synth((stack) => onEc2(stack).allowTo(new Queue(stack, 'Queue')));
      expect(rulesOf(result)).toContain('Queue <- shop/Web/SecurityGroup tcp 5672');
    });
  });

  test('describes its rules in characters that AWS takes, 255 at most', () => {
    const result = synth((stack) => {
      const odd = new Construct(stack, `Bob's <own> ${'long '.repeat(60)}`);
      const { web, api } = twoTiers(odd);
      web.allowTo(api);
      web.allowTo({ cidr: '10.9.0.0/16', port: 443 });
    });
    const rules = [
      ...Object.values(all(result, 'aws_vpc_security_group_ingress_rule')),
      ...Object.values(all(result, 'aws_vpc_security_group_egress_rule')),
    ];
    expect(rules).toHaveLength(10);
    // AWS: "strings less than 256 characters from the following set: a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*"
    for (const { description } of rules) expect(description).toMatch(/^[a-zA-Z0-9. _:/()#,@[\]+=&;{}!$*-]{1,255}$/);
  });
});

const NOTHING = { resource: {}, data: {}, output: {}, provider: {}, warnings: [] };

/** Rules between groups in a stack: from which and to which, as references. */
function ownRules(result: Parameters<typeof all>[0]): { from: string; to: string }[] {
  return Object.values(all(result, 'aws_vpc_security_group_ingress_rule'))
    .filter(({ referenced_security_group_id: from }) => from !== undefined)
    .map((rule) => ({ from: String(rule.referenced_security_group_id), to: String(rule.security_group_id) }));
}

/** Something that takes connections, as a user might write it. */
class Queue extends Construct implements ConnectionTarget {
  private readonly securityGroup = new SecurityGroup(this, 'SecurityGroup', { tags: { Name: 'Queue' } });

  public allowFrom(source: ConnectionSource): void {
    new VpcSecurityGroupIngressRule(this, `From${source.node.id}`, {
      securityGroupId: this.securityGroup.id,
      referencedSecurityGroupId: source.securityGroup.id,
      ipProtocol: 'tcp',
      fromPort: 5672,
      toPort: 5672,
    });
  }
}
