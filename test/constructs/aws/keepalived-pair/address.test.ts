import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import { FloatingAddress, MultiAZNetwork } from 'nines/aws';
import { PAIR_PROXY } from '../../../support/random-ec2-pair';
import { all, only, synth } from '../../../support/synth';
import { OVERLAY, ofHost, pair, plain, ROUTE_TABLES, statements, synthPair, TOPIC } from './pairs';

const overlay = () => plain('overlay');
const ADDRESS = 'Edge_Address';

function floating(result = plain()) {
  return Object.entries(all(result, 'aws_eip')).find(([id]) => id.startsWith(ADDRESS))?.[1];
}

describe('KeepalivedPair · an Elastic IP', () => {
  test('is associated by the hosts, not by Terraform, and never released by mistake', () => {
    expect(floating()).toMatchObject({ domain: 'vpc', lifecycle: { prevent_destroy: true } });
    expect(floating()).not.toHaveProperty('network_interface');
  });

  test('may be moved to the interfaces of the two hosts, and nothing else may be', () => {
    const move = statements(plain()).filter(({ Action }) => `${Action}`.startsWith('ec2:Associate'));
    expect(move.map(({ Resource }) => Resource)).toEqual([
      [
        expect.stringMatching(/^\$\{aws_eip\.Edge_Address_\w+\.arn}$/),
        expect.stringMatching(/^\$\{aws_network_interface\.Edge_ZoneA_Interface_\w+\.arn}$/),
        expect.stringMatching(/^\$\{aws_network_interface\.Edge_ZoneB_Interface_\w+\.arn}$/),
      ],
      ['arn:aws:ec2:eu-west-1:*:instance/*'],
    ]);
    expect(move[1]?.Condition).toEqual({
      StringEquals: { 'aws:ResourceTag/Name': ['shop/Edge/ZoneA', 'shop/Edge/ZoneB'] },
    });
    expect(statements(plain()).flatMap(({ Action }) => Action)).toEqual([
      ...['ec2:AssociateAddress', 'ec2:AssociateAddress', 'ec2:DescribeAddresses', 'cloudwatch:PutMetricData'],
    ]);
  });

  test('is translated to an address of each host that is not its own', () => {
    const data = String(ofHost(plain(), 'aws_launch_template', 'A').user_data);
    expect(data).toMatch(/HELD_ADDRESS='\$\{one\(setsubtract\(/);
    expect(data).toContain("HELD_DEVICE='ens5'");
    expect(data).toMatch(/ALLOCATION='\$\{aws_eip\.Edge_Address_\w+\.allocation_id}'/);
  });

  test('lets everybody in, at the port of the health check, unless told otherwise', () => {
    const clients = (result = plain()) =>
      Object.values(all(result, 'aws_vpc_security_group_ingress_rule'))
        .filter(({ ip_protocol: protocol }) => protocol === 'tcp')
        .map(({ cidr_ipv4: range, from_port: port }) => `${range} ${port}`);
    expect(clients()).toEqual(['0.0.0.0/0 8080']);
    const own = synthPair({ ports: [80, 443], clients: ['10.9.0.0/16', '192.0.2.7/32'] });
    expect(clients(own).sort()).toEqual([
      ...['10.9.0.0/16 443', '10.9.0.0/16 80', '192.0.2.7/32 443', '192.0.2.7/32 80'],
    ]);
    expect(clients(synthPair({ clients: [] }))).toEqual([]);
    expect(clients(overlay())).toEqual([]);
  });

  test('refuses allowFrom, since servers reach it by the internet', () => {
    synth((stack) => {
      const edge = pair(stack);
      expect(() => edge.allowFrom(edge)).toThrow(
        '"shop/Edge" has an Elastic IP, so allowFrom cannot say who reaches it; name ranges in clients, or take an overlay address',
      );
    });
  });
});

describe('KeepalivedPair · an overlay address', () => {
  test('has a route in each table, to the first host, which Terraform leaves where it is moved', () => {
    const routes = Object.values(all(overlay(), 'aws_route'));
    expect(routes.map(({ route_table_id: table }) => table).sort()).toEqual(Object.values(ROUTE_TABLES).sort());
    for (const route of routes) {
      expect(route).toMatchObject({
        destination_cidr_block: '172.31.255.1/32',
        network_interface_id: expect.stringContaining('ZoneA_Interface'),
        lifecycle: { ignore_changes: ['network_interface_id'] },
      });
    }
  });

  test('takes every route table of a MultiAZNetwork, each by a name that stays when a zone is added', () => {
    const routes = (letters: string) =>
      synth((stack) => {
        const zones = [...letters].map((letter) => `eu-west-1${letter}`);
        const made = new MultiAZNetwork(stack, 'Network', { cidr: '10.20.0.0/16', zones });
        pair(stack, { network: made, address: FloatingAddress.overlay('172.31.255.1'), zones: zones.slice(-2) });
      }).resource.aws_route;
    const ids = (letters: string) => Object.keys(routes(letters) ?? {}).filter((id) => id.startsWith('Edge_'));
    expect(ids('bc').map((id) => id.replace(/_\w{8}$/, ''))).toEqual([
      ...['Edge_Route-Public', 'Edge_Route-Data', 'Edge_Route-ZoneB', 'Edge_Route-ZoneC'].sort(),
    ]);
    expect(ids('abc')).toEqual(expect.arrayContaining(ids('bc')));
  });

  test('may be moved in these route tables, and the routes of no other may be', () => {
    expect(statements(overlay()).map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [
        ['ec2:ReplaceRoute'],
        Object.values(ROUTE_TABLES).map((id) =>
          expect.stringMatching(
            `^arn:aws:ec2:eu-west-1:\\$\\{aws_network_interface\\.\\w+\\.owner_id}:route-table/${id}$`,
          ),
        ),
      ],
      [['ec2:DescribeRouteTables'], ['*']],
      [['cloudwatch:PutMetricData'], ['*']],
    ]);
  });

  test('is on the loopback interface of both hosts, all the time', () => {
    for (const letter of ['A', 'B'] as const) {
      const data = String(ofHost(overlay(), 'aws_launch_template', letter).user_data);
      expect(data).toContain("HELD_ADDRESS='172.31.255.1'");
      expect(data).toContain("HELD_DEVICE='lo'");
      expect(data).toContain("ROUTE_TABLES=('rtb-0abc1234' 'rtb-0abc5678')");
    }
  });

  test('inside of a VPC that nines did not make fails the plan', () => {
    const [vpc] = Object.values(overlay().data.aws_vpc ?? {});
    expect(vpc).toMatchObject({
      id: 'vpc-0abc1234',
      lifecycle: {
        postcondition: [
          {
            condition:
              `\${alltrue([for range in self.cidr_block_associations : cidrhost(range.cidr_block, 0) != ` +
              `cidrhost("172.31.255.1/\${split("/", range.cidr_block)[1]}", 0)])}`,
          },
        ],
      },
    });
    expect(plain().data.aws_vpc).toBeUndefined();
  });

  test('lets the servers of a source in, and out to the address, once', () => {
    const result = synth((stack) => {
      const inside = pair(stack, { address: OVERLAY });
      const securityGroup = new SecurityGroup(stack, 'Group', {});
      const source = Object.assign(new Construct(stack, 'Web'), { securityGroup });
      inside.allowFrom(source);
      inside.allowFrom(source);
    });
    const tcp = (type: string) => Object.values(all(result, type)).filter(({ from_port: port }) => port === 8080);
    expect(tcp('aws_vpc_security_group_ingress_rule')).toMatchObject([
      { referenced_security_group_id: `\${aws_security_group.Group.id}`, ip_protocol: 'tcp', to_port: 8080 },
    ]);
    expect(tcp('aws_vpc_security_group_egress_rule')).toMatchObject([
      { security_group_id: `\${aws_security_group.Group.id}`, cidr_ipv4: '172.31.255.1/32', to_port: 8080 },
    ]);
  });
});

