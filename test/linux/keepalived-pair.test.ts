import { Duration, HealthCheck, ResiliencePolicy } from 'nines';
import {
  ec2PairCloudInit,
  type HaproxyOptions,
  type KeepalivedPairProps,
  keepalivedPair,
  pairBounds,
  pairCloudInit,
} from 'nines/linux';
import { contentOf, FENCE, LEASE, PAIR } from '../support/pair';

const CONF = '/etc/keepalived/keepalived.conf';
const files = (more: Partial<KeepalivedPairProps> = {}) => keepalivedPair({ ...PAIR, ...more });
const conf = (more: Partial<KeepalivedPairProps> = {}, node = 'lb1') => contentOf(files(more)[node], CONF);

/** Lines of a block of keepalived.conf, by how it begins. */
function block(text: string, head: string): string[] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.trim() === `${head} {`);
  if (start < 0) throw new Error(`no ${head} in\n${text}`);
  const indent = lines[start]?.match(/^ */)?.[0] ?? '';
  const end = lines.findIndex((line, index) => index > start && line === `${indent}}`);
  return lines.slice(start + 1, end).map((line) => line.trim());
}

describe('keepalivedPair · both nodes', () => {
  const both = ['lb1', 'lb2'].map((node) => conf({}, node));

  test('begin as backup and never preempt: who comes back does not move the address (mistake 6)', () => {
    for (const text of both) {
      expect(block(text, 'vrrp_instance pair')).toEqual(expect.arrayContaining(['state BACKUP', 'nopreempt']));
      expect(text).not.toMatch(/state MASTER/);
    }
  });

  test('have one router id, priorities that differ, and each other as their only peer', () => {
    expect(both.map((text) => /virtual_router_id (\d+)/.exec(text)?.[1])).toEqual(['51', '51']);
    expect(both.map((text) => /^ *priority (\d+)/m.exec(text)?.[1])).toEqual(['150', '100']);
    expect(both.map((text) => block(text, 'unicast_peer'))).toEqual([
      ['192.168.1.12 min_ttl 255 max_ttl 255'],
      ['192.168.1.11 min_ttl 255 max_ttl 255'],
    ]);
    expect(both.map((text) => /unicast_src_ip (\S+)/.exec(text)?.[1])).toEqual(['192.168.1.11', '192.168.1.12']);
    for (const text of both) expect(block(text, 'vrrp_instance pair')).toContain('check_unicast_src');
  });

  test('speak VRRPv3 without a password, which would be cut to 8 characters and sent in clear (mistake 5)', () => {
    for (const text of both) {
      expect(block(text, 'global_defs')).toContain('vrrp_version 3');
      expect(text).not.toMatch(/auth/);
    }
  });

  test('run checks as a user of their own, with a time limit, rise and fall, and fault when one fails (mistake 6)', () => {
    for (const text of both) {
      expect(block(text, 'global_defs')).toEqual(
        expect.arrayContaining(['enable_script_security', 'script_user keepalived_script']),
      );
      expect(block(text, 'vrrp_script health')).toEqual([
        'script "/usr/local/lib/nines-pair/check http 8080 1 /health"',
        ...['interval 2', 'timeout 1', 'fall 2', 'rise 3', 'weight 0', 'init_fail'],
      ]);
      expect(block(text, 'track_script')).toEqual(['health']);
    }
  });

  test('tell of the address again, run before what is busy, and hear others before they count', () => {
    for (const text of both) {
      expect(block(text, 'global_defs')).toEqual(
        expect.arrayContaining([
          ...['vrrp_garp_master_delay 1', 'vrrp_garp_master_refresh 60', 'vrrp_garp_lower_prio_repeat 1'],
          ...['vrrp_higher_prio_send_advert true', 'vrrp_rt_priority 50', 'vrrp_no_swap', 'vrrp_startup_delay 4'],
        ]),
      );
      expect(block(text, 'vrrp_instance pair')).toContain('unicast_fault_no_peer');
    }
  });

  test('let in VRRP from the other node alone', () => {
    const rules = ['lb1', 'lb2'].map((node) => contentOf(files()[node], '/etc/nines-pair/firewall'));
    expect(rules[0]).toContain('ip protocol 112 ip saddr != 192.168.1.12 drop');
    expect(rules[1]).toContain('ip protocol 112 ip saddr != 192.168.1.11 drop');
    for (const text of rules) {
      expect(text).toContain('table inet nines_pair\ndelete table inet nines_pair\n'); // loaded again, it is there once
      expect(text).toContain('iif lo accept\n');
    }
    const old = contentOf(files({ firewall: 'iptables' }).lb1, '/etc/nines-pair/firewall');
    expect(old).toContain('-A NINES_PAIR -p 112 -s 192.168.1.12 -j ACCEPT\n-A NINES_PAIR -p 112 -j DROP');
  });

  test('load these rules again, in order, after whatever takes all rules away', () => {
    const unit = (firewall: 'nftables' | 'iptables') =>
      contentOf(files({ firewall }).lb1, '/etc/systemd/system/nines-pair-firewall.service').split('\n');
    const iptables = [
      '-/usr/sbin/iptables -D INPUT -j NINES_PAIR', // fails the first time
      '/usr/sbin/iptables-restore --noflush /etc/nines-pair/firewall',
      '/usr/sbin/iptables -I INPUT -j NINES_PAIR',
    ];
    const loads = { nftables: ['/usr/sbin/nft -f /etc/nines-pair/firewall'], iptables };
    const after = { nftables: 'nftables.service', iptables: 'nftables.service netfilter-persistent.service' };
    for (const firewall of ['nftables', 'iptables'] as const) {
      const lines = unit(firewall);
      for (const verb of ['ExecStart', 'ExecReload'])
        expect(lines.filter((line) => line.startsWith(verb))).toEqual(loads[firewall].map((load) => `${verb}=${load}`));
      expect(lines).toEqual(
        expect.arrayContaining([
          ...[`After=${after[firewall]}`, `PartOf=${after[firewall]}`, `ReloadPropagatedFrom=${after[firewall]}`],
          `WantedBy=multi-user.target ${after[firewall]}`,
        ]),
      );
    }
  });

  test('may listen at the address before it is there, and answer for it on its own interface alone', () => {
    expect(contentOf(files().lb1, '/etc/sysctl.d/90-nines-pair.conf').split('\n')).toEqual(
      expect.arrayContaining([
        'net.ipv4.ip_nonlocal_bind = 1',
        'net.ipv4.conf.eth0.arp_ignore = 1',
        'net.ipv4.conf.eth0.arp_announce = 2',
        'net.ipv4.conf.eth0.promote_secondaries = 1',
      ]),
    );
    expect(contentOf(files({ interface: 'eth0.7' }).lb1, '/etc/sysctl.d/90-nines-pair.conf')).toContain(
      'net.ipv4.conf.eth0/7.arp_ignore = 1',
    );
  });

  test('have what the agent reads and writes, for it and nobody else', () => {
    expect(contentOf(files().lb1, '/etc/tmpfiles.d/nines-pair.conf').split('\n')).toEqual([
      'z /etc/nines-pair/settings 0640 root nines-pair',
      'd /run/nines-pair 0755 nines-pair nines-pair',
      'p /run/nines-pair/events 0660 nines-pair nines-pair',
      'd /run/nines-pair/check 0755 keepalived_script keepalived_script',
      'd /var/lib/prometheus/node-exporter 0775 root nines-pair',
      '',
    ]);
  });

  test('that are not of root alone are given away by the host itself, after a plain copy', () => {
    const host = files().lb1 ?? {};
    const given = Object.entries(host).filter(([, { owner, group }]) => owner !== 'root' || group !== 'root');
    expect(given.map(([path]) => path)).toEqual(['/etc/nines-pair/settings']);
    for (const [path, { mode, owner, group }] of given)
      expect(contentOf(host, '/etc/tmpfiles.d/nines-pair.conf')).toContain(`z ${path} ${mode} ${owner} ${group}\n`);
  });

  test('start keepalived again when it ends, however it ended', () => {
    const dropIn = contentOf(files().lb1, '/etc/systemd/system/keepalived.service.d/nines-pair.conf').split('\n');
    expect(dropIn).toEqual(expect.arrayContaining(['Restart=always', 'RestartSec=1', 'StartLimitIntervalSec=0']));
  });

  test('have files that only root may change, and that others read only where they must', () => {
    for (const [path, { mode, owner, group }] of Object.entries(files({ fence: FENCE }).lb1 ?? {})) {
      expect({ path, owner }).toEqual({ path, owner: 'root' });
      const expected = path.startsWith('/usr/local/lib')
        ? '0755'
        : path.startsWith('/etc/nines-pair/')
          ? '0640'
          : '0644';
      expect({ path, mode }).toEqual({ path, mode: expected });
      expect({ path, group }).toEqual({ path, group: path.endsWith('/settings') ? 'nines-pair' : 'root' });
    }
  });

  test('run the agent as a user of its own, who may change addresses and send ARP', () => {
    const unit = contentOf(files().lb1, '/etc/systemd/system/nines-pair.service').split('\n');
    expect(unit).toEqual(
      expect.arrayContaining([
        'User=nines-pair',
        'AmbientCapabilities=CAP_NET_ADMIN CAP_NET_RAW',
        'CapabilityBoundingSet=CAP_NET_ADMIN CAP_NET_RAW',
        'NoNewPrivileges=true',
        'ProtectSystem=strict',
        ...['Restart=always', 'RestartSec=0.1', 'StartLimitIntervalSec=0'],
      ]),
    );
  });
});

