import { Duration } from 'nines';
import { downtimeText } from 'nines/availability';
import type { AvailabilityTarget, WebApplicationStackProps } from 'nines/stacks';
import { type Loss, objectivesOf } from '../../src/stacks/web-application/promises';
import { withDefaults } from '../../src/stacks/web-application/props';
import { LEAST } from './shop';

function objective(loss: Loss, props: Partial<WebApplicationStackProps>) {
  const found = objectivesOf(withDefaults({ ...LEAST, ...props })).find((one) => one.loss === loss);
  if (!found) throw new Error(loss);
  const text = (time: Duration | undefined) => (time ? downtimeText(time) : 'never');
  return { times: [text(found.rto), text(found.rpo)], because: found.because };
}

describe('the objectives of a stack', () => {
  test.each<[AvailabilityTarget, Loss, string, string]>([
    ['99%', 'node', '15 minutes', 'none'],
    ['99%', 'zone', '4 hours', '5 minutes'],
    ['99.9%', 'node', '2 minutes', 'none'],
    ['99.9%', 'zone', '2 minutes', 'none'],
    ['99.99%', 'zone', '2 minutes', 'none'],
    ['99.9%', 'data', '4 hours', '5 minutes'],
    ['99.99%', 'region', 'never', 'never'],
  ])('at %s, for the loss of a %s: back after %s, without %s', (target, loss, rto, rpo) => {
    expect(objective(loss, { target }).times).toEqual([rto, rpo]);
  });

  test('without sessions are those of the database, or of whatever is slower', () => {
    const quick = { target: '99.99%', sessions: false } as const;
    expect(objective('node', quick).times[0]).toBe('1 minute');
    expect(objective('zone', quick).times[0]).toBe('1.5 minutes');
    expect(objective('node', { ...quick, redundancy: { database: 'cluster' } }).times[0]).toBe('35 seconds');
    expect(objective('node', { ...quick, database: { engine: 'postgres', proxy: true } }).times[0]).toBe('30 seconds');
  });

  test('follow the records: restores, repairs of nodes and zones', () => {
    const restoreTime = Duration.hours(9);
    expect(objective('data', { records: { restoreTime } }).times[0]).toBe('9 hours');
    expect(objective('zone', { target: '99%', records: { restoreTime } }).times[0]).toBe('9 hours');
    const rates = {
      node: { mtbf: Duration.days(300), mttr: Duration.hours(1) },
      zone: { mtbf: Duration.days(300), mttr: Duration.hours(7) },
    };
    expect(objective('node', { target: '99%', records: { rates } }).times[0]).toBe('1 hour');
    expect(objective('zone', { target: '99%', records: { rates } }).times[0]).toBe('7 hours');
  });

  test('wait for servers to start elsewhere where none are spare', () => {
    const spare = { redundancy: { lostZones: 0 }, sessions: false } as const;
    const starting = { ...LEAST.servers, timing: { startup: Duration.minutes(10) } };
    expect(objective('zone', { ...spare, servers: starting }).times[0]).toBe('10.5 minutes');
    expect(objective('zone', { sessions: false, servers: starting }).times[0]).toBe('2 minutes');
  });

  test('say what they are made of, the longest first', () => {
    expect(objective('zone', { target: '99.9%', sessions: false }).because).toBe(
      'the longest of: the standby of an RDS instance takes over: 2 minutes; ' +
        'clients stop asking the load balancer in a lost zone, once that is noticed: 1 minute 30 seconds',
    );
    expect(objective('region', {}).because).toBe('nothing of it stands in another region');
  });
});
