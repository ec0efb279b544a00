import { once } from 'node:events';
import { pairBounds } from 'nines/linux';
import { type Means, propsOf, RunningPair, seconds, THIRD } from './support/hosts/pair';
import { Pool } from './support/hosts/pool';
import { noticed, now } from './support/hosts/timeline';
import { until } from './support/until';

const pool = new Pool(3);
/** How long a node is waited for. */
const LONGEST = { seconds: 20 };
const UNANSWERED = (pairBounds(propsOf('lease')).unanswered?.toMilliseconds() ?? 0) / 1000;
const FENCED = pairBounds(propsOf('fence')).lost.toMilliseconds() / 1000;
const METRIC = '/var/lib/prometheus/node-exporter/nines_pair.prom';

/** Runs a pair while something is done to it; what was seen of it from then on. */
async function whatIsSeen(means: Means, happens: (pair: RunningPair) => Promise<void>) {
  return pool.run(async () => {
    const pair = new RunningPair(means, propsOf(means));
    try {
      await pair.start();
      const from = now();
      await happens(pair);
      const to = now() - 1.2; // of the last requests there is no answer yet
      const { left, right } = await pair.seen();
      return noticed([left, right], from, to);
    } catch (error) {
      throw new Error(`${error}\nlb1:\n${pair.logs('lb1')}\nlb2:\n${pair.logs('lb2')}`);
    } finally {
      await pair.end();
    }
  });
}

/** What a node sends to etcd gets lost, and nothing else. */
function cutFromEtcd({ lab }: RunningPair, node: string): void {
  const chain = 'chain output { type filter hook output priority -300; ip daddr';
  lab.inside(node, `nft 'table ip cut { ${chain} ${THIRD[0]} tcp dport 2379 drop; }; }'`);
}

function roleOf({ lab }: RunningPair, node: string): string {
  return lab.inside(node, 'cat /run/nines-pair/role').trim();
}

