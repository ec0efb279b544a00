import { Availability } from '../../units';
import { checkedPart, checkedShare } from '../checks';
import { composed } from './parts';
import { copies, kOfN } from './redundancy';

/** Copies of one part that share some of their causes of failure. */
export interface CommonCause {
  /** The part that is there several times. */
  readonly part: Availability;
  /** How many copies of it there are. */
  readonly count: number;
  /** How many of them must work. */
  readonly needed: number;
  /**
   * Share of a part's failures that take all copies down at once: the same bad release, certificate, zone or
   * configuration. From 0 (none) to 1 (all: the copies are worth one). IEC 61508-6, annex D, comes to 0.005 to 0.1 for
   * hardware that was kept apart with care; copies of one program that are deployed together share far more.
   */
  readonly beta: number;
}

/**
 * Availability of redundant copies of which some failures have a common cause: the beta-factor model (Fleming 1975; IEC
 * 61508-6, annex D). A share `beta` of the part's failing share stands in series with all copies, the rest is independent,
 * and one copy alone fails as often as the part. However many there are, the whole is never better than that share allows.
 *
 * @throws RangeError when beta is no share, or the counts do not fit
 */
export function withCommonCause({ part, count, needed, beta }: CommonCause): Availability {
  const shared = checkedShare('beta', beta, 'it is the share of failures that all copies have in common');
  const { failingShare } = checkedPart('part', part);
  const together = failingShare * shared;
  // the rest, so that both causes together come to the part's own share: 1 - (1 - together) x (1 - rest)
  const rest = shared === 1 ? 0 : (failingShare * (1 - shared)) / (1 - together);
  const apart = kOfN(needed, copies(count, Availability.failing(Math.min(1, rest)))).failingShare;
  return composed(together + apart * (1 - together), failingShare > 0);
}
