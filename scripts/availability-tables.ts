import { Availability, Duration } from 'nines';
import {
  AVAILABILITY_GRADES,
  AVAILABILITY_LEVELS,
  amountText,
  costOfDowntime,
  downtimeText,
  Rate,
  RECOVERY_STRATEGIES,
  serviceLevels,
  standby,
  withCommonCause,
} from 'nines/availability';
import { table } from './markdown-table';

/** The computed tables of docs/availability.md. */
export const AVAILABILITY_TABLES: Readonly<Record<string, () => string>> = {
  nines: () =>
    table(
      ['availability', 'nines', 'called', 'down a year', 'down a month', 'down a week'],
      AVAILABILITY_GRADES.map(({ availability, name }) => [
        String(availability),
        String(Math.floor(availability.toNines() * 100) / 100),
        name,
        ...(['year', 'month', 'week'] as const).map((period) => downtimeText(availability.downtimePer(period))),
      ]),
    ),
  'common-cause': () => {
    const counts = [1, 2, 3, 6];
    return table(
      ['beta', ...counts.map((count) => `${count} ${count === 1 ? 'copy' : 'copies'}`)],
      [0, 0.01, 0.05, 0.1, 0.5].map((beta) => [
        `${beta * 100} %`,
        ...counts.map((count) => String(withCommonCause({ part: Availability.percent('99'), count, needed: 1, beta }))),
      ]),
    );
  },
  standby: () => {
    const times = [Duration.seconds(5), Duration.minutes(1), Duration.minutes(5), Duration.minutes(30)];
    return table(
      ['coverage', ...times.map((time) => `takes over in ${downtimeText(time)}`)],
      [0, 0.5, 0.9, 0.95, 0.99, 1].map((coverage) => [
        `${coverage * 100} %`,
        ...times.map((detection) => String(pair(coverage, detection))),
      ]),
    );
  },
  'service-levels': () =>
    table(
      ['name', 'service', 'level', 'conditions', 'text of'],
      serviceLevels().map(({ id, service, availability, conditions, source, read, dated }) => [
        `\`${id}\``,
        service,
        String(availability),
        conditions,
        `[${dated ?? 'no date'}](${source})${read === 'agreement' ? '' : `, ${read}`}`,
      ]),
    ),
};

/** The computed tables of docs/disaster-recovery.md. */
export const RECOVERY_TABLES: Readonly<Record<string, () => string>> = {
  strategies: () =>
    table(
      ['strategy', 'what stands ready', 'recovers in', 'loses data of', 'costs'],
      RECOVERY_STRATEGIES.map(({ name, description, recoveryTime, dataLoss, costFactor }) => [
        `\`${name}\``,
        description,
        recoveryTime.toSeconds() === 0 ? 'at once' : downtimeText(recoveryTime),
        dataLoss.toSeconds() === 0 ? 'nothing' : downtimeText(dataLoss),
        `${costFactor} x the base`,
      ]),
    ),
  outages: () => {
    const revenue = Rate.per('month', 1_000_000);
    const times = [Duration.minutes(5), Duration.hours(1), Duration.hours(2), Duration.hours(4), Duration.days(1)];
    return table(
      ['outage of', 'lost revenue', 'what follows', 'in all'],
      times.map((time) => {
        const { direct, indirect, total } = costOfDowntime(time, revenue);
        return [downtimeText(time), ...[direct, indirect, total].map(amountText)];
      }),
    );
  },
  levels: () =>
    table(
      ['level', 'availability', 'costs', 'complexity', 'suits'],
      AVAILABILITY_LEVELS.map(({ name, availability, costFactor, highestCostFactor, complexity, suits }) => [
        name,
        String(availability),
        `${range(costFactor, highestCostFactor)} x`,
        complexity,
        suits,
      ]),
    ),
};

/** The pair that docs/availability.md describes. */
function pair(coverage: number, detection: Duration): Availability {
  return standby({
    active: { mtbf: Duration.days(60), mttr: Duration.hours(2) },
    standby: Availability.percent('99'),
    coverage,
    detection,
    switchover: Duration.seconds(0),
  });
}

function range(from: number, to: number | undefined): string {
  if (to === undefined) return `${from} or more`;
  return from === to ? String(from) : `${from} to ${to}`;
}
