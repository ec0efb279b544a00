import fc from 'fast-check';
import { Availability, Duration } from 'nines';
import { parallel, standby } from 'nines/availability';

const ACTIVE = { mtbf: Duration.hours(999), mttr: Duration.hours(1) };
const SPARE = Availability.percent('99');
const NONE = Duration.seconds(0);

describe('standby', () => {
  test('that always takes over at once is parallel', () => {
    const pair = standby({ active: ACTIVE, standby: SPARE, coverage: 1, detection: NONE, switchover: NONE });
    const both = parallel([Availability.ofRepairs(ACTIVE), SPARE]);
    expect(pair.failingShare).toBeCloseTo(both.failingShare, 18);
  });

  test('that is perfect in every way never fails, nor does one whose active part is repaired at once', () => {
    const perfect = { standby: Availability.percent(100), coverage: 1, detection: NONE, switchover: NONE };
    expect(standby({ ...perfect, active: ACTIVE }).failingShare).toBe(0);
    const repairedAtOnce = { ...ACTIVE, mttr: NONE };
    expect(standby({ ...perfect, standby: SPARE, active: repairedAtOnce }).failingShare).toBe(0);
  });

  test('that never takes over is worth nothing', () => {
    const pair = standby({ active: ACTIVE, standby: SPARE, coverage: 0, detection: NONE, switchover: NONE });
    expect(pair.failingShare).toBe(0.001);
  });

  test('waits for detection and switch-over, and for the repair when either is missing', () => {
    // q 0.001; of the hour of repair: 5 % not covered; of the rest 3 of 60 minutes waiting, then 1 % standby down
    const pair = standby({
      active: ACTIVE,
      standby: SPARE,
      coverage: 0.95,
      detection: Duration.seconds(30),
      switchover: Duration.seconds(150),
    });
    expect(pair.failingShare).toBeCloseTo(0.001 * (0.05 + 0.95 * (0.05 + 0.95 * 0.01)), 18);
  });

  test('gains nothing when the take-over lasts longer than the repair', () => {
    const pair = standby({
      active: ACTIVE,
      standby: SPARE,
      coverage: 1,
      detection: Duration.hours(2),
      switchover: NONE,
    });
    expect(pair.failingShare).toBe(0.001);
  });

  test('is what a simulated pair comes to, failure by failure', () => {
    const random = seeded(7);
    const spent = { up: 0, down: 0 };
    const [coverage, takeover, mtbf, mttr, spareDown] = [0.9, 0.25, 50, 4, 0.05];
    for (let failure = 0; failure < 400_000; failure++) {
      const running = -mtbf * Math.log(1 - random());
      const isCovered = random() < coverage;
      const isSpareDown = random() < spareDown; // for the rest of this repair
      const down = isCovered ? takeover + (isSpareDown ? mttr - takeover : 0) : mttr;
      spent.down += down;
      spent.up += running + (mttr - down);
    }
    const pair = standby({
      active: { mtbf: Duration.hours(mtbf), mttr: Duration.hours(mttr) },
      standby: Availability.failing(spareDown),
      coverage,
      detection: Duration.hours(0.2),
      switchover: Duration.hours(0.05),
    });
    const simulated = spent.down / (spent.up + spent.down);
    expect(simulated / pair.failingShare).toBeCloseTo(1, 1.7); // within 1 %, four times the spread of so many failures
  });

  test('lies between perfect redundancy and no standby, and worsens with every second of detection', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const seconds = fc.double({ min: 0, max: 7_200, noNaN: true });
    fc.assert(
      fc.property(share, share, seconds, seconds, (spare, coverage, detection, more) => {
        const pairAt = (wait: number) =>
          standby({
            active: ACTIVE,
            standby: Availability.failing(spare),
            coverage,
            detection: Duration.seconds(wait),
            switchover: NONE,
          });
        const alone = Availability.ofRepairs(ACTIVE);
        expect(parallel([alone, Availability.failing(spare)]).meets(pairAt(detection))).toBe(true);
        expect(pairAt(detection).meets(alone)).toBe(true);
        expect(pairAt(detection).meets(pairAt(detection + more))).toBe(true);
      }),
    );
  });

  test.each([
    [{ coverage: 95 }, 'coverage must be a number from 0 to 1, got 95; it is the share of failures that lead to a'],
    [{ detection: 30 as never }, 'detection must be a Duration, got 30; write Duration.minutes(…)'],
    [{ switchover: undefined as never }, 'switchover must be a Duration, got undefined; write Duration.minutes(…)'],
    [{ standby: 99 as never }, 'standby must be an availability, got 99; write Availability.percent(…)'],
  ])('refuses %j', (wrong, message) => {
    const settings = { active: ACTIVE, standby: SPARE, coverage: 1, detection: NONE, switchover: NONE, ...wrong };
    expect(() => standby(settings)).toThrow(message);
  });
});

/** Random numbers that are the same in every run: mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
