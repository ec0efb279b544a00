import fc from 'fast-check';
import { Duration } from 'nines';
import { planDisasterRecovery, Rate, RECOVERY_STRATEGIES, type RecoveryStrategy } from 'nines/availability';

const REVENUE = Rate.per('month', 1_000_000);

// The course « 9.6 Architectures Haute Disponibilité », « RTO et RPO »: an online shop of $1M a month and 1,000
// transactions an hour that needs an RTO below 1 hour and an RPO below 30 minutes.
const SHOP = { rto: Duration.hours(1), rpo: Duration.minutes(30), revenue: REVENUE };

describe('planDisasterRecovery', () => {
  describe('for the shop of the course', () => {
    const { cheapest, judged } = planDisasterRecovery({ ...SHOP, transactions: Rate.per('hour', 1_000) });
    const verdictOn = (name: string) => judged.find(({ strategy }) => strategy.name === name);

    test('answers warm-standby at $500,000 a month', () => {
      expect(cheapest?.strategy.name).toBe('warm-standby');
      expect(cheapest?.monthlyCost).toBeCloseTo(500_000, 6);
      expect(cheapest?.reasons).toEqual([]);
    });

    test('names hot-standby at $1,000,000 a month second', () => {
      expect(judged.filter(({ fits }) => fits).map(({ strategy }) => strategy.name)).toEqual([
        'warm-standby',
        'hot-standby',
      ]);
      expect(verdictOn('hot-standby')?.monthlyCost).toBeCloseTo(1_000_000, 6);
      expect(verdictOn('hot-standby')?.reasons).toEqual(['fits too, and costs 500,000 a month more than warm-standby']);
    });

    test('says why the others do not fit', () => {
      expect(verdictOn('backup-restore')?.reasons).toEqual([
        'recovers in 4 hours, the RTO is 1 hour',
        'loses data of 1 day, the RPO is 30 minutes',
      ]);
      expect(verdictOn('pilot-light')?.reasons).toEqual(['loses data of 1 hour, the RPO is 30 minutes']);
    });

    test('says what one disaster costs each, and how many transactions it loses', () => {
      expect(verdictOn('backup-restore')?.disasterCost.total).toBeCloseTo((3 * 4 * 1_000_000) / 730, 6);
      expect(verdictOn('backup-restore')?.transactionsLost).toBe(24_000);
      expect(verdictOn('warm-standby')?.disasterCost.total).toBeCloseTo(0.25 * (1_000_000 / 730), 6);
      expect(verdictOn('hot-standby')?.transactionsLost).toBe(0);
    });
  });

  test('lets warm-standby do for the objectives of « Métriques de succès »: RTO below 1 hour, RPO below 15 minutes', () => {
    const { cheapest } = planDisasterRecovery({ ...SHOP, rpo: Duration.minutes(15) });
    expect(cheapest?.strategy.name).toBe('warm-standby');
  });

  test('takes a strategy that is exactly as slow as allowed', () => {
    const { cheapest } = planDisasterRecovery({ ...SHOP, rto: Duration.hours(4), rpo: Duration.days(1) });
    expect(cheapest?.strategy.name).toBe('backup-restore');
  });

  test('takes the cost of the infrastructure itself, when it is given', () => {
    const { cheapest } = planDisasterRecovery({ ...SHOP, baseCost: Rate.per('year', 120_000) });
    expect(cheapest?.monthlyCost).toBeCloseTo(50_000, 6);
  });

  test('counts no transactions that it was not told of', () => {
    expect(planDisasterRecovery(SHOP).cheapest).not.toHaveProperty('transactionsLost');
  });

  test('answers none when no strategy of your own fits, and says why of each', () => {
    const [backup] = RECOVERY_STRATEGIES as [RecoveryStrategy];
    const plan = planDisasterRecovery({ ...SHOP, strategies: [backup] });
    expect(plan).not.toHaveProperty('cheapest');
    expect(plan.judged[0]?.reasons).toHaveLength(2);
  });

  test('prefers the faster of two that cost the same', () => {
    const [, , warm] = RECOVERY_STRATEGIES as [unknown, unknown, RecoveryStrategy];
    const faster = { ...warm, name: 'faster', recoveryTime: Duration.minutes(5) };
    const { cheapest, judged } = planDisasterRecovery({ ...SHOP, strategies: [warm, faster] });
    expect(cheapest?.strategy.name).toBe('faster');
    expect(judged[1]?.reasons).toEqual(['fits too, and costs the same as faster']);
  });

  test('prefers the one that loses less of two that cost the same and are as fast', () => {
    const [, , warm] = RECOVERY_STRATEGIES as [unknown, unknown, RecoveryStrategy];
    const keepsMore = { ...warm, name: 'keeps more', dataLoss: Duration.seconds(1) };
    expect(planDisasterRecovery({ ...SHOP, strategies: [warm, keepsMore] }).cheapest?.strategy.name).toBe('keeps more');
  });

  test('changes neither the strategies nor their order', () => {
    const strategies = [...RECOVERY_STRATEGIES].reverse();
    const before = [...strategies];
    planDisasterRecovery({ ...SHOP, strategies });
    expect(strategies).toEqual(before);
  });

  test.each([
    [{ rto: 1 as never }, 'rto must be a Duration, got 1; write Duration.minutes(…)'],
    [{ rpo: Duration.hours(Number.POSITIVE_INFINITY) }, 'rpo must be a Duration'],
    [{ revenue: 1_000_000 as never }, "revenue must be a Rate, got 1000000; write Rate.per('month', 1_000_000)"],
    [{ strategies: [] }, 'strategies must name at least one, got none; leave it out for the usual four'],
  ])('refuses %j', (wrong, message) => {
    expect(() => planDisasterRecovery({ ...SHOP, ...wrong })).toThrow(message);
  });

  test('refuses a strategy whose cost is none', () => {
    const [backup] = RECOVERY_STRATEGIES as [RecoveryStrategy];
    expect(() => planDisasterRecovery({ ...SHOP, strategies: [{ ...backup, costFactor: Number.NaN }] })).toThrow(
      'costFactor of backup-restore must be a number of at least 0, got NaN; it is a multiple of the base cost',
    );
  });

  test('is never beaten by another that fits, and refuses only what does not', () => {
    const minutes = fc.integer({ min: 0, max: 20 });
    const strategy = fc.record({ recovery: minutes, loss: minutes, costFactor: fc.integer({ min: 0, max: 5 }) });
    fc.assert(
      fc.property(fc.array(strategy, { minLength: 1, maxLength: 8 }), minutes, minutes, (drawn, rto, rpo) => {
        const strategies = drawn.map(({ recovery, loss, costFactor }, index) => ({
          name: `s${index}`,
          recoveryTime: Duration.minutes(recovery),
          dataLoss: Duration.minutes(loss),
          costFactor,
          description: '',
          source: '',
        }));
        const needs = { rto: Duration.minutes(rto), rpo: Duration.minutes(rpo), revenue: REVENUE, strategies };
        const { cheapest, judged } = planDisasterRecovery(needs);

        const fitting = drawn.filter(({ recovery, loss }) => recovery <= rto && loss <= rpo);
        expect(judged).toHaveLength(drawn.length);
        expect(judged.filter(({ fits }) => fits)).toHaveLength(fitting.length);
        if (fitting.length === 0) expect(cheapest).toBeUndefined();
        else expect(cheapest?.strategy.costFactor).toBe(Math.min(...fitting.map(({ costFactor }) => costFactor)));
        for (const verdict of judged) expect(verdict.reasons.length > 0).toBe(verdict !== cheapest);
      }),
    );
  });
});
