import fc from 'fast-check';
import { Duration, HealthCheck } from 'nines';
import type { FenceOptions, KeepalivedPairProps, LeaseOptions } from 'nines/linux';
import { Coverage } from './coverage';
import { countOptions, haproxyOptions, type PemFiles } from './random-haproxy';

/** Everything that a pair may be given. */
export function pairCoverage(): Coverage {
  return new Coverage(
    {
      'linux/pair/props.ts': ['KeepalivedPairProps', 'PairNode'],
      'linux/pair/split-brain.ts': ['LeaseOptions', 'FenceOptions'],
    },
    ['http', 'https', 'tcp'].map((protocol) => `HealthCheck.protocol = "${protocol}"`),
  );
}

/** Counts what a pair uses. */
export function count(props: KeepalivedPairProps, coverage: Coverage): void {
  coverage.saw('KeepalivedPairProps', { ...props, healthCheck: undefined, proxy: undefined });
  coverage.saw('KeepalivedPairProps', { healthCheck: props.healthCheck && {}, proxy: props.proxy && {} });
  if (props.proxy) countOptions(props.proxy, coverage);
  for (const node of props.nodes) coverage.saw('PairNode', node);
  coverage.saw('HealthCheck', { protocol: props.healthCheck?.protocol });
}

const name = fc.stringMatching(/^[a-z0-9]([a-z0-9.-]{0,20}[a-z0-9])?$/);
const seconds = (min: number, max: number) => fc.integer({ min, max }).map((count) => Duration.seconds(count));

/** A network, and hosts of it: node, node, virtual address, and others. */
const network = fc
  .record({
    base: fc.tuple(
      fc.constantFrom(10, 172, 192, 203),
      fc.integer({ min: 0, max: 255 }),
      fc.integer({ min: 0, max: 255 }),
    ),
    hosts: fc.uniqueArray(fc.integer({ min: 1, max: 254 }), { minLength: 8, maxLength: 8 }),
  })
  .map(({ base, hosts }) => hosts.map((host) => [...base, host].join('.')));

const healthCheck = fc
  .record({
    protocol: fc.constantFrom('http', 'https', 'tcp'),
    path: fc.webPath().map((path) => path.replace(/[^\w/.~%?=&+:@,;-]/g, '') || '/'),
    port: fc.integer({ min: 1, max: 65_535 }),
    timeout: fc.integer({ min: 1, max: 10 }),
    more: fc.integer({ min: 1, max: 10 }),
    healthyThreshold: fc.integer({ min: 1, max: 10 }),
    unhealthyThreshold: fc.integer({ min: 1, max: 10 }),
  })
  .map(({ protocol, path, port, timeout, more, ...thresholds }) => {
    const timing = { ...thresholds, timeout: Duration.seconds(timeout), interval: Duration.seconds(timeout + more) };
    if (protocol === 'tcp') return HealthCheck.tcp({ port, ...timing });
    return protocol === 'http'
      ? HealthCheck.http(path, { port, ...timing })
      : HealthCheck.https(path, { port, ...timing });
  });

const lease: fc.Arbitrary<LeaseOptions> = fc
  .record(
    {
      endpoints: fc.array(fc.tuple(name, fc.integer({ min: 1, max: 65_535 })), { minLength: 1, maxLength: 5 }),
      ttl: seconds(2, 60),
      renews: fc.constant(true),
      caFile: fc.constant('/etc/etcd/ca.pem'),
      client: fc.constant({ certificateFile: '/etc/etcd/it.pem', keyFile: "/etc/etcd/it's.key" }),
      allowPlainText: fc.boolean(),
    },
    { requiredKeys: ['endpoints'] },
  )
  .map(({ endpoints, renews, ...more }) => ({
    ...more,
    endpoints: endpoints.map(([host, port]) => `${more.allowPlainText ? 'http' : 'https'}://${host}:${port}`),
    ...(renews && { renewEvery: Duration.millis(500) }),
  }));

const word = fc.string({ maxLength: 20 }).map((text) => text.replace(/[\n\0]/g, ''));
const fence = (nodes: readonly string[]): fc.Arbitrary<FenceOptions> =>
  fc.record(
    {
      commands: fc
        .array(fc.array(word, { maxLength: 4 }), { minLength: 2, maxLength: 2 })
        .map((words) =>
          Object.fromEntries(nodes.map((node, index) => [node, ['/usr/sbin/off', ...(words[index] ?? [])]])),
        ),
      timeout: seconds(1, 120),
    },
    { requiredKeys: ['commands'] },
  );

/** Pairs as a user might write them: valid, and otherwise anything. */
export const pairs = (files: PemFiles): fc.Arbitrary<KeepalivedPairProps> =>
  fc
    .record({
      names: fc.uniqueArray(name, { minLength: 2, maxLength: 2 }),
      addresses: network,
      length: fc.constantFrom(24, 16, 20, 32),
    })
    .chain(({ names, addresses, length }) => {
      const [one = '', other = '', virtual = '', ...others] = addresses;
      const [first = '', second = ''] = names;
      const guard = fc.oneof(
        fc.constant({}),
        lease.map((drawn) => ({ lease: drawn })),
        fence(names).map((drawn) => ({ fence: drawn })),
      );
      const rest = fc.record(
        {
          failoverWithin: fc.integer({ min: 300, max: 120_000 }).map((count) => Duration.millis(count)),
          advertInterval: fc.constant(Duration.millis(10)),
          routerId: fc.integer({ min: 1, max: 255 }),
          witnesses: fc.constantFrom(1, 3, 5).map((count) => others.slice(0, count)),
          multicast: fc.boolean(),
          firewall: fc.constantFrom('nftables', 'iptables'),
        },
        { requiredKeys: [] },
      );
      const service = fc.oneof(
        healthCheck.map((drawn) => ({ healthCheck: drawn })),
        haproxyOptions(files).map((drawn) => ({ proxy: drawn })),
        fc.record({ healthCheck, proxy: haproxyOptions(files) }),
      );
      return fc
        .tuple(rest, service, guard, fc.constantFrom('eth0', 'bond0.100', 'enp0s3'))
        .map(([drawn, served, guarded, device]) => ({
          ...drawn,
          ...served,
          ...guarded,
          nodes: [
            { name: first, address: one },
            { name: second, address: other },
          ] as const,
          virtualAddress: `${virtual}/${length}`,
          interface: device,
        }));
    });
