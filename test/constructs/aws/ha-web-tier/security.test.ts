import { HealthCheck } from 'nines';
import { all, follow, only, type Synthesized, synth } from '../../../support/synth';
import { rulesOf } from './rules';
import { CERTIFICATE, type Choices, KINDS, onEc2, onFargate } from './tiers';

function rules(choices: Choices = {}): string[] {
  return rulesOf(synth((stack) => onEc2(stack, choices)));
}

const ENTRANCE = 'shop/Web/LoadBalancer/SecurityGroup';
const SERVERS = 'shop/Web/SecurityGroup';

describe('HAWebTier', () => {
  describe('opens these ports and no other', () => {
    test.each(KINDS)('on %s by plain HTTP', (_, tier) => {
      expect(rulesOf(synth((stack) => tier(stack)))).toEqual([
        `${ENTRANCE} -> ${SERVERS} tcp 8080`,
        `${ENTRANCE} <- 0.0.0.0/0 tcp 80`,
        `${SERVERS} -> 0.0.0.0/0 tcp 443`,
        `${SERVERS} <- ${ENTRANCE} tcp 8080`,
      ]);
    });

    test('with a certificate', () => {
      expect(rules({ certificateArn: CERTIFICATE })).toEqual([
        `${ENTRANCE} -> ${SERVERS} tcp 8080`,
        `${ENTRANCE} <- 0.0.0.0/0 tcp 443`,
        `${ENTRANCE} <- 0.0.0.0/0 tcp 80`,
        `${SERVERS} -> 0.0.0.0/0 tcp 443`,
        `${SERVERS} <- ${ENTRANCE} tcp 8080`,
      ]);
    });

    test('when requests and checks go to different ports', () => {
      const choices = { port: 8080, healthCheck: HealthCheck.http('/', { port: 9090 }) };
      expect(rules(choices)).toEqual([
        `${ENTRANCE} -> ${SERVERS} tcp 8080`,
        `${ENTRANCE} -> ${SERVERS} tcp 9090`,
        `${ENTRANCE} <- 0.0.0.0/0 tcp 80`,
        `${SERVERS} -> 0.0.0.0/0 tcp 443`,
        `${SERVERS} <- ${ENTRANCE} tcp 8080`,
        `${SERVERS} <- ${ENTRANCE} tcp 9090`,
      ]);
    });

    test('when it is internal: nobody gets in until allowFrom names one', () => {
      expect(rules({ entrance: { internal: true } })).toEqual([
        `${ENTRANCE} -> ${SERVERS} tcp 8080`,
        `${SERVERS} -> 0.0.0.0/0 tcp 443`,
        `${SERVERS} <- ${ENTRANCE} tcp 8080`,
      ]);
    });
  });

  test('has rules nowhere else', () => {
    const result = synth((stack) => onEc2(stack));
    const groups = Object.values(all(result, 'aws_security_group'));
    expect(groups).toHaveLength(2);
    for (const group of groups) {
      expect(group).not.toHaveProperty('ingress');
      expect(group).not.toHaveProperty('egress');
    }
    expect(all(result, 'aws_security_group_rule')).toEqual({});
  });

  describe('gives its servers a role', () => {
    const SERVICES = { EC2: 'ec2.amazonaws.com', Fargate: 'ecs-tasks.amazonaws.com' };

    test.each(KINDS)('on %s that only they may take on, and that may do nothing yet', (kind, tier) => {
      let role = '';
      const result = synth((stack) => {
        role = tier(stack).role.friendlyUniqueId;
      });
      expect(JSON.parse(String(follow(result, `\${aws_iam_role.${role}.arn}`).block.assume_role_policy))).toEqual({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: SERVICES[kind] } }],
      });
      expect(grantsTo(result, role)).toEqual([]);
    });

    test('that instances get by their profile', () => {
      let role = '';
      const result = synth((stack) => {
        role = onEc2(stack).role.friendlyUniqueId;
      });
      expect(only(result, 'aws_iam_instance_profile')).toMatchObject({ role: `\${aws_iam_role.${role}.name}` });
    });

    test('that tasks act as', () => {
      let role = '';
      const result = synth((stack) => {
        role = onFargate(stack).role.friendlyUniqueId;
      });
      expect(only(result, 'aws_ecs_task_definition')).toMatchObject({ task_role_arn: `\${aws_iam_role.${role}.arn}` });
    });
  });
});

/** Logical ids of everything that grants something to a role. */
function grantsTo({ resource }: Synthesized, role: string): string[] {
  return Object.entries(resource)
    .filter(([type]) => /^aws_iam_.*policy/.test(type))
    .flatMap(([, blocks]) => Object.entries(blocks))
    .filter(([, block]) => JSON.stringify(block).includes(`aws_iam_role.${role}.`))
    .map(([id]) => id);
}
