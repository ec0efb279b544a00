import { Duration, HealthCheck } from 'nines';

describe('HealthCheck', () => {
  test('asks every 10 seconds for an answer within 5, and counts 2 good or 3 bad ones, by default', () => {
    for (const check of [HealthCheck.http('/'), HealthCheck.https('/'), HealthCheck.tcp({ port: 5432 })]) {
      expect(check.interval.toSeconds()).toBe(10);
      expect(check.timeout.toSeconds()).toBe(5);
      expect(check.healthyThreshold).toBe(2);
      expect(check.unhealthyThreshold).toBe(3);
      expect(check.problems()).toEqual([]);
    }
  });

  test('asks on the usual port of its protocol by default', () => {
    expect(HealthCheck.http('/').port).toBe(80);
    expect(HealthCheck.https('/').port).toBe(443);
  });

  test.each(['http', 'https'] as const)('asks by %s for the path', (protocol) => {
    expect(HealthCheck[protocol]('/health/ready')).toMatchObject({ protocol, path: '/health/ready' });
  });

  test('opens a connection without asking for a path, by tcp', () => {
    expect(HealthCheck.tcp({ port: 5432 })).toMatchObject({ protocol: 'tcp', port: 5432, path: undefined });
  });

  test('has no path of its own for live and startup by default', () => {
    expect(HealthCheck.http('/health/ready')).toMatchObject({ live: undefined, startup: undefined });
  });

  const timing = {
    interval: Duration.seconds(30),
    timeout: Duration.seconds(20),
    healthyThreshold: 4,
    unhealthyThreshold: 5,
  };

  test.each(['http', 'https'] as const)('by %s takes every choice as written', (protocol) => {
    const options = { ...timing, port: 8080, live: '/health/live', startup: '/health/startup' };
    const check = HealthCheck[protocol]('/health/ready', options);
    expect(check).toMatchObject(options);
    expect(check.problems()).toEqual([]);
  });

  test('by tcp takes every choice as written', () => {
    const check = HealthCheck.tcp({ ...timing, port: 5432 });
    expect(check).toMatchObject({ ...timing, port: 5432 });
    expect(check.problems()).toEqual([]);
  });

  test('takes choices that are undefined for left out', () => {
    const undefinedChoices = { port: undefined, interval: undefined, timeout: undefined, healthyThreshold: undefined };
    expect(HealthCheck.http('/', undefinedChoices)).toEqual(HealthCheck.http('/'));
  });
});
