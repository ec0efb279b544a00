import { answerDns, type DnsAlias, type DnsClient, type DnsPolicy, type DnsRecord, type DnsValues } from 'nines';

// Each rule of Route 53 by the page that states it.
const GUIDE = 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide';

const NAME = 'shop.example.com';
const record = (
  setIdentifier: string,
  policy: DnsPolicy,
  {
    name = NAME,
    answer = { values: [setIdentifier] },
    healthCheck = `check-${setIdentifier}` as string | null,
  } = {} as {
    name?: string;
    answer?: DnsAlias | DnsValues;
    healthCheck?: string | null;
  },
): DnsRecord => ({ name, type: 'A', setIdentifier, policy, answer, ...(healthCheck !== null && { healthCheck }) });

/** Who is answered, and in which share. */
function served(records: readonly DnsRecord[], down: readonly string[] = [], client: DnsClient = {}, name = NAME) {
  const answers = answerDns(records, { name, client, down });
  return Object.fromEntries(answers.map(({ record: { setIdentifier }, share }) => [setIdentifier, share]));
}

const weighted = (setIdentifier: string, weight: number, options?: Parameters<typeof record>[2]) =>
  record(setIdentifier, { kind: 'weighted', weight }, options);
const latency = (region: string, options?: Parameters<typeof record>[2]) =>
  record(region, { kind: 'latency', region }, options);
const failover = (role: 'PRIMARY' | 'SECONDARY', options?: Parameters<typeof record>[2]) =>
  record(role, { kind: 'failover', role }, options);
const alias = (aliasOf: string, evaluateTargetHealth = true): DnsAlias => ({ aliasOf, evaluateTargetHealth });

describe(`answerDns, by ${GUIDE}/health-checks-how-route-53-chooses-records.html`, () => {
  const three = [weighted('one', 10), weighted('two', 30), weighted('three', 60)];

  test('leaves an unhealthy record out, and keeps the proportion of the others', () => {
    expect(served(three)).toEqual({ one: 0.1, two: 0.3, three: 0.6 });
    expect(served(three, ['check-three'])).toEqual({ one: 0.25, two: 0.75 });
  });

  test('takes a record without a check for healthy, always', () => {
    const records = [weighted('one', 10), weighted('two', 30, { healthCheck: null })];
    expect(served(records, ['check-one', 'check-two', 'two'])).toEqual({ two: 1 });
  });

  test('takes all records for healthy when none is', () => {
    const answers = answerDns(three, { name: NAME, down: ['check-one', 'check-two', 'check-three'] });
    expect(answers.map(({ share, healthy }) => [share, healthy])).toEqual([
      [0.1, false],
      [0.3, false],
      [0.6, false],
    ]);
  });

  test('says of what is answered whether it is healthy', () => {
    expect(answerDns(three, { name: NAME }).map(({ healthy }) => healthy)).toEqual([true, true, true]);
  });

  const withZero = [weighted('one', 10), weighted('two', 0), weighted('three', 0)];

  test('takes a weight of 0 only when all others are unhealthy', () => {
    expect(served(withZero)).toEqual({ one: 1 });
    expect(served(withZero, ['check-one'])).toEqual({ two: 0.5, three: 0.5 });
    expect(served(withZero, ['check-one', 'check-two'])).toEqual({ three: 1 });
  });

  test('prefers weights above 0 again when nothing is healthy', () => {
    expect(served(withZero, ['check-one', 'check-two', 'check-three'])).toEqual({ one: 1 });
  });

  // "If you set Weight to 0 for all of the records in the group, traffic is routed to all resources with equal probability"
  test(`answers in equal shares when all weights are 0 (${GUIDE}/resource-record-sets-values-weighted.html)`, () => {
    expect(served([weighted('one', 0), weighted('two', 0)])).toEqual({ one: 0.5, two: 0.5 });
  });
});

