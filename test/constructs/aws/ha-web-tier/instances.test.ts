import { TerraformVariable } from 'cdktf';
import { Size } from 'nines';
import type { WebTierInstance } from 'nines/aws';
import { all, follow, only, type Synthesized, synth } from '../../../support/synth';
import { MACHINE_IMAGE, network, onEc2, plainEc2 } from './tiers';

function ec2(instance?: WebTierInstance): Synthesized {
  return instance ? synth((stack) => onEc2(stack, { instance })) : plainEc2();
}

function template(instance?: WebTierInstance) {
  return only(ec2(instance), 'aws_launch_template');
}

/** The disks of an instance, by what the template says of them. */
function disks(instance?: WebTierInstance) {
  return template(instance).block_device_mappings as { device_name: string; ebs: Record<string, unknown> }[];
}

describe('HAWebTier on EC2', () => {
  describe('spreads its instances', () => {
    test('over the application subnets, one in each zone', () => {
      const result = ec2();
      const { vpc_zone_identifier: subnets } = only(result, 'aws_autoscaling_group') as {
        vpc_zone_identifier: string[];
      };
      expect(subnets.map((subnet) => follow(result, subnet).block.id)).toEqual([
        'subnet-0abc100a',
        'subnet-0abc100b',
        'subnet-0abc100c',
      ]);
    });

    test('evenly, but not at the price of having none (availability_zone_distribution)', () => {
      expect(only(ec2(), 'aws_autoscaling_group')).toMatchObject({
        availability_zone_distribution: { capacity_distribution_strategy: 'balanced-best-effort' },
      });
    });
  });

  test('replaces an instance that the load balancer finds sick, not only one that is off (health_check_type)', () => {
    const result = ec2();
    const [target] = Object.keys(all(result, 'aws_lb_target_group'));
    expect(only(result, 'aws_autoscaling_group')).toMatchObject({
      health_check_type: 'ELB',
      target_group_arns: [`\${aws_lb_target_group.${target}.arn}`],
    });
  });

  describe('starts instances', () => {
    test('from the machine image, an m6i.large by default', () => {
      expect(template()).toMatchObject({ image_id: MACHINE_IMAGE, instance_type: 'm6i.large' });
    });

    test('from the newest template, also who starts one by hand (update_default_version)', () => {
      expect(template()).toMatchObject({ update_default_version: true });
    });

    test('of the type that is named', () => {
      expect(template({ type: 'c7g.xlarge' })).toMatchObject({ instance_type: 'c7g.xlarge' });
    });

    test('that hand out credentials to IMDSv2 alone, and not to containers on them (metadata_options)', () => {
      expect(template()).toMatchObject({
        metadata_options: { http_endpoint: 'enabled', http_tokens: 'required', http_put_response_hop_limit: 1 },
      });
    });

    test('that report each minute (monitoring)', () => {
      expect(template()).toMatchObject({ monitoring: { enabled: true } });
    });

    test('without a public address, in the security group of the servers', () => {
      const result = ec2();
      const group = Object.entries(all(result, 'aws_security_group')).find(
        ([, { description }]) => description === 'Web servers',
      );
      expect(only(result, 'aws_launch_template').network_interfaces).toEqual([
        {
          associate_public_ip_address: 'false',
          delete_on_termination: 'true',
          security_groups: [`\${aws_security_group.${group?.[0]}.id}`],
        },
      ]);
      expect(only(result, 'aws_launch_template')).not.toHaveProperty('vpc_security_group_ids');
    });

    test('from an image that AWS has deprecated too, since servers must be replaced also then', () => {
      const { data } = ec2();
      expect(Object.values(data.aws_ami ?? {})).toEqual([
        { filter: [{ name: 'image-id', values: [MACHINE_IMAGE] }], include_deprecated: true },
      ]);
    });
  });

  describe('encrypts the root volume', () => {
    test('whatever the image calls it', () => {
      const result = ec2();
      const { block_device_mappings: mappings } = only(result, 'aws_launch_template') as {
        block_device_mappings: { device_name: string }[];
      };
      expect(mappings).toHaveLength(1);
      expect(follow(result, mappings[0]?.device_name)).toMatchObject({
        type: 'aws_ami',
        attribute: 'root_device_name',
      });
    });

    test('of the size in the image by default', () => {
      expect(disks()).toMatchObject([
        { ebs: { encrypted: 'true', volume_type: 'gp3', delete_on_termination: 'true' } },
      ]);
      expect(disks()[0]?.ebs).not.toHaveProperty('volume_size');
    });

    test('of the size that is given', () => {
      expect(disks({ volumeSize: Size.gibibytes(40) })).toMatchObject([{ ebs: { volume_size: 40 } }]);
      expect(disks({ volumeSize: Size.tebibytes(1) })).toMatchObject([{ ebs: { volume_size: 1024 } }]);
    });
  });

  describe('runs user data at the first boot', () => {
    test('none by default', () => {
      expect(template()).not.toHaveProperty('user_data');
    });

    test('the very text, whatever stands in it', () => {
      const userData = `#!/bin/sh\necho "\${HOME}" %{if} \\n ü > /tmp/x\n`;
      const { user_data: encoded } = template({ userData });
      expect(Buffer.from(String(encoded), 'base64').toString()).toBe(userData);
    });

    // Checked with terraform: it decodes to the very text, with the value in its place.
    test('the very text around a value that is known later: quotes, backslashes and shell variables too', () => {
      const result = synth((stack) => {
        const host = new TerraformVariable(stack, 'host', { type: 'string' });
        const userData = `#!/bin/sh\r\necho "host=${host.stringValue}" "\${HOME}" 'a\\n' %{if}\n`;
        onEc2(stack, { instance: { userData } });
      });
      expect(only(result, 'aws_launch_template').user_data).toBe(
        `\${base64encode("#!/bin/sh\\r\\necho \\"host=\${var.host}\\" \\"\\u0024{HOME}\\" 'a\\\\n' \\u0025{if}\\n")}`,
      );
    });
  });

  test('takes a machine image that is known later', () => {
    const result = synth((stack) => {
      const image = new TerraformVariable(stack, 'image', { type: 'string' }).stringValue;
      onEc2(stack, { machineImage: image, network: network(stack) });
    });
    expect(only(result, 'aws_launch_template')).toMatchObject({ image_id: `\${var.image}` });
  });

  test('publishes its group and no service', () => {
    synth((stack) => {
      const web = onEc2(stack);
      expect(web.autoscalingGroup?.terraformResourceType).toBe('aws_autoscaling_group');
      expect(web.service).toBeUndefined();
      expect(web.node.defaultChild).toBe(web.autoscalingGroup);
    });
  });
});
