import { Availability, Duration } from 'nines';
import { anyOf, FaultModel, RepairTime } from 'nines/availability';
import { Random } from '../../../src/availability/fault-model/monte-carlo/random';
import { Numbers } from './support/numbers';
import { modelOf, randomPlan } from './support/random-model';

const HOUR = Duration.hours(1).toMilliseconds();
const failing = (share: number) => ({ availability: Availability.failing(share) });

/** Two zones in a region, a replica in each; short repairs of replicas, long ones of zones. */
function service(repair: RepairTime): FaultModel {
  return new FaultModel()
    .domain('region', { ...failing(0.002), repair: RepairTime.fixed(Duration.hours(2)) })
    .domain('zone-a', { ...failing(0.01), in: 'region', repair })
    .domain('zone-b', { ...failing(0.01), in: 'region', repair })
    .component('a', { ...failing(0.05), in: 'zone-a', repair: RepairTime.exponential(Duration.minutes(30)) })
    .component('b', { ...failing(0.05), in: 'zone-b', repair: RepairTime.exponential(Duration.minutes(30)) })
    .component('service', { needs: anyOf(['a', 'b']) });
}

const REPAIRS = [
  ['exponential', RepairTime.exponential(Duration.hours(3))],
  ['fixed', RepairTime.fixed(Duration.hours(3))],
  ['lognormal', RepairTime.lognormal({ median: Duration.hours(2), p95: Duration.hours(9) })],
  ['observed', RepairTime.observed([Duration.hours(1), Duration.hours(2), Duration.hours(9)])],
] as const;

describe('sampling', () => {
  test('holds the exact availability in its interval as often as it says, over 200 random models', () => {
    let held = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const analysis = modelOf(randomPlan(new Numbers(seed), 10)).analyse('target');
      const { worst, best } = analysis.sample({ trials: 2000, seed, confidence: 0.95 });
      if (analysis.availability.meets(worst) && best.meets(analysis.availability)) held++;
    }
    expect(held).toBeGreaterThan(200 * 0.95 - 4 * Math.sqrt(200 * 0.95 * 0.05));
  });

  test('is the same for the same seed, and another for another', () => {
    const analysis = service(RepairTime.fixed(Duration.hours(1))).analyse('service');
    const estimate = (seed: number) => analysis.sample({ trials: 5000, seed }).availability.failingShare;
    expect(estimate(7)).toBe(estimate(7));
    expect(estimate(7)).not.toBe(estimate(8));
  });

  test('never calls it 100 % sure: with no failure seen, the interval still has a lower end', () => {
    const { availability, worst, best } = new FaultModel()
      .component('a', failing(1e-9))
      .analyse('a')
      .sample({ trials: 1000 });
    expect([availability.failingShare, best.failingShare]).toEqual([0, 0]);
    expect(worst.failingShare).toBeCloseTo(1.96 ** 2 / (1000 + 1.96 ** 2), 6); // Wilson 1927, no successes
  });

  test('refuses what makes no sense', () => {
    const analysis = new FaultModel().component('a', failing(0.1)).analyse('a');
    expect(() => analysis.sample({ trials: 0, seed: -1 })).toThrow(
      'trials must be a whole number of at least 1, got 0; say how many moments are looked at\n' +
        'seed must be a whole number of at least 0, got -1; say where the random numbers begin',
    );
  });
});

