import { Availability } from '../../../units';

/** How sure an interval is. */
export type Confidence = 0.9 | 0.95 | 0.99 | 0.999;

/** How many standard deviations on both sides hold so much of a normal distribution. */
export const DEVIATIONS: Readonly<Record<Confidence, number>> = {
  0.9: 1.6448536269514722,
  0.95: 1.959963984540054,
  0.99: 2.5758293035489004,
  0.999: 3.2905267314919255,
};

/** What a random experiment says of an availability. */
export interface Estimate {
  /** The estimate. */
  readonly availability: Availability;
  /** Lower end of the interval. */
  readonly worst: Availability;
  /** Upper end of the interval. */
  readonly best: Availability;
  /** How sure it is that the availability lies within. */
  readonly confidence: Confidence;
}

/**
 * The share of failures, and its interval by E. B. Wilson, "Probable inference, the law of succession, and statistical
 * inference", Journal of the American Statistical Association 22, 1927: it holds when no trial failed, too.
 */
export function estimateOf(failures: number, trials: number, confidence: Confidence): Estimate {
  const share = failures / trials;
  const z2 = DEVIATIONS[confidence] ** 2 / trials;
  const middle = (share + z2 / 2) / (1 + z2);
  const half = Math.sqrt(z2 * (share * (1 - share) + z2 / 4)) / (1 + z2);
  return {
    availability: Availability.failing(share),
    worst: Availability.failing(failures === trials ? 1 : Math.min(1, middle + half)),
    best: Availability.failing(failures === 0 ? 0 : Math.max(0, middle - half)),
    confidence,
  };
}
