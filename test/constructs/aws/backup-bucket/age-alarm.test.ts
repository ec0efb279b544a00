import { TerraformOutput } from 'cdktf';
import fc from 'fast-check';
import { Duration, Retention } from 'nines';
import { all, follow, only, synth } from '../../../support/synth';
import { backups, built, once, plain, TOPIC } from './buckets';
import { type Evaluation, HOUR, type State, statesOf } from './cloud-watch';
import { matches } from './event-pattern';

const DAY = 24 * HOUR;

const evaluations: fc.Arbitrary<Evaluation> = fc.record({
  minute: fc.nat(59),
  beyond: fc.nat(24),
  fillsNothing: fc.boolean(),
});

/** A month of daily backups at about the same time, each so many minutes late. */
const punctual = fc
  .record({ time: fc.nat(DAY - 1), delays: fc.array(fc.nat(5 * 60), { minLength: 30, maxLength: 30 }) })
  .map(({ time, delays }) => delays.map((minutes, day) => day * DAY + time + minutes * 60_000));

describe('BackupBucket', () => {
  const alarm = () => only(plain(), 'aws_cloudwatch_metric_alarm');

  /** When the alarm changes its state. */
  function changes(arrivals: readonly number[], evaluation: Evaluation, of = alarm(), days = 40) {
    const states = statesOf(of, arrivals, { from: (arrivals[0] ?? 0) + HOUR, to: days * DAY }, evaluation);
    return states.filter(({ state }, position) => state !== (states[position - 1]?.state ?? 'OK'));
  }

  describe('watches the age of the newest daily copy (mistake 3)', () => {
    test('and is silent as long as none is more than 30 hours after the one before', () => {
      const property = fc.property(punctual, evaluations, (arrivals, evaluation) => {
        const last = arrivals.at(-1) ?? 0;
        expect(changes(arrivals, evaluation).filter(({ at }) => at <= last + 30 * HOUR)).toEqual([]);
      });
      fc.assert(property, { numRuns: 40 });
    });

    test('and sounds 30 to 32 hours after the last one, before half of it are gone', () => {
      const property = fc.property(punctual, evaluations, (arrivals, evaluation) => {
        const last = arrivals.at(-1) ?? 0;
        const [first, ...others] = changes(arrivals, evaluation);
        expect(first?.state).toBe<State>('ALARM');
        expect(first?.at).toBeGreaterThan(last + 30 * HOUR);
        expect(first?.at).toBeLessThanOrEqual(last + 32 * HOUR);
        expect(others).toEqual([]);
      });
      fc.assert(property, { numRuns: 40 });
    });

    test('and sounds for a missing one, and is silent again within two hours of the next', () => {
      const missing = fc.integer({ min: 3, max: 25 });
      const property = fc.property(punctual, evaluations, missing, (arrivals, evaluation, day) => {
        const taken = arrivals.filter((_, position) => position !== day);
        const [sounds, silent] = changes(taken, evaluation);
        const next = taken[day] ?? 0;
        expect([sounds?.state, silent?.state]).toEqual(['ALARM', 'OK']);
        expect(sounds?.at).toBeLessThan(next);
        expect(silent?.at).toBeGreaterThan(next);
        expect(silent?.at).toBeLessThanOrEqual(next + 2 * HOUR);
      });
      fc.assert(property, { numRuns: 40 });
    });

    test('and sounds when there never was one', () => {
      const property = fc.property(evaluations, (evaluation) => {
        const states = statesOf(alarm(), [], { from: 0, to: 3 * DAY }, evaluation);
        expect(new Set(states.map(({ state }) => state))).toEqual(new Set(['ALARM']));
      });
      fc.assert(property, { numRuns: 40 });
    });

    test('at the age that the user says, and always before half of the shortest life of a copy', () => {
      const kept = fc.record({
        daily: fc.integer({ min: 3, max: 20 }),
        weekly: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
      });
      const property = fc.property(kept, fc.nat(), evaluations, ({ daily, weekly }, draw, evaluation) => {
        const shortest = Math.min(daily, (weekly ?? daily) * 7) * DAY;
        const most = Math.min(shortest / HOUR / 2 - 3, 168);
        const hours = 25 + (draw % (most - 24));
        const result = built({ retention: Retention.gfs({ daily, weekly }), alarmAfter: Duration.hours(hours) });
        const [first] = changes([DAY], evaluation, only(result, 'aws_cloudwatch_metric_alarm'));
        expect(first?.at).toBeGreaterThan(DAY + hours * HOUR);
        expect(first?.at).toBeLessThan(DAY + shortest / 2);
      });
      fc.assert(property, { numRuns: 15 });
    });
  });

  describe('counts a daily copy', () => {
    const rule = once(() => only(plain(), 'aws_cloudwatch_event_rule'));
    const [bucket = ''] = Object.keys(all(plain(), 'aws_s3_bucket'));

    /** An event of S3. https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
    function event({ key = 'daily/2026-02-01.dump', size = 5_000_000, name = `\${aws_s3_bucket.${bucket}.bucket}` }) {
      return {
        source: 'aws.s3',
        'detail-type': 'Object Created',
        detail: { bucket: { name }, object: { key, size }, reason: 'CompleteMultipartUpload' },
      };
    }
    const counts = (what: unknown) => matches(JSON.parse(String(rule().event_pattern)), what);

    test('when it has arrived whole', () => {
      expect(counts(event({}))).toBe(true);
      expect(counts({ ...event({}), 'detail-type': 'Object Deleted' })).toBe(false);
    });

    test.each([
      ['nothing', 0],
      ['nothing, through zstd', 13],
      ['nothing, through gzip', 20],
      ['nothing, through xz', 32],
      ['no files, through tar and gzip', 45],
    ])('only with something in it, and not with %s', (_, size) => {
      expect(counts(event({ size }))).toBe(false);
    });

    test.each(['weekly/2026-02-01.dump', 'daily', 'old/daily/2026-02-01.dump'])('and no %s', (key) => {
      expect(counts(event({ key }))).toBe(false);
    });

    test('of its own bucket', () => {
      expect(counts(event({ name: 'example-other-backups' }))).toBe(false);
      expect(counts({ ...event({}), source: 'example.s3' })).toBe(false);
    });

    test('by a topic that EventBridge may tell, and nobody else by its policy', () => {
      const result = plain();
      const target = only(result, 'aws_cloudwatch_event_target');
      const topic = follow(result, target.arn);
      expect(topic).toMatchObject({ type: 'aws_sns_topic', attribute: 'arn' });
      expect(follow(result, target.rule)).toMatchObject({ type: 'aws_cloudwatch_event_rule', attribute: 'name' });
      const policy = only(result, 'aws_sns_topic_policy');
      expect(policy.arn).toBe(target.arn);
      expect(JSON.parse(String(policy.policy)).Statement).toEqual([
        {
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: ['sns:Publish'],
          Resource: [target.arn],
          Condition: { ArnEquals: { 'aws:SourceArn': String(target.rule).replace('.name}', '.arn}') } },
        },
      ]);
    });

    test('once S3 tells EventBridge of it', () => {
      expect(only(plain(), 'aws_s3_bucket_notification')).toMatchObject({ eventbridge: true });
    });
  });

  test('measures what its own rule passes on', () => {
    const [rule] = Object.keys(all(plain(), 'aws_cloudwatch_event_rule'));
    const queries = alarm().metric_query as readonly { readonly metric?: object }[];
    expect(queries.flatMap(({ metric }) => metric ?? [])).toEqual([
      {
        namespace: 'AWS/Events',
        metric_name: 'Invocations',
        dimensions: { RuleName: `\${aws_cloudwatch_event_rule.${rule}.name}` },
        stat: 'Sum',
        period: 3600,
      },
    ]);
  });

  test('says of the alarm what it means', () => {
    expect(alarm().alarm_description).toBe(
      'No daily copy has arrived in shop/Backups for 30 hours; those that are there still go when their time comes',
    );
  });

  // An alarm of a name that is taken overwrites the other; no two buckets of the world have one name.
  test('has an alarm whose name no other bucket has', () => {
    const { alarm_name: name } = alarm();
    expect(name).toMatch(/-backup-age$/);
    expect(follow(plain(), String(name).replace('-backup-age', ''))).toMatchObject({
      type: 'aws_s3_bucket',
      attribute: 'bucket',
    });
  });

  test('tells the topic that it is given when the alarm begins, and when it ends', () => {
    const told = only(built({ notificationTopicArn: TOPIC }), 'aws_cloudwatch_metric_alarm');
    expect(told).toMatchObject({ alarm_actions: [TOPIC], ok_actions: [TOPIC] });
    expect(alarm()).not.toHaveProperty('alarm_actions');
  });

  test('publishes the topic of arrivals, for a drill that starts with each', () => {
    const result = synth((stack) => {
      new TerraformOutput(stack, 'arrivals', { value: backups(stack).arrivals.arn });
    });
    expect(result.output.arrivals?.value).toBe(only(result, 'aws_cloudwatch_event_target').arn);
  });
});