describe('keepalivedPair · the address', () => {
  test('is held by keepalived when the nodes decide alone, and taken off when keepalived was killed', () => {
    expect(block(conf(), 'virtual_ipaddress')).toEqual(['192.168.1.100/24 dev eth0']);
    const dropIn = contentOf(files().lb1, '/etc/systemd/system/keepalived.service.d/nines-pair.conf');
    expect(dropIn).toContain('ExecStopPost=-/usr/local/lib/nines-pair/let-go');
    expect(contentOf(files().lb1, '/usr/local/lib/nines-pair/let-go')).toContain('ip address del');
  });

  test.each([
    ['lease', { lease: LEASE }],
    ['fence', { fence: FENCE }],
  ])('is never held by keepalived under a %s: it would put it on before anybody could ask', (_, more) => {
    expect(block(conf(more), 'virtual_ipaddress')).toEqual(['127.112.0.51/32 dev lo scope host']);
    expect(conf(more)).not.toContain('192.168.1.100');
    expect(files(more).lb1).not.toHaveProperty(['/usr/local/lib/nines-pair/let-go']);
  });

  test('goes by a lock of its own in etcd, whose value is the node', () => {
    const settings = contentOf(files({ lease: LEASE }).lb2, '/etc/nines-pair/settings').split('\n');
    expect(settings).toEqual(
      expect.arrayContaining([
        "ENDPOINTS=('https://etcd1.example.com:2379' 'https://etcd2.example.com:2379')",
        `LOCK_KEY='${Buffer.from('nines-pair/192.168.1.100').toString('base64')}'`,
        `LOCK_VALUE='${Buffer.from('lb2').toString('base64')}'`,
        ...[
          "TTL='5'",
          "RENEW_EVERY='1000'",
          "REQUEST_TIMEOUT='0.50'",
          "ETCD_CA=''",
          "ETCD_CERTIFICATE=''",
          "ETCD_KEY=''",
        ],
      ]),
    );
    const client = { certificateFile: '/etc/etcd/client.pem', keyFile: '/etc/etcd/client.key' };
    const secured = files({ lease: { ...LEASE, caFile: '/etc/etcd/ca.pem', client, ttl: Duration.seconds(2) } });
    expect(contentOf(secured.lb1, '/etc/nines-pair/settings').split('\n')).toEqual(
      expect.arrayContaining([
        ...["TTL='2'", "RENEW_EVERY='330'", "ETCD_CA='/etc/etcd/ca.pem'"],
        ...["ETCD_CERTIFICATE='/etc/etcd/client.pem'", "ETCD_KEY='/etc/etcd/client.key'"],
      ]),
    );
  });

  test('goes to the other node when etcd does not answer this one: keepalived watches what the agent says of it', () => {
    const leased = files({ lease: LEASE }).lb1;
    const text = contentOf(leased, CONF);
    expect(block(text, 'track_file etcd_silent')).toEqual(['file /run/nines-pair/etcd-silent', 'weight 0']);
    expect(block(text, 'track_file')).toEqual(['etcd_silent']);
    expect(contentOf(leased, '/etc/nines-pair/settings')).toContain("ASK_EVERY='1000'");
    expect(contentOf(leased, '/etc/tmpfiles.d/nines-pair.conf')).toContain(
      'f /run/nines-pair/etcd-silent 0644 nines-pair nines-pair - 0\n',
    );
    expect(contentOf(leased, '/etc/systemd/system/nines-pair.service')).toContain(
      "ExecStopPost=-/bin/sh -c 'echo 0 1<>/run/nines-pair/etcd-silent'\n",
    );
    for (const { content } of Object.values(files({ fence: FENCE }).lb1 ?? {})) expect(content).not.toContain('etcd');
  });

  test('is let go of when no check has run for two intervals and what one may take', () => {
    expect(contentOf(files({ lease: LEASE }).lb1, '/etc/nines-pair/settings')).toContain("CHECKS_STALE_AFTER='5000'");
  });

  test('is taken under a fence after the command that ends the other node, word by word', () => {
    const settings = (node: string) => contentOf(files({ fence: FENCE })[node], '/etc/nines-pair/settings').split('\n');
    expect(settings('lb1')).toEqual(
      expect.arrayContaining([
        "FENCE=('/usr/sbin/off' 'two'\\''s')",
        "FENCE_TIMEOUT='10'",
        "ACKNOWLEDGED_WITHIN='500'",
        "PEER='lb2'",
      ]),
    );
    expect(settings('lb2')).toEqual(expect.arrayContaining(["FENCE=('/usr/sbin/off' 'one')", "PEER='lb1'"]));
    expect(contentOf(files({ fence: FENCE }).lb1, '/etc/nines-pair/firewall')).toContain(
      'udp dport 9112 ip saddr != 192.168.1.12 drop',
    );
    expect(
      contentOf(files({ fence: { ...FENCE, timeout: Duration.seconds(30) } }).lb1, '/etc/nines-pair/settings'),
    ).toContain("FENCE_TIMEOUT='30'");
  });
});

