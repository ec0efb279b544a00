import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { Duration } from 'nines';
import { all, type Block, synth } from '../../../support/synth';
import { ALARM, balancers, type Choices, dns } from './dns';

describe('MultiRegionGeoDNS · as every construct', () => {
  /** Everything inside, with all options, as pairs of type and block; own provider for all but what has to be elsewhere. */
  const parts = (more: Choices = {}): [string, Block][] => {
    const { resource, data } = synth((stack) => {
      const own = new AwsProvider(stack, 'Own', { region: 'us-east-1', alias: 'own' });
      dns(new Construct(stack, 'In') as TerraformStack, {
        ...{ provider: own, usEast1Provider: own, switchRegions: [{ region: 'us-east-1', provider: own }] },
        endpoints: balancers('eu-west-1', 'ap-southeast-2'),
        ...{ hostedZone: 'example.com', dnssec: true, queryLogRetention: Duration.days(30) },
        ...more,
      });
    });
    return [resource, data].flatMap((blocks) =>
      Object.entries(blocks).flatMap(([type, byId]) =>
        Object.values(byId).map((block): [string, Block] => [type, block]),
      ),
    );
  };

  test('hands its provider to everything inside', () => {
    expect(parts().length).toBeGreaterThan(15);
    for (const [type, { provider }] of parts()) expect([type, provider]).toEqual([type, 'aws.own']);
  });

  const TAGGED = ['aws_route53_health_check', 'aws_cloudwatch_metric_alarm', 'aws_cloudwatch_log_group', 'aws_kms_key'];

  test('tags everything inside that carries tags, by its path and with yours', () => {
    const tagged = parts({ tags: { team: 'shop' } }).filter(([type]) => TAGGED.includes(type));
    expect(new Set(tagged.map(([type]) => type)).size).toBe(TAGGED.length);
    for (const [type, { tags }] of tagged) {
      expect([type, tags]).toEqual([type, { team: 'shop', Name: expect.stringMatching(/^shop\/In\/Dns\//) }]);
    }
  });

  test('stands in names of its own, below every construct', () => {
    const result = synth(
      (stack) => {
        for (const [position, scope] of ['Blue', 'Green'].entries()) {
          const inside = new Construct(stack, scope) as TerraformStack;
          dns(inside, { record: `shop-${position}`, dnssec: position === 0, queryLogRetention: Duration.days(30) });
        }
      },
      { region: 'us-east-1' },
    );
    const named = (type: string, field: string) => Object.values(all(result, type)).map((block) => block[field]);
    for (const names of [named(ALARM, 'alarm_name'), named('aws_cloudwatch_log_group', 'name')]) {
      expect(names.length).toBeGreaterThan(1);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});
