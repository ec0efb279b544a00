import { cells, json, nines } from '../support/command-line';

const HEAD = ['AVAILABILITY', 'NINES', 'GRADE', 'DOWN A YEAR', 'DOWN A MONTH', 'DOWN A WEEK', 'DOWN A DAY'];

describe('nines calc', () => {
  test('99.95 prints the row of the course for it, no figure rounded down', () => {
    const { code, out, err } = nines(['calc', '99.95']);
    expect(cells(out)).toEqual([
      HEAD,
      ['99.95 %', '3.3', 'good', '4.38 hours', '21.6 minutes', '5.04 minutes', '43.2 seconds'],
    ]);
    expect([code, err]).toEqual([0, '']);
  });

  test('prints a row for each of several', () => {
    const rows = cells(nines(['calc', '90', '4 nines', '99.9999%', '2x50', 'aws/rds-single', '100']).out);
    expect(rows.map(([availability, count]) => [availability, count])).toEqual([
      ['AVAILABILITY', 'NINES'],
      ['90 %', '1'],
      ['99.99 %', '4'],
      ['99.9999 %', '6'],
      ['50 %', '0.3'],
      ['50 %', '0.3'],
      ['99.5 %', '2.3'],
      ['100 %', 'no end'],
    ]);
  });

  test('rounds nines down: 99.92 % are 3.0969', () => {
    expect(cells(nines(['calc', '99.92']).out)[1]?.[1]).toBe('3.09');
  });

  test('--json gives the same in seconds and shares, without the noise of doubles', () => {
    expect(json(['calc', '99.95'])).toEqual({
      availabilities: [
        {
          availability: '99.95 %',
          failingShare: 0.0005,
          nines: 3.30102999566,
          grade: 'good',
          downtimeSeconds: { year: 15_768, month: 1_296, week: 302.4, day: 43.2 },
        },
      ],
    });
  });

  test('--json of 100 % and of next to nothing names no number and no grade', () => {
    expect(json(['calc', '100', '12'])).toMatchObject({ availabilities: [{ nines: null }, { grade: null }] });
  });

  // « Calcul de disponibilité » of the course
  test('--series 99.99,99.95,99.99 is 99.93 %, and --parallel 99,99 is 99.99 %', () => {
    expect(cells(nines(['calc', '--series', '99.99,99.95,99.99']).out)[1]?.slice(0, 2)).toEqual([
      'all of 99.99 %, 99.95 %, 99.99 %',
      '99.93 %',
    ]);
    expect(cells(nines(['calc', '--parallel', '99,99']).out)[1]?.slice(0, 2)).toEqual(['1 of 99 %, 99 %', '99.99 %']);
  });

  test('--k-of-n 2:3x90 needs two of three', () => {
    expect(cells(nines(['calc', '--k-of-n', '2:3x90']).out)[1]?.slice(0, 2)).toEqual(['2 of 3 x 90 %', '97.2 %']);
  });

  test('puts stages in series, each option as often as it is given', () => {
    const args = ['--parallel', '99,99', '--parallel', '90, 90', '--series', '99.9', '--k-of-n', '2:90,2x90'];
    const rows = cells(nines(['calc', ...args]).out);
    expect(rows.slice(1).map(([part, availability]) => [part, availability])).toEqual([
      ['all of 99.9 %', '99.9 %'],
      ['1 of 99 %, 99 %', '99.99 %'],
      ['1 of 90 %, 90 %', '99 %'],
      ['2 of 90 %, 2 x 90 %', '97.2 %'],
      ['all of it', '96.12 %'], // 0.999 x 0.9999 x 0.99 x 0.972 is 96.1219 %
    ]);
    expect(json(['calc', ...args])).toMatchObject({
      stages: [{ needed: 1 }, { needed: 1 }, { needed: 1 }, { needed: 2, parts: ['90 %', '2 x 90 %'] }],
      system: { availability: '96.12 %' },
    });
  });

  test('takes service levels of the catalog as parts', () => {
    const [, row] = cells(nines(['calc', '--series', 'aws/elb-multi-az,aws/rds-multi-az']).out);
    expect(row?.slice(0, 2)).toEqual(['all of aws/elb-multi-az, aws/rds-multi-az', '99.94 %']);
  });

  test('--target exits with 0 when it is met, also exactly and by computing, and says nothing', () => {
    expect(nines(['calc', '--parallel', '3x90', '--target', '99.9'])).toMatchObject({ code: 0, err: '' });
    expect(json(['calc', '99.9', '--target', '3 nines'])).toMatchObject({ target: { met: true } });
  });

  test('--target exits with 1 when one is not met, and names it', () => {
    expect(nines(['calc', '99.9', '99.95', '--target', '99.95'])).toMatchObject({
      code: 1,
      err: 'nines: 99.9 % does not meet the target of 99.95 %\n',
    });
    expect(json(['calc', '99.9', '--target', '99.95'])).toMatchObject({
      target: { availability: '99.95 %', met: false },
    });
    expect(json(['calc', '99.9', '99.99', '--target', '99.95'])).toMatchObject({ target: { met: false } });
  });

  test.each([
    [[], 'calc must be given availabilities or stages (--series, --parallel, --k-of-n), got neither'],
    [
      ['99', '--series', '99'],
      'calc must be given availabilities or stages (--series, --parallel, --k-of-n), got both',
    ],
    [['101'], "calc: an availability must be a percentage from 0 to 100, got '101'"],
    [['high'], "calc: an availability must read like 99.95, 99.95% or '4 nines', got 'high'"],
    [['--series', '99,,99'], "--series: an availability must read like 99.95, 99.95% or '4 nines', got ''"],
    [['--parallel', '0x99'], '--parallel: count must be a whole number from 1 to 10000, got 0; say how many copies'],
    [['--k-of-n', '99,99'], "--k-of-n must be a count, a colon and parts, such as 2:99.9,99.9,99.5, got '99,99'"],
    [['--k-of-n', '3:99,99'], '--k-of-n must need from 1 to 2 of its 2 parts, got 3'],
    [['--k-of-n', '0:99,99'], '--k-of-n must need from 1 to 2 of its 2 parts, got 0'],
    [['--series', 'aws/rds'], "--series: no service level is called 'aws/rds'; `nines sla` lists them"],
    [['99', '--target', 'most'], "--target: an availability must read like 99.95, 99.95% or '4 nines', got 'most'"],
    [['--series'], "option '--series <parts>' argument missing\n`nines calc --help` shows examples"],
    [['--sires', '99'], "unknown option '--sires'\n(Did you mean --series?)\n`nines calc --help` shows examples"],
  ])('%j is refused', (args, message) => {
    const { code, out, err } = nines(['calc', ...args]);
    expect(err).toContain(`nines: ${message}`);
    expect([code, out]).toEqual([2, '']);
  });
});
