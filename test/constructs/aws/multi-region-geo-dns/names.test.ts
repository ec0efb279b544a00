import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import type { TerraformStack } from 'cdktf';
import { synth } from '../../../support/synth';
import { dns, ZONE } from './dns';

describe('MultiRegionGeoDNS · is the only one of its name', () => {
  const refused = (path: string) =>
    `record must be a name that nothing else has, got that of ${path}, too; Route 53 takes one routing per name: rename one, or put both into one Routing`;
  const build = (other: (stack: TerraformStack) => void) => () =>
    synth(
      (stack) => {
        dns(stack);
        other(stack);
      },
      { region: 'us-east-1' },
    );
  const record =
    (name: string, type: string, zoneId = ZONE.zoneId) =>
    (stack: TerraformStack) =>
      new Route53Record(stack, 'Other', { zoneId, name, type, ttl: 60, records: ['203.0.114.7'] });

  test.each([
    ['a record of the whole name', record('shop.example.com', 'A')],
    ['a record of the name below the zone, as Terraform takes it', record('Shop', 'CNAME')],
  ])('and refuses %s', (_, other) => {
    expect(build(other)).toThrow(refused('shop/Other'));
  });

  test('and refuses another routing of the same name', () => {
    expect(build((stack) => dns(stack, {}, 'Second'))).toThrow(refused('shop/Second/Records/A'));
  });

  test.each([
    ['a record of another name', record('www.shop.example.com', 'A')],
    ['a record of another zone', record('shop.example.com', 'A', 'Z999')],
    ['a record of text', record('shop.example.com', 'TXT')],
  ])('and takes %s', (_, other) => {
    expect(build(other)).not.toThrow();
  });
});
