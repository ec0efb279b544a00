import fc from 'fast-check';
import { Routing, type RoutingBranch } from 'nines';

/** Kinds of routing that were drawn, at any depth. */
export type RoutingKind = Routing['written']['kind'];

const codes = <Code extends string>(...all: readonly Code[]) => fc.constantFrom(...all);
const continent = codes('AF', 'AN', 'AS', 'EU', 'NA', 'OC', 'SA');
const country = codes('FR', 'DE', 'US', 'BR', 'JP', 'AS', 'NA');
const state = codes('CA', 'NY', 'TX');

/** Any routing over regions that a construct accepts. */
export function routings(regions: readonly string[]): fc.Arbitrary<Routing> {
  const region = fc.constantFrom(...regions);
  const { routing } = fc.letrec<{ routing: Routing; branch: RoutingBranch }>((tie) => {
    const branch = fc.oneof({ maxDepth: 2, depthIdentifier: 'routing' }, region, tie('routing'));
    const weights = fc.dictionary(region, fc.integer({ min: 0, max: 255 }), { minKeys: 1 });
    return {
      branch,
      routing: fc.oneof(
        { maxDepth: 3, depthIdentifier: 'routing' },
        fc.constant(undefined).map(() => Routing.latency()),
        fc.dictionary(region, branch, { minKeys: 1 }).map((branches) => Routing.latency(branches)),
        weights
          .map((drawn) =>
            Object.values(drawn).every((weight) => weight === 0) ? { ...drawn, ...first(drawn) } : drawn,
          )
          .map((drawn) => Routing.weighted(drawn)),
        fc.shuffledSubarray([...regions], { minLength: 2 }).map((order) => Routing.failover(...order)),
        fc.tuple(tie('routing'), branch).map(([one, other]) => Routing.failover(one, other)),
        geolocation(branch),
      ),
    };
  });
  return routing;
}

const first = (weights: Readonly<Record<string, number>>) => ({ [Object.keys(weights)[0] ?? '']: 7 });

function geolocation(branch: fc.Arbitrary<RoutingBranch>): fc.Arbitrary<Routing> {
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  return fc
    .record({
      continents: fc.dictionary(continent, branch, { minKeys: 1, maxKeys: 3 }),
      countries: maybe(fc.dictionary(country, branch, { maxKeys: 3 })),
      states: maybe(fc.dictionary(state, branch, { maxKeys: 2 })),
      default: maybe(branch),
    })
    .map((branches) => Routing.geolocation(branches));
}

/** Every kind inside of a routing. */
export function kindsIn(routing: Routing): RoutingKind[] {
  const { written } = routing;
  const below = (branches: object | undefined): RoutingKind[] =>
    Object.values(branches ?? {}).flatMap((branch) => (branch instanceof Routing ? kindsIn(branch) : []));
  switch (written.kind) {
    case 'latency':
      return ['latency', ...below(written.branches)];
    case 'weighted':
      return ['weighted'];
    case 'failover':
      return ['failover', ...below(written.order)];
    case 'geolocation': {
      const { continents, countries, states, default: others } = written.branches;
      return ['geolocation', ...[continents, countries, states, { others }].flatMap(below)];
    }
  }
}
