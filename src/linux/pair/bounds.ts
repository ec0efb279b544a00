import { Duration, inMilliseconds } from '../../units';
import { seenWithin } from './checks';
import { holderOf, type LeaseSettings, type PairSettings } from './settings';
import { ETCD_EXPIRY, holdSeconds, masterDown, questionTimeout, RETRY, skew, TAKEOVER } from './timing';

/**
 * How long clients may be without an answer, by what fails on the node that has the address. The other node is well: two
 * failures at once are an outage until one is repaired.
 */
export interface PairBounds {
  /** The host, its link to the network, or keepalived on it is lost; without a lease or a fence this is `failoverWithin`, kept. */
  readonly lost: Duration;

  /** The service, or HAProxy, does not answer its check: checks until it counts as failed, and then the other node's turn. */
  readonly unhealthy: Duration;

  /** The node says that it stops: keepalived or the host is stopped in order, or a program that is watched died. */
  readonly stopped: Duration;

  /**
   * All programs of the node hang, while its kernel still answers: it has the address until somebody takes it away. None
   * where nobody does: then both nodes have it, until the old one is ended by hand.
   */
  readonly hung: Duration | undefined;

  /**
   * etcd does not answer this node, and answers the other one: a route, a firewall, a certificate that ran out. Counted from
   * the moment when the kernel drops the address. None without a lease: etcd is not asked.
   */
  readonly unanswered: Duration | undefined;
}

/** Bounds of a pair, from its settled props. */
export function boundsOf(settings: PairSettings): PairBounds {
  const advert = inMilliseconds(settings.advertInterval);
  const handedOver = skew(advert) + handover(settings) + TAKEOVER;
  const lost = Duration.millis(untilOwnerIsGone(settings, masterDown(advert)) + TAKEOVER);
  return {
    lost,
    unhealthy: Duration.millis(seenWithin(settings) + handedOver),
    stopped: Duration.millis(handedOver),
    hung: holderOf(settings) === 'keepalived' ? undefined : lost,
    unanswered: settings.lease && Duration.millis(untilFault(settings.lease) + handedOver),
  };
}

/**
 * Milliseconds between the end of the address on a node that etcd does not answer, and its fault. It was renewed at 0. The
 * first question without an answer comes when it is time for it and the last one is over; from then on the agent counts the
 * `ttl`, and looks at the time between two questions.
 */
function untilFault(lease: LeaseSettings): number {
  const question = questionTimeout(lease);
  const firstWithout = Math.max(inMilliseconds(lease.renewEvery), question) + RETRY;
  const faulted = firstWithout + inMilliseconds(lease.ttl) + question + RETRY;
  return faulted - holdSeconds(lease.ttl) * 1000;
}

/** Milliseconds until a node that was lost cannot have the address any more, and the other one knows. */
function untilOwnerIsGone({ lease, fence }: PairSettings, silent: number): number {
  if (lease !== undefined) {
    const over = inMilliseconds(lease.ttl) + ETCD_EXPIRY;
    return Math.max(silent, over) + RETRY + 2 * questionTimeout(lease);
  }
  return fence === undefined ? silent : silent + RETRY + inMilliseconds(fence.timeout);
}

/** Milliseconds until a node that lets go has done so, and the other one knows. */
function handover({ lease, fence }: PairSettings): number {
  if (lease !== undefined) return RETRY + 2 * questionTimeout(lease);
  return fence === undefined ? 0 : 2 * RETRY;
}
