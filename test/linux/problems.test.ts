import fc from 'fast-check';
import { Duration, HealthCheck, InvalidPropsError } from 'nines';
import { type KeepalivedPairProps, keepalivedPair } from 'nines/linux';
import { FENCE, LEASE, PAIR } from '../support/pair';
import { WRONG } from '../support/wrong-values';

/** What is said of props; none when they are taken. */
function problems(more: object, base: object = PAIR): readonly string[] {
  try {
    keepalivedPair({ ...base, ...more } as KeepalivedPairProps);
    return [];
  } catch (error) {
    if (error instanceof InvalidPropsError) return error.problems;
    throw error;
  }
}

const [lb1, lb2] = PAIR.nodes;

describe('keepalivedPair refuses', () => {
  test.each<[string, object, string]>([
    [
      'one node',
      { nodes: [lb1] },
      'nodes must be two hosts, got 1; a pair is one that has the address and one that waits',
    ],
    [
      'a node without a name',
      { nodes: [lb1, { name: 'lb 2', address: '192.168.1.12' }] },
      "nodes[1].name must be up to 63 letters, digits, '-' and '.', got 'lb 2'; give the host's name",
    ],
    [
      'a node without an address',
      { nodes: [{ name: 'lb1', address: '192.168.1.011' }, lb2] },
      "nodes[0].address must be an IPv4 address, got '192.168.1.011'; write it as in '192.168.1.11'",
    ],
    [
      'one name twice',
      { nodes: [lb1, { ...lb2, name: 'lb1' }] },
      "nodes[1].name must differ from that of the first node, got 'lb1' for both; their files go by it",
    ],
    [
      'one address twice',
      { nodes: [lb1, { ...lb2, address: lb1.address }] },
      "nodes[1].address must differ from that of the first node, got '192.168.1.11' for both; give each host its own",
    ],
    [
      'a virtual address without the length of its network',
      { virtualAddress: '192.168.1.100' },
      "virtualAddress must be an IPv4 address and the length of its network (8 to 32), got '192.168.1.100'; write it as in " +
        "'192.168.1.100/24'",
    ],
    [
      'the address of a node',
      { virtualAddress: '192.168.1.12/24' },
      "virtualAddress must be an address of its own, got '192.168.1.12/24', which is that of lb2; take one that no host has",
    ],
    [
      'the last address of a network',
      { virtualAddress: '192.168.1.255/24' },
      "virtualAddress must be a host's address, got '192.168.1.255/24', the first or last of its network; take one between",
    ],
    [
      'a virtual address outside the network of the nodes',
      { virtualAddress: '192.168.2.100/24' },
      "virtualAddress must be in the network of both nodes, got '192.168.2.100/24', which 192.168.1.11 and 192.168.1.12 are not " +
        'in; hosts of different networks cannot share an address',
    ],
    [
      'an interface that the kernel has not',
      { interface: 'eth0 ' },
      "interface must be 1 to 15 letters, digits, '-', '_' or '.', got 'eth0 '; give it as `ip link` shows it",
    ],
    [
      'no health check',
      { healthCheck: '/health' },
      "healthCheck must be a HealthCheck, got '/health'; write HealthCheck.http('/health', { port: 8080 })",
    ],
    [
      'a path that keepalived.conf would read otherwise',
      { healthCheck: HealthCheck.http('/health"', { port: 8080 }) },
      "healthCheck.path must hold letters, digits and / . _ ~ - % ? = & + : @ , ; only, got '/health\"'; encode the rest: it " +
        'stands in keepalived.conf',
    ],
    [
      'what a HealthCheck itself refuses',
      { healthCheck: HealthCheck.http('/health', { port: 0 }) },
      'healthCheck.port must be a whole number from 1 to 65535, got 0; give the port that the servers listen on',
    ],
    [
      'a failover that no timer can meet',
      { failoverWithin: Duration.millis(200) },
      'failoverWithin must be from 0.3 seconds to 2 minutes, in whole milliseconds, got 0.2 seconds; three adverts and the ' +
        'takeover have to fit into it',
    ],
    [
      'adverts too seldom for the failover',
      { failoverWithin: Duration.seconds(2), advertInterval: Duration.seconds(1) },
      'failoverWithin must be at least 3.86 seconds with adverts every 1 second (three adverts, the skew of the lower priority and ' +
        '0.25 seconds to take over), got 2 seconds; raise it, or lower advertInterval to 0.48 seconds',
    ],
    [
      'adverts that VRRPv3 cannot say',
      { advertInterval: Duration.millis(333) },
      'advertInterval must be in hundredths of a second, got 0.333 seconds; VRRPv3 counts so: round it to 10 milliseconds',
    ],
    [
      'adverts more seldom than VRRPv3 can say',
      { advertInterval: Duration.seconds(41), failoverWithin: Duration.seconds(120) },
      'advertInterval must be from 0.01 seconds to 40.95 seconds, in whole milliseconds, got 41 seconds; VRRPv3 has 12 bits for it',
    ],
    [
      'a router id out of range',
      { routerId: 256 },
      'routerId must be a whole number from 1 to 255, got 256; give a number that no other pair of the network has',
    ],
    [
      'an even number of witnesses',
      { witnesses: ['192.168.1.1', '192.168.1.2'] },
      'witnesses must be an odd number of hosts, got 2; half of an even number is no majority, so that one more adds nothing: ' +
        'leave one out or add one',
    ],
    [
      'a witness that is a node',
      { witnesses: ['192.168.1.12'] },
      "witnesses[0] must be a host besides the pair, got '192.168.1.12'; give the gateway, or a third host",
    ],
    [
      'a witness by name',
      { witnesses: ['gateway'] },
      "witnesses[0] must be an IPv4 address, got 'gateway'; write it as in '192.168.1.1'",
    ],
    [
      'a witness twice',
      { witnesses: ['192.168.1.1', '192.168.1.2', '192.168.1.1'] },
      "witnesses[2] must be given once, got '192.168.1.1' again; leave it out",
    ],
    [
      'a lease and a fence',
      { lease: LEASE, fence: FENCE },
      'fence must not be given with lease, got both; keep the one that guards the address',
    ],
    [
      'a lease nowhere',
      { lease: { endpoints: [] } },
      'lease.endpoints must name a member of etcd, got none; give all members',
    ],
    [
      'a lease in clear text',
      { lease: { endpoints: ['http://etcd1:2379'] } },
      "lease.endpoints[0] must begin with https, got 'http://etcd1:2379'; give etcd certificates, or set allowPlainText",
    ],
    [
      'an endpoint with a path',
      { lease: { endpoints: ['https://etcd1:2379/v3'] } },
      "lease.endpoints[0] must be a URL of a host and a port, got 'https://etcd1:2379/v3'; write it as in " +
        "'https://etcd1.example.com:2379'",
    ],
    [
      'a lease that etcd would lengthen',
      { lease: { ...LEASE, ttl: Duration.seconds(1) } },
      'lease.ttl must be from 2 seconds to 1 minute, in whole seconds, got 1 second; etcd counts in seconds, and holds none for ' +
        'less than 2',
    ],
    [
      'a lease shorter than its renewal',
      { lease: { ...LEASE, ttl: Duration.seconds(4), renewEvery: Duration.seconds(5) } },
      'lease.renewEvery must be at most 1 second with a lease of 4 seconds, so that one renewal may fail before the kernel drops ' +
        'the address, got 5 seconds; lower it, or raise ttl',
    ],
    [
      'renewals without a pause',
      { lease: { ...LEASE, renewEvery: Duration.millis(10) } },
      'lease.renewEvery must be at least 0.1 seconds, in whole milliseconds, got 0.01 seconds; each is a request to etcd',
    ],
    [
      'a certificate that is not on the nodes',
      { lease: { ...LEASE, caFile: 'ca.pem' } },
      "lease.caFile must be a path on the nodes that begins with '/', got 'ca.pem'; put the file there beforehand",
    ],
    [
      'half of what etcd knows a client by',
      { lease: { ...LEASE, client: { certificateFile: '/etc/client.pem' } } },
      "lease.client.keyFile must be a path on the nodes that begins with '/', got undefined; put the file there beforehand",
    ],
    [
      'a node that nothing ends',
      { fence: { commands: { lb1: ['/usr/sbin/off'] } } },
      'fence.commands must have one that ends lb2, got none; the other node runs it',
    ],
    [
      'a fence for a stranger',
      { fence: { commands: { ...FENCE.commands, lb3: ['/usr/sbin/off'] } } },
      "fence.commands.lb3 must go by the name of a node (lb1, lb2), got 'lb3'; correct the name",
    ],
    [
      'a fence that is found by PATH',
      { fence: { commands: { ...FENCE.commands, lb1: ['off'] } } },
      "fence.commands.lb1 must begin with the path of a program, got 'off'; write it as in '/usr/sbin/fence_ipmilan'",
    ],
    [
      'a fence as one text',
      { fence: { commands: { ...FENCE.commands, lb1: '/usr/sbin/off one' } } },
      "fence.commands.lb1 must be a list, got '/usr/sbin/off one'; write the program and each argument by itself",
    ],
    [
      'a fence of two lines',
      { fence: { commands: { ...FENCE.commands, lb1: ['/usr/sbin/off', 'a\nb'] } } },
      "fence.commands.lb1 must be text without line breaks, got 'a\nb'; give each argument by itself",
    ],
    [
      'a fence that takes longer than anybody waits',
      { fence: { ...FENCE, timeout: Duration.seconds(121) } },
      'fence.timeout must be from 1 second to 2 minutes, in whole seconds, got 2 minutes 1 second; the address has no owner while ' +
        'it runs',
    ],
    [
      'a firewall that it cannot write for',
      { firewall: 'ufw' },
      "firewall must be 'nftables' or 'iptables', got 'ufw'; name the one that the hosts use",
    ],
  ])('%s', (_what, more, problem) => {
    expect(problems(more)).toEqual([problem]);
  });

  test('everything at once, by its own name, before anything is written', () => {
    const wrong = { virtualAddress: '10.0.0.1/24', routerId: 0, witnesses: [], multicast: 'yes' };
    expect(() => keepalivedPair({ ...PAIR, ...wrong } as unknown as KeepalivedPairProps)).toThrow(
      [
        'keepalivedPair cannot be built:',
        "  - virtualAddress must be in the network of both nodes, got '10.0.0.1/24', which 192.168.1.11 and 192.168.1.12 are not " +
          'in; hosts of different networks cannot share an address',
        '  - routerId must be a whole number from 1 to 255, got 0; give a number that no other pair of the network has',
        '  - witnesses must be an odd number of hosts, got 0; half of an even number is no majority, so that one more adds ' +
          'nothing: leave one out or add one',
        "  - multicast must be true or false, got 'yes'; compare text, as in process.env.NAME === 'true'",
      ].join('\n'),
    );
  });

  test('two nodes of which one is in another network, and an address of that one', () => {
    const nodes = [lb1, { name: 'lb2', address: '192.168.2.12' }];
    expect(problems({ nodes })).toEqual([
      "virtualAddress must be in the network of both nodes, got '192.168.1.100/24', which 192.168.2.12 is not in; hosts of " +
        'different networks cannot share an address',
    ]);
  });
});

