import { Route53Zone } from '@cdktf/provider-aws/lib/route53-zone';
import { Duration, Routing } from 'nines';
import { all, synth } from '../../../support/synth';
import { balancers, CHECK, dns, found, plain, RECORD, synthDns, ZONE } from './dns';

describe('MultiRegionGeoDNS', () => {
  test('makes of no more than it needs what it made before', () => {
    expect(plain().resource).toMatchSnapshot();
  });

  const names = (routing: Routing, regions = ['eu-west-1', 'us-east-1', 'ap-southeast-2']) =>
    Object.values(all(synthDns({ routing, endpoints: balancers(...regions) }), RECORD))
      .filter(({ type }) => type === 'A')
      .map(({ name, set_identifier: id = '' }) => `${name} ${id}`.trim())
      .sort();

  test('keeps each routing of a tree under a name of its own, and one alias under the name that clients ask for', () => {
    const routing = Routing.geolocation({
      continents: { EU: Routing.latency({ 'eu-west-1': Routing.failover('eu-west-1', 'us-east-1') }) },
      states: { CA: 'us-east-1' },
    });
    expect(names(routing)).toEqual([
      '_all.shop.example.com ap-southeast-2',
      '_all.shop.example.com eu-west-1',
      '_all.shop.example.com us-east-1',
      '_europe-1-eu-west-1-failover.shop.example.com primary',
      '_europe-1-eu-west-1-failover.shop.example.com secondary',
      '_europe-1-latency.shop.example.com eu-west-1',
      '_europe-failover.shop.example.com primary',
      '_europe-failover.shop.example.com secondary',
      '_geolocation.shop.example.com default',
      '_geolocation.shop.example.com europe',
      '_geolocation.shop.example.com us-ca',
      '_us-ca-failover.shop.example.com primary',
      '_us-ca-failover.shop.example.com secondary',
      'shop.example.com',
    ]);
  });

  test('fails over through more than two by pairs', () => {
    const routing = Routing.failover('us-east-1', 'eu-west-1', 'ap-southeast-2');
    const result = synthDns({ routing, endpoints: balancers('eu-west-1', 'us-east-1', 'ap-southeast-2') });
    expect(found(result, RECORD, 'Records_A-failover-secondary')).toMatchObject({
      name: '_failover.shop.example.com',
      failover_routing_policy: { type: 'SECONDARY' },
      alias: { name: '_failover-2.shop.example.com', zone_id: ZONE.zoneId, evaluate_target_health: true },
    });
    expect(found(result, RECORD, 'Records_A-failover-2-secondary').alias).toMatchObject({
      name: 'web.ap-southeast-2.elb.amazonaws.com',
    });
  });

  test('asks with every way to a region for its load balancer and for its check', () => {
    const result = synthDns({ routing: Routing.failover('us-east-1', 'eu-west-1') });
    for (const [id, { alias, health_check_id: check }] of Object.entries(all(result, RECORD))) {
      if (/Records_A(AAA)?_/.test(id)) continue; // the one alias that clients ask for
      expect(alias).toMatchObject({ evaluate_target_health: true, zone_id: 'Z32O12XQLNTSW2' });
      expect(check).toMatch(/^\$\{aws_route53_health_check\.Dns_Health_(eu-west-1|us-east-1)_App_\w+\.id\}$/);
    }
    expect(Object.keys(all(result, CHECK))).toHaveLength(2);
  });

  test('makes what an alias stands for before it, and removes an old set only after it is no longer used', () => {
    const result = synthDns({ routing: Routing.weighted({ 'eu-west-1': 1, 'us-east-1': 0 }) });
    const root = found(result, RECORD, 'Records_A_');
    const weighted = Object.keys(all(result, RECORD)).filter((id) => id.includes('_A-weighted'));
    expect(root.depends_on).toEqual(weighted.map((id) => `${RECORD}.${id}`));
    for (const { lifecycle } of Object.values(all(result, RECORD))) {
      expect(lifecycle).toMatchObject({ create_before_destroy: true });
    }
    expect(found(result, RECORD, '_A-weighted-us-east-1').weighted_routing_policy).toEqual({ weight: 0 });
  });

  test('writes places as Route 53 knows them', () => {
    const routing = Routing.geolocation({
      continents: { EU: 'eu-west-1' },
      countries: { FR: 'eu-west-1' },
      states: { CA: 'us-east-1' },
    });
    const result = synthDns({ routing });
    const place = (id: string) => found(result, RECORD, `_A-geolocation-${id}_`).geolocation_routing_policy;
    expect(['europe', 'fr', 'us-ca', 'default'].map(place)).toEqual([
      { continent: 'EU' },
      { country: 'FR' },
      { country: 'US', subdivision: 'CA' },
      { country: '*' },
    ]);
  });

  test('protects the name that clients ask for, and no other record, which a new routing may replace', () => {
    const protectedOnes = Object.entries(all(plain(), RECORD)).filter(
      ([, { lifecycle }]) => (lifecycle as { prevent_destroy?: boolean }).prevent_destroy,
    );
    expect(protectedOnes.map(([, { name }]) => name)).toEqual(['shop.example.com', 'shop.example.com']);
    expect(JSON.stringify(synthDns({ allowDestroy: true }))).not.toContain('prevent_destroy');
  });

  test('stands in the name of the zone itself, unless said', () => {
    const result = synthDns({ record: undefined });
    expect(found(result, RECORD, 'Records_A_').name).toBe('example.com');
    expect(found(result, RECORD, '_A-all-eu-west-1').name).toBe('_all.example.com');
  });

  test('writes names in lower case, as Route 53 keeps them', () => {
    expect(found(synthDns({ record: 'Shop' }), RECORD, 'Records_A_').name).toBe('shop.example.com');
  });

  describe('takes a hosted zone', () => {
    const zone = (hostedZone: string) => {
      const { data, resource } = synthDns({ hostedZone });
      const root = found({ data, resource } as never, RECORD, 'Records_A_');
      return { data: Object.values(data.aws_route53_zone ?? {}), root };
    };

    test('by its name, and looks up its id', () => {
      const { data, root } = zone('Example.com');
      expect(data).toEqual([{ name: 'example.com' }]);
      expect(root).toMatchObject({
        name: 'shop.example.com',
        zone_id: expect.stringMatching(/^\$\{data\.aws_route53_zone\..*\.zone_id\}$/),
      });
    });

    test('by its id, and looks up its name', () => {
      const { data, root } = zone(ZONE.zoneId);
      expect(data).toEqual([{ zone_id: ZONE.zoneId }]);
      expect(root).toMatchObject({
        zone_id: ZONE.zoneId,
        name: expect.stringMatching(/^shop\.\$\{data\.aws_route53_zone\..*\.name\}$/),
      });
    });

    test('as it is, and looks up nothing', () => {
      const result = synth((stack) =>
        dns(stack, { hostedZone: new Route53Zone(stack, 'Zone', { name: 'example.com' }) }),
      );
      expect(result.data).toEqual({});
      expect(found(result, RECORD, 'Records_A_').zone_id).toMatch(/^\$\{aws_route53_zone\..*\.zone_id\}$/);
    });
  });

  describe('leads to', () => {
    const types = (result: ReturnType<typeof plain>) =>
      [...new Set(Object.values(all(result, RECORD)).map(({ type }) => type))].sort();
    const addresses = (both: boolean) =>
      ['eu-west-1', 'us-east-1'].map((region, position) => ({
        region,
        target: { address: `203.0.114.${position}`, ...(both && { ipv6Address: `2600:1f18::${position}` }) },
      }));

    test('load balancers, by IPv4 and IPv6', () => {
      expect(types(plain())).toEqual(['A', 'AAAA']);
    });

    test('records of the region, by names that are known before anything is there', () => {
      const endpoints = ['eu-west-1', 'us-east-1'].map((region) => ({ region, target: { record: `${region}.shop` } }));
      const result = synthDns({ endpoints });
      expect(found(result, RECORD, '_A-all-eu-west-1').alias).toEqual({
        ...{ name: 'eu-west-1.shop.example.com', zone_id: ZONE.zoneId, evaluate_target_health: true },
      });
      expect(types(result)).toEqual(['A', 'AAAA']);
      expect(found(result, CHECK, 'eu-west-1').fqdn).toBe('eu-west-1.shop.example.com');
    });

    test('addresses, that are kept for 60 seconds unless said', () => {
      const result = synthDns({ endpoints: addresses(true) });
      expect(types(result)).toEqual(['A', 'AAAA']);
      expect(found(result, RECORD, '_A-all-us-east-1')).toMatchObject({ records: ['203.0.114.1'], ttl: 60 });
      expect(found(result, RECORD, 'AAAA-all-us-east-1')).toMatchObject({ records: ['2600:1f18::1'], ttl: 60 });
      const short = synthDns({ endpoints: addresses(true), ttl: Duration.seconds(20) });
      expect(found(short, RECORD, '_A-all-us-east-1').ttl).toBe(20);
    });

    test('IPv4 alone where one target has nothing else', () => {
      expect(types(synthDns({ endpoints: addresses(false) }))).toEqual(['A']);
      const [address] = addresses(false);
      expect(types(synthDns({ endpoints: [...balancers('eu-central-1'), ...(address ? [address] : [])] }))).toEqual([
        'A',
      ]);
      expect(types(synthDns({ lastResort: { address: '203.0.114.9' } }))).toEqual(['A']);
    });

    test('other names', () => {
      const endpoints = ['eu', 'us'].map((place, position) => ({
        region: ['eu-west-1', 'us-east-1'][position] ?? '',
        target: { cname: `${place}.example.net` },
      }));
      const result = synthDns({ endpoints });
      expect(types(result)).toEqual(['CNAME']);
      expect(found(result, RECORD, 'CNAME-all-eu-west-1')).toMatchObject({ records: ['eu.example.net'], ttl: 60 });
      expect(found(result, RECORD, 'Records_CNAME_').alias).toMatchObject({ name: '_all.shop.example.com' });
    });

    test('a last resort that nothing checks, when no region is healthy', () => {
      const lastResort = { dnsName: 'd111111abcdef8.cloudfront.net', zoneId: 'Z2FDTNDATAQYW2' };
      const record = found(synthDns({ lastResort }), RECORD, '_A-failover-secondary');
      expect(record).toMatchObject({
        failover_routing_policy: { type: 'SECONDARY' },
        alias: { name: lastResort.dnsName, zone_id: lastResort.zoneId, evaluate_target_health: false },
      });
      expect(record).not.toHaveProperty('health_check_id');
    });
  });
});
