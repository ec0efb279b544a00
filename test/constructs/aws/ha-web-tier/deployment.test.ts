import fc from 'fast-check';
import { Capacity, Duration, HealthCheck } from 'nines';
import { all, type Block, follow, only, type Synthesized, synth } from '../../../support/synth';
import { network, onEc2, onFargate, plainEc2, plainFargate } from './tiers';

function group(result: Synthesized): Block {
  return only(result, 'aws_autoscaling_group');
}

function refresh(result: Synthesized): Readonly<Record<string, unknown>> {
  return (group(result).instance_refresh as { preferences: Record<string, unknown> }).preferences;
}

function service(result: Synthesized): Block {
  return only(result, 'aws_ecs_service');
}

describe('HAWebTier', () => {
  const ec2 = plainEc2();
  const fargate = plainFargate();

  describe('deploys without ever having less than its full size', () => {
    // aws/aws-cdk#31705, #14277: a silent 50 % halves the service during deployments and Fargate's own maintenance
    test('on Fargate (deployment_minimum_healthy_percent)', () => {
      expect(service(fargate)).toMatchObject({
        deployment_minimum_healthy_percent: 100,
        deployment_maximum_percent: 200,
      });
    });

    // aws/aws-cli#6327, pulumi/pulumi-aws#3103, terraform-provider-aws#34792: below 100 %, few servers go before others come
    test('on EC2, when a refresh replaces servers (instance_refresh)', () => {
      expect(group(ec2)).toMatchObject({ instance_refresh: { strategy: 'Rolling' } });
      expect(refresh(ec2)).toMatchObject({ min_healthy_percentage: 100, max_healthy_percentage: 150 });
    });

    test('on EC2, when AWS replaces servers by itself (instance_maintenance_policy)', () => {
      expect(group(ec2)).toMatchObject({
        instance_maintenance_policy: { min_healthy_percentage: 100, max_healthy_percentage: 150 },
      });
    });

    // GovWifi/govwifi-terraform#1034, convox/rack#849: 100 % at least and at most stands still for ever
    test('and still gets on, at every size that it can have', () => {
      const capacities = fc.record({
        peak: fc.integer({ min: 1, max: 40 }),
        zones: fc.integer({ min: 2, max: 4 }),
        above: fc.integer({ min: 0, max: 40 }),
        allowOverloadWhenZoneLost: fc.boolean(),
      });
      const { max_healthy_percentage: instances } = refresh(ec2);
      const { deployment_maximum_percent: tasks } = service(fargate);
      fc.assert(
        fc.property(capacities, ({ peak, zones, above, ...options }) => {
          const { minimum } = Capacity.forPeak(peak, options).over(zones);
          const sizes = Array.from({ length: above + 1 }, (_, more) => minimum + more);
          const getsOn = (size: number, percent: unknown) => Math.floor((size * Number(percent)) / 100) > size;
          expect(sizes.filter((size) => !getsOn(size, instances) || !getsOn(size, tasks))).toEqual([]);
        }),
      );
    });
  });

  describe('on Fargate', () => {
    // aws/aws-cdk#30728, medplum/medplum#10256: without it a bad deployment never ends
    test('stops a deployment whose tasks do not start, and rolls back (deployment_circuit_breaker)', () => {
      expect(service(fargate)).toMatchObject({ deployment_circuit_breaker: { enable: true, rollback: true } });
    });

    test('stops a deployment when errors rise, and rolls back (alarms)', () => {
      const { alarms } = service(fargate) as { alarms: { alarm_names: string[] } };
      expect(alarms).toMatchObject({ enable: true, rollback: true });
      expect(alarms.alarm_names.map((name) => follow(fargate, name).type)).toEqual(['aws_cloudwatch_metric_alarm']);
    });

    test('keeps the revision to which it rolls back', () => {
      expect(only(fargate, 'aws_ecs_task_definition')).toMatchObject({ skip_destroy: true });
    });

    test('waits for the deployment to end', () => {
      expect(service(fargate)).toMatchObject({ wait_for_steady_state: true });
    });

    // hashicorp/terraform-provider-aws#20858: the service that was rolled back is steady too
    test('fails the apply whose deployment was rolled back', () => {
      const [definition] = Object.keys(all(fargate, 'aws_ecs_task_definition'));
      expect(service(fargate)).toMatchObject({
        lifecycle: {
          postcondition: [
            {
              condition: `\${self.task_definition == aws_ecs_task_definition.${definition}.arn}`,
              error_message: 'the deployment failed and ECS rolled it back; the events of the service tell why',
            },
          ],
        },
      });
    });
  });

  describe('on EC2', () => {
    // hashicorp/terraform-provider-aws#22464: "$Latest" is the same text before and after, and starts no refresh
    test('replaces the servers when the launch template changes', () => {
      const { id, version } = group(ec2).launch_template as Record<string, string>;
      expect(follow(ec2, version)).toMatchObject({ type: 'aws_launch_template', attribute: 'latest_version' });
      expect(follow(ec2, id).address).toBe(follow(ec2, version).address);
    });

    test('replaces no server that is new already', () => {
      expect(refresh(ec2)).toMatchObject({ skip_matching: true });
    });

    test('gives each new server its time to start, before the next go', () => {
      expect(refresh(ec2)).toMatchObject({ instance_warmup: '180' });
    });

    test('stops the refresh when errors rise', () => {
      const { alarms } = refresh(ec2).alarm_specification as { alarms: string[] };
      expect(alarms.map((name) => follow(ec2, name).type)).toEqual(['aws_cloudwatch_metric_alarm']);
    });

    // hashicorp/terraform-provider-aws#34189, #29830: AWS would "roll back" to the new template, or refuse
    test('does not claim a rollback that returns to the new template', () => {
      expect(refresh(ec2)).toMatchObject({ auto_rollback: false });
    });
  });

  describe('gives a new server time to start before its health is judged', () => {
    // convox/rack#418: without, servers are replaced while they start, for ever
    test('on EC2: 3 minutes, and two checks (health_check_grace_period)', () => {
      expect(group(ec2)).toMatchObject({ health_check_type: 'ELB', health_check_grace_period: 200 });
    });

    test('on Fargate: 1 minute, and two checks (health_check_grace_period_seconds)', () => {
      expect(service(fargate)).toMatchObject({ health_check_grace_period_seconds: 80 });
    });

    test('as much as timing.startup and the health check say', () => {
      const choices = {
        timing: { startup: Duration.minutes(10) },
        healthCheck: HealthCheck.http('/', { interval: Duration.seconds(30), healthyThreshold: 4 }),
      };
      const slow = synth((stack) => onEc2(stack, choices));
      expect(group(slow)).toMatchObject({ health_check_grace_period: 720, default_instance_warmup: 600 });
      expect(refresh(slow)).toMatchObject({ instance_warmup: '600' });
      expect(service(synth((stack) => onFargate(stack, choices)))).toMatchObject({
        health_check_grace_period_seconds: 720,
      });
    });

    // Cimpress-MCP/divx-terraform-modules#76: a group whose target group no load balancer uses is refused
    test.each([
      ['EC2', ec2, 'aws_autoscaling_group'],
      ['Fargate', fargate, 'aws_ecs_service'],
    ])('on %s by the load balancer, which is there first', (_, result, type) => {
      const [listener] = Object.keys(all(result, 'aws_lb_listener'));
      expect(only(result, type)).toMatchObject({ depends_on: [`aws_lb_listener.${listener}`] });
    });
  });

  describe('makes Terraform wait', () => {
    const slow = {
      timing: { startup: Duration.minutes(30), longestRequest: Duration.minutes(15), shutdown: Duration.minutes(2) },
    };

    test('as long as its provider does by itself, for quick servers', () => {
      expect(group(ec2)).toMatchObject({ wait_for_capacity_timeout: '10m', timeouts: { delete: '10m' } });
      expect(service(fargate)).toMatchObject({ timeouts: { create: '20m', update: '20m', delete: '20m' } });
    });

    // twice 30 min and two checks; twice 15 + 2 min
    test('twice as long as the servers take on EC2', () => {
      expect(group(synth((stack) => onEc2(stack, slow)))).toMatchObject({
        wait_for_capacity_timeout: '61m',
        timeouts: { delete: '34m' },
      });
    });

    test('twice as long as the servers take on Fargate; an update starts some and stops others', () => {
      expect(service(synth((stack) => onFargate(stack, slow)))).toMatchObject({
        timeouts: { create: '61m', update: '95m', delete: '34m' },
      });
    });

    test('for every server of the first deployment', () => {
      const two = synth((stack) => onEc2(stack, { network: network(stack, 2) }));
      expect(group(two)).toMatchObject({ min_size: 8, min_elb_capacity: 8 });
    });
  });
});
