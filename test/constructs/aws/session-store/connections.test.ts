import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { type App, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { Capacity, Duration, HealthCheck } from 'nines';
import { type ConnectionSource, HAWebTier, type SessionStore } from 'nines/aws';
import { all, follow, type Synthesized, synth, synthApp } from '../../../support/synth';
import { rulesOf } from '../ha-web-tier/rules';
import { type Choices, GROUP, network, store, USER } from './stores';

/** A web tier in the network of the store. */
function tier(scope: Construct, choices: { stickiness?: Duration; id?: string } = {}): HAWebTier {
  return new HAWebTier(scope, choices.id ?? 'Web', {
    network: network(scope, 3, `${choices.id ?? 'Web'}Network`),
    machineImage: 'ami-0abc1234def567890',
    capacity: Capacity.forPeak(4),
    healthCheck: HealthCheck.http('/health/ready', { port: 8080 }),
    entrance: { stickiness: choices.stickiness },
  });
}

/** Servers of your own, without a role. */
class Servers extends Construct implements ConnectionSource {
  public readonly securityGroup = new SecurityGroup(this, 'Group', { tags: { Name: this.node.path } });
}

/** The rules that a store with a source has, on whatever port. */
const rules = (result: Synthesized) => rulesOf(result).filter((rule) => /Sessions/.test(rule));
const policies = (result: Synthesized) => Object.values(all(result, 'aws_iam_role_policy'));
const stickyWarnings = ({ warnings }: Synthesized) => warnings.filter((text) => /entrance\.stickiness/.test(text));

const WEB_TO_STORE = [
  'shop/Sessions/SecurityGroup <- shop/Web/SecurityGroup tcp 6379',
  'shop/Web/SecurityGroup -> shop/Sessions/SecurityGroup tcp 6379',
];

/** What comes of a store and a tier. */
function withTier(connect: (sessions: SessionStore, web: HAWebTier) => void, choices: Choices = {}): Synthesized {
  return synth((stack) => connect(store(stack, choices), tier(stack)));
}

describe('SessionStore', () => {
  const connected = withTier((sessions, web) => sessions.allowFrom(web));

  describe('lets a tier', () => {
    test('reach it, on its port alone', () => {
      expect(rules(connected)).toEqual(WEB_TO_STORE);
    });

    test('be its user: the role may connect to this store, as this user, and do nothing else', () => {
      const [policy = {}, ...others] = policies(connected);
      expect(others).toEqual([]);
      expect(follow(connected, policy.role)).toMatchObject({ type: 'aws_iam_role', attribute: 'name' });
      const { Statement: statements } = JSON.parse(String(policy.policy));
      const [group] = Object.keys(all(connected, GROUP));
      const [user] = Object.keys(all(connected, USER));
      expect(statements).toEqual([
        {
          Effect: 'Allow',
          Action: ['elasticache:Connect'],
          Resource: [`\${${GROUP}.${group}.arn}`, `\${${USER}.${user}.arn}`], // IAM asks for both
        },
      ]);
    });

    test('in once, however often it is said', () => {
      const often = withTier((sessions, web) => {
        sessions.allowFrom(web);
        web.allowTo(sessions);
        sessions.allowFrom(web);
        sessions.grantConnect(web);
      });
      expect(rules(often)).toEqual(WEB_TO_STORE);
      expect(policies(often)).toHaveLength(1);
    });

    test('in by allowTo of the tier, which is the same', () => {
      expect(withTier((sessions, web) => web.allowTo(sessions)).resource).toEqual(connected.resource);
    });

    test('reach it as one of your users, without a policy: only you know who they are', () => {
      const own = withTier((sessions, web) => sessions.allowFrom(web), { userGroupId: 'shop-users' });
      expect(rules(own)).toEqual(WEB_TO_STORE);
      expect(policies(own)).toEqual([]);
    });
  });

  describe('lets servers without a role', () => {
    test('reach it', () => {
      const result = synth((stack) => store(stack).allowFrom(new Servers(stack, 'Servers')));
      expect(rules(result)).toEqual([
        'shop/Servers -> shop/Sessions/SecurityGroup tcp 6379',
        'shop/Sessions/SecurityGroup <- shop/Servers tcp 6379',
      ]);
      expect(policies(result)).toEqual([]);
    });

    test.each([[undefined], [null], ['shop-servers']])('also when a role of theirs is no construct: %p', (role) => {
      const result = synth((stack) => store(stack).allowFrom(Object.assign(new Servers(stack, 'Servers'), { role })));
      expect(policies(result)).toEqual([]);
    });

    test('be its user by grantConnect of the role that they have', () => {
      const result = synth((stack) => {
        store(stack).grantConnect(Object.assign(new Construct(stack, 'Batch'), { role: { name: 'batch' } }));
      });
      expect(policies(result)).toMatchObject([{ role: 'batch' }]);
      expect(rules(result)).toEqual([]);
    });
  });

  test('refuses to grant what it does not know: users of your own', () => {
    const connect = () => withTier((sessions, web) => sessions.grantConnect(web), { userGroupId: 'shop-users' });
    expect(connect).toThrow(
      new Error('"shop/Sessions" has users of your own (userGroupId); grant elasticache:Connect on them'),
    );
  });

  test('tells two tiers apart whose paths differ only in a slash', () => {
    const result = synth((stack) => {
      const sessions = store(stack);
      sessions.allowFrom(tier(stack, { id: 'Blue-Web' }));
      sessions.allowFrom(tier(new Construct(stack, 'Blue')));
    });
    expect(rules(result)).toHaveLength(4);
    expect(policies(result)).toHaveLength(2);
  });

  test('describes its rules in characters that AWS takes, 255 at most', () => {
    const result = synth((stack) => {
      const odd = new Construct(stack, `Bob's <own> ${'long '.repeat(60)}`);
      store(odd, { network: network(stack) }).allowFrom(new Servers(odd, 'Servers'));
    });
    const described = [
      ...Object.values(all(result, 'aws_vpc_security_group_ingress_rule')),
      ...Object.values(all(result, 'aws_vpc_security_group_egress_rule')),
      ...Object.values(all(result, GROUP)),
    ];
    expect(described).toHaveLength(3);
    for (const { description } of described) {
      expect(description).toMatch(/^[a-zA-Z0-9. _:/()#,@[\]+=&;{}!$*-]{1,255}$/);
    }
  });

  describe('warns when a tier keeps clients on one server', () => {
    const WARNING =
      'shop/Web keeps clients on one server (entrance.stickiness): with sessions in a store that only makes the load ' +
      'uneven, and hides servers that lose sessions';

    test('once', () => {
      const sticky = synth((stack) => {
        const [sessions, web] = [store(stack), tier(stack, { stickiness: Duration.hours(1) })];
        sessions.allowFrom(web);
        sessions.allowFrom(web);
      });
      expect(stickyWarnings(sticky)).toEqual([WARNING]);
    });

    test('and not when it does not', () => {
      expect(stickyWarnings(connected)).toEqual([]);
    });

    test('also in another stack', () => {
      const { data = NOTHING } = apart(Duration.hours(1));
      expect(stickyWarnings(data)).toEqual([WARNING.replace('shop/Web', 'front/Web')]);
    });
  });

  describe('in another stack than the tier', () => {
    const { front = NOTHING, data = NOTHING } = apart();

    test('has the rules and the policy in its own', () => {
      const group = expect.stringMatching(/remote_state.*front.*security_group/i);
      const [ingress = {}] = Object.values(all(data, 'aws_vpc_security_group_ingress_rule'));
      const [egress = {}] = Object.values(all(data, 'aws_vpc_security_group_egress_rule'));
      expect(ingress.referenced_security_group_id).toEqual(group);
      expect(egress.security_group_id).toEqual(group);
      expect(policies(data)).toMatchObject([{ role: expect.stringMatching(/remote_state.*front/) }]);
      expect(policies(front)).toEqual([]);
      expect(rules(front)).toEqual([]);
    });
  });
});

const NOTHING: Synthesized = { resource: {}, data: {}, output: {}, provider: {}, warnings: [] };

/** A tier in the stack `front`, the store in the stack `data`. */
function apart(stickiness?: Duration): Readonly<Record<string, Synthesized>> {
  const stack = (app: App, id: string) => {
    const made = new TerraformStack(app, id);
    new AwsProvider(made, 'Aws', { region: 'eu-west-1' });
    return made;
  };
  return synthApp((app) => {
    const web = tier(stack(app, 'front'), { stickiness });
    store(stack(app, 'data')).allowFrom(web);
  });
}
