import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { type HostFiles, keepalivedPair } from 'nines/linux';
import { count, pairCoverage, pairs } from '../support/random-pairs';
import { pemFile } from './support/pem';
import { mustRun, run } from './support/processes';

const SEED = Number(process.env.NINES_SEED ?? 2026);
const PAIRS = 300;

describe('random valid pairs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nines-pairs-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const pem = {
    certificates: [join(folder, 'shop.pem'), join(folder, 'www.pem')],
    caFile: join(folder, 'authority.pem'),
  };
  const coverage = pairCoverage();
  const drawn = fc.sample(pairs(pem), { seed: SEED, numRuns: PAIRS });
  const hosts = drawn.flatMap((props, index) => {
    count(props, coverage);
    const files = keepalivedPair(props);
    return props.nodes.map(({ name }, node) => {
      const root = join(folder, `${index}-${node}`);
      write(root, files[name] ?? {});
      return { root, firewall: props.firewall, proxy: props.proxy !== undefined };
    });
  });
  const settings = hosts.map(({ root }) => join(root, 'etc/nines-pair/settings'));

  test(`are drawn with every prop and every arm of every union, ${PAIRS} of them`, () => {
    process.stdout.write(
      `how often each prop and arm was drawn in ${PAIRS} pairs, with NINES_SEED=${SEED}:\n${coverage}\n`,
    );
    expect(coverage.missing()).toEqual([]);
  });

  test('make configurations that keepalived takes, without a word', async () => {
    // As the first process of a namespace: elsewhere this keepalived ends itself with SIGTERM after a test that went well.
    // Where the users, scripts and interfaces are that the files name. Each is looked at as one node of its own.
    const look = hosts.map(({ root }) => `look ${root}`).join('\n');
    const { output } = await mustRun('unshare', [
      ...['--net', '--pid', '--mount', '--fork', '--mount-proc', 'bash', '-c'],
      `mount -t tmpfs none /usr/local/lib && mkdir /usr/local/lib/nines-pair
       mount -t tmpfs none /run && mkdir /run/nines-pair /run/nines-pair-proxy
       for device in eth0 bond0.100 enp0s3; do ip link add "$device" type bridge; ip link set "$device" up; done
       cp /etc/passwd /run/passwd
       id keepalived_script >/dev/null 2>&1 || echo 'keepalived_script:x:990:990::/:/usr/sbin/nologin' >>/run/passwd
       mount --bind /run/passwd /etc/passwd
       look() {
         cp "$1"/usr/local/lib/nines-pair/* /usr/local/lib/nines-pair/
         said=$(unshare --pid --fork --mount-proc keepalived --log-console --config-test --use-file "$1/etc/keepalived/keepalived.conf" 2>&1) || echo "$1: ended with $?"
         [ -z "$said" ] || echo "$1: $said"
         looked=$((looked + 1))
       }
       looked=0
       cp -r ${hosts[0]?.root} ${folder}/broken && sed -i 's/  priority/  priorty/' ${folder}/broken/etc/keepalived/keepalived.conf
       look ${folder}/broken
       ${look}
       echo "looked at $looked"`,
    ]);
    expect(output.trim().split('\n')).toEqual([
      expect.stringMatching(/^.*broken: ended with [1-9]/), // the test itself finds something
      expect.stringMatching(/Unknown keyword 'priorty'/),
      `looked at ${2 * PAIRS + 1}`,
    ]);
    process.stdout.write(`keepalived --config-test took ${2 * PAIRS} configurations\n`);
  });

  test('make configurations that HAProxy takes, without a warning', async () => {
    for (const name of ['shop', 'www', 'authority']) await pemFile(folder, name);
    const proxies = hosts.filter(({ proxy }) => proxy);
    expect(proxies.length).toBeGreaterThan(PAIRS);
    for (const { root } of proxies) {
      const { output } = await run('haproxy', ['-c', '-f', join(root, 'etc/haproxy/haproxy.cfg')]);
      expect(`${root}: ${output}`).toBe(`${root}: Configuration file is valid\n`);
    }
    process.stdout.write(`haproxy -c took ${proxies.length} configurations\n`);
  });

  test('make scripts that shellcheck finds nothing in', async () => {
    const scripts = hosts.slice(0, 60).flatMap(({ root }) => {
      const folder = join(root, 'usr/local/lib/nines-pair'); // the programs are few, the settings of each are its own
      return readdirSync(folder).map((name) => join(folder, name));
    });
    expect([...new Set(scripts.map((path) => basename(path)))].sort()).toEqual([
      'agent',
      'check',
      'let-go',
      'witnesses',
    ]);
    await mustRun('shellcheck', scripts);
    const { output } = await run('shellcheck', ['--shell=bash', '--exclude=SC2034', '--severity=warning', ...settings]);
    expect(output).toBe('');
  });

  test('make settings that bash reads as they were written', async () => {
    const fences = drawn.flatMap(({ fence, nodes: [one, other] }, index) =>
      fence
        ? [
            { settings: settings[2 * index], words: fence.commands[other.name] },
            { settings: settings[2 * index + 1], words: fence.commands[one.name] },
          ]
        : [],
    );
    expect(fences.length).toBeGreaterThan(100);
    const read = fences.map(({ settings }) => `. ${settings}; printf '%s\\0' "\${FENCE[@]}"; printf '\\n'`).join('\n');
    const { stdout } = await mustRun('bash', ['-c', read]);
    const words = stdout
      .split('\0\n')
      .slice(0, -1)
      .map((line) => line.split('\0'));
    expect(words).toEqual(fences.map((fence) => fence.words));
  });

  test('make rules that nft and iptables take, also twice', async () => {
    const load = hosts.map(({ root, firewall }) => {
      const file = join(root, 'etc/nines-pair/firewall');
      return firewall === 'iptables' ? `iptables-restore --noflush ${file}` : `nft -f ${file}`;
    });
    const commands = ['set -e', ...load, ...load.slice(0, 40)].join('\n');
    const { output } = await mustRun('unshare', ['--net', 'bash', '-c', commands]);
    expect(output).toBe('');
  });

  test('make units that systemd takes', async () => {
    const units = hosts
      .slice(0, 12)
      .map(({ root }) =>
        ['nines-pair', 'nines-pair-firewall'].map((name) => join(root, `etc/systemd/system/${name}.service`)),
      );
    for (const some of units) {
      const { output } = await run('systemd-analyze', ['verify', '--man=no', '--recursive-errors=no', ...some]);
      const said = output.split('\n').filter((line) => line.includes('nines-pair') && !/is not executable/.test(line));
      expect(said).toEqual([]);
    }
  });
});

function write(root: string, files: HostFiles): void {
  for (const [path, { content, mode }] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
    chmodSync(join(root, path), Number.parseInt(mode, 8));
  }
}