describe('keepalivedPair · with HAProxy', () => {
  const servers = ['192.168.1.21', '192.168.1.22'].map((address) => ({ name: address, address, port: 8080 }));
  const backend = { name: 'shop', servers, healthCheck: HealthCheck.http('/ready', { port: 8080 }) };
  const proxy: HaproxyOptions = { frontends: [{ name: 'web', port: 80, backend: 'shop' }], backends: [backend] };
  const limited: HaproxyOptions = {
    ...proxy,
    backends: [{ ...backend, policy: ResiliencePolicy.of({ rateLimit: { requests: 9, per: Duration.seconds(10) } }) }],
  };
  const proxied = files({ proxy, healthCheck: undefined });

  test('listens at the address, and tells keepalived on 127.0.0.1 alone that it serves', () => {
    const config = contentOf(proxied.lb1, '/etc/haproxy/haproxy.cfg');
    expect(config).toMatch(/^ *bind 192\.168\.1\.100:80$/m);
    expect(config).toMatch(/^ *bind 127\.0\.0\.1:8405$/m);
  });

  test('needs no other check, and is asked as often as keepalived can', () => {
    const text = contentOf(proxied.lb1, CONF);
    expect(block(text, 'vrrp_script proxy')).toEqual([
      'script "/usr/local/lib/nines-pair/check http 8405 1 /health"',
      ...['interval 1', 'timeout 1', 'fall 2', 'rise 2', 'weight 0', 'init_fail'],
    ]);
    expect(block(text, 'track_script')).toEqual(['proxy']);
    expect(block(conf({ proxy }), 'track_script')).toEqual(['health', 'proxy']);
  });

  test('is seen to die by systemd, at once, and counts as dead until it is up', () => {
    const text = contentOf(proxied.lb1, CONF);
    expect(block(text, 'track_file proxy_down')).toEqual(['file /run/nines-pair-proxy/down', 'weight 0']);
    expect(block(text, 'track_file')).toEqual(['proxy_down']);
    const dropIn = contentOf(proxied.lb1, '/etc/systemd/system/haproxy.service.d/nines-pair.conf').split('\n');
    expect(dropIn).toEqual(
      expect.arrayContaining([
        "ExecStartPost=+/bin/sh -c 'echo 0 >/run/nines-pair-proxy/down'",
        "ExecStopPost=+/bin/sh -c 'echo 1 >/run/nines-pair-proxy/down'",
      ]),
    );
    expect(contentOf(proxied.lb1, '/etc/tmpfiles.d/nines-pair.conf')).toContain(
      'd /run/nines-pair-proxy 0755 root root\nf /run/nines-pair-proxy/down 0644 root root - 1\n',
    );
    expect(contentOf(files().lb1, '/etc/tmpfiles.d/nines-pair.conf')).not.toContain('/proxy');
    expect(conf()).not.toContain('track_file');
  });

  test('has root write nothing where the user of the agent could put a link instead', () => {
    const lines = Object.values(files({ proxy, lease: LEASE }).lb1 ?? {}).flatMap(({ content }) => content.split('\n'));
    const byRoot = lines.filter((line) => /^Exec\w+=[-@:!]*\+/.test(line));
    expect(byRoot).toHaveLength(2);
    expect(byRoot.filter((line) => line.includes('/run/nines-pair/'))).toEqual([]);
    expect(contentOf(files({ proxy }).lb1, '/etc/tmpfiles.d/nines-pair.conf')).not.toMatch(/run\/nines-pair\/.* root/);
  });

  test('hears what clients sent from the other node alone', () => {
    const firewall = (options: HaproxyOptions, more: Partial<KeepalivedPairProps> = {}) =>
      contentOf(files({ proxy: options, ...more }).lb1, '/etc/nines-pair/firewall');
    expect(firewall(limited)).toContain('tcp dport 10000 ip saddr != 192.168.1.12 drop');
    expect(firewall(limited, { firewall: 'iptables' })).toContain(
      '-A NINES_PAIR -p tcp --dport 10000 -s 192.168.1.12 -j ACCEPT\n-A NINES_PAIR -p tcp --dport 10000 -j DROP',
    );
    expect(firewall(proxy)).not.toContain('dport');
    expect(contentOf(files({ proxy: limited }).lb2, '/etc/haproxy/haproxy.cfg')).toMatch(
      /peer lb1 192\.168\.1\.11:10000/,
    );
  });

  test('is installed, and started before keepalived', () => {
    const { packages, runcmd } = JSON.parse(
      (pairCloudInit({ ...PAIR, proxy }).lb1 ?? '').replace('#cloud-config\n', ''),
    );
    expect(packages).toContain('haproxy');
    expect(runcmd).toContain('systemctl enable nines-pair-firewall haproxy nines-pair keepalived');
    expect(runcmd).toContain('systemctl restart nines-pair-firewall haproxy nines-pair keepalived');
  });

  test('bounds are those of the slowest check', () => {
    const unhealthy = (more: Partial<KeepalivedPairProps>) =>
      pairBounds({ ...PAIR, ...more }).unhealthy.toMilliseconds();
    expect(unhealthy({ proxy, healthCheck: undefined })).toBe(2 * 1000 + 1000 + 610 + 250);
    expect(unhealthy({ proxy })).toBe(2 * 2000 + 1000 + 610 + 250);
  });

  test('is refused with all that is wrong with it', () => {
    expect(() => files({ proxy: { ...proxy, backends: [{ ...backend, servers: [] }] }, routerId: 0 })).toThrow(
      /proxy\.backends\[0\]\.servers must .*\n.*routerId must/,
    );
    expect(() => files({ healthCheck: undefined })).toThrow(
      "healthCheck must be given where there is no proxy, got none; write HealthCheck.http('/health', { port: 8080 })",
    );
  });
});

