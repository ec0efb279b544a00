import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Construct } from 'constructs';
import { named } from '../aws-props';
import { uniqueName } from '../naming';
import type { EndpointAlarm, Settings, SwitchRegion } from './props';

const NAMESPACE = 'nines/GeoDNS';
const METRIC = 'SwitchedOff';

/** What a {@link RegionSwitch} switches, and where. */
export interface RegionSwitchProps {
  readonly settings: Settings;
  readonly place: SwitchRegion;
  readonly region: string;
}

/**
 * A switch that takes a region out: a metric in another region, of which a value of 1 means off, and 0 on.
 *
 * To write a value asks only the data plane of CloudWatch there. Route 53 reads the metric itself, and keeps what it read last
 * while no values come, so one value is enough, and a loss of the place changes nothing.
 */
export class RegionSwitch extends Construct {
  /** The alarm whose metric Route 53 reads. */
  public readonly alarm: EndpointAlarm;
  /** Command line that switches the region off. */
  public readonly off: string;
  /** Command line that switches it on again. */
  public readonly on: string;

  constructor(scope: Construct, id: string, { settings, place, region }: RegionSwitchProps) {
    super(scope, id);
    const name = uniqueName(this, 100);
    const dimensions = { Switch: name };
    const alarm = new CloudwatchMetricAlarm(this, 'Resource', {
      alarmName: name,
      alarmDescription: `${region} was switched off by an operator; ${scope.node.path} sends nobody there`,
      ...{ namespace: NAMESPACE, metricName: METRIC, dimensions, statistic: 'Maximum', period: 60 },
      ...{ comparisonOperator: 'GreaterThanOrEqualToThreshold', threshold: 1, evaluationPeriods: 1 },
      ...named(this, '', settings),
      provider: place.provider,
    });
    this.alarm = { name: alarm.alarmName, region: place.region };
    const command = (value: number) =>
      `aws cloudwatch put-metric-data --region ${place.region} --namespace ${NAMESPACE} --metric-name ${METRIC} ` +
      `--dimensions Switch=${name} --value ${value}`;
    this.off = command(1);
    this.on = command(0);
  }
}