describe(`answerDns by latency, by ${GUIDE}/routing-policy-latency.html`, () => {
  const records = [latency('eu-west-1'), latency('us-east-1'), latency('ap-southeast-2')];
  const client = { latency: { 'eu-west-1': 20, 'us-east-1': 90, 'ap-southeast-2': 250 } };

  test('answers with the nearest region, and when it is unhealthy, with the next', () => {
    expect(served(records, [], client)).toEqual({ 'eu-west-1': 1 });
    expect(served(records, ['check-eu-west-1'], client)).toEqual({ 'us-east-1': 1 });
    expect(served(records, ['check-eu-west-1', 'check-us-east-1'], client)).toEqual({ 'ap-southeast-2': 1 });
  });

  test('answers with the nearest when nothing is healthy', () => {
    expect(
      served(
        records,
        records.map(({ setIdentifier }) => `check-${setIdentifier}`),
        client,
      ),
    ).toEqual({ 'eu-west-1': 1 });
  });

  test('takes a region of unknown latency for the farthest, whatever the order', () => {
    expect(served(records, [], { latency: { 'ap-southeast-2': 900 } })).toEqual({ 'ap-southeast-2': 1 });
  });
});

describe(`answerDns by failover, by ${GUIDE}/dns-failover-types.html`, () => {
  const pair = [failover('SECONDARY'), failover('PRIMARY')];

  test.each<[string[], string]>([
    [[], 'PRIMARY'],
    [['check-PRIMARY'], 'SECONDARY'],
    [['check-SECONDARY'], 'PRIMARY'],
    [['check-PRIMARY', 'check-SECONDARY'], 'PRIMARY'],
  ])('with %j down, answers with the %s', (down, role) => {
    expect(served(pair, down)).toEqual({ [role]: 1 });
  });
});

describe(`answerDns by place, by ${GUIDE}/resource-record-sets-values-geo.html`, () => {
  const place = (setIdentifier: string, where: Omit<Extract<DnsPolicy, { kind: 'geolocation' }>, 'kind'>) =>
    record(setIdentifier, { kind: 'geolocation', ...where });
  const records = [
    place('default', {}),
    place('america', { continent: 'NA' }),
    place('usa', { country: 'US' }),
    place('texas', { country: 'US', state: 'TX' }),
    place('namibia', { country: 'NA' }),
  ];
  const texan: DnsClient = { continent: 'NA', country: 'US', state: 'TX' };

  test.each<[string, DnsClient, string]>([
    ['a state', texan, 'texas'],
    ['another state', { ...texan, state: 'CA' }, 'usa'],
    ['another country of the continent', { continent: 'NA', country: 'CA' }, 'america'],
    ['a country whose code is that of another continent', { continent: 'AF', country: 'NA' }, 'namibia'],
    ['a state of that name elsewhere', { continent: 'SA', country: 'BR', state: 'TX' }, 'default'],
    ['nowhere that is named', { continent: 'EU', country: 'FR' }, 'default'],
    ['nowhere that is known', {}, 'default'],
  ])('answers a client of %s by the smallest place', (_, client, expected) => {
    expect(served(records, [], client)).toEqual({ [expected]: 1 });
  });

  test('goes to the next larger place while one is unhealthy, to the default at last', () => {
    expect(served(records, ['check-texas'], texan)).toEqual({ usa: 1 });
    expect(served(records, ['check-texas', 'check-usa'], texan)).toEqual({ america: 1 });
    expect(served(records, ['check-texas', 'check-usa', 'check-america'], texan)).toEqual({ default: 1 });
  });

  test('answers by the smallest place when all of them are unhealthy, though other places are up', () => {
    const down = ['texas', 'usa', 'america', 'default'].map((name) => `check-${name}`);
    expect(served(records, down, texan)).toEqual({ texas: 1 });
  });

  test('answers nobody of no named place without a default', () => {
    expect(served(records.slice(1), [], { continent: 'EU' })).toEqual({});
  });
});

