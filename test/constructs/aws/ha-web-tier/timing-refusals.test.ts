import { Duration, HealthCheck, type ServerTiming } from 'nines';
import { emptyStack, problemsOf } from '../../../support/synth';
import { problem, type Refused } from './problem';
import { onFargate } from './tiers';

const seconds = (amount: number) => Duration.seconds(amount);
const check = (options: Parameters<typeof HealthCheck.http>[1], path = '/') => ({
  healthCheck: HealthCheck.http(path, { port: 8080, ...options }),
});

// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
const HEALTH_CHECK: readonly Refused[] = [
  [
    'by TCP',
    { healthCheck: HealthCheck.tcp({ port: 8080 }) },
    "healthCheck must be by http or https, got 'tcp'; an application load balancer asks for a path: " +
      "write HealthCheck.http('/health/ready', …)",
  ],
  [
    'with a timeout that is not below its interval',
    check({ interval: seconds(10), timeout: seconds(10) }),
    'healthCheck.timeout must be shorter than interval (10 seconds), got 10 seconds; lower timeout or raise interval',
  ],
  [
    'on a port out of range',
    { ...check({ port: 65_536 }), port: 8080 },
    'healthCheck.port must be a whole number from 1 to 65535, got 65536; give the port that the servers listen on',
  ],
  [
    'more often than every 5 seconds',
    check({ interval: seconds(4), timeout: seconds(2) }),
    'healthCheck.interval must be from 5 seconds to 5 minutes, in whole seconds, got 4 seconds; ' +
      'an application load balancer allows no other',
  ],
  [
    'less often than every 5 minutes',
    check({ interval: seconds(301) }),
    'healthCheck.interval must be from 5 seconds to 5 minutes, in whole seconds, got 5 minutes 1 second; ' +
      'an application load balancer allows no other',
  ],
  [
    'that waits a second for the answer',
    check({ timeout: seconds(1) }),
    'healthCheck.timeout must be from 2 seconds to 2 minutes, in whole seconds, got 1 second; ' +
      'an application load balancer allows no other',
  ],
  [
    'that waits longer than 2 minutes',
    check({ interval: seconds(300), timeout: seconds(121) }),
    'healthCheck.timeout must be from 2 seconds to 2 minutes, in whole seconds, got 2 minutes 1 second; ' +
      'an application load balancer allows no other',
  ],
  [
    'that believes the first good answer',
    check({ healthyThreshold: 1 }),
    'healthCheck.healthyThreshold must be a whole number from 2 to 10, got 1; ' +
      'an application load balancer allows no other',
  ],
  [
    'that believes the eleventh bad answer',
    check({ unhealthyThreshold: 11 }),
    'healthCheck.unhealthyThreshold must be a whole number from 2 to 10, got 11; ' +
      'an application load balancer allows no other',
  ],
  [
    'of a path that is too long',
    check({}, `/${'a'.repeat(1024)}`),
    'healthCheck.path must be at most 1024 characters, got 1025; shorten it',
  ],
];

const HOUR = 'must be from 1 second to 1 hour, in whole seconds, got';

const TIMING: readonly (readonly [what: string, timing: ServerTiming, problem: string])[] = [
  [
    'a drain shorter than the longest request',
    { longestRequest: seconds(60), drain: seconds(59) },
    'timing.drain must not be shorter than longestRequest (1 minute), got 59 seconds; ' +
      'raise drain, or requests are cut off whenever a server is replaced',
  ],
  [
    'a start of no time',
    { startup: seconds(0) },
    `timing.startup ${HOUR} 0 seconds; say how long the slowest start takes`,
  ],
  [
    'a start of more than an hour',
    { startup: seconds(3601) },
    `timing.startup ${HOUR} 1 hour 1 second; say how long the slowest start takes`,
  ],
  [
    'a request of no time',
    { longestRequest: seconds(0) },
    `timing.longestRequest ${HOUR} 0 seconds; move longer work to a queue`,
  ],
  [
    'a request longer than a load balancer waits',
    { longestRequest: seconds(3601) },
    `timing.longestRequest ${HOUR} 1 hour 1 second; move longer work to a queue`,
  ],
  [
    'a drain of more than an hour',
    { drain: seconds(3601) },
    `timing.drain ${HOUR} 1 hour 1 second; a load balancer drains for an hour at most`,
  ],
  ['a shutdown of no time', { shutdown: seconds(0) }, `timing.shutdown ${HOUR} 0 seconds; stop faster`],
  [
    'a shutdown of more than an hour on EC2',
    { shutdown: seconds(3601) },
    `timing.shutdown ${HOUR} 1 hour 1 second; stop faster`,
  ],
  [
    'half a second, which AWS does not count',
    { startup: Duration.millis(1500) },
    `timing.startup ${HOUR} 1.5 seconds; say how long the slowest start takes`,
  ],
  [
    'a slow start shorter than a load balancer takes',
    { slowStart: seconds(29) },
    'timing.slowStart must be from 30 seconds to 15 minutes, in whole seconds, got 29 seconds; ' +
      'a load balancer allows no other; leave it out for none',
  ],
  [
    'a slow start longer than a load balancer takes',
    { slowStart: seconds(901) },
    'timing.slowStart must be from 30 seconds to 15 minutes, in whole seconds, got 15 minutes 1 second; ' +
      'a load balancer allows no other; leave it out for none',
  ],
];

describe('HAWebTier', () => {
  test.each(HEALTH_CHECK)('refuses a health check %s', (_, choices, text) => {
    expect(problem(choices)).toBe(text);
  });

  test.each(TIMING)('refuses %s', (_, timing, text) => {
    expect(problem({ timing })).toBe(text);
  });

  test('refuses a shutdown above the 120 seconds of Fargate', () => {
    expect(problemsOf(() => onFargate(emptyStack(), { timing: { shutdown: seconds(121) } }))).toEqual([
      'timing.shutdown must be from 1 second to 2 minutes, in whole seconds, got 2 minutes 1 second; ' +
        'Fargate kills a task 120 seconds after SIGTERM',
    ]);
  });

  test('refuses a drain of less than a millisecond like any other that is too short', () => {
    expect(problemsOf(() => onFargate(emptyStack(), { timing: { drain: seconds(0.0001) } }))).toEqual([
      `timing.drain ${HOUR} 0.0001 seconds; a load balancer drains for an hour at most`,
      'timing.drain must not be shorter than longestRequest (30 seconds), got 0.0001 seconds; ' +
        'raise drain, or requests are cut off whenever a server is replaced',
    ]);
  });

  test('refuses what is no duration', () => {
    const timing = JSON.parse('{"startup":60}') as ServerTiming; // as JavaScript might call it
    expect(problem({ timing })).toBe('timing.startup must be a Duration, got 60; write Duration.seconds(…)');
  });
});
