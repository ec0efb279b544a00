import { cells, json, nines } from '../support/command-line';

// « RTO et RPO » of the course « 9.6 Architectures Haute Disponibilité »
const SHOP = ['dr', '--rto', '1h', '--rpo', '30m', '--revenue', '1M/month'];

describe('nines dr', () => {
  test('answers the shop of the course with warm-standby, and says why not the others', () => {
    const { code, out, err } = nines(SHOP);
    const [answer, , ...rows] = cells(out);
    expect([code, err]).toEqual([0, '']);
    expect(answer).toEqual(['warm-standby is the cheapest within an RTO of 1 hour and an RPO of 30 minutes.']);
    expect(rows).toEqual([
      ['STRATEGY', 'RECOVERS IN', 'LOSES DATA OF', 'COSTS A MONTH', 'A DISASTER COSTS', 'VERDICT'],
      [
        'backup-restore',
        '4 hours',
        '1 day',
        '100,000',
        '16,438',
        'recovers in 4 hours, the RTO is 1 hour; loses data of 1 day, the RPO is 30 minutes',
      ],
      ['pilot-light', '1 hour', '1 hour', '250,000', '1,370', 'loses data of 1 hour, the RPO is 30 minutes'],
      [
        'warm-standby',
        '15 minutes',
        '1 minute',
        '500,000',
        '342',
        'the answer: a smaller copy runs, data is replicated as it comes',
      ],
      [
        'hot-standby',
        'at once',
        'nothing',
        '1,000,000',
        '0',
        'fits too, and costs 500,000 a month more than warm-standby',
      ],
    ]);
  });

  test('--json names the cheapest, and every verdict in seconds and money', () => {
    expect(json([...SHOP, '--transactions', '1000/hour'])).toMatchObject({
      cheapest: 'warm-standby',
      strategies: [
        {
          name: 'backup-restore',
          fits: false,
          recoverySeconds: 14_400,
          dataLossSeconds: 86_400,
          monthlyCost: 100_000,
          disasterCost: { direct: 5_479.45205479, indirect: 10_958.9041096, total: 16_438.3561644 },
          transactionsLost: 24_000,
        },
        { name: 'pilot-light', fits: false },
        { name: 'warm-standby', fits: true, reasons: [], monthlyCost: 500_000 },
        { name: 'hot-standby', fits: true, transactionsLost: 0 },
      ],
    });
  });

  test('--transactions counts those that a disaster loses', () => {
    const [, , head, backup] = cells(nines([...SHOP, '--transactions', '1,000 per hour']).out);
    expect(head?.[5]).toBe('TRANSACTIONS LOST');
    expect(backup?.[5]).toBe('24,000');
  });

  test('--base-cost replaces the tenth of the revenue', () => {
    expect(json([...SHOP, '--base-cost', '240k/year'])).toMatchObject({
      strategies: [{ monthlyCost: 20_000 }, {}, {}, {}],
    });
  });

  test.each([
    ['1h30m', 5_400],
    ['90m', 5_400],
    ['1.5h', 5_400],
    ['1d 12h', 129_600],
    ['2w', 1_209_600],
    ['90min', 5_400],
    ['30s', 30],
    ['500ms', 0.5],
    ['0', 0],
  ])('reads %s as %p seconds', (time, seconds) => {
    const { strategies } = json(['dr', '--rto', time, '--rpo', '0', '--revenue', '1/year']) as {
      strategies: { name: string; reasons: string[] }[];
    };
    const isTooSlow = strategies.find(({ name }) => name === 'backup-restore')?.reasons.some((why) => /RTO/.test(why));
    expect(isTooSlow).toBe(seconds < 14_400);
  });

  test.each([
    [['--rto', 'soon'], "--rto must be a time such as 30s, 15m, 1h, 1h30m or 1d, got 'soon'"],
    [['--rto', '30'], "--rto must be a time such as 30s, 15m, 1h, 1h30m or 1d, got '30'"],
    [['--rto', ''], "--rto must be a time such as 30s, 15m, 1h, 1h30m or 1d, got ''"],
    [['--rpo', '1h later'], "--rpo must be a time such as 30s, 15m, 1h, 1h30m or 1d, got '1h later'"],
    [['--rpo', '-1h'], "--rpo must be a time such as 30s, 15m, 1h, 1h30m or 1d, got '-1h'"],
    [['--revenue', '1M'], "--revenue: a rate must read like 1M/month, 250k/year or 1000/hour, got '1M'"],
    [['--transactions', 'many'], '--transactions: a rate must read like 1M/month'],
    [['--base-cost', '1'], '--base-cost: a rate must read like 1M/month'],
  ])('%j is refused', (wrong, message) => {
    const { code, out, err } = nines([...SHOP, ...wrong]);
    expect(err).toContain(`nines: ${message}`);
    expect([code, out]).toEqual([2, '']);
  });

  test.each(['--rto <time>', '--rpo <time>', '--revenue <rate>'])('asks for %s', (option) => {
    const [name = ''] = option.split(' ');
    const at = SHOP.indexOf(name);
    const { code, err } = nines([...SHOP.slice(0, at), ...SHOP.slice(at + 2)]);
    expect(err).toBe(`nines: required option '${option}' not specified\n\`nines dr --help\` shows examples\n`);
    expect(code).toBe(2);
  });
});
