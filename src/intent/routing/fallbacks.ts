import type { GeolocationRouting, Routing, RoutingBranch } from '../routing';
import type { Place, RoutingPlan } from './tree';

/** A routing with every fallback, over regions that it names correctly. */
export function settledRouting(routing: Routing, regions: readonly string[]): RoutingPlan {
  return withFallback(planOf(routing, regions), regions);
}

/**
 * A plan that reaches every region: itself when it does, else itself, then all regions.
 *
 * A branch whose regions are all down would otherwise be answered with one of them, while others are up.
 */
function withFallback(plan: RoutingPlan, regions: readonly string[]): RoutingPlan {
  if (reached(plan).size === regions.length) return plan;
  const before = plan.kind === 'failover' ? plan.order : [plan];
  return { kind: 'failover', order: [...before, everywhere(regions)] };
}

/** Regions that any client gets when all others are down. */
function reached(plan: RoutingPlan): ReadonlySet<string> {
  switch (plan.kind) {
    case 'region':
      return new Set([plan.region]);
    case 'everywhere':
      return new Set(plan.regions);
    case 'latency':
      return union(plan.branches.map(({ to }) => to));
    case 'weighted':
      return new Set(plan.weights.map(({ region }) => region));
    case 'failover':
      return union(plan.order);
    case 'geolocation': // every place reaches all of them, so the first one tells
      return union(plan.places.slice(0, 1).map(({ to }) => to));
  }
}

function union(plans: readonly RoutingPlan[]): ReadonlySet<string> {
  return new Set(plans.flatMap((plan) => [...reached(plan)]));
}

function branchPlan(branch: RoutingBranch, regions: readonly string[]): RoutingPlan {
  return typeof branch === 'string' ? { kind: 'region', region: branch } : planOf(branch, regions);
}

function planOf({ written }: Routing, regions: readonly string[]): RoutingPlan {
  switch (written.kind) {
    case 'latency':
      return latencyPlan(written.branches, regions);
    case 'weighted':
      return {
        kind: 'weighted',
        weights: Object.entries(written.weights).map(([region, weight]) => ({ region, weight })),
      };
    case 'failover':
      return { kind: 'failover', order: flat(written.order.map((branch) => branchPlan(branch, regions))) };
    case 'geolocation':
      return {
        kind: 'geolocation',
        places: placesOf(written.branches).map(({ place, branch }) => ({
          place,
          to: withFallback(branch === undefined ? everywhere(regions) : branchPlan(branch, regions), regions),
        })),
      };
  }
}

/** A failover in a failover is one longer failover. */
function flat(order: readonly RoutingPlan[]): readonly RoutingPlan[] {
  return order.flatMap((plan) => (plan.kind === 'failover' ? plan.order : [plan]));
}

function everywhere(regions: readonly string[]): RoutingPlan {
  return { kind: 'everywhere', regions: [...regions] };
}

function latencyPlan(
  branches: Readonly<Record<string, RoutingBranch>> | undefined,
  regions: readonly string[],
): RoutingPlan {
  if (branches === undefined) return everywhere(regions);
  return {
    kind: 'latency',
    branches: Object.entries(branches).map(([region, branch]) => ({ region, to: branchPlan(branch, regions) })),
  };
}

/** All places that are told apart, the default last; a branch that is not there is all regions. */
function placesOf({ continents = {}, countries = {}, states = {}, default: others }: GeolocationRouting) {
  const places: { place: Place; branch: RoutingBranch | undefined }[] = [];
  for (const [state, branch] of Object.entries(states)) places.push({ place: { kind: 'state', state }, branch });
  for (const [country, branch] of Object.entries(countries)) {
    places.push({ place: { kind: 'country', country }, branch });
  }
  for (const [continent, branch] of Object.entries(continents)) {
    places.push({ place: { kind: 'continent', continent: continent as keyof typeof continents }, branch });
  }
  return [...places, { place: { kind: 'default' } as const, branch: others }];
}
