import fc from 'fast-check';
import { Duration, type ServerTiming } from 'nines';
import { only, type Synthesized, synth } from '../../../support/synth';
import { onEc2, onFargate, plainEc2, plainFargate } from './tiers';

function ec2(timing?: ServerTiming): Synthesized {
  return timing ? synth((stack) => onEc2(stack, { timing })) : plainEc2();
}

function fargate(timing?: ServerTiming): Synthesized {
  return timing ? synth((stack) => onFargate(stack, { timing })) : plainFargate();
}

/** Seconds for which the load balancer lets a server finish what it has. */
function drain(result: Synthesized): number {
  return Number(only(result, 'aws_lb_target_group').deregistration_delay);
}

/** Seconds for which the termination hook holds an instance. */
function hook(result: Synthesized): number {
  return Number(only(result, 'aws_autoscaling_lifecycle_hook').heartbeat_timeout);
}

/** Seconds from SIGTERM to SIGKILL. */
function stopTimeout(result: Synthesized): number {
  const [container] = JSON.parse(String(only(result, 'aws_ecs_task_definition').container_definitions));
  return container.stopTimeout;
}

describe('HAWebTier', () => {
  describe('lets requests finish when a server goes', () => {
    test('for 30 seconds by default (deregistration_delay)', () => {
      expect(drain(ec2())).toBe(30);
      expect(drain(fargate())).toBe(30);
    });

    test('for as long as the longest request', () => {
      expect(drain(ec2({ longestRequest: Duration.minutes(5) }))).toBe(300);
    });

    test('for longer, when timing.drain says so', () => {
      expect(drain(ec2({ longestRequest: Duration.minutes(5), drain: Duration.minutes(6) }))).toBe(360);
    });
  });

  describe('waits for the longest request', () => {
    test('at the load balancer, which cuts it off no sooner (idle_timeout)', () => {
      const idle = (timing?: ServerTiming) => only(ec2(timing), 'aws_lb').idle_timeout;
      expect(idle()).toBe(60);
      expect(idle({ longestRequest: Duration.minutes(5) })).toBe(300);
    });
  });

  describe('on Fargate, where ECS drains first and stops then,', () => {
    test('gives a task 30 seconds from SIGTERM to SIGKILL, as a time of its own', () => {
      const result = fargate({ longestRequest: Duration.minutes(5) });
      expect(drain(result)).toBe(300);
      expect(stopTimeout(result)).toBe(30);
    });

    test('gives it as long as timing.shutdown says, up to the 120 seconds that Fargate allows', () => {
      expect(stopTimeout(fargate({ shutdown: Duration.seconds(120) }))).toBe(120);
    });

    test('has a first process that passes SIGTERM on, also below a shell', () => {
      const { container_definitions: text } = only(fargate(), 'aws_ecs_task_definition');
      expect(JSON.parse(String(text))).toMatchObject([{ linuxParameters: { initProcessEnabled: true } }]);
    });
  });

  describe('on EC2, where one hook covers drain and shutdown,', () => {
    test('holds an instance for both, and then lets it go', () => {
      expect(only(ec2(), 'aws_autoscaling_lifecycle_hook')).toMatchObject({
        lifecycle_transition: 'autoscaling:EC2_INSTANCE_TERMINATING',
        heartbeat_timeout: 60,
        default_result: 'CONTINUE',
      });
    });

    test('holds it for 30 seconds at least, the shortest that AWS allows', () => {
      expect(hook(ec2({ longestRequest: Duration.seconds(2), shutdown: Duration.seconds(3) }))).toBe(30);
    });

    test('never ends a server before its requests and its shutdown', () => {
      const timings = fc.record({
        longestRequest: fc.integer({ min: 1, max: 1800 }),
        beyond: fc.integer({ min: 0, max: 1800 }),
        shutdown: fc.integer({ min: 1, max: 3600 }),
      });
      fc.assert(
        fc.property(timings, ({ longestRequest, beyond, shutdown }) => {
          const result = ec2({
            longestRequest: Duration.seconds(longestRequest),
            drain: Duration.seconds(longestRequest + beyond),
            shutdown: Duration.seconds(shutdown),
          });
          expect(drain(result)).toBeGreaterThanOrEqual(longestRequest);
          expect(hook(result)).toBeGreaterThanOrEqual(drain(result) + shutdown);
          expect(hook(result)).toBeLessThanOrEqual(7200); // AWS's own limit
        }),
        { numRuns: 6 },
      );
    });
  });
});