describe('pairCloudInit', () => {
  const cloud = (more: Partial<KeepalivedPairProps> = {}, node = 'lb1') => {
    const text = pairCloudInit({ ...PAIR, ...more })[node] ?? '';
    expect(text.startsWith('#cloud-config\n')).toBe(true);
    return JSON.parse(text.slice('#cloud-config\n'.length));
  };

  test('writes every file of the node, as it is, after the packages', () => {
    const written = cloud({ fence: FENCE }, 'lb2').write_files;
    const expected = Object.entries(files({ fence: FENCE }).lb2 ?? {}).map(
      ([path, { content, mode, owner, group }]) => ({
        ...{ path, permissions: mode, owner: `${owner}:${group}`, content, defer: true },
      }),
    );
    expect(written).toEqual(expected);
  });

  test('lets keepalived on EC2 hear the other node alone, without a TTL: it is in another network', () => {
    const [lb1, lb2] = PAIR.nodes;
    const address = { overlay: '172.31.255.1', routeTableIds: ['rtb-0abc1234'] };
    const text = ec2PairCloudInit({
      nodes: [
        { ...lb1, networkInterfaceId: 'eni-0abc1' },
        { ...lb2, networkInterfaceId: 'eni-0abc2' },
      ],
      ...{ address, interface: 'eth0', healthCheck: PAIR.healthCheck, region: 'eu-west-1', name: 'Edge' },
    }).lb1;
    const written = JSON.parse((text ?? '').replace('#cloud-config\n', '')).write_files;
    const { content } = written.find(({ path }: { path: string }) => path === CONF);
    expect(block(content, 'vrrp_instance pair')).toContain('check_unicast_src');
    expect(block(content, 'unicast_peer')).toEqual(['192.168.1.12']);
  });

  test('installs what the files name, and nothing that they do not', () => {
    expect(cloud().packages).toEqual(['iproute2', 'iputils-arping', 'keepalived', 'nftables']);
    expect(cloud({ lease: LEASE, witnesses: ['192.168.1.1'], firewall: 'iptables' }).packages).toEqual([
      ...['curl', 'iproute2', 'iptables', 'iputils-arping', 'iputils-ping', 'keepalived'],
    ]);
    expect(cloud({ fence: FENCE }).packages).toContain('socat');
  });

  test('makes the users first, and starts the services last, keepalived after all others', () => {
    const { users, runcmd } = cloud();
    expect(users.slice(1).map(({ name }: { name: string }) => name)).toEqual(['nines-pair', 'keepalived_script']);
    expect(users[1]).toEqual({ name: 'nines-pair', system: true, no_create_home: true, shell: '/usr/sbin/nologin' });
    expect(runcmd).toEqual([
      'systemd-tmpfiles --create',
      'sysctl --system',
      'systemctl daemon-reload',
      'systemctl enable nines-pair-firewall nines-pair keepalived',
      'systemctl restart nines-pair-firewall nines-pair keepalived',
    ]);
  });
});

