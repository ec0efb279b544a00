import { join } from 'node:path';
import { cells, json, nines } from '../support/command-line';

const PUBLISHED = join(__dirname, '..', 'availability', 'fault-model', 'published');
const CHINESE = join(PUBLISHED, 'chinese.xml');

const event = (name: string, probability: number | string, label = '') =>
  `<define-basic-event name="${name}"><label>${label}</label><float value="${probability}"/></define-basic-event>`;
const gate = (name: string, formula: string) => `<define-gate name="${name}">${formula}</define-gate>`;
const model = (...definitions: readonly string[]) => `<opsa-mef>\n${definitions.join('\n')}\n</opsa-mef>\n`;
const names = (...all: readonly string[]) => all.map((name) => `<event name="${name}"/>`).join('');

const ZONES = gate('zones', `<and>${names('zone-a', 'zone-b')}</and>`);
const SHOP = gate('shop', `<or>${names('region', 'zones')}</or>`);
const EVENTS = [event('region', 0.001, 'all of Ireland'), event('zone-a', 0.01), event('zone-b', 0.01)];
const FILES = {
  'shop.xml': model(SHOP, ZONES, ...EVENTS),
  'two.xml': model(SHOP, ZONES, gate('mail', `<or>${names('region')}</or>`), ...EVENTS),
  'negating.xml': model(gate('shop', `<xor>${names('region', 'zone-a')}</xor>`), ...EVENTS),
  'never.xml': model(gate('shop', '<constant value="false"/>')),
  'empty.xml': model(...EVENTS),
  'aging.xml': model(
    gate('shop', `<or>${names('disk')}</or>`),
    '<define-basic-event name="disk"><exponential><float value="1e-5"/><system-mission-time/></exponential></define-basic-event>',
  ),
};
const ask = (...args: readonly string[]) => nines(['fault-tree', ...args], undefined, FILES);
const askJson = (...args: readonly string[]) => json(['fault-tree', ...args], FILES);

