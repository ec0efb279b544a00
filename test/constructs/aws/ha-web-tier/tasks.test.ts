import { TerraformVariable } from 'cdktf';
import { Duration, Size } from 'nines';
import type { WebTierContainer } from 'nines/aws';
import { all, follow, only, type Synthesized, synth } from '../../../support/synth';
import { CONTAINER_IMAGE, network, onFargate, plainFargate } from './tiers';

function fargate(container?: Partial<WebTierContainer>): Synthesized {
  return container ? synth((stack) => onFargate(stack, { container })) : plainFargate();
}

function definition(container?: Partial<WebTierContainer>) {
  return only(fargate(container), 'aws_ecs_task_definition');
}

/** The one container of the task, as ECS gets it. */
function web(result: Synthesized) {
  const containers = JSON.parse(String(only(result, 'aws_ecs_task_definition').container_definitions));
  expect(containers).toHaveLength(1);
  return containers[0];
}

describe('HAWebTier on Fargate', () => {
  describe('runs tasks', () => {
    test('in the application subnets of every zone, without a public address', () => {
      const result = fargate();
      const { network_configuration: place } = only(result, 'aws_ecs_service') as {
        network_configuration: { subnets: string[]; security_groups: string[]; assign_public_ip: boolean };
      };
      expect(place.subnets.map((subnet) => follow(result, subnet).block.id)).toEqual([
        'subnet-0abc100a',
        'subnet-0abc100b',
        'subnet-0abc100c',
      ]);
      expect(place.security_groups.map((group) => follow(result, group).block.description)).toEqual(['Web servers']);
      expect(place.assign_public_ip).toBe(false);
    });

    test('and evens them out over the zones again (availability_zone_rebalancing)', () => {
      expect(only(fargate(), 'aws_ecs_service')).toMatchObject({
        launch_type: 'FARGATE',
        availability_zone_rebalancing: 'ENABLED',
      });
    });

    // A cluster's name taken twice is silently shared; the role's is unique in the account.
    test('in a cluster of its own, under a name that no other tier has', () => {
      const result = fargate();
      const [cluster] = Object.keys(all(result, 'aws_ecs_cluster'));
      const name = only(result, 'aws_ecs_cluster').name;
      expect(follow(result, name)).toMatchObject({ type: 'aws_iam_role', attribute: 'name' });
      expect(only(result, 'aws_ecs_service')).toMatchObject({ name, cluster: `\${aws_ecs_cluster.${cluster}.id}` });
      expect(only(result, 'aws_ecs_task_definition')).toMatchObject({ family: name });
    });

    test('that take requests on the port of the tier', () => {
      const result = synth((stack) => onFargate(stack, { port: 3000 }));
      const [target] = Object.keys(all(result, 'aws_lb_target_group'));
      expect(only(result, 'aws_ecs_service')).toMatchObject({
        load_balancer: [
          { container_name: 'web', container_port: 3000, target_group_arn: `\${aws_lb_target_group.${target}.arn}` },
        ],
      });
      expect(web(result)).toMatchObject({
        name: 'web',
        portMappings: [{ containerPort: 3000, hostPort: 3000, protocol: 'tcp' }],
      });
    });
  });

  describe('has tasks', () => {
    test('of half a processor and the smallest memory that goes with it', () => {
      expect(definition()).toMatchObject({
        requires_compatibilities: ['FARGATE'],
        network_mode: 'awsvpc',
        cpu: '512',
        memory: '1024',
        runtime_platform: { cpu_architecture: 'X86_64', operating_system_family: 'LINUX' },
      });
    });

    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
    test.each([
      [256, '512'],
      [512, '1024'],
      [1024, '2048'],
      [2048, '4096'],
      [4096, '8192'],
      [8192, '16384'],
      [16384, '32768'],
    ] as const)('of %i CPU units with %s MiB', (cpu, memory) => {
      expect(definition({ cpu })).toMatchObject({ cpu: String(cpu), memory });
    });

    test('of the memory and the architecture that are given', () => {
      expect(definition({ cpu: 1024, memory: Size.gibibytes(5), architecture: 'ARM64' })).toMatchObject({
        memory: '5120',
        runtime_platform: { cpu_architecture: 'ARM64' },
      });
    });
  });

  describe('starts a container', () => {
    test('from its image, with its own command and no variables', () => {
      const container = web(fargate());
      expect(container).toMatchObject({ image: CONTAINER_IMAGE, essential: true, environment: [], secrets: [] });
      expect(container).not.toHaveProperty('command');
    });

    test('with another command', () => {
      expect(web(fargate({ command: ['serve', '--port', '8080'] }))).toMatchObject({
        command: ['serve', '--port', '8080'],
      });
    });

    // terraform-aws-modules/terraform-aws-ecs#149, #101: AWS answers in this order; in another, each plan shows a change
    test('with variables and secrets in the order in which AWS answers, however they were written', () => {
      const secret = (name: string) => `arn:aws:ssm:eu-west-1:123456789012:parameter/${name}`;
      const one = { environment: { B: '2', A: '1', a: '3' }, secrets: { Z: secret('z'), Y: secret('y') } };
      const other = { environment: { a: '3', A: '1', B: '2' }, secrets: { Y: secret('y'), Z: secret('z') } };
      expect(web(fargate(one))).toMatchObject({
        environment: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
          { name: 'a', value: '3' },
        ],
        secrets: [
          { name: 'Y', valueFrom: secret('y') },
          { name: 'Z', valueFrom: secret('z') },
        ],
      });
      expect(definition(one).container_definitions).toBe(definition(other).container_definitions);
    });

    // terraform-aws-modules/terraform-aws-ecs#149: AWS fills these in, and each plan would show them
    test('with the empty lists that AWS fills in', () => {
      expect(web(fargate())).toMatchObject({ mountPoints: [], volumesFrom: [], systemControls: [] });
    });

    // Checked with terraform: quotes in the value, and in the text beside it, arrive.
    test('with values that are known later, encoded by Terraform: they may hold quotes', () => {
      const result = synth((stack) => {
        const variable = (id: string, type: string) => new TerraformVariable(stack, id, { type });
        const host = variable('host', 'string').stringValue;
        const container = {
          environment: { URL: `"${host}"`, PLAIN: 'a "b"' },
          command: variable('command', 'list(string)').listValue,
        };
        onFargate(stack, { network: network(stack), container });
      });
      const { container_definitions: text } = only(result, 'aws_ecs_task_definition');
      expect(text).toContain(`"command":\${jsonencode(var.command)}`);
      expect(text).toContain('{"name":"PLAIN","value":"a \\"b\\""}');
      expect(text).toContain(`{"name":"URL","value":\${jsonencode("\\"\${var.host}\\"")}}`);
    });

    test("with a value that is known later, and the image's own command", () => {
      const result = synth((stack) => {
        const host = new TerraformVariable(stack, 'host', { type: 'string' }).stringValue;
        onFargate(stack, { container: { environment: { HOST: host } } });
      });
      const text = String(only(result, 'aws_ecs_task_definition').container_definitions);
      const [container] = JSON.parse(text.replace(/\$\{jsonencode\([\w.]+\)\}/g, '"later"')); // as Terraform would
      expect(container).toEqual({
        ...web(fargate()),
        environment: [{ name: 'HOST', value: 'later' }],
        logConfiguration: expect.anything(),
      });
    });

    test('with a secret whose ARN is known later', () => {
      const result = synth((stack) => {
        const arn = new TerraformVariable(stack, 'secret', { type: 'string' }).stringValue;
        onFargate(stack, { container: { secrets: { PASSWORD: `${arn}:password::` } } });
      });
      expect(web(result).secrets).toEqual([{ name: 'PASSWORD', valueFrom: `\${var.secret}:password::` }]);
    });
  });

  describe('keeps its logs', () => {
    test('for 90 days, also after the tier is gone', () => {
      expect(only(fargate(), 'aws_cloudwatch_log_group')).toMatchObject({ retention_in_days: 90, skip_destroy: true });
    });

    test('for as long as logRetention says', () => {
      const result = fargate({ logRetention: Duration.days(365) });
      expect(only(result, 'aws_cloudwatch_log_group')).toMatchObject({ retention_in_days: 365 });
    });

    test('in CloudWatch, and drops lines rather than hold up requests when CloudWatch is slow', () => {
      const result = fargate();
      const [group] = Object.keys(all(result, 'aws_cloudwatch_log_group'));
      expect(web(result).logConfiguration).toEqual({
        logDriver: 'awslogs',
        options: {
          'awslogs-group': `\${aws_cloudwatch_log_group.${group}.name}`,
          'awslogs-region': 'eu-west-1',
          'awslogs-stream-prefix': 'web',
          mode: 'non-blocking',
          'max-buffer-size': '25m',
        },
      });
    });
  });

  test('publishes its service and no group', () => {
    synth((stack) => {
      const tier = onFargate(stack);
      expect(tier.service?.terraformResourceType).toBe('aws_ecs_service');
      expect(tier.autoscalingGroup).toBeUndefined();
      expect(tier.node.defaultChild).toBe(tier.service);
    });
  });
});