describe(`answerDns through aliases, by ${GUIDE}/dns-failover-complex-configs.html`, () => {
  // The page's own example: latency over two servers in each of two regions.
  const region = (name: string) => [
    latency(name, { answer: alias(`${name}-${NAME}`), healthCheck: null }),
    weighted(`${name}-a`, 1, { name: `${name}-${NAME}` }),
    weighted(`${name}-b`, 3, { name: `${name}-${NAME}` }),
  ];
  const records = [...region('us-east-1'), ...region('ap-southeast-2')];
  const client = { latency: { 'us-east-1': 10, 'ap-southeast-2': 200 } };

  test('multiplies the shares on the way down', () => {
    expect(served(records, [], client)).toEqual({ 'us-east-1-a': 0.25, 'us-east-1-b': 0.75 });
  });

  test('stays in a branch while one record of it is healthy', () => {
    expect(served(records, ['check-us-east-1-a'], client)).toEqual({ 'us-east-1-b': 1 });
  });

  test('backs out of a branch of which every record is unhealthy', () => {
    const down = ['check-us-east-1-a', 'check-us-east-1-b'];
    expect(served(records, down, client)).toEqual({ 'ap-southeast-2-a': 0.25, 'ap-southeast-2-b': 0.75 });
  });

  test('stays in such a branch when the alias does not evaluate its target', () => {
    const blind = records.map((one) =>
      one.setIdentifier === 'us-east-1' ? { ...one, answer: alias(`us-east-1-${NAME}`, false) } : one,
    );
    const down = ['check-us-east-1-a', 'check-us-east-1-b'];
    expect(served(blind, down, client)).toEqual({ 'us-east-1-a': 0.25, 'us-east-1-b': 0.75 });
  });

  test('asks an alias with a check for both: its own and that of its target', () => {
    const checked = records.map((one) =>
      one.setIdentifier === 'us-east-1' ? { ...one, healthCheck: 'check-us-east-1' } : one,
    );
    expect(Object.keys(served(checked, ['check-us-east-1'], client))).toEqual(['ap-southeast-2-a', 'ap-southeast-2-b']);
    expect(Object.keys(served(checked, ['check-us-east-1-a', 'check-us-east-1-b'], client))).toEqual([
      ...['ap-southeast-2-a', 'ap-southeast-2-b'],
    ]);
  });

  const balancers = [
    failover('PRIMARY', { answer: alias('eu.elb.amazonaws.com'), healthCheck: null }),
    failover('SECONDARY', { answer: alias('us.elb.amazonaws.com.'), healthCheck: null }),
  ];

  test('takes a load balancer without a healthy target for unhealthy, by any spelling of its name', () => {
    expect(served(balancers)).toEqual({ PRIMARY: 1 });
    expect(served(balancers, ['EU.elb.amazonaws.com.'])).toEqual({ SECONDARY: 1 });
    expect(served(balancers, ['us.elb.amazonaws.com'])).toEqual({ PRIMARY: 1 });
  });

  test('counts a record that several ways lead to once, with the sum of their shares', () => {
    const twice = [
      weighted('one', 1, { answer: alias('end.example.com'), healthCheck: null }),
      weighted('two', 1, { answer: alias('end.example.com'), healthCheck: null }),
      record('end', { kind: 'simple' }, { name: 'end.example.com' }),
    ];
    expect(served(twice)).toEqual({ end: 1 });
  });
});

describe('answerDns', () => {
  test('answers nothing where there is no record of the name, or of the type', () => {
    const records = [record('only', { kind: 'simple' })];
    expect(answerDns(records, { name: 'www.example.com' })).toEqual([]);
    expect(answerDns(records, { name: NAME, type: 'AAAA' })).toEqual([]);
  });

  test('knows no case in names, and no dot at their end', () => {
    expect(served([record('only', { kind: 'simple' })], [], {}, 'Shop.Example.com.')).toEqual({ only: 1 });
  });

  test('refuses what Route 53 refuses: two policies in one name', () => {
    expect(() => served([weighted('one', 1), latency('eu-west-1')])).toThrow(
      new RangeError('shop.example.com A must have records of one routing policy; name them differently'),
    );
  });

  test.each([true, false])('refuses aliases in a circle, that evaluate their targets or not: %s', (evaluates) => {
    const circle = [
      record('one', { kind: 'simple' }, { answer: alias('two.example.com', evaluates), healthCheck: null }),
      record('two', { kind: 'simple' }, { name: 'two.example.com', answer: alias(NAME, evaluates), healthCheck: null }),
    ];
    expect(() => served(circle)).toThrow(new RangeError('shop.example.com must not be an alias of itself'));
  });
});
