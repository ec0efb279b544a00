import { Duration } from 'nines';
import { only, synth } from '../../../support/synth';
import { type Choices, KINDS, onEc2 } from './tiers';

/** The target group of a tier with these choices. */
function targetGroup(choices: Choices = {}) {
  return only(
    synth((stack) => onEc2(stack, choices)),
    'aws_lb_target_group',
  );
}

describe('HAWebTier', () => {
  describe('sends requests to servers', () => {
    test.each(KINDS)('at random on %s, fewer to those that err more than others', (_, tier) => {
      const group = only(
        synth((stack) => tier(stack)),
        'aws_lb_target_group',
      );
      expect(group).toMatchObject({
        load_balancing_algorithm_type: 'weighted_random',
        load_balancing_anomaly_mitigation: 'on',
        stickiness: { enabled: false },
      });
      expect(group).not.toHaveProperty('slow_start');
    });

    // AWS: "You cannot enable both anomaly mitigation and round robin algorithm on a target group"
    test.each([
      ['slowStart', { timing: { slowStart: Duration.minutes(2) } }],
      ['stickiness', { entrance: { stickiness: Duration.hours(1) } }],
    ])('in turn with %s, and turns off what AWS does not take beside it', (_, choices) => {
      expect(targetGroup(choices)).toMatchObject({
        load_balancing_algorithm_type: 'round_robin',
        load_balancing_anomaly_mitigation: 'off',
      });
    });

    test('and gives a new one its share over slowStart', () => {
      expect(targetGroup({ timing: { slowStart: Duration.minutes(2) } })).toMatchObject({ slow_start: 120 });
    });

    test('and keeps a client on its server for as long as stickiness says', () => {
      expect(targetGroup({ entrance: { stickiness: Duration.hours(1) } })).toMatchObject({
        stickiness: { enabled: true, type: 'lb_cookie', cookie_duration: 3600 },
      });
    });

    test('and turns stickiness off when it is taken away, since the provider keeps a block that is left out', () => {
      expect(targetGroup()).toMatchObject({ stickiness: { enabled: false, type: 'lb_cookie' } });
    });
  });
});
