import { settledRouting } from './routing/fallbacks';
import type { Continent } from './routing/places';
import { routingProblems } from './routing/problems';
import type { RoutingPlan } from './routing/tree';

/** What a branch leads to: a region, by its name, or a routing of its own. */
export type RoutingBranch = string | Routing;

/** Branches of {@link Routing.geolocation}; the smallest place that a client is in counts. */
export interface GeolocationRouting {
  /**
   * What clients of a continent get: `AF`, `AN`, `AS`, `EU`, `NA`, `OC`, `SA`.
   *
   * @default - no continent is told apart
   */
  readonly continents?: Readonly<Partial<Record<Continent, RoutingBranch>>>;

  /**
   * What clients of a country get, by its code in ISO 3166-1, two capital letters.
   *
   * @default - no country is told apart
   */
  readonly countries?: Readonly<Record<string, RoutingBranch>>;

  /**
   * What clients of a state of the USA get, by its two letters. No other country's parts can be told apart.
   *
   * @default - no state is told apart
   */
  readonly states?: Readonly<Record<string, RoutingBranch>>;

  /**
   * What all others get, and who cannot be located. There is always a default: without one they would get no answer.
   *
   * @default - the nearest healthy region
   */
  readonly default?: RoutingBranch;
}

/** What was asked for, as written. */
export type WrittenRouting =
  | { readonly kind: 'latency'; readonly branches: Readonly<Record<string, RoutingBranch>> | undefined }
  | { readonly kind: 'geolocation'; readonly branches: GeolocationRouting }
  | { readonly kind: 'weighted'; readonly weights: Readonly<Record<string, number>> }
  | { readonly kind: 'failover'; readonly order: readonly RoutingBranch[] };

/**
 * Which region a client is sent to. Routings stand inside each other: latency over failover, geolocation over latency.
 *
 * Every branch falls back to all regions, the nearest healthy one first, also where that was not written: a client is never
 * left with a branch of which nothing is healthy while something else is. See `docs/geo-dns.md`.
 */
export class Routing {
  /**
   * The nearest healthy region.
   *
   * @param branches what clients get for whom a region is the nearest: that region by itself, when left out
   */
  public static latency(branches?: Readonly<Record<string, RoutingBranch>>): Routing {
    return new Routing({ kind: 'latency', branches });
  }

  /**
   * By the place of the client: content of a country, law, a load that is known beforehand.
   *
   * It keeps no data in a country: when the region of a place is down, its clients are sent elsewhere.
   */
  public static geolocation(branches: GeolocationRouting): Routing {
    return new Routing({ kind: 'geolocation', branches });
  }

  /**
   * In shares: a release that begins in one region, a move from one to another.
   *
   * @param weights whole numbers from 0 to 255, not all 0. A region of weight 0 gets clients only when no other is healthy.
   */
  public static weighted(weights: Readonly<Record<string, number>>): Routing {
    return new Routing({ kind: 'weighted', weights });
  }

  /**
   * The first healthy one, in this order, of at least two; after the last one, all other regions.
   */
  public static failover(...order: readonly RoutingBranch[]): Routing {
    return new Routing({ kind: 'failover', order });
  }

  /** What was asked for, as written. */
  public readonly written: WrittenRouting;

  private constructor(written: WrittenRouting) {
    this.written = written;
  }

  /**
   * What this comes to over the regions that there are, with every fallback.
   *
   * @param regions names of all regions, at least two
   * @throws RangeError naming every reason why there is no such plan
   */
  public over(regions: readonly string[]): RoutingPlan {
    const problems = this.problemsOver(regions);
    if (problems.length > 0) throw new RangeError(problems.join('\n'));
    return settledRouting(this, regions);
  }

  /**
   * What keeps this from being used over these regions, one sentence each; none when it can be.
   *
   * @param regions names of all regions that there are
   */
  public problemsOver(regions: readonly string[]): string[] {
    return routingProblems('routing', this, regions);
  }
}

/** Whether a value is a `Routing`, also one made by another copy of nines. */
export function isRouting(value: unknown): value is Routing {
  return typeof value === 'object' && value !== null && 'written' in value && 'problemsOver' in value;
}