describe('KeepalivedPair', () => {
  test('speaks VRRP between its hosts, both ways, and reaches no more than HTTP and HTTPS', () => {
    const rules = (type: string) =>
      Object.values(all(plain(), type)).map(({ ip_protocol: protocol, from_port: port, cidr_ipv4: range }) =>
        [protocol, port, range].filter((part) => part !== undefined).join(' '),
      );
    expect(rules('aws_vpc_security_group_egress_rule').sort()).toEqual([
      '112',
      'tcp 443 0.0.0.0/0',
      'tcp 80 0.0.0.0/0',
    ]);
    expect(rules('aws_vpc_security_group_ingress_rule')).toContain('112');
    for (const type of ['aws_vpc_security_group_egress_rule', 'aws_vpc_security_group_ingress_rule']) {
      const vrrp = Object.values(all(plain(), type)).find(({ ip_protocol: protocol }) => protocol === '112');
      expect(vrrp?.referenced_security_group_id).toBe(vrrp?.security_group_id);
    }
  });

  test('lets HAProxy listen everywhere, reach its servers and their checks, and tell the other host what clients sent', () => {
    const result = synthPair({ healthCheck: undefined, proxy: PAIR_PROXY });
    const rules = (type: string) =>
      Object.values(all(result, type)).map((rule) =>
        [rule.ip_protocol, rule.from_port, rule.cidr_ipv4 ?? (rule.referenced_security_group_id ? 'hosts' : '')].join(
          ' ',
        ),
      );
    expect(rules('aws_vpc_security_group_ingress_rule').sort()).toEqual([
      ...['112  hosts', 'tcp 10001 hosts', 'tcp 443 0.0.0.0/0', 'tcp 80 0.0.0.0/0'],
    ]);
    expect(rules('aws_vpc_security_group_egress_rule').sort()).toEqual([
      ...['112  hosts', 'tcp 10001 hosts', 'tcp 443 0.0.0.0/0', 'tcp 80 0.0.0.0/0'],
      ...['tcp 8080 10.64.1.21/32', 'tcp 8080 10.64.2.21/32', 'tcp 8081 10.64.1.21/32', 'tcp 8081 10.64.2.21/32'],
    ]);
    const data = String(ofHost(result, 'aws_launch_template', 'A').user_data);
    expect(data).toContain('bind *:443 ssl');
    expect(data).toContain('check http 8405 1 /health');
  });

  test('reaches what it is allowed to', () => {
    const result = synth((stack) => pair(stack).allowTo({ cidr: '10.9.0.0/16', port: 5432 }));
    expect(Object.values(all(result, 'aws_vpc_security_group_egress_rule'))).toContainEqual(
      expect.objectContaining({ cidr_ipv4: '10.9.0.0/16', from_port: 5432 }),
    );
  });

  test('sounds when a host is ill or gone, could not take over, or when not exactly one has the address', () => {
    const result = synthPair({ notificationTopicArn: TOPIC });
    const alarms = Object.values(all(result, 'aws_cloudwatch_metric_alarm'));
    expect(alarms).toHaveLength(5);
    for (const alarm of alarms) {
      expect(alarm).toMatchObject({ treat_missing_data: 'breaching', alarm_actions: [TOPIC], ok_actions: [TOPIC] });
    }
    const metrics = alarms.map(({ metric_name: name, dimensions }) => [name, dimensions]);
    for (const letter of ['a', 'b']) {
      expect(metrics).toContainEqual([
        'Ready',
        { Node: `Edge-${letter}`, Pair: expect.stringMatching(/^shop-edge-\w{8}$/) },
      ]);
      expect(metrics).toContainEqual([
        'StatusCheckFailed',
        { AutoScalingGroupName: expect.stringContaining(`Zone${letter.toUpperCase()}`) },
      ]);
    }
    const owner = alarms.find(({ metric_query: query }) => query !== undefined)?.metric_query as {
      expression?: string;
    }[];
    expect(owner.map(({ expression }) => expression)).toContain('ABS(FILL(host0, 0) + FILL(host1, 0) - 1)');
    const data = String(ofHost(result, 'aws_launch_template', 'A').user_data);
    for (const text of ["PAIR='shop-edge-", "NODE='Edge-a'", "NAMESPACE='nines/KeepalivedPair'"])
      expect(data).toContain(text);
    const measure = statements(result).find(({ Sid }) => Sid === 'Measure');
    expect(measure?.Condition).toEqual({ StringEquals: { 'cloudwatch:namespace': 'nines/KeepalivedPair' } });
  });

  // Ids and shape are a contract: another id or default replaces or alters live infrastructure.
  test('makes what it made before, with no more than it needs', () => {
    const made = (result = plain()) =>
      Object.fromEntries(
        Object.entries(result.resource).map(([type, blocks]) => [
          type,
          Object.fromEntries(
            Object.entries(blocks).map(([id, block]) => [
              id,
              { ...block, ...('user_data' in block && { user_data: '…' }) },
            ]),
          ),
        ]),
      );
    expect(made()).toMatchSnapshot();
    const ids = Object.entries(overlay().resource).flatMap(([type, blocks]) =>
      Object.keys(blocks).map((id) => `${type}.${id}`),
    );
    expect(ids).toMatchSnapshot();
  });

  test('publishes the address, and the group of one of each host', () => {
    const result = synth((stack) => {
      const edge = pair(stack);
      new TerraformOutput(stack, 'address', { value: edge.address });
      expect(edge.autoscalingGroups).toHaveLength(2);
    });
    expect(result.output.address?.value).toMatch(/^\$\{aws_eip\.Edge_Address_\w+\.public_ip}$/);
    synth((stack) => {
      const inside = pair(stack, { address: OVERLAY });
      expect([inside.address, inside.elasticIp]).toEqual(['172.31.255.1', undefined]);
    });
    expect(only(plain(), 'aws_iam_role').assume_role_policy).toContain('ec2.amazonaws.com');
  });
});