describe('simulation', () => {
  test.each(REPAIRS)('with %s repair times holds the exact availability and number of outages', (_, repair) => {
    const analysis = service(repair).analyse('service');
    const simulation = analysis.simulate({ runs: 400, period: Duration.days(90), confidence: 0.999 });
    expect(analysis.availability.meets(simulation.worst)).toBe(true);
    expect(simulation.best.meets(analysis.availability)).toBe(true);
    const { count, milliseconds } = analysis.outages(Duration.days(90));
    const spread = 4 * Math.sqrt(count / 400); // outages come about as a Poisson process
    expect(Math.abs(simulation.outages - count)).toBeLessThan(spread);
    expect(Math.abs(simulation.outageMilliseconds / milliseconds - 1)).toBeLessThan(0.15);
  });

  test.each(REPAIRS)('with %s repair times starts at a moment at random, not with everything new', (_, repair) => {
    const analysis = new FaultModel().component('a', { ...failing(0.2), repair }).analyse('a');
    const { worst, best } = analysis.simulate({ runs: 8000, period: Duration.hours(3), confidence: 0.999 });
    expect(best.failingShare).toBeLessThan(0.2);
    expect(worst.failingShare).toBeGreaterThan(0.2);
  });

  test('says how bad a bad year is, and how likely a promise is kept', () => {
    const analysis = service(RepairTime.fixed(Duration.hours(3))).analyse('service');
    const simulation = analysis.simulate({ runs: 300 });
    const usual = simulation.downtimeMilliseconds(0.5);
    const bad = simulation.downtimeMilliseconds(0.95);
    expect(usual).toBeGreaterThan(0);
    expect(bad).toBeGreaterThan(usual);
    const atBad = Availability.failing(bad / Duration.days(365).toMilliseconds());
    expect(simulation.shareMeeting(atBad)).toBeCloseTo(0.95, 2);
    expect(simulation.shareMeeting(Availability.percent(0))).toBe(1);
    expect(simulation.shareMeeting(Availability.percent(100))).toBe(0);
  });

  test('with fewer than ten outages says that it cannot tell', () => {
    const model = new FaultModel().component('a', { ...failing(1e-6), repair: RepairTime.fixed(Duration.hours(1)) });
    const { worst, best } = model.analyse('a').simulate({ runs: 3 });
    expect([worst.failingShare, best.failingShare]).toEqual([1, 0]);
  });

  test('asks for the repair time of every part, or one for all', () => {
    const analysis = new FaultModel().component('a', failing(0.1)).component('b', { needs: 'a' }).analyse('b');
    expect(() => analysis.simulate()).toThrow(
      '"b" cannot be solved:\n  - a.repair must say how long a repair takes, got none; give it, or one for all',
    );
    expect(() => analysis.simulate({ repair: RepairTime.fixed(Duration.hours(1)), runs: 2 })).not.toThrow();
  });
});

describe('RepairTime', () => {
  const mean = (draw: (random: Random) => number) => {
    const random = new Random(5);
    let sum = 0;
    for (let index = 0; index < 200_000; index++) sum += draw(random);
    return sum / 200_000;
  };

  test.each(REPAIRS)(
    '%s has the mean that it says, and what remains of it E[T²] / 2 E[T] (renewal theory)',
    (kind, repair) => {
      expect(mean((random) => repair.draw(random)) / repair.meanMilliseconds).toBeCloseTo(1, 1);
      const square = mean((random) => repair.draw(random) ** 2);
      const remaining = mean((random) => repair.drawRemaining(random));
      expect(remaining / (square / (2 * repair.meanMilliseconds))).toBeCloseTo(1, kind === 'lognormal' ? 0 : 1);
    },
  );

  test('lognormal has the median and the 95 % point that were given', () => {
    const repair = RepairTime.lognormal({ median: Duration.hours(2), p95: Duration.hours(9) });
    const random = new Random(3);
    const drawn = Array.from({ length: 50_000 }, () => repair.draw(random) / HOUR).sort((a, b) => a - b);
    expect(drawn[25_000]).toBeCloseTo(2, 1);
    expect(Math.abs((drawn[47_500] ?? 0) - 9)).toBeLessThan(0.3);
  });

  test.each([
    [() => RepairTime.exponential(Duration.hours(0)), 'mean must be longer than nothing, got 0 seconds'],
    [() => RepairTime.observed([]), 'times must hold a repair time, got none; give the past repairs'],
    [
      () => RepairTime.lognormal({ median: Duration.minutes(10), p95: Duration.minutes(5) }),
      'p95 must be longer than the median (10 minutes), got 5 minutes; for repairs that all take the same, use RepairTime.fixed',
    ],
  ])('refuses what makes no sense: %#', (make, message) => {
    expect(make).toThrow(message);
  });
});
