import type { PairBounds } from 'nines/linux';
import type { RunningPair } from './pair';

/** A failure of the node that has the address, and its repair. */
export interface Failure {
  readonly name: string;
  /** What docs/failover.md calls it. */
  readonly says: string;
  readonly strike: (pair: RunningPair) => void | Promise<void>;
  readonly repair: (pair: RunningPair) => void | Promise<void>;
  /** Which bound counts; none where nobody takes the address away. */
  readonly bound: (bounds: PairBounds) => number | undefined;
  /** The side whose clients the promise is for; those of the other one are cut off. */
  readonly side?: 'right';
  /** Without a lock or a fence both nodes may have the address, and one gives way when they meet again. */
  readonly splitsUnguarded?: boolean;
}

const lost = ({ lost: bound }: PairBounds) => bound.toMilliseconds() / 1000;

export const FAILURES: readonly Failure[] = [
  {
    name: 'killed',
    says: 'keepalived is killed',
    strike: ({ lab }) => void lab.inside('lb1', 'pkill -9 keepalived'),
    repair: () => {}, // systemd starts it again
    bound: lost,
  },
  {
    name: 'gone',
    says: 'the host is gone',
    strike: ({ lab }) => lab.powerOff('lb1'),
    repair: (pair) => pair.boot('lb1'),
    bound: lost,
  },
  {
    name: 'link',
    says: 'the link is down',
    strike: ({ lab }) => lab.port('lb1', 'down'),
    repair: ({ lab }) => lab.port('lb1', 'up'),
    bound: lost,
  },
  {
    name: 'unhealthy',
    says: 'the service fails its check',
    strike: ({ lab }) => void lab.inside('lb1', 'touch /run/app.broken'),
    repair: ({ lab }) => void lab.inside('lb1', 'rm /run/app.broken'),
    bound: ({ unhealthy }) => unhealthy.toMilliseconds() / 1000,
  },
  {
    name: 'proxy dead',
    says: 'HAProxy is killed',
    strike: ({ lab }) => void lab.inside('lb1', 'pkill -9 haproxy'),
    repair: () => {}, // systemd starts it again
    bound: ({ stopped }) => stopped.toMilliseconds() / 1000,
  },
  {
    name: 'proxy hung',
    says: 'HAProxy hangs',
    strike: ({ lab }) => void lab.inside('lb1', 'pkill -STOP haproxy'),
    repair: ({ lab }) => void lab.inside('lb1', 'pkill -CONT haproxy'),
    bound: ({ unhealthy }) => unhealthy.toMilliseconds() / 1000,
  },
  {
    name: 'stopped',
    says: 'keepalived is stopped in order',
    strike: ({ lab }) => lab.control('lb1', 'stop keepalived'),
    repair: ({ lab }) => lab.control('lb1', 'start keepalived'),
    bound: ({ stopped }) => stopped.toMilliseconds() / 1000,
  },
  {
    name: 'hung',
    says: 'all programs of the host hang',
    strike: ({ lab }) => lab.control('lb1', 'freeze'),
    repair: ({ lab }) => lab.control('lb1', 'thaw'),
    bound: ({ hung }) => hung && hung.toMilliseconds() / 1000,
    splitsUnguarded: true,
  },
  {
    name: 'nodes apart',
    says: 'the nodes do not hear each other, all others hear both',
    strike: ({ lab }) => cut(lab, 'add'),
    repair: ({ lab }) => cut(lab, 'delete'),
    bound: lost,
    splitsUnguarded: true,
  },
  {
    name: 'cut off',
    says: 'the node is cut off from the other and the rest',
    strike: ({ lab }) => lab.cable('down'),
    repair: ({ lab }) => lab.cable('up'),
    bound: lost,
    side: 'right',
    splitsUnguarded: true,
  },
];

/** Each node drops what the other sends. */
function cut(lab: RunningPair['lab'], verb: 'add' | 'delete'): void {
  for (const [node, other] of [
    ['lb1', '192.168.1.12'],
    ['lb2', '192.168.1.11'],
  ] as const) {
    if (!lab.tries(node, 'true')) continue; // fenced meanwhile
    const rules = `table ip apart { chain input { type filter hook input priority -300; ip saddr ${other} drop; }; }`;
    if (verb === 'add') lab.inside(node, `nft '${rules}'`);
    else lab.tries(node, 'nft delete table ip apart'); // a node that was fenced and booted again has none
  }
}

/** A node that was fenced is booted again instead. */
export async function repair(failure: Failure, pair: RunningPair): Promise<void> {
  if (pair.lab.tries('lb1', 'true')) await failure.repair(pair);
  else await pair.boot('lb1');
  if (failure.name === 'nodes apart' && pair.lab.tries('lb2', 'nft list table ip apart')) await failure.repair(pair);
  if (failure.side !== undefined) pair.lab.cable('up');
}