describe('keepalivedPair takes', () => {
  test.each<[string, object]>([
    ['a virtual address that is no part of a network', { virtualAddress: '203.0.113.7/32' }],
    ['a lease over http, when it is said', { lease: { endpoints: ['http://etcd1:2379'], allowPlainText: true } }],
    ['the shortest lease', { lease: { ...LEASE, ttl: Duration.seconds(2) } }],
    ['the shortest failover', { failoverWithin: Duration.millis(300) }],
    ['one witness', { witnesses: ['192.168.1.1'] }],
  ])('%s', (_what, more) => {
    expect(problems(more)).toEqual([]);
  });
});

test('keepalivedPair never breaks at what reaches it past the compiler', () => {
  const full = {
    ...PAIR,
    lease: LEASE,
    fence: FENCE,
    witnesses: ['192.168.1.1'],
    multicast: true,
    firewall: 'nftables',
  };
  const names = [...Object.keys(full), 'failoverWithin', 'advertInterval', 'routerId'];
  for (const name of names) {
    for (const [what, value] of Object.entries(WRONG)) {
      const said = problems({ [name]: value });
      for (const problem of said) expect(`${what}: ${problem}`).toMatch(/^[\w ]+: [\w.[\]]+ must .*, got .*; .*$/s);
    }
  }
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.anything(), (name, value) => {
      problems({ [name]: value });
    }),
    { seed: 2026, numRuns: 300 },
  );
});
