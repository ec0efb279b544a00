import { Capacity, HealthCheck } from 'nines';
import { synth } from '../../../support/synth';
import { CERTIFICATE, type Choices, KINDS, onEc2 } from './tiers';

function warnings(choices: Choices = {}): readonly string[] {
  return synth((stack) => onEc2(stack, { certificateArn: CERTIFICATE, ...choices })).warnings;
}

describe('HAWebTier', () => {
  test.each(KINDS)('warns of nothing on %s when it has a certificate', (_, tier) => {
    expect(synth((stack) => tier(stack, { certificateArn: CERTIFICATE })).warnings).toEqual([]);
  });

  describe('warns', () => {
    test('that requests travel unencrypted without a certificate', () => {
      expect(warnings({ certificateArn: undefined })).toEqual([
        'no certificateArn: requests and answers travel unencrypted, over plain HTTP',
      ]);
    });

    test('that a lost zone overloads the rest, when that was chosen', () => {
      expect(warnings({ capacity: Capacity.forPeak(4, { allowOverloadWhenZoneLost: true }) })).toEqual([
        'allowOverloadWhenZoneLost: losing a zone at peak overloads the servers that are left',
      ]);
    });

    test.each([{ live: '/live' }, { startup: '/started' }])('that AWS has no such check: %j', (check) => {
      expect(warnings({ healthCheck: HealthCheck.http('/ready', check) })).toEqual([
        'healthCheck.live and startup have no effect on AWS, which knows one check; ' +
          'timing.startup says how long a start takes',
      ]);
    });

    test('that nothing protects it from being removed, when that was chosen', () => {
      expect(warnings({ allowDestroy: true })).toEqual([
        'allowDestroy: nothing protects the load balancer from being removed',
      ]);
    });
  });
});
