import { serviceLevels } from 'nines/availability';
import { cells, json, nines } from '../support/command-line';

describe('nines sla', () => {
  test('lists the whole catalog', () => {
    const { code, out } = nines(['sla']);
    expect(cells(out).map(([id]) => id)).toEqual(['NAME', ...serviceLevels().map(({ id }) => id)]);
    expect(code).toBe(0);
  });

  test('names level, date and conditions, and what an undated or older text is', () => {
    const rows = cells(nines(['sla']).out);
    const rowOf = (id: string) => rows.find(([name]) => name === id);
    expect(rowOf('aws/rds-single')).toEqual([
      'aws/rds-single',
      '99.5 %',
      '2024-01-22',
      'Amazon RDS, Single-DB instance: Multi-AZ is off',
    ]);
    expect(rowOf('aws/ec2-instance')?.[2]).toBe('2022-05-05 (earlier agreement)');
    expect(rowOf('aws/dynamodb')?.[2]).toBe('no date (documentation)');
  });

  test('breaks conditions to the width of a terminal, and leaves lines whole in a pipe', () => {
    const longest = (out: string) => Math.max(...out.split('\n').map((line) => line.length));
    expect(longest(nines(['sla'], 110).out)).toBeLessThanOrEqual(110);
    expect(longest(nines(['sla']).out)).toBeGreaterThan(150);
    expect(nines(['sla'], 400).out).toBe(nines(['sla']).out);
    expect(nines(['sla'], 20).code).toBe(0);
  });

  test('--search finds by name and by condition, in any case', () => {
    const ids = (text: string) =>
      cells(nines(['sla', '--search', text]).out)
        .map(([id]) => id)
        .slice(1);
    expect(ids('AURORA')).toEqual(['aws/aurora-multi-az', 'aws/aurora-single-az', 'aws/dsql-multi-region', 'aws/dsql']);
    expect(ids('writer')).toEqual(['aws/rds-multi-az-cluster']);
  });

  test('prints the product of several, and where each is written', () => {
    const { out } = nines(['sla', 'aws/elb-multi-az', 'aws/fargate', 'aws/rds-multi-az']);
    const rows = cells(out);
    // 0.9999 x 0.9999 x 0.9995, as the series of « Calcul de disponibilité »
    expect(rows.find(([name]) => name === 'together')?.[1]).toBe('99.93 %');
    expect(out).toContain('https://aws.amazon.com/rds/sla/');
    expect(out).toMatch(/aws\/rds-multi-az +2024-01-22 +https/);
  });

  test('--json gives levels with their sources, and the product', () => {
    expect(json(['sla', 'aws/kms', 'aws/s3'])).toMatchObject({
      serviceLevels: [
        { id: 'aws/kms', availability: '99.999 %', dated: '2022-11-29', read: 'agreement' },
        { id: 'aws/s3', failingShare: 0.001 },
      ],
      together: { availability: '99.899 %' },
    });
    expect(json(['sla', '--search', 'transit'])).toMatchObject({ serviceLevels: [{ id: 'aws/transit-gateway' }] });
  });

  test.each([
    [
      ['aws/rds'],
      "service must be one of the catalog, got 'aws/rds'; perhaps aws/rds-multi-az, aws/rds-multi-az-cluster",
    ],
    [['gcp/run'], "service must be one of the catalog, got 'gcp/run'; `nines sla` lists them"],
    [['--search', 'mainframe'], "--search must be found in the catalog, got 'mainframe'; `nines sla` lists all of it"],
  ])('%j is refused', (args, message) => {
    const { code, out, err } = nines(['sla', ...args]);
    expect(err).toContain(`nines: ${message}`);
    expect([code, out]).toEqual([2, '']);
  });
});
