import { TerraformVariable } from 'cdktf';
import { Duration, HealthCheck } from 'nines';
import { emptyStack } from '../support/synth';

const variable = new TerraformVariable(emptyStack(), 'Variable', {});
const TOKEN = 'a token, whose value is known only after deployment';

/** The problems of an HTTP check with one choice, also of a type that only JavaScript can pass. */
function problemsWith(choice: string, value: unknown): string[] {
  return HealthCheck.http('/health/ready', { [choice]: value }).problems();
}

describe('HealthCheck', () => {
  test.each(['/', '/health/ready', '/ready?deep=no&x=1', '/sant%C3%A9'])('has no problems with the path %s', (path) => {
    expect(HealthCheck.http(path).problems()).toEqual([]);
  });

  test.each([
    ['', "''"],
    ['health', "'health'"],
    ['/health ready', "'/health ready'"],
    ['/health\n', "'/health\n'"],
    ['https://example.com/health', "'https://example.com/health'"],
    [undefined, 'undefined'],
    [null, 'null'],
    [{ path: '/health' }, 'an object'],
    [['/health'], "'/health'"],
    [Object.create(null), 'an object'],
  ])('refuses %j as a path', (path, shown) => {
    const problem = `healthCheck.path must start with '/' and hold no spaces, got ${shown}; write it as in '/health/ready'`;
    expect(HealthCheck.http(path as never).problems()).toEqual([problem]);
    expect(HealthCheck.https(path as never).problems()).toEqual([problem]);
  });

  test.each([
    ['a letter outside ASCII', '/santé'],
    ['a control character', '/health\u0000'],
    ['half a character', '/health\ud800'],
  ])('refuses a path with %s, which no request can hold as it is', (_, path) => {
    expect(HealthCheck.http(path).problems()).toEqual([
      `healthCheck.path must hold printable ASCII only, got '${path}'; encode the rest, as in '/sant%C3%A9'`,
    ]);
  });

  test.each(['live', 'startup'])('refuses a path without slash for %s', (choice) => {
    expect(problemsWith(choice, 'up')).toEqual([
      `healthCheck.${choice} must start with '/' and hold no spaces, got 'up'; write it as in '/health/ready'`,
    ]);
  });

  test.each([
    [0, '0'],
    [65_536, '65536'],
    ['8080', "'8080'"],
    [80.5, '80.5'],
  ])('refuses %p as a port', (port, shown) => {
    const problem = `healthCheck.port must be a whole number from 1 to 65535, got ${shown}; give the port that the servers listen on`;
    expect(problemsWith('port', port)).toEqual([problem]);
    expect(HealthCheck.tcp({ port: port as never }).problems()).toEqual([problem]);
  });

  test('asks for the port of a tcp check that was given none', () => {
    const problem =
      'healthCheck.port must be a whole number from 1 to 65535, got undefined; give the port that the servers listen on';
    expect(HealthCheck.tcp({} as never).problems()).toEqual([problem]);
    expect(HealthCheck.tcp(undefined as never).problems()).toEqual([problem]);
  });

  test.each([
    ['no whole number of seconds', Duration.millis(10_500), '10.5 seconds'],
    ['not even whole milliseconds', Duration.millis(10_000.5), '10.0005 seconds'],
    ['no number', Duration.seconds(Number.NaN), 'NaN seconds'],
    ['endless', Duration.seconds(Number.POSITIVE_INFINITY), 'Infinity seconds'],
  ])('refuses an interval that is %s', (_, interval, shown) => {
    expect(problemsWith('interval', interval)).toEqual([
      `healthCheck.interval must be at least 1 second, in whole seconds, got ${shown}; give a longer interval`,
    ]);
  });

  test.each([
    [Duration.seconds(0), '0 seconds'],
    [Duration.seconds(1.5), '1.5 seconds'],
    [Duration.seconds(Number.NaN), 'NaN seconds'],
  ])('refuses a timeout below a second or between seconds: %#', (timeout, shown) => {
    expect(problemsWith('timeout', timeout)).toEqual([
      `healthCheck.timeout must be at least 1 second, in whole seconds, got ${shown}; give a longer timeout`,
    ]);
  });

  test.each(['interval', 'timeout'])('refuses a bare number as %s', (choice) => {
    expect(problemsWith(choice, 3)).toEqual([
      `healthCheck.${choice} must be a Duration, got 3; write Duration.seconds(…)`,
    ]);
  });

  test.each([10, 11])('refuses a timeout of %i seconds at an interval of 10', (seconds) => {
    expect(problemsWith('timeout', Duration.seconds(seconds))).toEqual([
      `healthCheck.timeout must be shorter than interval (10 seconds), got ${seconds} seconds; ` +
        'lower timeout or raise interval',
    ]);
  });

  test('refuses an interval that the default timeout does not fit in', () => {
    expect(problemsWith('interval', Duration.seconds(5))).toEqual([
      'healthCheck.timeout must be shorter than interval (5 seconds), got 5 seconds; lower timeout or raise interval',
    ]);
  });

  test.each([
    ['healthyThreshold', 0, '0'],
    ['healthyThreshold', 1.5, '1.5'],
    ['unhealthyThreshold', 0, '0'],
    ['unhealthyThreshold', '3', "'3'"],
  ])('refuses a %s of %p', (choice, value, shown) => {
    expect(problemsWith(choice, value)).toEqual([
      `healthCheck.${choice} must be a whole number of at least 1, got ${shown}; count answers in a row`,
    ]);
  });

  test.each(['port', 'healthyThreshold', 'unhealthyThreshold'])('must know %s at synthesis', (choice) => {
    expect(problemsWith(choice, variable.numberValue)).toEqual([
      `healthCheck.${choice} must be known at synthesis, got ${TOKEN}; write the number itself`,
    ]);
  });

  test.each(['interval', 'timeout'])('must know %s at synthesis', (choice) => {
    expect(problemsWith(choice, variable.numberValue)).toEqual([
      `healthCheck.${choice} must be a Duration, got ${TOKEN}; write Duration.seconds(…)`,
    ]);
  });

  test.each(['live', 'startup'])('must know the path of %s at synthesis', (choice) => {
    expect(problemsWith(choice, variable.stringValue)).toEqual([
      `healthCheck.${choice} must be known at synthesis, got ${TOKEN}; write the path itself`,
    ]);
  });

  test('must know its path at synthesis, all of it', () => {
    expect(HealthCheck.http(`/${variable.stringValue}/ready`).problems()).toEqual([
      `healthCheck.path must be known at synthesis, got ${TOKEN}; write the path itself`,
    ]);
  });

  test('names all problems at once', () => {
    const check = HealthCheck.http('ready', {
      live: 'live',
      startup: 'startup',
      port: 0,
      interval: Duration.seconds(0),
      timeout: Duration.seconds(0.5),
      healthyThreshold: 0,
      unhealthyThreshold: 0,
    });
    expect(check.problems()).toEqual([
      expect.stringMatching(/^healthCheck\.path must start /),
      expect.stringMatching(/^healthCheck\.live must start /),
      expect.stringMatching(/^healthCheck\.startup must start /),
      expect.stringMatching(/^healthCheck\.port must be /),
      expect.stringMatching(/^healthCheck\.interval must be at least /),
      expect.stringMatching(/^healthCheck\.timeout must be at least /),
      expect.stringMatching(/^healthCheck\.healthyThreshold must be /),
      expect.stringMatching(/^healthCheck\.unhealthyThreshold must be /),
      expect.stringMatching(/^healthCheck\.timeout must be shorter /),
    ]);
  });
});