describe('nines fault-tree', () => {
  test('prints how available the top is, what alone brings it down, its cut sets, and what costs the most', () => {
    const { code, out, err } = ask('shop.xml');
    // by hand: 0.001 + 0.999 x 0.01 x 0.01
    expect(out).toBe(
      [
        'TOP   PROBABILITY  AVAILABILITY  NINES  GRADE  DOWN A YEAR  DOWN A MONTH  DOWN A WEEK   DOWN A DAY',
        'shop  0.0011       99.89 %       2.95   basic  9.64 hours   47.6 minutes  11.1 minutes  1.59 minutes',
        '',
        'Single points of failure: region',
        '',
        '2 minimal cut sets, the most likely first',
        '',
        'PROBABILITY  PARTS',
        '0.001        region',
        '0.0001       zone-a, zone-b',
        '',
        'Importance of 3 of 3 parts, what costs the most first',
        '',
        'PART    BIRNBAUM  CRITICALITY  RAW    RRW  CALLED',
        'region  0.9999    0.9091       909.2  11   all of Ireland',
        'zone-a  0.00999   0.09083      9.992  1.1',
        'zone-b  0.00999   0.09083      9.992  1.1',
        '',
      ].join('\n'),
    );
    expect([code, err]).toEqual([0, '']);
  });

  test('--json gives all of it in shares and seconds', () => {
    expect(askJson('shop.xml')).toEqual({
      top: 'shop',
      down: [],
      exact: true,
      availability: '99.89 %',
      failingShare: expect.closeTo(0.0010999, 15),
      nines: expect.closeTo(-Math.log10(0.0010999), 10),
      grade: 'basic',
      downtimeSeconds: expect.objectContaining({ year: 34_686.4464 }),
      size: { events: 3, gates: 2, modules: expect.any(Number), nodes: expect.any(Number) },
      singlePointsOfFailure: ['region'],
      cutSets: {
        count: 2,
        isComplete: true,
        maxOrder: null,
        omitted: 0,
        sets: [
          { parts: ['region'], probability: 0.001 },
          { parts: ['zone-a', 'zone-b'], probability: 0.0001 },
        ],
      },
      importance: [
        {
          part: 'region',
          birnbaum: 0.9999,
          criticality: expect.closeTo(0.0009999 / 0.0010999, 10),
          riskAchievementWorth: expect.closeTo(1 / 0.0010999, 8),
          riskReductionWorth: 10.999,
          diagnostic: expect.closeTo(0.001 / 0.0010999, 10),
        },
        expect.objectContaining({ part: 'zone-a', birnbaum: 0.00999 }),
        expect.objectContaining({ part: 'zone-b' }),
      ],
      labels: { region: 'all of Ireland' },
    });
  });

  // 392 minimal cut sets: see published/chinese.xml
  test('lists ten cut sets and ten parts of many, and how likely the rest is; all of them with --json', () => {
    const { out } = ask(CHINESE);
    expect(out).toContain('\n392 minimal cut sets; the 10 most likely\n');
    expect(out).toMatch(/\nOne that is not listed is down with a probability of at most 0\.000\d+\.\n/);
    expect(out).toContain('\nImportance of 10 of 25 parts, what costs the most first\n');
    expect(out).toContain('\nSingle points of failure: none\n');
    const { cutSets, importance } = askJson(CHINESE) as { cutSets: { sets: unknown[] }; importance: unknown[] };
    expect([cutSets.sets.length, importance.length]).toEqual([392, 25]);
  });

  test('--limit lists so many, for people and for programs', () => {
    expect(ask('shop.xml', '--limit', '1').out).toContain('\n2 minimal cut sets; the 1 most likely\n');
    expect(ask('shop.xml', '--limit', '1').out).toContain('\nImportance of 1 of 3 parts');
    expect(askJson(CHINESE, '--limit', '3')).toMatchObject({
      cutSets: { count: 392, isComplete: false, sets: { length: 3 } },
      importance: { length: 3 },
    });
  });

  test('--max-order leaves out longer cut sets, and says so', () => {
    expect(ask('shop.xml', '--max-order', '1').out).toContain(
      '2 minimal cut sets; the 1 most likely of at most 1 part\n\nPROBABILITY  PARTS\n0.001        region\n',
    );
    expect(ask(CHINESE, '--max-order', '1').out).toContain('392 minimal cut sets; none of at most 1 part\n\nOne that');
  });

  test('reads standard input for -', () => {
    expect(nines(['fault-tree', '-'], undefined, { '-': FILES['shop.xml'] })).toEqual(ask('shop.xml'));
  });

  test('--top picks one of several gates, also one inside of a tree', () => {
    expect(askJson('two.xml', '--top', 'mail')).toMatchObject({ top: 'mail', failingShare: 0.001 });
    expect(askJson('two.xml', '--top', 'zones')).toMatchObject({ top: 'zones', availability: '99.99 %' });
  });

  test('--down answers for what is left while something is down, a gate or events', () => {
    const [, row] = cells(ask('shop.xml', '--down', 'zone-a').out);
    expect(row?.slice(0, 3)).toEqual(['shop without zone-a', '0.01099', '98.9 %']);
    expect(askJson('shop.xml', '--down', 'zone-a')).toMatchObject({
      down: ['zone-a'],
      singlePointsOfFailure: ['zone-b', 'region'],
    });
    for (const down of ['zones', 'zone-a, zone-b']) {
      expect(ask('shop.xml', '--down', down).out).toContain(
        '\n1 minimal cut set\n\nPROBABILITY  PARTS\n1            none: it is down\n',
      );
    }
  });

  test('--mission-time stands for the mission time of the model', () => {
    const { failingShare } = askJson('aging.xml', '--mission-time', '8760') as { failingShare: number };
    expect(failingShare).toBeCloseTo(1 - Math.exp(-0.0876), 12);
  });

  test('of a tree that negates prints availability and importance, and says why no cut sets', () => {
    const { code, out } = ask('negating.xml');
    expect(out).toContain('\nThe tree negates, so that a failure may help: it has no minimal cut sets.\n');
    expect(out).toContain('\nImportance of 2 of 2 parts');
    expect(out).not.toContain('Single points');
    expect(code).toBe(0);
    expect(askJson('negating.xml')).toMatchObject({ singlePointsOfFailure: null, cutSets: null });
  });

  test('of a top that nothing brings down prints so', () => {
    const { out } = ask('never.xml');
    expect(out).toContain('100 %');
    expect(out).toMatch(/\n\nSingle points of failure: none\n\n0 minimal cut sets\n$/);
  });

  test('breaks long lists of parts to the width of a terminal', () => {
    const long = Array.from({ length: 12 }, (_, index) => `a-host-of-many-${index}`);
    const files = {
      'long.xml': model(gate('all', `<and>${names(...long)}</and>`), ...long.map((name) => event(name, 0.1))),
    };
    const table = (width?: number) =>
      nines(['fault-tree', 'long.xml'], width, files)
        .out.split('\n')
        .filter((line) => /a-host.*,/.test(line));
    expect(Math.max(...table(100).map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(table()).toHaveLength(1);
  });

  test('of a model too large prints bounds that hold, and what is certain, and exits with 3', () => {
    const { code, out, err } = ask(CHINESE, '--max-nodes', '30');
    const [, best, worst] = cells(out);
    const exact = 0.0011705818; // published.test.ts
    expect([best?.[0], worst?.[0]]).toEqual(['r1, at best', 'r1, at worst']);
    expect(Number(best?.[1])).toBeLessThanOrEqual(exact * 1.0005);
    expect(Number(worst?.[1])).toBeGreaterThanOrEqual(exact * 0.9995);
    expect(out).toContain('\nSingle points of failure: none\n');
    expect(out).not.toContain('Importance');
    expect(err).toBe(
      'nines: too large for an exact answer; raise --max-nodes (2000000 when left out), or use the bounds\n',
    );
    expect(code).toBe(3);
  });

  test('--json of a model too large says that it is not exact, and names both bounds', () => {
    const { exact, bounds, importance } = askJson(CHINESE, '--max-nodes', '30') as {
      exact: boolean;
      bounds: { worst: { failingShare: number }; best: { failingShare: number } };
      importance: unknown;
    };
    expect([exact, importance]).toEqual([false, null]);
    expect(bounds.best.failingShare).toBeLessThanOrEqual(bounds.worst.failingShare);
  });

  test('--target exits with 1 when it is not met, and names what is', () => {
    expect(ask('shop.xml', '--target', '99.8')).toMatchObject({ code: 0, err: '' });
    expect(ask('shop.xml', '--target', '99.9')).toMatchObject({
      code: 1,
      err: 'nines: 99.89 % does not meet the target of 99.9 %\n',
    });
    expect(askJson('shop.xml', '--target', '99.9')).toMatchObject({ target: { availability: '99.9 %', met: false } });
  });

  test('--target is judged by bounds where they suffice, and left open where not', () => {
    const between = (target: string) => ask(CHINESE, '--max-nodes', '30', '--target', target);
    const metJson = (target: string) => askJson(CHINESE, '--max-nodes', '30', '--target', target);
    expect(between('90')).toMatchObject({ code: 0, err: '' });
    expect(metJson('90')).toMatchObject({ target: { met: true } });
    expect(between('99.99')).toMatchObject({
      code: 1,
      err: expect.stringContaining('does not meet the target of 99.99 %'),
    });
    expect(metJson('99.99')).toMatchObject({ target: { met: false } });
    const { bounds } = askJson(CHINESE, '--max-nodes', '30') as Record<
      string,
      Record<string, { failingShare: number }>
    >;
    const inside = 100 - 50 * ((bounds?.worst?.failingShare ?? 0) + (bounds?.best?.failingShare ?? 0));
    expect(between(String(inside)).code).toBe(3);
    expect(metJson(String(inside))).toMatchObject({ target: { met: null } });
  });

  test('answers the published trees that the library answers, with their number of cut sets', () => {
    expect(askJson(join(PUBLISHED, 'das9201.xml'), '--limit', '1')).toMatchObject({ cutSets: { count: 14_217 } });
  });

  test.each([
    [['nowhere.xml'], "file must be one that can be read, got 'nowhere.xml' (ENOENT); - reads standard input"],
    [[__dirname], `file must be one that can be read, got '${__dirname}' (EISDIR); - reads standard input`],
    [['two.xml'], "--top: top must name a gate, got none for a document about several; its tops are 'shop', 'mail'"],
    [['empty.xml'], '--top: the document must define a gate, got none; add one'],
    [['two.xml', '--top', 'web'], "--top: top must name a gate, got 'web'; its tops are 'shop', 'mail'"],
    [
      ['shop.xml', '--down', 'web'],
      '"shop" cannot be solved:\n  - down must name a part, got \'web\'; add it, or correct the name',
    ],
    [['shop.xml', '--limit', '0'], "--limit must be a whole number of at least 1, got '0'"],
    [['shop.xml', '--max-order', 'all'], "--max-order must be a whole number of at least 1, got 'all'"],
    [
      ['shop.xml', '--max-nodes', '2'],
      '"shop" cannot be solved:\n  - maxNodes must be a whole number of at least 3, got 2; allow some memory',
    ],
    [['shop.xml', '--mission-time', '1y'], "--mission-time must be a number of zero or more, got '1y'"],
    [
      ['aging.xml'],
      'Open-PSA model cannot be read:\n  - line 3, <system-mission-time>: must be known, got no mission time; give missionTime',
    ],
  ])('%j is refused', (args, message) => {
    expect(ask(...args)).toEqual({ code: 2, out: '', err: `nines: ${message}\n` });
  });

  test.each([
    ['', 'line 1: must be well-formed XML, got: document must contain a root element.'],
    ['<opsa-mef>\n<define-gate>\n</opsa-mef>', 'line 3: must be well-formed XML, got: unexpected close tag.'],
    [
      model(gate('shop', names('web'))),
      "line 2, <event> 'web': must be defined, got no definition; add one, or correct the name",
    ],
  ])('refuses %j, with the line', (text, problem) => {
    const { code, out, err } = nines(['fault-tree', '-'], undefined, { '-': text });
    expect(err).toContain('nines: Open-PSA model cannot be read:\n');
    expect(err).toContain(`  - ${problem}\n`);
    expect([code, out]).toEqual([2, '']);
  });

  test('asks for a file', () => {
    expect(ask().err).toBe("nines: missing required argument 'file'\n`nines fault-tree --help` shows examples\n");
  });
});
