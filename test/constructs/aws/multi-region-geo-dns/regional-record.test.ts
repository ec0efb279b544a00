import { RegionalRecord } from 'nines/aws';
import { all, synth } from '../../../support/synth';
import { RECORD, ZONE } from './dns';

describe('RegionalRecord', () => {
  const regional = (allowDestroy?: boolean) =>
    synth((stack) => {
      const target = { dnsName: 'web.eu-west-1.elb.amazonaws.com', zoneId: 'Z32O12XQLNTSW2' };
      const { name } = new RegionalRecord(stack, 'Name', { hostedZone: ZONE, record: 'EU.shop', target, allowDestroy });
      expect(name).toBe('eu.shop.example.com');
    });

  test('leads to the load balancer, and is as healthy as it is', () => {
    expect(all(regional(), RECORD)).toMatchSnapshot();
  });

  test('is protected, unless said', () => {
    expect(regional().warnings).toEqual([]);
    expect(JSON.stringify(regional(true))).not.toContain('prevent_destroy');
    expect(regional(true).warnings).toEqual([
      'allowDestroy: nothing protects the name of the region from being removed',
    ]);
  });
});
