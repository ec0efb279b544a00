import fc from 'fast-check';
import { Availability, Duration } from 'nines';
import { type Incident, missedObjectives, reportIncidents } from 'nines/availability';

const at = (time: string) => new Date(`2026-03-10T${time}Z`);
const DAY = { from: at('00:00:00'), to: new Date('2026-03-11T00:00:00Z') };
const minutes = (duration: Duration | undefined) => duration?.toMinutes({ integral: false });

describe('reportIncidents', () => {
  // « Métriques critiques » of the course « 9.6 Architectures Haute Disponibilité »: in a day, a database that is down for
  // 300 seconds and a cache for 60, against 99.9 %.
  describe('for the incidents of the course', () => {
    const database = { start: at('10:00:00'), end: at('10:05:00') };
    const cache = { start: at('15:00:00'), end: at('15:01:00') };
    const target = Availability.percent('99.9');

    test('one after the other is 99.583 %, 0.317 points below the 99.9 % that it must comply with', () => {
      const { availability, downtime } = reportIncidents([database, cache], DAY);
      expect(availability.failingShare).toBe(360 / 86_400);
      expect((100 - 100 * availability.failingShare).toFixed(3)).toBe('99.583');
      expect((0.001 - availability.failingShare).toFixed(5)).toBe('-0.00317');
      expect(availability.meets(target)).toBe(false);
      expect(target.errorBudget('day', downtime).spentShare).toBeCloseTo(360 / 86.4, 10);
    });

    test('recorded at the same moment, as its example does, is 99.653 %: mistake 8, the course counts them twice', () => {
      const { availability, outages } = reportIncidents(
        [database, { ...cache, start: at('10:00:00'), end: at('10:01:00') }],
        DAY,
      );
      expect(availability.failingShare).toBe(300 / 86_400);
      expect(outages).toBe(1);
    });
  });

  test('mistake 8 of the course: an incident that began before the window counts only within it', () => {
    const early = { start: new Date('2026-03-09T22:00:00Z'), end: at('00:30:00') };
    const report = reportIncidents([early], DAY);
    expect(minutes(report.downtime)).toBe(30);
    expect(minutes(report.longest)).toBe(30);
    expect(report.outages).toBe(1);
  });

  test('cuts an incident at the end of the window, one without an end too', () => {
    expect(minutes(reportIncidents([{ start: at('23:00:00') }], DAY).downtime)).toBe(60);
    const late = { start: at('23:30:00'), end: new Date('2026-03-12T00:00:00Z') };
    expect(minutes(reportIncidents([late], DAY).downtime)).toBe(30);
  });

  test('leaves out what lies outside of the window, touches it only, or has no length', () => {
    const outside = { start: new Date('2026-03-09T10:00:00Z'), end: new Date('2026-03-09T11:00:00Z') };
    const touching = { start: new Date('2026-03-09T23:00:00Z'), end: DAY.from };
    const starting = { start: DAY.to, end: new Date('2026-03-11T01:00:00Z') };
    const empty = { start: at('12:00:00'), end: at('12:00:00') };
    expect(reportIncidents([outside, touching, starting, empty], DAY).outages).toBe(0);
  });

  test('joins incidents that overlap, lie within each other or follow at once, in any order', () => {
    const incidents = [
      { start: at('10:50:00'), end: at('11:00:00') }, // follows at once
      { start: at('10:00:00'), end: at('10:40:00') },
      { start: at('10:05:00'), end: at('10:10:00') }, // lies within
      { start: at('10:30:00'), end: at('10:50:00') }, // overlaps
      { start: at('20:00:00'), end: at('20:20:00') },
    ];
    const report = reportIncidents(incidents, DAY);
    expect(report.outages).toBe(2);
    expect(minutes(report.downtime)).toBe(80);
    expect(minutes(report.longest)).toBe(60);
    expect(minutes(report.mttr)).toBe(40);
    expect(minutes(report.mtbf)).toBe((1_440 - 80) / 2);
  });

  // « Métriques de succès »: Uptime (Total - Downtime) / Total, MTTR total downtime / incidents, MTBF total / failures
  test('has the uptime and MTTR of the course; its MTBF, from failure to failure, is mtbf + mttr', () => {
    const incidents = [
      { start: at('03:00:00'), end: at('03:30:00') },
      { start: at('09:00:00'), end: at('09:10:00') },
    ];
    const { availability, mtbf, mttr } = reportIncidents(incidents, DAY);
    expect(1 - availability.failingShare).toBeCloseTo((1_440 - 40) / 1_440, 15);
    expect(minutes(mttr)).toBe(40 / 2);
    expect((minutes(mtbf) ?? 0) + (minutes(mttr) ?? 0)).toBe(1_440 / 2);
  });

  test('of a window without incidents is 100 %, and tells no means', () => {
    const report = reportIncidents([], DAY);
    expect(String(report.availability)).toBe('100 %');
    expect(minutes(report.window)).toBe(1_440);
    expect(report).not.toHaveProperty('mtbf');
    expect(report).not.toHaveProperty('mttr');
    expect(report).not.toHaveProperty('longest');
  });

  test('of a window that was down throughout is 0 %', () => {
    expect(reportIncidents([{ start: new Date(0) }], DAY).availability.failingShare).toBe(1);
  });

  test.each<[readonly Incident[], { from: Date; to: Date }, string]>([
    [
      [],
      { from: DAY.to, to: DAY.from },
      'window.to must be after window.from, got 2026-03-10T00:00:00.000Z; swap them',
    ],
    [[], { from: DAY.from, to: DAY.from }, 'window.to must be after window.from'],
    [
      [{ start: at('10:00:00'), end: at('09:00:00') }],
      DAY,
      'end of incident 1 must not be before its start (2026-03-10T10:00:00.000Z), got 2026-03-10T09:00:00.000Z; swap them',
    ],
    [[{ start: new Date('never') }], DAY, "start of incident 1 must be a Date, got an object; write new Date('"],
    [[{ start: '2026-03-10' as never }], DAY, "start of incident 1 must be a Date, got '2026-03-10'"],
  ])('refuses %j in %j', (incidents, window, message) => {
    expect(() => reportIncidents(incidents, window)).toThrow(message);
  });

  test('is what counting every second comes to', () => {
    const second = fc.integer({ min: -50, max: 250 });
    const incident = fc.tuple(second, fc.option(fc.integer({ min: 0, max: 120 }), { nil: undefined, freq: 8 }));
    fc.assert(
      fc.property(fc.array(incident, { maxLength: 8 }), fc.integer({ min: 1, max: 200 }), (drawn, length) => {
        const isDown = (moment: number) =>
          drawn.some(([start, lasts]) => start <= moment && (lasts === undefined || moment < start + lasts));
        const seconds = Array.from({ length }, (_, moment) => isDown(moment));
        const down = seconds.filter(Boolean).length;
        const begun = seconds.filter((isNow, moment) => isNow && !(moment > 0 && seconds[moment - 1])).length;

        const date = (moment: number) => new Date(DAY.from.getTime() + moment * 1_000);
        const report = reportIncidents(
          drawn.map(([start, lasts]) => ({
            start: date(start),
            ...(lasts !== undefined && { end: date(start + lasts) }),
          })),
          { from: date(0), to: date(length) },
        );
        expect(report.downtime.toSeconds()).toBe(down);
        expect(report.outages).toBe(begun);
        expect(report.availability.failingShare).toBe(down / length);
        if (report.mtbf && report.mttr && down < length) {
          const fromMeans = Availability.ofRepairs({ mtbf: report.mtbf, mttr: report.mttr });
          expect(fromMeans.failingShare).toBeCloseTo(down / length, 12);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('missedObjectives', () => {
  const incidents = [
    { start: at('03:00:00'), end: at('03:50:00') },
    { start: at('09:00:00'), end: at('09:30:00') },
  ];

  test('of the course are 99.9 %, 720 hours and 30 minutes: a bad day misses all three', () => {
    expect(missedObjectives(reportIncidents(incidents, DAY))).toEqual([
      'availability must be at least 99.9 %, was 94.44 %',
      'mtbf must be at least 30 days, was 11 hours 20 minutes',
      'mttr must be at most 30 minutes, was 40 minutes',
    ]);
  });

  test('are none for a month with one short outage, nor for one without any', () => {
    const month = { from: new Date('2026-03-01T00:00:00Z'), to: new Date('2026-04-01T00:00:00Z') };
    expect(missedObjectives(reportIncidents([{ start: at('03:00:00'), end: at('03:20:00') }], month))).toEqual([]);
    expect(missedObjectives(reportIncidents([], month))).toEqual([]);
  });

  test('leaves out what it was not asked', () => {
    expect(missedObjectives(reportIncidents(incidents, DAY), { mttr: Duration.minutes(40) })).toEqual([]);
  });
});