describe('the agent of a pair', () => {
  test.concurrent('says on both nodes who has the address, for Prometheus and in a file', async () => {
    await whatIsSeen('lease', async ({ lab }) => {
      const metric = (node: string, name: string) => lab.inside(node, `grep '^${name}{' ${METRIC}`).trim();
      expect(metric('lb1', 'nines_pair_owner')).toBe('nines_pair_owner{address="192.168.1.100"} 1');
      expect(metric('lb2', 'nines_pair_owner')).toBe('nines_pair_owner{address="192.168.1.100"} 0');
      expect(metric('lb2', 'nines_pair_master')).toBe('nines_pair_master{address="192.168.1.100"} 0');
      const state = (node: string) => JSON.parse(lab.inside(node, 'cat /run/nines-pair/state'));
      expect(state('lb1')).toEqual({ node: 'lb1', role: 'MASTER', owner: true });
      expect(state('lb2')).toEqual({ node: 'lb2', role: 'BACKUP', owner: false });
    });
  }, 600_000);

  test.concurrent('changes nothing when the disk is full, and goes on to renew its lease', async () => {
    const seen = await whatIsSeen('lease', async ({ lab }) => {
      lab.inside(
        'lb1',
        'dd if=/dev/zero of=/run/fill bs=64k 2>/dev/null; dd if=/dev/zero of=/run/fill2 bs=1 count=4096 2>/dev/null; true',
      );
      expect(lab.inside('lb1', 'df --output=avail /run | tail -1').trim()).toBe('0');
      await seconds(12); // four leases
    });
    expect(seen).toEqual({ lost: 0, outage: expect.any(Number), split: 0, moves: 0 });
  }, 600_000);

  test.concurrent('was killed and takes up the lease that it had: nobody notices', async () => {
    const seen = await whatIsSeen('lease', async ({ lab }) => {
      lab.inside('lb1', 'pkill -9 -f [n]ines-pair/agent');
      await seconds(10);
      expect(lab.inside('lb1', 'cat /run/nines-pair.log').match(/has the address/g)).toHaveLength(2);
    });
    expect(seen).toEqual({ lost: 0, outage: expect.any(Number), split: 0, moves: 0 });
  }, 600_000);

  test.concurrent('gives the address up where it has no curl to renew its lease with, and the other node takes it', async () => {
    const seen = await whatIsSeen('lease', async (pair) => {
      pair.lab.inside('lb1', 'rm /usr/bin/curl');
      await until('lb2 to take the address', () => pair.hasAddress('lb2'), LONGEST);
      await seconds(2);
      expect(pair.lab.inside('lb1', 'cat /run/nines-pair.log')).toMatch(/etcd does not answer: .*curl/);
    });
    expect([seen.split, seen.moves]).toEqual([0, 1]);
  }, 600_000);

  test.concurrent('faults when etcd does not answer it alone: the other node serves within the bound, and nothing moves back', async () => {
    const seen = await whatIsSeen('lease', async (pair) => {
      cutFromEtcd(pair, 'lb1');
      await until('lb2 to take the address', () => pair.hasAddress('lb2'), LONGEST);
      await seconds(6); // six questions
      expect(roleOf(pair, 'lb1')).toBe('FAULT');
      pair.lab.inside('lb1', 'nft delete table ip cut');
      await until('lb1 to be ready', () => roleOf(pair, 'lb1') === 'BACKUP', { seconds: 5 });
      await seconds(6); // a master that is not heard is replaced within 4
      const log = pair.lab.inside('lb1', 'cat /run/nines-pair.log');
      expect(log.match(/etcd does not answer|the other node has its turn|etcd answers again/g)).toEqual([
        ...['etcd does not answer', 'the other node has its turn', 'etcd answers again'],
      ]);
    });
    process.stdout.write(`etcd answers the master alone no more: outage ${seen.outage}, bound ${UNANSWERED} s\n`);
    expect([seen.split, seen.moves]).toEqual([0, 1]);
    expect(seen.outage).toBeLessThan(UNANSWERED);
  }, 600_000);

  test.concurrent('leaves no node in fault when it is ended for good', async () => {
    await whatIsSeen('lease', async (pair) => {
      cutFromEtcd(pair, 'lb1');
      await until('lb1 to fault', () => roleOf(pair, 'lb1') === 'FAULT', LONGEST);
      const silent = () => pair.lab.inside('lb1', 'cat /run/nines-pair/etcd-silent').trim();
      expect(silent()).toMatch(/^1/);
      pair.lab.control('lb1', 'stop nines-pair');
      await until('keepalived to be told', () => /^0/.test(silent()), { seconds: 5 });
      expect(pair.lab.tries('lb1', 'pgrep -f [n]ines-pair/agent')).toBe(false);
    });
  }, 600_000);

  test.concurrent('checks a service over HTTP without curl', async () => {
    const seen = await whatIsSeen('nothing', async ({ lab }) => {
      for (const node of ['lb1', 'lb2']) lab.inside(node, 'rm /usr/bin/curl');
      await seconds(7); // three checks
    });
    expect(seen).toEqual({ lost: 0, outage: expect.any(Number), split: 0, moves: 0 });
  }, 600_000);

  test.concurrent('has the address while one witness of three is gone, fails over then too, and lets go without two', async () => {
    const seen = await whatIsSeen('witnesses', async (pair) => {
      const gone = (witness: string) => pair.lab.inside('third', `ip address delete ${witness}/24 dev eth0`);
      gone(THIRD[2]);
      await seconds(8); // two misses count within 3 seconds, and a failover takes 4
      expect(['lb1', 'lb2'].map((node) => pair.hasAddress(node))).toEqual([true, false]);
      pair.lab.control('lb1', 'stop keepalived');
      await until('lb2 to take the address', () => pair.hasAddress('lb2'), LONGEST);
      await seconds(5);
      expect(pair.hasAddress('lb2')).toBe(true);
      gone(THIRD[1]);
      await until('lb2 to let go', () => !pair.hasAddress('lb2'), { seconds: 5 });
    });
    expect([seen.split, seen.moves]).toEqual([0, 1]);
  }, 600_000);

  test.concurrent('has no address while etcd is away, and one again when it is back', async () => {
    const seen = await whatIsSeen('lease', async (pair) => {
      pair.etcd?.kill('SIGKILL');
      for (const node of ['lb1', 'lb2']) await until(`${node} to fault`, () => roleOf(pair, node) === 'FAULT', LONGEST);
      expect(['lb1', 'lb2'].map((node) => pair.hasAddress(node))).toEqual([false, false]);
      await pair.startEtcd();
      await until('an owner', () => pair.hasAddress('lb1') || pair.hasAddress('lb2'), { seconds: 15 });
      await seconds(2);
    });
    expect(seen.split).toBe(0);
  }, 600_000);

  test.concurrent('does not take the address when the fence fails, and does as soon as it succeeds', async () => {
    const seen = await whatIsSeen('fence', async (pair) => {
      pair.power?.kill('SIGKILL');
      if (pair.power) await once(pair.power, 'exit');
      pair.lab.control('lb1', 'freeze');
      await seconds(FENCED + 3);
      expect(pair.hasAddress('lb2')).toBe(false);
      expect(pair.lab.inside('lb2', 'cat /run/nines-pair.log')).toContain('the fence failed');
      pair.startPowerSwitch();
      await until('lb2 to take the address', () => pair.hasAddress('lb2'), LONGEST);
      await seconds(2);
    });
    expect([seen.split, seen.moves]).toEqual([0, 1]);
  }, 600_000);

  test.concurrent('ends nobody who says that it has let go: neither for maintenance nor at the start', async () => {
    await whatIsSeen('fence', async (pair) => {
      const ofBoth = [pair.lab.pidOf('lb1'), pair.lab.pidOf('lb2')];
      pair.lab.control('lb1', 'stop keepalived');
      await until('lb2 to take the address', () => pair.hasAddress('lb2'), LONGEST);
      expect(pair.lab.inside('lb2', 'cat /run/nines-pair.log')).toMatch(/lb1 has let go\nhas the address/);
      expect(ofBoth.map((pid) => process.kill(pid, 0))).toEqual([true, true]);
    });
  }, 600_000);
});
