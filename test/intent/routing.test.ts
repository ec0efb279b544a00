import { Routing, type RoutingPlan } from 'nines';

const REGIONS = ['eu-west-1', 'us-east-1', 'ap-southeast-2'];
const [EU, US, AP] = ['eu-west-1', 'us-east-1', 'ap-southeast-2'];
const region = (name: string): RoutingPlan => ({ kind: 'region', region: name });
const EVERYWHERE: RoutingPlan = { kind: 'everywhere', regions: REGIONS };
const inOrder = (...order: RoutingPlan[]): RoutingPlan => ({ kind: 'failover', order });

describe('Routing', () => {
  test('by latency is all regions, as they are', () => {
    expect(Routing.latency().over(REGIONS)).toEqual(EVERYWHERE);
  });

  test('by latency over failover reaches all regions by itself', () => {
    const routing = Routing.latency({ [EU]: Routing.failover(EU, US), [AP]: AP });
    expect(routing.over(REGIONS)).toEqual({
      kind: 'latency',
      branches: [
        { region: EU, to: inOrder(region(EU), region(US)) },
        { region: AP, to: region(AP) },
      ],
    });
  });

  test('of some regions falls back to all of them, whatever it is', () => {
    expect(Routing.latency({ [EU]: EU, [US]: US }).over(REGIONS)).toEqual(
      inOrder(
        {
          kind: 'latency',
          branches: [
            { region: EU, to: region(EU) },
            { region: US, to: region(US) },
          ],
        },
        EVERYWHERE,
      ),
    );
    expect(Routing.weighted({ [EU]: 9, [US]: 1 }).over(REGIONS)).toEqual(
      inOrder(
        {
          kind: 'weighted',
          weights: [
            { region: EU, weight: 9 },
            { region: US, weight: 1 },
          ],
        },
        EVERYWHERE,
      ),
    );
    expect(Routing.failover(EU, US).over(REGIONS)).toEqual(inOrder(region(EU), region(US), EVERYWHERE));
  });

  test('of all regions needs no fallback', () => {
    expect(Routing.failover(EU, US, AP).over(REGIONS)).toEqual(inOrder(region(EU), region(US), region(AP)));
    expect(Routing.weighted({ [EU]: 1, [US]: 0, [AP]: 0 }).over(REGIONS)).toMatchObject({ kind: 'weighted' });
  });

  test('by failover inside failover is one longer failover', () => {
    expect(Routing.failover(Routing.failover(EU, US), AP).over(REGIONS)).toEqual(
      inOrder(region(EU), region(US), region(AP)),
    );
  });

  test('by place makes a default of all regions, and every place falls back to all of them', () => {
    const routing = Routing.geolocation({
      continents: { EU },
      countries: { FR: Routing.failover(EU, US), JP: Routing.latency() },
      states: { CA: US },
    });
    expect(routing.over(REGIONS)).toEqual({
      kind: 'geolocation',
      places: [
        { place: { kind: 'state', state: 'CA' }, to: inOrder(region(US), EVERYWHERE) },
        { place: { kind: 'country', country: 'FR' }, to: inOrder(region(EU), region(US), EVERYWHERE) },
        { place: { kind: 'country', country: 'JP' }, to: EVERYWHERE },
        { place: { kind: 'continent', continent: 'EU' }, to: inOrder(region(EU), EVERYWHERE) },
        { place: { kind: 'default' }, to: EVERYWHERE },
      ],
    });
  });

  test('by place falls back to all regions from the default, too', () => {
    const plan = Routing.geolocation({ continents: { AF: EU }, default: US }).over(REGIONS);
    expect(plan).toMatchObject({ places: [{}, { place: { kind: 'default' }, to: inOrder(region(US), EVERYWHERE) }] });
  });

  test('by place inside a failover reaches all regions', () => {
    const inside = Routing.geolocation({ continents: { EU } });
    expect(Routing.failover(inside, US).over(REGIONS)).toMatchObject({
      order: [{ kind: 'geolocation' }, region(US)],
    });
  });

  test('keeps nothing of a list that its user changes afterwards', () => {
    const regions = [...REGIONS];
    const plan = Routing.latency().over(regions);
    regions.pop();
    expect(plan).toEqual(EVERYWHERE);
  });

  test('has no plan over regions that it does not name correctly', () => {
    expect(() => Routing.failover('eu-west-2', US).over(REGIONS)).toThrow(
      new RangeError(
        "routing[0] must be a region of an endpoint, got 'eu-west-2'; add an endpoint there, or name another",
      ),
    );
  });
});

