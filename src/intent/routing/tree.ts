import type { Continent } from './places';

/** Where a client is, as far as a branch asks: a continent, a country, a state of the USA, or anywhere else (`default`). */
export type Place =
  | { readonly kind: 'continent'; readonly continent: Continent }
  | { readonly kind: 'country'; readonly country: string }
  | { readonly kind: 'state'; readonly state: string }
  | { readonly kind: 'default' };

/**
 * What a `Routing` comes to over the regions that there are: every way down ends at all of them, whatever was written.
 * Names of branches are short, unique beside each other, and fit into a name of DNS.
 */
export type RoutingPlan =
  | { readonly kind: 'region'; readonly region: string }
  /** All regions, the nearest healthy one first. */
  | { readonly kind: 'everywhere'; readonly regions: readonly string[] }
  /** The nearest healthy branch; nearness is that of the branch's region. */
  | { readonly kind: 'latency'; readonly branches: readonly { readonly region: string; readonly to: RoutingPlan }[] }
  /** Healthy regions by their share; those of weight 0 only when no other is healthy. */
  | { readonly kind: 'weighted'; readonly weights: readonly { readonly region: string; readonly weight: number }[] }
  /** The first healthy one. */
  | { readonly kind: 'failover'; readonly order: readonly RoutingPlan[] }
  /** The smallest place that a client is in. */
  | { readonly kind: 'geolocation'; readonly places: readonly { readonly place: Place; readonly to: RoutingPlan }[] };