describe('keepalivedPair · each choice', () => {
  test('witnesses are asked every second, and two misses count', () => {
    const text = conf({ witnesses: ['192.168.1.1', '192.168.1.2', '192.168.1.3'] });
    expect(block(text, 'vrrp_script witnesses')).toEqual([
      'script "/usr/local/lib/nines-pair/witnesses 192.168.1.1 192.168.1.2 192.168.1.3"',
      ...['interval 1', 'timeout 1', 'fall 2', 'rise 2', 'weight 0', 'init_fail'],
    ]);
    expect(block(text, 'track_script')).toEqual(['health', 'witnesses']);
    expect(files().lb1).not.toHaveProperty(['/usr/local/lib/nines-pair/witnesses']);
  });

  test('multicast has no peers', () => {
    const text = conf({ multicast: true });
    expect(text).toContain('mcast_src_ip 192.168.1.11');
    expect(text).not.toMatch(/unicast/);
  });

  test('routerId and interface are passed on', () => {
    const text = conf({ routerId: 77, interface: 'bond0' });
    expect(block(text, 'vrrp_instance pair')).toEqual(
      expect.arrayContaining(['virtual_router_id 77', 'interface bond0', 'advert_int 1']),
    );
    expect(block(text, 'virtual_ipaddress')).toEqual(['192.168.1.100/24 dev bond0']);
  });

  test('a check by HTTPS or TCP is asked so', () => {
    const https = HealthCheck.https('/ready', { interval: Duration.seconds(3), timeout: Duration.seconds(2) });
    expect(conf({ healthCheck: https })).toContain('check https 443 2 /ready"');
    const tcp = HealthCheck.tcp({ port: 25, interval: Duration.seconds(3), timeout: Duration.seconds(2) });
    expect(conf({ healthCheck: tcp })).toContain('check tcp 25 2"');
  });

  test('failoverWithin decides how often adverts are sent', () => {
    expect(conf({ failoverWithin: Duration.millis(900) })).toContain('advert_int 0.18\n');
    expect(conf({ failoverWithin: Duration.seconds(8) })).toContain('advert_int 2.1\n');
    expect(conf({ advertInterval: Duration.millis(500) })).toContain('advert_int 0.5\n');
    expect(block(conf({ failoverWithin: Duration.millis(900) }), 'global_defs')).toContain('vrrp_startup_delay 1');
  });

  test('changes nothing that was handed in, and is not changed by it', () => {
    const witnesses = ['192.168.1.1'];
    const before = files({ witnesses });
    witnesses.push('x');
    expect(Object.keys(before)).toEqual(['lb1', 'lb2']);
    expect(contentOf(before.lb1, CONF)).not.toContain(' x"');
  });
});

