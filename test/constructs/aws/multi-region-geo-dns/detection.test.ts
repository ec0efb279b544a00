import { Duration, HealthCheck } from 'nines';
import { synth } from '../../../support/synth';
import { balancers, type Choices, dns, synthDns } from './dns';

describe('MultiRegionGeoDNS · says how long it takes', () => {
  const detection = (choices: Choices = {}) => {
    let seconds: number[] = [];
    synth(
      (stack) => {
        const { detection: parts, detectionTime } = dns(stack, { detectWithin: Duration.hours(1), ...choices });
        seconds = [parts.checks, parts.targets, parts.ttl, parts.total, detectionTime].map((part) => part.toSeconds());
      },
      { region: 'us-east-1' },
    );
    return seconds;
  };
  const addresses = ['eu-west-1', 'us-east-1'].map((region) => ({ region, target: { address: '203.0.114.1' } }));

  // threshold x (interval + 4 s for a connection + 2 s for an answer), and 60 s of a load balancer's TTL
  test.each<[string, Choices, number[]]>([
    ['unless said', {}, [48, 30, 60, 108, 108]],
    [
      'every 30 seconds',
      { healthCheck: HealthCheck.https('/', { interval: Duration.seconds(30) }) },
      [108, 90, 60, 168, 168],
    ],
    ['after one silence', { healthCheck: HealthCheck.https('/', { unhealthyThreshold: 1 }) }, [16, 10, 60, 76, 76]],
    [
      'with a slower check of the writer',
      { writerCheck: HealthCheck.https('/', { unhealthyThreshold: 10 }) },
      [160, 30, 60, 220, 220],
    ],
    ['of addresses', { endpoints: addresses, ttl: Duration.seconds(20) }, [48, 30, 20, 68, 68]],
    [
      'of an address beside a load balancer',
      { endpoints: [...balancers('sa-east-1'), ...addresses.slice(1)], ttl: Duration.seconds(20) },
      [48, 30, 60, 108, 108],
    ],
  ])('%s', (_, choices, expected) => {
    expect(detection(choices)).toEqual(expected);
  });

  test('keeps a promise of 2 minutes, unless another is given', () => {
    const slow = HealthCheck.https('/', { unhealthyThreshold: 4 }); // 64 s + 60 s
    expect(() => synthDns({ healthCheck: slow })).toThrow(
      'detectWithin must be at least the 2 minutes 4 seconds that it takes',
    );
    expect(() => synthDns({ healthCheck: slow, detectWithin: Duration.seconds(124) })).not.toThrow();
  });
});
