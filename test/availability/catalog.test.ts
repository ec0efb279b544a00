import { Availability } from 'nines';
import { promisedTogether, series, serviceLevel, serviceLevels, tryFindServiceLevel } from 'nines/availability';

describe('serviceLevels', () => {
  const levels = serviceLevels();

  test('have names of their own, in lower case, with the provider before them', () => {
    const ids = levels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^aws\/[a-z0-9-]+$/.test(id))).toEqual([]);
  });

  test('say of each its conditions, and where and when it was written', () => {
    for (const { id, service, conditions, source, read, dated } of levels) {
      expect([id, service.length > 5, conditions.length > 5, source.startsWith('https://')]).toEqual([
        id,
        true,
        true,
        true,
      ]);
      expect([id, dated ?? '']).toEqual([id, expect.stringMatching(/^(\d{4}-\d{2}(-\d{2})?)?$/)]);
      if (dated === undefined) expect([id, read]).toEqual([id, 'documentation']);
    }
  });

  test('come from the provider itself, or say that they are quoted', () => {
    const foreign = levels.filter(({ source }) => !/^https:\/\/(docs\.)?aws\.amazon\.com\//.test(source));
    expect(foreign.map(({ read }) => read)).toEqual(foreign.map(() => 'quotation'));
  });

  test('promise more for more redundancy', () => {
    const redundant = levels.filter(({ id }) => id.endsWith('-multi-az'));
    expect(redundant.length).toBeGreaterThan(5);
    for (const { id, availability } of redundant) {
      const single =
        tryFindServiceLevel(id.replace('-multi-az', '-single-az')) ?? tryFindServiceLevel('aws/rds-single');
      expect([id, availability.meets(single?.availability as Availability)]).toEqual([id, true]);
    }
  });
});

describe('serviceLevel', () => {
  test('finds one by its name', () => {
    expect(String(serviceLevel('aws/aurora-multi-az').availability)).toBe('99.99 %');
  });

  test('refuses a name that is not in the catalog, and suggests what may be meant', () => {
    expect(() => serviceLevel('aws/memory')).toThrow(
      new RangeError(
        "service must be one of the catalog, got 'aws/memory'; " +
          'perhaps aws/memorydb-multi-region, aws/memorydb-multi-az, aws/memorydb-single-az',
      ),
    );
    expect(() => serviceLevel('')).toThrow("got ''; `nines sla` lists them");
  });
});

describe('promisedTogether', () => {
  test('is the series of the levels', () => {
    const ids = ['aws/elb-multi-az', 'aws/ec2-region', 'aws/rds-multi-az'];
    const parts = ['99.99', '99.99', '99.95'].map((percent) => Availability.percent(percent));
    expect(promisedTogether(ids).failingShare).toBe(series(parts).failingShare);
  });

  test('refuses a system of nothing', () => {
    expect(() => promisedTogether([])).toThrow('parts must name at least one availability');
  });
});
