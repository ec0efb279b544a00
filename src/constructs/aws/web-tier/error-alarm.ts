import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { Lb } from '@cdktf/provider-aws/lib/lb';
import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import type { Construct } from 'constructs';
import { named } from '../aws-props';
import type { Settings } from './props';

/** Share of failing requests, in percent, that stops a deployment. */
const ERROR_PERCENT = 5;
// A request for which no server could be chosen is no `RequestCount`, only an error of the load balancer.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
const REFUSED = 'FILL(balancer, 0)';
const ALL = `FILL(requests, 0) + ${REFUSED}`;
/** Requests in a minute below which a share says nothing. */
const FEWEST_REQUESTS = 20;

/**
 * The alarm that stops deployments: more than 5 % of requests failed for two minutes of three. Without traffic it is silent.
 *
 * @param name unique in account and region, since alarms have no prefix and a second one of the same name overwrites the first
 */
export function errorAlarm(
  scope: Construct,
  name: string,
  targets: { readonly loadBalancer: Lb; readonly targetGroup: LbTargetGroup },
  settings: Settings,
): CloudwatchMetricAlarm {
  const LoadBalancer = targets.loadBalancer.arnSuffix;
  const TargetGroup = targets.targetGroup.arnSuffix;
  const sum = (id: string, metricName: string, dimensions: Record<string, string>) => ({
    id,
    metric: { namespace: 'AWS/ApplicationELB', metricName, stat: 'Sum', period: 60, dimensions },
  });
  return new CloudwatchMetricAlarm(scope, 'ErrorAlarm', {
    alarmName: `${name}-errors`,
    alarmDescription: `More than ${ERROR_PERCENT} % of requests fail; stops a deployment of ${scope.node.path}`,
    comparisonOperator: 'GreaterThanThreshold',
    threshold: ERROR_PERCENT,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    treatMissingData: 'notBreaching',
    metricQuery: [
      sum('requests', 'RequestCount', { LoadBalancer }),
      // what servers answered, and what the load balancer answered for them (no healthy server, no connection)
      sum('server', 'HTTPCode_Target_5XX_Count', { LoadBalancer, TargetGroup }),
      sum('balancer', 'HTTPCode_ELB_5XX_Count', { LoadBalancer }),
      {
        id: 'percent',
        label: 'Failing requests, %',
        expression: `IF(${ALL} >= ${FEWEST_REQUESTS}, 100 * (FILL(server, 0) + ${REFUSED}) / (${ALL}), 0)`,
        returnData: true,
      },
    ],
    ...named(scope, 'ErrorAlarm', settings),
  });
}