describe('Routing · refuses', () => {
  const anyValue = (value: unknown) => value as never;
  const notThere = (prop: string, got: string) =>
    `${prop} must be a region of an endpoint, got '${got}'; add an endpoint there, or name another`;
  const noDefault = (got: string) =>
    `routing.default must not be taken away, got ${got}; leave it out for the nearest region: without one, clients of no named place get no answer`;

  test.each<[string, Routing, string[]]>([
    [
      'latency of nothing',
      Routing.latency({}),
      ['routing must have branches, got none; leave them out for every region by itself'],
    ],
    [
      'latency by a region that has no endpoint',
      Routing.latency({ 'eu-west-2': EU }),
      [notThere('routing', 'eu-west-2')],
    ],
    [
      'a branch to a region that has no endpoint',
      Routing.latency({ [EU]: 'eu-west-2' }),
      [notThere("routing['eu-west-1']", 'eu-west-2')],
    ],
    [
      'a branch that is none',
      Routing.latency({ [EU]: anyValue(7) }),
      ["routing['eu-west-1'] must be a region or a Routing, got 7; name the region, as in 'eu-west-1'"],
    ],
    [
      'branches as text',
      Routing.latency(anyValue('eu-west-1')),
      ["routing must be an object, got 'eu-west-1'; write it as in { … }"],
    ],
    [
      'weights that are all 0',
      Routing.weighted({ [EU]: 0, [US]: 0 }),
      ['routing must have a weight above 0, got 0 for every region; all of them would get clients in equal shares'],
    ],
    ['no weights', Routing.weighted({}), ['routing must have branches, got none; say the share of every region']],
    [
      'a weight above 255',
      Routing.weighted({ [EU]: 256 }),
      ["routing['eu-west-1'] must be a whole number from 0 to 255, got 256; say the share in proportion"],
    ],
    [
      'a weight as text',
      Routing.weighted({ [EU]: anyValue('9'), [US]: 1 }),
      ["routing['eu-west-1'] must be a whole number from 0 to 255, got '9'; say the share in proportion"],
    ],
    [
      'a weight of a region that has no endpoint',
      Routing.weighted({ 'eu-west-2': 1 }),
      [notThere('routing', 'eu-west-2')],
    ],
    [
      'a failover of one',
      Routing.failover(EU),
      ['routing must have at least 2 to fail over between, got 1; name the next one, too'],
    ],
    [
      'a failover of nothing',
      Routing.failover(),
      ['routing must have at least 2 to fail over between, got 0; name the next one, too'],
    ],
    [
      'a failover to what failed',
      Routing.failover(EU, US, EU),
      ["routing must name each region once, got 'eu-west-1' again; leave it out there"],
    ],
    [
      'no place',
      Routing.geolocation({}),
      ['routing must name a place, got none; name one, or write Routing.latency()'],
    ],
    [
      'no place but the default',
      Routing.geolocation({ countries: {}, default: EU }),
      ['routing must name a place, got none; name one, or write Routing.latency()'],
    ],
    [
      'a default that was disabled by null',
      Routing.geolocation({ continents: { EU }, default: anyValue(null) }),
      [noDefault('null')],
    ],
    [
      'a default that was disabled by false',
      Routing.geolocation({ continents: { EU }, default: anyValue(false) }),
      [noDefault('false')],
    ],
    [
      'a default that is empty',
      Routing.geolocation({ continents: { EU }, default: '' }),
      [notThere('routing.default', '')],
    ],
    [
      'a continent of another kind',
      Routing.geolocation({ continents: anyValue({ FR: EU }) }),
      ["routing.continents must name continents, as in 'EU', got 'FR'; write its two capital letters"],
    ],
    [
      'a country that is none',
      Routing.geolocation({ countries: { UK: EU } }),
      ["routing.countries must name countries of ISO 3166-1, as in 'FR', got 'UK'; write its two capital letters"],
    ],
    [
      'a country without addresses',
      Routing.geolocation({ countries: { BV: EU } }),
      ["routing.countries must name countries of ISO 3166-1, as in 'FR', got 'BV'; write its two capital letters"],
    ],
    [
      'a state of another country',
      Routing.geolocation({ states: { QC: US } }),
      ["routing.states must name states of the USA, as in 'CA', got 'QC'; write its two capital letters"],
    ],
    [
      'a state by its country',
      Routing.geolocation({ states: { 'US-CA': US } }),
      ["routing.states must name states of the USA, as in 'CA', got 'US-CA'; write its two capital letters"],
    ],
    [
      'a place beside the kinds of places',
      Routing.geolocation(anyValue({ EU, continents: { AF: EU } })),
      ["routing must hold continents, countries, states and default, got 'EU'; put the place under its kind"],
    ],
    [
      'places as a list',
      Routing.geolocation({ countries: anyValue(['FR']) }),
      ["routing.countries must be an object, got 'FR'; write it as in { … }"],
    ],
    [
      'places by text',
      Routing.geolocation(anyValue('EU')),
      ["routing must be an object, got 'EU'; write it as in { … }"],
    ],
    [
      'what is wrong deep inside',
      Routing.geolocation({ continents: { EU: Routing.latency({ [EU]: Routing.failover(EU, 'mars') }) } }),
      [notThere("routing.continents['EU']['eu-west-1'][1]", 'mars')],
    ],
  ])('%s', (_, routing, problems) => {
    expect(routing.problemsOver(REGIONS)).toEqual(problems);
  });

  test('takes every country of ISO 3166-1 that Route 53 has, and every state', () => {
    const countries = Object.fromEntries('AD FR GB TW US XK ZW'.split(' ').map((code) => [code, EU]));
    expect(Routing.geolocation({ countries }).problemsOver(REGIONS)).toEqual([
      "routing.countries must name countries of ISO 3166-1, as in 'FR', got 'XK'; write its two capital letters",
    ]);
    expect(Routing.geolocation({ states: { DC: EU, WY: US } }).problemsOver(REGIONS)).toEqual([]);
  });
});
