import { all, follow, only, type Synthesized, synth } from '../../../support/synth';
import { evaluate } from './metric-math';
import { KINDS, plainEc2 } from './tiers';

interface Query {
  readonly id: string;
  readonly expression?: string;
  readonly return_data?: boolean;
  readonly metric?: { readonly metric_name: string; readonly dimensions: Readonly<Record<string, string>> };
}

function queries(result: Synthesized): readonly Query[] {
  return only(result, 'aws_cloudwatch_metric_alarm').metric_query as Query[];
}

describe('HAWebTier', () => {
  const result = plainEc2();

  /** Whether a minute of such traffic counts against a deployment. */
  function isBad(traffic: { requests?: number; server?: number; balancer?: number }): boolean {
    const answers = queries(result).filter(({ return_data: isAnswer }) => isAnswer);
    expect(answers).toHaveLength(1);
    const { threshold } = only(result, 'aws_cloudwatch_metric_alarm');
    const metrics = { requests: undefined, server: undefined, balancer: undefined, ...traffic };
    const percent = evaluate(answers[0]?.expression ?? '', metrics);
    if (percent === undefined || Number.isNaN(percent)) throw new Error('every minute must have a value');
    return percent > Number(threshold);
  }

  describe('counts a minute against a deployment', () => {
    test.each([
      ['when more than 5 % of requests got an error from a server', { requests: 1000, server: 51 }],
      ['when the load balancer could not reach a server', { requests: 1000, balancer: 60 }],
      ['when both add up to more than 5 %', { requests: 1000, server: 30, balancer: 30 }],
      ['when no server was healthy, which is no request at all', { balancer: 20 }],
      ['when every request failed', { requests: 500, server: 500 }],
    ])('%s', (_, traffic) => {
      expect(isBad(traffic)).toBe(true);
    });
  });

  describe('counts no minute against a deployment', () => {
    test.each([
      ['without traffic', {}],
      ['without errors', { requests: 1000 }],
      ['at 5 % exactly', { requests: 1000, server: 50 }],
      ['of fewer than 20 requests, whose share says nothing', { requests: 19, server: 19 }],
      ['of a few requests that no server could take', { balancer: 19 }],
    ])('%s', (_, traffic) => {
      expect(isBad(traffic)).toBe(false);
    });
  });

  test('stops a deployment after two such minutes of three, and not for missing ones', () => {
    expect(only(result, 'aws_cloudwatch_metric_alarm')).toMatchObject({
      comparison_operator: 'GreaterThanThreshold',
      threshold: 5,
      evaluation_periods: 3,
      datapoints_to_alarm: 2,
      treat_missing_data: 'notBreaching',
      alarm_description: 'More than 5 % of requests fail; stops a deployment of shop/Web',
    });
  });

  test('measures its own load balancer and target group, by the minute', () => {
    const [balancer] = Object.keys(all(result, 'aws_lb'));
    const [group] = Object.keys(all(result, 'aws_lb_target_group'));
    const LoadBalancer = `\${aws_lb.${balancer}.arn_suffix}`;
    const TargetGroup = `\${aws_lb_target_group.${group}.arn_suffix}`;
    const sum = (metric_name: string, dimensions: object) => ({
      metric: { namespace: 'AWS/ApplicationELB', metric_name, stat: 'Sum', period: 60, dimensions },
    });
    const measured = Object.fromEntries(queries(result).map(({ id, ...query }) => [id, query]));
    expect(measured).toEqual({
      requests: sum('RequestCount', { LoadBalancer }),
      server: sum('HTTPCode_Target_5XX_Count', { LoadBalancer, TargetGroup }),
      balancer: sum('HTTPCode_ELB_5XX_Count', { LoadBalancer }),
      percent: { expression: expect.any(String), label: 'Failing requests, %', return_data: true },
    });
  });

  // An alarm of a name that is taken overwrites the other; the role's name is unique in the account.
  test.each(KINDS)('has an alarm on %s whose name no other tier has', (_, tier) => {
    const built = synth((stack) => tier(stack));
    const { alarm_name: name } = only(built, 'aws_cloudwatch_metric_alarm');
    expect(name).toMatch(/-errors$/);
    const unique = String(name).replace('-errors', '');
    expect(follow(built, unique)).toMatchObject({ type: 'aws_iam_role', attribute: 'name' });
  });
});
