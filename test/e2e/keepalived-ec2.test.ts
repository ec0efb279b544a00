import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type Cloud, startCloud } from './support/cloud';
import { Api, type Call } from './support/ec2-pair/api';
import { type Ec2Host, filesOf, PATIENT } from './support/ec2-pair/host';
import { Pair } from './support/ec2-pair/pair';
import { allows, type Statement } from './support/ec2-pair/policy';
import { lastLines, mustRun } from './support/processes';
import { Project } from './support/project';
import type { Stack } from './support/stack';
import { until } from './support/until';

const SYNTH = ['synth', '--app', 'npx tsx examples/edge.ts'];
const NOW = ['edge', '--skip-synth', '--auto-approve'];
const OVERLAY = '172.31.255.1/32';

describe('pairs of hosts that share an address, deployed with cdktf', () => {
  let cloud: Cloud;
  let project: Project;
  let stack: Stack;
  let api: Api;
  let edge: Pair;
  let inside: Pair;
  let hosts: Ec2Host[] = [];

  beforeAll(async () => {
    cloud = await startCloud('eu-west-1');
    const { TopicArn } = await cloud.aws<{ TopicArn: string }>('sns', 'create-topic', '--name', 'on-call');
    const { Images: images } = await cloud.aws<{ Images: readonly { ImageId: string }[] }>('ec2', 'describe-images');
    project = new Project({
      ...cloud.env,
      TF_VAR_machine_image: images[0]?.ImageId ?? '',
      TF_VAR_topic_arn: TopicArn,
    });
    stack = project.stack('edge');
    await project.cdktf(SYNTH);
    stack.asMotoCan();
    const { output } = await project.cdktf(['deploy', ...NOW]);
    process.stdout.write(`${lastLines(output, 6)}\n`);
    api = new Api(cloud.env.AWS_ENDPOINT_URL ?? '');
    edge = await Pair.of(cloud, api, 'edge/Edge');
    inside = await Pair.of(cloud, api, 'edge/Inside');
  });

  afterEach(async () => {
    await Promise.all(hosts.map((host) => host.stop()));
    hosts = [];
  });

  afterAll(async () => {
    api?.close();
    project?.remove();
    await cloud?.stop();
  });

  async function started(pair: Pair, label: string): Promise<[Ec2Host, Ec2Host]> {
    const pairOfHosts = await Promise.all([pair.start(pair.a, `${label}-a`), pair.start(pair.b, `${label}-b`)]);
    hosts.push(...pairOfHosts);
    return pairOfHosts as [Ec2Host, Ec2Host];
  }

  /** The Elastic IP that hosts move: its interface, and the private address there. */
  async function elasticIp(): Promise<{ readonly interfaceId: string; readonly privateIp: string }> {
    const { Addresses: addresses } = await cloud.aws<{
      Addresses: readonly { NetworkInterfaceId?: string; PrivateIpAddress?: string }[];
    }>('ec2', 'describe-addresses', '--filters', 'Name=tag:Name,Values=edge/Edge/Address');
    const [{ NetworkInterfaceId = '', PrivateIpAddress = '' } = {}] = addresses;
    return { interfaceId: NetworkInterfaceId, privateIp: PrivateIpAddress };
  }
  const ofElasticIp = async () => [(await elasticIp()).interfaceId];

  /** Where the routes to the overlay address lead. */
  async function ofRoutes(): Promise<string[]> {
    const { RouteTables: tables } = await cloud.aws<{
      RouteTables: readonly { Routes: readonly { DestinationCidrBlock?: string; NetworkInterfaceId?: string }[] }[];
    }>('ec2', 'describe-route-tables', '--filters', 'Name=tag:Name,Values=edge/Network/*');
    return tables.map(
      ({ Routes }) => `${Routes.find((route) => route.DestinationCidrBlock === OVERLAY)?.NetworkInterfaceId}`,
    );
  }

  test('have one instance each in two zones, at the interface that stays, with session tokens and encrypted volumes', async () => {
    const { Reservations: reservations } = await cloud.aws<{
      Reservations: readonly {
        Instances: readonly {
          Placement: { AvailabilityZone: string };
          NetworkInterfaces: readonly { NetworkInterfaceId: string; SourceDestCheck: boolean }[];
        }[];
      }[];
    }>('ec2', 'describe-instances');
    const found = reservations.flatMap(({ Instances }) =>
      Instances.map(({ Placement, NetworkInterfaces }) => [
        Placement.AvailabilityZone,
        NetworkInterfaces.map(({ NetworkInterfaceId }) => NetworkInterfaceId).join(),
      ]),
    );
    expect(found.sort()).toEqual(
      [
        ['eu-west-1a', edge.a.interfaceId],
        ['eu-west-1b', edge.b.interfaceId],
        ['eu-west-1a', inside.a.interfaceId],
        ['eu-west-1b', inside.b.interfaceId],
      ].sort(),
    );
    const ids = [edge.a, edge.b, inside.a, inside.b].map(({ interfaceId }) => interfaceId);
    const { NetworkInterfaces: interfaces } = await cloud.aws<{
      NetworkInterfaces: readonly { SourceDestCheck: boolean; Groups: readonly object[] }[];
    }>('ec2', 'describe-network-interfaces', '--network-interface-ids', ...ids);
    expect(interfaces.map(({ SourceDestCheck, Groups }) => [SourceDestCheck, Groups.length])).toEqual(
      ids.map(() => [false, 1]),
    );
    const { LaunchTemplateVersions: versions } = await cloud.aws<{ LaunchTemplateVersions: readonly object[] }>(
      ...['ec2', 'describe-launch-template-versions', '--versions', '$Latest', '--filters', 'Name=image-id,Values=*'],
    );
    for (const version of versions) {
      expect(version).toMatchObject({
        LaunchTemplateData: {
          BlockDeviceMappings: [{ Ebs: { Encrypted: true, VolumeType: 'gp3' } }],
          MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
        },
      });
    }
  });

  test('let in clients, and VRRP of the other host, and nothing else', async () => {
    const rulesOf = async (path: string) => {
      const { SecurityGroups: groups } = await cloud.aws<{
        SecurityGroups: readonly {
          GroupId: string;
          IpPermissions: readonly {
            IpProtocol: string;
            FromPort?: number;
            IpRanges: readonly { CidrIp: string }[];
            UserIdGroupPairs: readonly { GroupId: string }[];
          }[];
        }[];
      }>('ec2', 'describe-security-groups', '--filters', `Name=tag:Name,Values=${path}/SecurityGroup`);
      const own = groups[0]?.GroupId;
      return groups.flatMap(({ IpPermissions }) =>
        IpPermissions.flatMap(({ IpProtocol, FromPort, IpRanges, UserIdGroupPairs }) => [
          ...IpRanges.map(({ CidrIp }) => `${IpProtocol} ${FromPort} ${CidrIp}`),
          ...UserIdGroupPairs.map(({ GroupId }) => `${IpProtocol} ${FromPort} ${GroupId === own ? 'own' : 'other'}`),
        ]),
      );
    };
    expect((await rulesOf('edge/Edge')).sort()).toEqual(['112 -1 own', 'tcp 80 0.0.0.0/0']);
    expect((await rulesOf('edge/Inside')).sort()).toEqual(['112 -1 own', 'tcp 80 other']);
  });

  test('have user data of less than 12 KB, and shell in it that shellcheck finds nothing in', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nines-shell-'));
    const files = [edge, inside].flatMap(({ a }, index) => {
      const data = Buffer.from(a.userData, 'base64');
      expect(data.length).toBeLessThan(12 * 1024);
      // what synthesis measures by: Terraform compresses by another program
      expect(data.length / gzipSync(gunzipSync(data)).length).toBeLessThan(1.004);
      return filesOf(a.userData)
        .filter(({ content }) => content.startsWith('#!/bin/bash'))
        .map(({ path, content }) => {
          const file = join(folder, `${index}${path.replace(/\//g, '-')}`);
          writeFileSync(file, content);
          return file;
        });
    });
    expect(files).toHaveLength(4);
    await mustRun('shellcheck', ['-s', 'bash', '-e', 'SC2034,SC2154,SC2153,SC2317', ...files]);
    rmSync(folder, { recursive: true });
  });

  test('move the Elastic IP from A to B and back to A, each to its own serving address, and measure it', async () => {
    const [a, b] = await started(edge, 'moves');
    await a.prints('ip -o address show dev ens5', new RegExp(`inet ${edge.a.serving}/32`));
    a.becomes('MASTER');
    await edge.has(edge.a, ofElasticIp);
    const measured: string[] = [];
    for (const [next, before, there] of [
      [b, a, edge.b],
      [a, b, edge.a],
    ] as const) {
      const since = Date.now();
      next.becomes('MASTER');
      await edge.has(there, ofElasticIp);
      before.becomes('BACKUP'); // earlier, it would have given it to the other one itself
      expect((await elasticIp()).privateIp).toBe(there.serving);
      expect(api.of('AssociateAddress', { since })).toHaveLength(1);
      const [, seconds = ''] = await next.prints(
        'cat /var/lib/prometheus/node-exporter/nines_pair_move.prom',
        /nines_pair_move_seconds\{address="[\d.]+"\} (\d+\.\d{3})/,
      );
      expect(Number(seconds)).toBeGreaterThan(0);
      expect(next.log()).toContain(`moved the address in ${seconds} s, at try 1`);
      await next.prints('cat /var/lib/prometheus/node-exporter/nines_pair.prom', /nines_pair_owner\{[^}]*\} 1/);
      await before.prints('cat /var/lib/prometheus/node-exporter/nines_pair.prom', /nines_pair_owner\{[^}]*\} 0/);
      measured.push(seconds);
    }
    process.stdout.write(`the Elastic IP moved in ${measured.join(' and ')} seconds (moto)\n`);
  });

  test('move every route from A to B and back to A', async () => {
    const [a, b] = await started(inside, 'routes');
    await a.prints('ip -o address show dev lo', /inet 172\.31\.255\.1\/32/);
    expect(await ofRoutes()).toHaveLength(4);
    const measured: string[] = [];
    for (const [next, before, there, time] of [
      [a, b, inside.a, 1],
      [b, a, inside.b, 1],
      [a, b, inside.a, 2],
    ] as const) {
      before.becomes('BACKUP');
      next.becomes('MASTER');
      await inside.has(there, ofRoutes);
      measured.push((await next.says(new RegExp(`(?:moved the address in ([\\d.]+) s.*){${time}}`, 's')))[1] ?? '');
    }
    process.stdout.write(`four routes moved in ${measured.join(', ')} seconds (moto)\n`);
  });

  test('do not fight over it in a partition, and take it again when the new owner is gone', async () => {
    const [a, b] = await started(edge, 'fight');
    a.becomes('MASTER');
    await a.says(/moved the address/);
    await edge.has(edge.a, ofElasticIp);
    const since = Date.now();
    b.becomes('MASTER'); // and A still is
    await edge.has(edge.b, ofElasticIp);
    await a.says(/with another interface \(peer\)/);
    await sleep(22_000); // two more looks of each
    expect(api.of('AssociateAddress', { since }).map(({ host }) => host)).toEqual(['fight-b']);
    expect(await ofElasticIp()).toEqual([edge.b.interfaceId]);

    await b.stop();
    hosts = [a];
    await edge.isThere(edge.b, false);
    await edge.has(edge.a, ofElasticIp);
    expect(api.of('AssociateAddress', { since }).map(({ host }) => host)).toEqual(['fight-b', 'fight-a']);
    await edge.isThere(edge.b, true);
  });

  test('give it to the master once the partition is over', async () => {
    const [a, b] = await started(inside, 'heals');
    const moves = (host: Ec2Host) => host.says(/moved the address/);
    b.becomes('MASTER');
    await moves(b);
    await inside.has(inside.b, ofRoutes);
    a.becomes('MASTER'); // a partition
    await moves(a);
    await inside.has(inside.a, ofRoutes);
    a.becomes('BACKUP'); // it is over, and A hears the adverts of B
    await inside.has(inside.b, ofRoutes);
    await b.prints('cat /var/lib/prometheus/node-exporter/nines_pair.prom', /nines_pair_owner\{[^}]*\} 1/);
  });

  /** The pairs, with what their hosts have on themselves. */
  const held = () => [
    { pair: edge, kind: 'private', address: edge.a.serving, device: 'ens5' },
    { pair: inside, kind: 'overlay', address: '172.31.255.1', device: 'lo' },
  ];

  test('have on themselves again within 3 seconds what was taken off, as backup and as master, and say so once each time', async () => {
    for (const { pair, kind, address, device } of held()) {
      const host = await pair.start(pair.a, `kept-${kind}`);
      hosts.push(host);
      const isThere = `ip -o address show dev ${device} | grep -q "inet ${address}/32"`;
      await host.says(/was not on \w+: put there/);
      for (const role of ['BACKUP', 'MASTER'] as const) {
        host.becomes(role);
        if (role === 'MASTER') await host.says(/has the address/); // and asks EC2 no more for 10 seconds
        host.run(
          `ip address del ${address}/32 dev ${device}; ${isThere} || timeout 3 sh -c 'until ${isThere}; do sleep 0.1; done' && echo ${role}: back || echo ${role}: gone`,
        );
        expect((await host.says(new RegExp(`${role}: (back|gone)`)))[1]).toBe('back');
      }
      await host.prints('cat /var/lib/prometheus/node-exporter/nines_pair.prom', /nines_pair_owner\{[^}]*\} 1/);
      const said = host.log().split('\n');
      expect(said.filter((line) => line === `${address} was not on ${device}: put there`)).toHaveLength(3);
    }
  });

  test('are not ready and own nothing while it cannot be put there, which they say once', async () => {
    const broken = `mkdir /first; real=$(command -v ip)
printf '#!/bin/sh\\n[ -e /broken ] && [ "$2" = replace ] && echo no >&2 && exit 2\\nexec %s "$@"\\n' "$real" >/first/ip
chmod +x /first/ip; touch /broken; PATH=/first:$PATH`;
    const told = (label: string) =>
      until(
        `${label} to tell CloudWatch of itself`,
        () => {
          const [call] = api.of('PutMetricData', { host: label });
          if (call === undefined) return undefined;
          const data = JSON.parse(call.parameters.MetricData ?? '') as readonly { MetricName: string; Value: number }[];
          return data.map(({ MetricName, Value }) => `${MetricName} ${Value}`);
        },
        PATIENT,
      );
    for (const { pair, kind, address, device } of held()) {
      const [good, bad] = [`well-${kind}`, `broken-${kind}`];
      hosts.push(await pair.start(pair.b, good));
      const host = await pair.start(pair.a, bad, { before: broken });
      hosts.push(host);
      expect(await told(good)).toEqual(['Ready 1', 'Owner 0']);
      expect(await told(bad)).toEqual(['Ready 0', 'Owner 0']);
      host.becomes('MASTER');
      await host.says(/has the address/);
      const metric = 'cat /var/lib/prometheus/node-exporter/nines_pair.prom';
      await host.prints(metric, /nines_pair_owner\{[^}]*\} 0\n(.*\n)*nines_pair_master\{[^}]*\} 1/);
      expect(host.log().split('\n')).toContain(`cannot put ${address} on ${device}: no`);
      expect(host.log().match(/cannot put/g)).toHaveLength(1);
      host.run('rm /broken');
      await host.says(/was not on \w+: put there/);
      await host.prints(metric, /nines_pair_owner\{[^}]*\} 1/);
    }
  });

  test('try again, and wait longer each time, while EC2 fails or hangs', async () => {
    const [a] = await started(edge, 'fails');
    let failures = 0;
    api.trouble('fails-a', (action) => {
      if (action !== 'AssociateAddress' || failures >= 4) return 'none';
      failures += 1;
      return failures === 2 ? 'hangs' : 'fails';
    });
    const since = Date.now();
    a.becomes('MASTER');
    await a.says(/moved the address/);
    const tries = api.of('AssociateAddress', { since, host: 'fails-a' });
    expect(tries.map(({ status }) => status)).toEqual([503, 0, 503, 503, 200]);
    const gaps = tries.slice(1).map(({ at }, index) => at - (tries[index]?.at ?? 0));
    expect(gaps[1]).toBeLessThan(31_000); // a call that hangs is cut off
    // what it waits between them; the start of the program comes on top
    for (const [index, least] of [500, 1000, 2000, 4000].entries()) expect(gaps[index]).toBeGreaterThan(least);
    expect(a.log()).toContain('aws ec2 associate-address failed');
  });

  test('go on without metadata, with slow ones, and say so when there is no aws', async () => {
    const env = edge.environment;
    const without =
      'mkdir /none; cd /none; for program in bash cat curl date ip mkdir mkfifo mv sh sleep timeout tr; do ln -s "$(command -v $program)" .; done; PATH=/none';
    const [none, slow, missing] = await Promise.all([
      edge.start(edge.a, 'no-metadata', { metadata: undefined, env }),
      edge.start(edge.b, 'slow-metadata', { metadata: 'hangs', env }),
      edge.start(edge.a, 'no-aws', { before: without }),
    ]);
    hosts = [none, slow, missing];
    for (const host of [none, slow]) {
      host.becomes('MASTER');
      await host.says(/moved the address/);
    }
    missing.becomes('MASTER');
    await missing.says(/(associate-address failed.*){3}/s);
    expect(missing.log()).toMatch(/aws.*No such file/);
  });

  test('take nothing when they are a copy of a host', async () => {
    const copy = await inside.start(inside.a, 'copy', {
      metadata: { interfaceId: 'eni-0123456789abcdef0', role: inside.roleName, credentials: {} },
    });
    hosts = [copy];
    copy.becomes('MASTER');
    await copy.says(/this host has eni-0123456789abcdef0/);
    await sleep(5_000);
    expect(api.of('ReplaceRoute', { host: 'copy' })).toEqual([]);
  });

  test('may do what they do, to what they do it to, and nothing else', async () => {
    for (const [pair, labels] of [
      [edge, /moves|fight|fails/],
      [inside, /routes|heals/],
    ] as const) {
      const { PolicyNames: names } = await cloud.aws<{ PolicyNames: readonly string[] }>(
        ...['iam', 'list-role-policies', '--role-name', pair.roleName],
      );
      const { PolicyDocument: policy } = await cloud.aws<{ PolicyDocument: { Statement: readonly Statement[] } }>(
        ...['iam', 'get-role-policy', '--role-name', pair.roleName, '--policy-name', names[0] ?? ''],
      );
      const calls = api.calls.filter(({ host }) => labels.test(host));
      const refused = calls.filter((call: Call) => !allows(policy.Statement, call));
      expect(refused).toEqual([]);
      const made = new Set(calls.map(({ action }) => action));
      const allowed = new Set(policy.Statement.flatMap(({ Action }) => Action.map((action) => action.split(':')[1])));
      expect([...made].sort()).toEqual([...allowed].sort());
      process.stdout.write(
        `${pair.roleName} made, and may make: ${[...made].sort().join(', ')} (${calls.length} calls)\n`,
      );
    }
  });

  test('plan no changes, wherever the addresses are by now', async () => {
    const { status, output } = await stack.plan();
    process.stdout.write(`second plan: ${output.split('\n').find((line) => line.startsWith('No changes'))}\n`);
    expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining('No changes') });
  });

  test('drift, as written, in exactly the fields that moto does not keep', async () => {
    stack.asWritten();
    const expected = { drift: stack.expectedDrift(), lacking: stack.expectedLacking() };
    const found = { drift: await stack.drift(), lacking: await stack.lacking() };
    stack.asMotoCan();
    expect(found).toEqual(expected);
  });

  test('refuse to be destroyed while they are protected, and are destroyed without a trace once that was allowed', async () => {
    const before = await stack.resources();
    const { status, output } = await project.tryCdktf(['destroy', ...NOW]);
    expect(status).not.toBe(0);
    expect(output).toContain('Instance cannot be destroyed');
    expect(await stack.resources()).toEqual(before);
    const allowed = { ALLOW_DESTROY: 'yes' };
    await project.cdktf(SYNTH, allowed);
    stack.asMotoCan();
    await project.cdktf(['deploy', ...NOW], allowed);
    await project.cdktf(['destroy', ...NOW], allowed);
    expect(await stack.resources()).toEqual([]);
  });
});
