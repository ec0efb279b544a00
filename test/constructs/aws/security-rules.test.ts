import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { allowConnections, peerId, ruleDescription } from '../../../src/constructs/aws/security-rules';
import { all, follow, only, type Synthesized, synth } from '../../support/synth';

const INGRESS = 'aws_vpc_security_group_ingress_rule';
const EGRESS = 'aws_vpc_security_group_egress_rule';

type Rule = Parameters<typeof allowConnections>[2];

/** Rules that let group `From` reach group `To`, below a construct called `Receiver`. */
function allowed(rule: (stack: TerraformStack) => Partial<Rule> = () => ({})): Synthesized {
  return synth((stack) => {
    allowConnections(new Construct(stack, 'Receiver'), 'FromShop', {
      from: new SecurityGroup(stack, 'From', {}),
      to: new SecurityGroup(stack, 'To', {}),
      ports: [8080],
      description: 'Shop to receiver',
      provider: undefined,
      tags: undefined,
      ...rule(stack),
    });
  });
}

describe('allowConnections', () => {
  test('opens the way in and the way out, from group to group', () => {
    const result = allowed();
    const [inward, outward] = [only(result, INGRESS), only(result, EGRESS)];
    expect(follow(result, inward.security_group_id).address).toBe('aws_security_group.To');
    expect(follow(result, inward.referenced_security_group_id).address).toBe('aws_security_group.From');
    expect(follow(result, outward.security_group_id).address).toBe('aws_security_group.From');
    expect(follow(result, outward.referenced_security_group_id).address).toBe('aws_security_group.To');
  });

  test.each([INGRESS, EGRESS])('opens TCP on its port and no other: %s', (type) => {
    expect(only(allowed(), type)).toMatchObject({
      ip_protocol: 'tcp',
      from_port: 8080,
      to_port: 8080,
      description: 'Shop to receiver',
    });
  });

  test('makes one rule on each side for each port, called by it', () => {
    const result = allowed(() => ({ ports: [8080, 9090] }));
    for (const type of [INGRESS, EGRESS]) {
      const ports = Object.entries(all(result, type)).map(([id, rule]) => [/\d{4}(?=_)/.exec(id)?.[0], rule.from_port]);
      expect(ports).toEqual([
        ['8080', 8080],
        ['9090', 9090],
      ]);
    }
  });

  test.each([INGRESS, EGRESS])('puts its rules below the receiver, so that they are deployed with it: %s', (type) => {
    expect(Object.keys(all(allowed(), type))[0]).toMatch(/^Receiver_FromShop_/);
  });

  test.each([INGRESS, EGRESS])('hands provider and tags on: %s', (type) => {
    const result = allowed((stack) => ({
      provider: new AwsProvider(stack, 'Other', { region: 'eu-west-1', alias: 'other' }),
      tags: { team: 'shop' },
    }));
    expect(only(result, type)).toMatchObject({ provider: 'aws.other', tags: { team: 'shop' } });
  });
});

describe('ruleDescription', () => {
  test('keeps what AWS takes', () => {
    const text = 'abc XYZ 019. _-:/()#,@[]+=&;{}!$*';
    expect(ruleDescription(text)).toBe(text);
  });

  test('writes a hyphen for everything else, and at most 255 characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        expect(ruleDescription(text)).toMatch(/^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{0,255}$/);
      }),
    );
    expect(ruleDescription('é'.repeat(300))).toBe('-'.repeat(255));
  });
});

describe('peerId', () => {
  test.each([
    ['From', 'shop/Web', 'From-shop--Web'],
    ['From', 'shop/Front/Web', 'From-shop--Front--Web'],
    ['To', '10.9.0.0/16-443', 'To-10.9.0.0--16-443'],
  ] as const)('%s %s is %s', (verb, peer, id) => {
    expect(peerId(verb, peer)).toBe(id);
  });

  test('differs for peers that differ, or one of them would silently get no rule', () => {
    const path = fc.stringMatching(/^[ab](-?[ab_. é]|\/[ab]){0,4}$/); // a slash in an id is two hyphens already
    fc.assert(
      fc.property(path, path, (one, other) => {
        expect(peerId('From', one) === peerId('From', other)).toBe(one === other);
      }),
      { examples: [['a-b', 'a/b']], numRuns: 1000 },
    );
  });
});
