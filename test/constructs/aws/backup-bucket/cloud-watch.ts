import type { Block } from '../../../support/synth';

// CloudWatch, as its manual tells it.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html#evaluate-multiday-alarm
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html

const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** What the manual leaves open. */
export interface Evaluation {
  /** Minute of the hour in which the alarm is evaluated. */
  readonly minute: number;
  /** Hours that it looks at beyond those that it is told to. */
  readonly beyond: number;
  /** Whether FILL fills a metric that has no value in all of the time looked at. */
  readonly fillsNothing: boolean;
}

export type State = 'OK' | 'ALARM';

/**
 * States of an alarm that looks back for more than a day, hour by hour: such an alarm is evaluated once an hour, on the
 * hours that are over.
 *
 * @param alarm the alarm, as Terraform gets it, on the sum of one metric by the hour
 * @param arrivals when the metric counted one
 */
export function statesOf(
  alarm: Block,
  arrivals: readonly number[],
  { from, to }: { readonly from: number; readonly to: number },
  evaluation: Evaluation,
): { readonly at: number; readonly state: State }[] {
  const { metric, fill } = seriesOf(alarm);
  if (metric.period !== HOUR / 1000 || metric.stat !== 'Sum') throw new Error('expected the sums of hours');
  const sums = new Map<number, number>();
  for (const arrival of arrivals) {
    const hour = Math.floor(arrival / HOUR);
    sums.set(hour, (sums.get(hour) ?? 0) + 1);
  }
  const states: { at: number; state: State }[] = [];
  for (let hour = Math.ceil(from / HOUR); hour * HOUR < to; hour++) {
    const at = hour * HOUR + evaluation.minute * MINUTE;
    const range = Number(alarm.evaluation_periods) + evaluation.beyond;
    const values = Array.from({ length: range }, (_, back) => sums.get(hour - 1 - back)); // only hours that are over
    const isEmpty = values.every((value) => value === undefined);
    const filled = values.map((value) => value ?? (isEmpty && !evaluation.fillsNothing ? undefined : fill));
    states.push({ at, state: stateOf(alarm, filled) });
  }
  return states;
}

/** The metric, and what FILL puts where it has no value. */
function seriesOf(alarm: Block) {
  const queries = alarm.metric_query as readonly {
    readonly id: string;
    readonly expression?: string;
    readonly return_data?: boolean;
    readonly metric?: { readonly period: number; readonly stat: string };
  }[];
  const [answer, ...others] = queries.filter(({ return_data: isAnswer }) => isAnswer);
  const [, name, fill] = /^(?:FILL\((\w+), (\d+)\)|\w+)$/.exec(answer?.expression ?? answer?.id ?? '') ?? [];
  const metric = queries.find(({ id }) => id === (name ?? answer?.id))?.metric;
  if (!metric || others.length > 0) throw new Error(`cannot evaluate ${JSON.stringify(queries)}`);
  return { metric, fill: fill === undefined ? undefined : Number(fill) };
}

/** The state that values come to, the newest first. */
function stateOf(alarm: Block, values: readonly (number | undefined)[]): State {
  const { evaluation_periods: periods, datapoints_to_alarm: enough, comparison_operator: operator } = alarm;
  if (operator !== 'LessThanThreshold') throw new Error(`cannot compare by ${String(operator)}`);
  const isBreaching = (value: number) => value < Number(alarm.threshold);
  const real = values.filter((value) => value !== undefined);
  // Values that are there come first, as far back as CloudWatch looks; only what is then short is taken for missing.
  const breaching = real.slice(0, Number(periods)).filter(isBreaching).length;
  const missing = Math.max(0, Number(periods) - real.length);
  if (missing > 0 && alarm.treat_missing_data !== 'breaching') throw new Error('expected missing data to be breaching');
  return breaching + missing >= Number(enough) ? 'ALARM' : 'OK';
}
