import type { Availability } from '../../units';

/** What a provider promises of a service, and under which conditions. */
export interface ServiceLevel {
  /** What it is found by: `aws/rds-multi-az`. */
  readonly id: string;
  /** The service, in the provider's own words. */
  readonly service: string;
  /** The monthly uptime below which the provider gives credits. A promise of money, not a measurement. */
  readonly availability: Availability;
  /** What must be so for the promise to hold. */
  readonly conditions: string;
  /** Where the text stands. */
  readonly source: string;
  /**
   * What the figure was read from: the agreement itself; an earlier version of it, a newer one not having been found; the
   * provider's own documentation; or the agreement as somebody quoted it.
   */
  readonly read: 'agreement' | 'earlier agreement' | 'documentation' | 'quotation';
  /**
   * Date of that text, `2024-01-22`. Agreements change: look at `source` before you promise anything on it.
   *
   * @default - the text has no date
   */
  readonly dated?: string;
}

/** A service level as it is written down here: the availability as decimal text. */
export type WrittenServiceLevel = Omit<ServiceLevel, 'availability'> & { readonly percent: string };
