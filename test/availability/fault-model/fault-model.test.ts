import { Availability } from 'nines';
import { allOf, anyOf, atLeast, FaultModel, FaultTree } from 'nines/availability';

const failing = (share: number) => ({ availability: Availability.failing(share) });
const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('expected an error, but nothing was thrown');
};

describe('FaultModel', () => {
  test('refuses everything that means nothing, at once, and says what to do', () => {
    const model = new FaultModel()
      .domain('zone', { in: 'regoin' })
      .component('web', { in: ['zone', 'database'], needs: ['databse', atLeast(3, ['zone', 'database'])] })
      .component('database', { needs: anyOf([]) })
      .component('database', { needs: 'a' })
      .component('a', { needs: ['b', allOf(['c'])] })
      .component('b', { needs: 'a' })
      .component('c', { in: [], needs: atLeast(1.5, ['a', 'b']) });
    expect(messageOf(() => model.analyse('shop'))).toBe(
      [
        'fault model cannot be solved:',
        '  - database must be added once, got it twice; rename one',
        "  - zone.in must name domains of the model, got 'regoin'; add it, or correct the name",
        "  - web.in must name domains, got 'database', a component; put it under needs",
        "  - web.needs must name parts of the model, got 'databse'; add it, or correct the name",
        '  - web.needs.atLeast must be a whole number from 1 to 2, got 3; say how many of them must work',
        '  - c.needs.atLeast must be a whole number from 1 to 2, got 1.5; say how many of them must work',
        '  - a must not depend on itself, got a → c → b → a; take one of these steps out',
        '  - a must not depend on itself, got a → c → a; take one of these steps out',
        "  - the model must have the part that is asked for, got 'shop'; add it, or correct the name",
      ].join('\n'),
    );
  });

  test('refuses a requirement that names nothing', () => {
    const model = new FaultModel().component('web', { needs: anyOf([]) });
    expect(messageOf(() => model.analyse('web'))).toContain(
      'web.needs must name parts of the model, got none; name them, or leave it out',
    );
  });

  test('takes parts in any order, and does not change with the arrays that it was given', () => {
    const needs = ['b'];
    const replicas = ['b', 'c'];
    const some = atLeast(2, replicas);
    const model = new FaultModel().component('a', { needs }).component('d', { needs: some });
    model.component('b', failing(0.1)).component('c', failing(0.2));
    needs.push('c');
    replicas.pop();
    expect(model.analyse('a').availability.failingShare).toBe(0.1);
    expect(model.analyse('d').availability.failingShare).toBeCloseTo(0.28, 15);
  });

  test('knows its parts, in the order in which they were added', () => {
    expect(new FaultModel().component('b').domain('z').component('a').names()).toEqual(['b', 'z', 'a']);
  });

  test('keeps parts apart whose names look like those that it makes up itself', () => {
    const model = new FaultModel()
      .component('a', failing(0.1))
      .component('a-down', failing(0.2))
      .component('a-down-', failing(0.3))
      .component('all', { needs: ['a', 'a-down', 'a-down-', '__proto__'] })
      .component('__proto__', failing(0.4));
    expect(model.analyse('all').availability.failingShare).toBeCloseTo(1 - 0.9 * 0.8 * 0.7 * 0.6, 15);
    expect(model.analyse('all').target).toBe('all');
  });

  test('goes as deep as a chain of 10,000 dependencies, and as wide as 10,000 replicas', () => {
    const chain = new FaultModel().component('0', failing(1e-6));
    for (let index = 1; index <= 10_000; index++)
      chain.component(`${index}`, { ...failing(1e-6), needs: `${index - 1}` });
    const { failingShare } = chain.analyse('10000').availability;
    expect(Math.abs(failingShare / -Math.expm1(10_001 * Math.log1p(-1e-6)) - 1)).toBeLessThan(1e-11);

    const wide = new FaultModel();
    const names = Array.from({ length: 10_000 }, (_, index) => `replica-${index}`);
    for (const name of names) wide.component(name, failing(1e-6));
    wide.component('all', { needs: names }).component('any', { needs: anyOf(names) });
    expect(
      Math.abs(wide.analyse('all').availability.failingShare / -Math.expm1(1e4 * Math.log1p(-1e-6)) - 1),
    ).toBeLessThan(1e-11);
    expect(wide.analyse('any').availability.failingShare).toBe(0); // 1e-60000
  });

  test('is a fault tree for other tools', () => {
    const model = new FaultModel()
      .domain('zone', failing(0.1))
      .component('a', { ...failing(0.2), in: 'zone' })
      .component('b', { ...failing(0.3), in: 'zone' })
      .component('elsewhere', failing(0.4))
      .component('service', { needs: anyOf(['a', 'b']) });
    const tree = model.toFaultTree('service');
    expect([...tree.events.keys()]).toEqual(['zone', 'a', 'b']);
    expect(tree.analyse().availability.failingShare).toBe(model.analyse('service').availability.failingShare);
  });
});

describe('FaultTree', () => {
  test('refuses everything that means nothing, at once', () => {
    const make = () =>
      new FaultTree({
        top: 'nowhere',
        gates: {
          a: { kind: 'and', of: ['b', 'x'] },
          b: { kind: 'or', of: ['a'] },
          c: { kind: 'atLeast', min: 3, of: ['e', 'h'] },
          e: { kind: 'xor', of: [] },
        },
        events: { e: failing(0.1), h: failing(0.2) },
        houses: { h: true },
      });
    expect(messageOf(make)).toBe(
      [
        'fault tree "nowhere" cannot be solved:',
        '  - e must be one thing, got a gate and an event; rename one',
        '  - h must be one thing, got an event and a house; rename one',
        "  - a must name gates, events or houses, got 'x'; add it, or correct the name",
        '  - c.min must be a whole number from 1 to 2, got 3; say how many of them must fail',
        '  - e must combine at least one formula, got none; name what it combines, or remove it',
        "  - top must be a gate or an event, got 'nowhere'; name one of the tree",
        '  - a must not depend on itself, got a → b → a; take one of these steps out',
      ].join('\n'),
    );
  });

  test('may be about an event or a house alone', () => {
    const tree = (top: string) => new FaultTree({ top, gates: {}, events: { e: failing(0.25) }, houses: { h: true } });
    expect(tree('e').analyse().availability.failingShare).toBe(0.25);
    expect(tree('h').analyse().availability.failingShare).toBe(1);
  });
});