describe('pairBounds', () => {
  const bounds = (more: Partial<KeepalivedPairProps> = {}) =>
    Object.fromEntries(
      Object.entries(pairBounds({ ...PAIR, ...more })).map(([name, bound]) => [name, bound?.toMilliseconds()]),
    );

  test('count three adverts and the skew of the lower priority: 3 x 1 s + 156 / 256 x 1 s, and the takeover', () => {
    expect(bounds().lost).toBe(3000 + 610 + 250);
    expect(bounds({ failoverWithin: Duration.millis(900) }).lost).toBe(540 + 110 + 250);
  });

  test('keep failoverWithin for the host, the link and keepalived itself', () => {
    for (const within of [300, 450, 700, 1000, 2500, 4000, 9999, 60_000]) {
      const { lost } = bounds({ failoverWithin: Duration.millis(within) });
      expect(lost).toBeLessThanOrEqual(within);
    }
  });

  test('count the checks of an unhealthy service, and no adverts: a node that faults says so', () => {
    expect(bounds().unhealthy).toBe(2 * 2000 + 1000 + 610 + 250);
    expect(bounds().stopped).toBe(610 + 250);
    expect(bounds({ failoverWithin: Duration.millis(900) }).stopped).toBe(110 + 250);
    expect(bounds({ failoverWithin: Duration.seconds(8) }).stopped).toBe(1280 + 250);
  });

  test('count what is left of a lease, and that etcd looks every half second', () => {
    const { lost, hung } = bounds({ lease: LEASE });
    expect(lost).toBe(5000 + 500 + 250 + 2 * 1000 + 250);
    expect(hung).toBe(lost);
    expect(bounds({ lease: { ...LEASE, ttl: Duration.seconds(2) } }).lost).toBe(3610 + 250 + 2 * 670 + 250);
  });

  test('count from the last renewal until a node that etcd does not answer faults, without the time it had the address', () => {
    const unanswered = (more: Partial<KeepalivedPairProps>) => bounds(more).unanswered;
    expect(unanswered({ lease: LEASE })).toBe(1000 + 250 + 5000 + 1000 + 250 - 3000 + (610 + 250 + 2 * 1000 + 250));
    const rare = { ...LEASE, ttl: Duration.seconds(10), renewEvery: Duration.seconds(4) };
    expect(unanswered({ lease: rare })).toBe(4000 + 250 + 10_000 + 1000 + 250 - 8000 + (610 + 250 + 2 * 1000 + 250));
    expect([unanswered({}), unanswered({ fence: FENCE })]).toEqual([undefined, undefined]);
  });

  test('count 200 milliseconds for each member of etcd, however many there are', () => {
    const endpoints = Array.from({ length: 9 }, (_, index) => `https://etcd${index}.example.com:2379`);
    expect(bounds({ lease: { endpoints } }).stopped).toBe(610 + 250 + 2 * 9 * 200 + 250);
    expect(contentOf(files({ lease: { endpoints } }).lb1, '/etc/nines-pair/settings')).toContain(
      "REQUEST_TIMEOUT='0.20'",
    );
  });

  test('count a fence whole, and how long it is waited for a word of the other node', () => {
    const fenced = bounds({ fence: FENCE });
    expect(fenced.lost).toBe(3610 + 250 + 10_000 + 250);
    expect(fenced.stopped).toBe(610 + 2 * 250 + 250);
  });

  test('have none for a host that hangs where nobody takes the address away', () => {
    expect(bounds().hung).toBeUndefined();
    expect(bounds({ witnesses: ['192.168.1.1'] }).hung).toBeUndefined();
  });
});
