import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Duration, HealthCheck } from 'nines';
import { all, follow, only, synth } from '../../../support/synth';
import { IMAGE, OVERLAY, ofHost, pair, plain, synthPair, TOPIC } from './pairs';

const HOSTS = ['A', 'B'] as const;

describe('KeepalivedPair · its hosts', () => {
  test('are one instance each, in the first two zones, which Auto Scaling starts anew', () => {
    for (const letter of HOSTS) {
      const group = ofHost(plain(), 'aws_autoscaling_group', letter);
      expect(group).toMatchObject({
        ...{ min_size: 1, max_size: 1, desired_capacity: 1, health_check_type: 'EC2' },
        availability_zones: [`eu-west-1${letter.toLowerCase()}`],
        // one interface has one instance: the old one ends first
        instance_maintenance_policy: { min_healthy_percentage: 0, max_healthy_percentage: 100 },
      });
      expect(group).not.toHaveProperty('vpc_zone_identifier'); // refused beside an interface
      expect(group).not.toHaveProperty('instance_refresh'); // would replace both at the same time
      expect(group.lifecycle).toBeUndefined(); // the new one would wait for the interface of the old one
    }
  });

  test('take up an interface that stays, whichever instance it is', () => {
    for (const letter of HOSTS) {
      const template = ofHost(plain(), 'aws_launch_template', letter);
      const [attached] = template.network_interfaces as { network_interface_id: string }[];
      expect(attached).toEqual({
        ...{ delete_on_termination: 'false', device_index: 0 },
        network_interface_id: expect.stringContaining(`Zone${letter}_Interface`),
      });
      const { block } = follow(plain(), attached?.network_interface_id);
      expect(block).toMatchObject({
        source_dest_check: false,
        lifecycle: { prevent_destroy: true },
        security_groups: [expect.stringContaining('aws_security_group.Edge')],
      });
    }
  });

  test('ask for session tokens at one hop, and have encrypted volumes', () => {
    for (const letter of HOSTS) {
      expect(ofHost(plain(), 'aws_launch_template', letter)).toMatchObject({
        image_id: IMAGE,
        instance_type: 'm6i.large',
        metadata_options: { http_endpoint: 'enabled', http_tokens: 'required', http_put_response_hop_limit: 1 },
        block_device_mappings: [{ ebs: { encrypted: 'true', volume_type: 'gp3' } }],
      });
    }
  });

  test('wait for what they need to boot: the rules, the policy, their own way out', () => {
    const { depends_on: waits } = ofHost(plain(), 'aws_autoscaling_group', 'B') as { depends_on: string[] };
    expect(waits.join()).toMatch(/VrrpIn.*VrrpOut.*HttpOut.*HttpsOut.*Edge_Policy.*ZoneB_OwnAddress/);
  });

  test('are in public subnets with an Elastic IP, each with a public address of its own', () => {
    for (const letter of HOSTS) {
      expect(follow(plain(), ofHost(plain(), 'aws_network_interface', letter).subnet_id).block.id).toMatch(/abc200/);
      expect(ofHost(plain(), 'aws_network_interface', letter).private_ips_count).toBe(1);
      expect(ofHost(plain(), 'aws_eip', letter)).toMatchObject({
        network_interface: expect.stringContaining(`Zone${letter}_Interface`),
      });
    }
  });

  test('are in application subnets with an overlay address, without public addresses', () => {
    const result = plain('overlay');
    for (const letter of HOSTS) {
      expect(follow(result, ofHost(result, 'aws_network_interface', letter).subnet_id).block.id).toMatch(/abc100/);
    }
    expect(all(result, 'aws_eip')).toEqual({});
  });

  test('are where and what they are told to be', () => {
    const result = synthPair({ zones: ['eu-west-1c', 'eu-west-1a'], instanceType: 'c7g.large', interface: 'eth0' });
    expect(ofHost(result, 'aws_autoscaling_group', 'C').availability_zones).toEqual(['eu-west-1c']);
    const template = ofHost(result, 'aws_launch_template', 'C');
    expect(template.instance_type).toBe('c7g.large');
    expect(template.user_data).toContain('interface eth0');
    expect(template.user_data).toContain('priority 150'); // the first of the two
    expect(ofHost(result, 'aws_launch_template', 'A').user_data).toContain('priority 100');
  });

  test('keep everything about them when a zone is added after theirs', () => {
    const { resource } = synth((stack) => pair(stack, { tags: { team: 'shop' } }));
    for (const type of ['aws_network_interface', 'aws_autoscaling_group', 'aws_launch_template']) {
      expect(Object.keys(resource[type] ?? {})).toEqual(Object.keys(plain().resource[type] ?? {}));
    }
  });

  test('check, fail over and run what they are told', () => {
    const choices = {
      healthCheck: HealthCheck.http('/up', { port: 81, interval: Duration.seconds(3), timeout: Duration.seconds(2) }),
      failoverWithin: Duration.seconds(2),
      setupCommands: ['apt-get install -y squid', `echo "$${'{'}HOME}" '%{x}'`],
    };
    const data = String(ofHost(synthPair(choices), 'aws_launch_template', 'A').user_data);
    expect(data).toMatch(/^\$\{base64gzip\("#cloud-config\\n/);
    expect(data).toContain('check http 81 2 /up');
    expect(data).toContain('advert_int 0.48');
    expect(data).toContain('apt-get install -y squid');
    expect(data.indexOf('apt-get install -y squid')).toBeLessThan(data.indexOf('systemctl restart'));
    expect(data).toContain(`echo \\\\\\"\\u0024{HOME}\\\\\\" '\\u0025{x}'`); // the shell's, and none of Terraform's
    expect(
      String(ofHost(synthPair({ advertInterval: Duration.millis(200) }), 'aws_launch_template', 'A').user_data),
    ).toContain('advert_int 0.2\\');
  });

  test('bound an outage by failoverWithin, without the calls of EC2; also one of a host that hangs', () => {
    let bounds: ReturnType<typeof pair>['bounds'] | undefined;
    synth((stack) => {
      bounds = pair(stack).bounds;
    });
    expect(bounds?.lost.toMilliseconds()).toBeLessThanOrEqual(4_000);
    expect(bounds?.hung?.toMilliseconds()).toBe(bounds?.lost.toMilliseconds());
  });

  test('hand tags and the provider to everything inside', () => {
    const result = synth((stack) =>
      pair(stack, {
        ...{ tags: { team: 'shop' }, sessionManager: true, notificationTopicArn: TOPIC, address: OVERLAY },
        provider: new AwsProvider(stack, 'Own', { region: 'eu-west-1', alias: 'own' }),
      }),
    );
    const untagged = ['aws_iam_role_policy', 'aws_iam_role_policy_attachment', 'aws_route', 'aws_autoscaling_group'];
    const blocks = Object.entries(result.resource).flatMap(([type, found]) =>
      Object.values(found).map((block) => [type, block] as const),
    );
    expect(blocks.length).toBeGreaterThan(20);
    for (const [type, { provider, tags }] of blocks) {
      expect([type, provider]).toEqual([type, 'aws.own']);
      if (!untagged.includes(type)) expect([type, tags]).toEqual([type, expect.objectContaining({ team: 'shop' })]);
    }
    expect(ofHost(result, 'aws_autoscaling_group', 'A').tag).toContainEqual({
      ...{ key: 'team', value: 'shop', propagate_at_launch: true },
    });
    expect(only(result, 'aws_iam_role_policy_attachment').policy_arn).toBe(
      'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore',
    );
    expect(all(plain(), 'aws_iam_role_policy_attachment')).toEqual({});
  });

  test('warn when nobody is told, and when nothing is protected', () => {
    expect(plain().warnings).toEqual(['no notificationTopicArn: alarms and failures are seen only by who looks']);
    const free = synthPair({ allowDestroy: true, notificationTopicArn: TOPIC });
    expect(free.warnings).toEqual(['allowDestroy: nothing protects the address and the interfaces from being removed']);
    expect(JSON.stringify(free.resource)).not.toContain('prevent_destroy');
  });
});
