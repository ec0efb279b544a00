import { Availability, Duration } from 'nines';
import { allOf, anyOf, atLeast, FaultModel, FaultTree, RepairTime } from 'nines/availability';
import { Numbers } from './support/numbers';
import { bruteForce, modelOf, type Plan, type PlannedPart, randomPlan } from './support/random-model';
import { randomTree, truthOf } from './support/random-tree';

const failing = (share: number) => ({ availability: Availability.failing(share) });
const isEqual = (one: number, other: number) => Math.abs(one - other) <= 1e-12 * Math.abs(other);

/** Two zones of a region, a replica in each, a database in one. */
function shop(): FaultModel {
  return new FaultModel()
    .domain('region', failing(1e-5))
    .domain('zone-a', { ...failing(1e-4), in: 'region' })
    .domain('zone-b', { ...failing(1e-4), in: 'region' })
    .component('web-a', { ...failing(1e-3), in: 'zone-a' })
    .component('web-b', { ...failing(1e-3), in: 'zone-b' })
    .component('database', { ...failing(1e-3), in: 'zone-a' })
    .component('web', { needs: [anyOf(['web-a', 'web-b']), 'database'] });
}

/** Random models, and what they come to with each part down, by brute force. */
const MODELS = Array.from({ length: 300 }, (_, index) => {
  const seed = index + 1;
  const plan = randomPlan(new Numbers(seed), 8);
  const parts = plan.map(({ name }) => {
    const { tables, isDown, probability } = bruteForce(plan, [name]);
    const falls = plan.filter((part) => tables.has(isDown.get(part.name) ?? tables.constant(false), 0));
    return { name, probability, falls: falls.map((part) => part.name) };
  });
  return { seed, model: modelOf(plan), parts };
});

describe('what if something is down', () => {
  test('is the availability under that condition, for every part of 300 random models', () => {
    const wrong: unknown[] = [];
    for (const { seed, model, parts } of MODELS) {
      const analysis = model.analyse('target');
      for (const { name, probability } of parts) {
        const got = analysis.ifDown(name).availability.failingShare;
        if (!isEqual(got, probability)) wrong.push({ seed, name, got, probability });
      }
    }
    expect(wrong).toEqual([]);
  });

  test('falls with it what stands on it without another way, for every part of 300 random models', () => {
    for (const { model, parts } of MODELS) {
      const falls = parts.map(({ name }) => [name, model.fallsWith(name)]);
      expect(falls).toEqual(parts.map((part) => [part.name, part.falls]));
    }
  });

  test('names what falls with a zone, and what must not fail now', () => {
    const model = shop();
    expect(model.fallsWith('zone-b')).toEqual(['zone-b', 'web-b']);
    expect(model.fallsWith('zone-a')).toEqual(['zone-a', 'web-a', 'database', 'web']);
    const analysis = model.analyse('web');
    expect(analysis.singlePointsOfFailure().sort()).toEqual(['database', 'region', 'zone-a']);
    const without = analysis.ifDown('zone-b');
    expect(without.down).toEqual(['zone-b']);
    expect(without.singlePointsOfFailure().sort()).toEqual(['database', 'region', 'web-a', 'zone-a']);
    expect(without.ifDown('web-a').availability.failingShare).toBe(1);
    expect(without.ifDown('web-a').singlePointsOfFailure()).toEqual([]);
  });

  test('refuses a part that is not in the model', () => {
    expect(() => shop().analyse('web').ifDown('zone-c')).toThrow(
      `"web" cannot be solved:\n  - down must name a part, got 'zone-c'; add it, or correct the name`,
    );
    expect(() => shop().fallsWith('zone-c')).toThrow(
      "fault model cannot be solved:\n  - the model must have the part that is asked for, got 'zone-c'; " +
        'add it, or correct the name',
    );
  });
});

describe('importance', () => {
  test('compares the target with the part down, up and as it is, to 1e-12, also where failures may help', () => {
    const wrong: unknown[] = [];
    for (let seed = 1; seed <= 300; seed++) {
      const numbers = new Numbers(seed);
      const tree = randomTree(numbers, { events: 8, gates: 9, isCoherent: numbers.chance(0.7) });
      const { probability, given, names, failing: shares } = truthOf(tree);
      for (const row of tree.analyse().importance()) {
        const [down, up] = [given(row.part, true), given(row.part, false)];
        const share = shares[names.indexOf(row.part)] ?? 0;
        const isClose = (one: number, other: number) => Math.abs(one - other) <= 1e-12 * Math.max(down, up);
        if (!isClose(row.birnbaum, down - up)) wrong.push({ seed, row, down, up });
        if (probability === 0) continue;
        if (!isEqual(row.riskAchievementWorth, down / probability)) wrong.push({ seed, row, down });
        if (up > 0 && !isEqual(row.riskReductionWorth, probability / up)) wrong.push({ seed, row, up });
        if (!isEqual(row.diagnostic, (share * down) / probability)) wrong.push({ seed, row, share });
        if (!isClose(row.criticality * probability, share * (down - up))) wrong.push({ seed, row, share });
      }
    }
    expect(wrong).toEqual([]);
  });

  test('puts first what costs the most, and says what removing it would leave', () => {
    const [first, second] = shop().analyse('web').importance();
    expect([first?.part, second?.part]).toEqual(['database', 'zone-a']);
    expect(first?.criticality).toBeGreaterThan(0.8);
    expect(first?.riskReductionWorth).toBeGreaterThan(8);
  });

  test('leaves out what the target does not depend on', () => {
    const model = shop().component('elsewhere', failing(0.5));
    expect(model.analyse('web').importance()).toHaveLength(6);
    expect(model.analyse('web').size.events).toBe(6);
  });

  test('of a single part that fails is all there is', () => {
    const [row] = new FaultModel().component('a', failing(0.25)).analyse('a').importance();
    expect(row).toEqual({
      part: 'a',
      birnbaum: 1,
      criticality: 1,
      riskAchievementWorth: 4,
      riskReductionWorth: Number.POSITIVE_INFINITY,
      diagnostic: 1,
    });
  });
});

describe('redundancy', () => {
  const changed = (plan: Plan, name: string, change: Partial<PlannedPart>) =>
    plan.map((part) => (part.name === name ? { ...part, ...change } : part));

  test('never hurts: one more way to meet what the target needs', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const plan = randomPlan(new Numbers(seed), 9);
      const target = plan.at(-1) as PlannedPart;
      const other = new Numbers(seed + 1).one(plan.slice(0, -1)).name;
      const more = changed(plan, 'target', { needs: [anyOf([allOf(target.needs), other])] });
      const [before, after] = [plan, more].map((one) => modelOf(one).analyse('target').availability.failingShare);
      expect(after).toBeLessThanOrEqual((before as number) * (1 + 1e-12));
    }
  });

  test('never comes from one more dependency, one more shared domain, or a less available part', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const numbers = new Numbers(seed);
      const plan = randomPlan(numbers, 9);
      const target = plan.at(-1) as PlannedPart;
      const other = numbers.one(plan.slice(0, -1));
      const before = modelOf(plan).analyse('target').availability.failingShare;
      const worse = [
        changed(plan, 'target', { needs: [...target.needs, other.name] }),
        changed(plan, other.name, { failing: Math.min(1, (other.failing ?? 0) * 1.5) }),
        ...(other.isDomain ? [changed(plan, 'target', { in: [other.name] })] : []),
      ];
      for (const one of worse) {
        const after = modelOf(one).analyse('target').availability.failingShare;
        expect(after).toBeGreaterThanOrEqual(before * (1 - 1e-12));
      }
    }
  });

  test('that asks for fewer is never less available', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const shares = [1, 2, 3, 4, 5].map((count) => {
      const model = shop();
      for (const [index, name] of names.entries()) {
        model.component(name, { ...failing(10 ** -(index + 1)), in: index % 2 ? 'zone-a' : 'zone-b' });
      }
      model.component('group', { needs: atLeast(count, names) });
      return model.analyse('group').availability.failingShare;
    });
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
  });
});

describe('outages', () => {
  const inHours = (time: Duration | undefined) => time?.toHours({ integral: false });
  const year = Duration.days(365);

  test('in series add up: each part fails as often as its share and repair time say', () => {
    const model = new FaultModel()
      .component('a', { ...failing(0.01), repair: RepairTime.fixed(Duration.hours(1)) })
      .component('b', { ...failing(0.02), repair: RepairTime.exponential(Duration.hours(4)) })
      .component('both', { needs: ['a', 'b'] });
    const { count, mttr } = model.analyse('both').outages(year);
    const perHour = (0.01 / 1) * 0.98 + (0.02 / 4) * 0.99;
    expect(count).toBeCloseTo(perHour * 8760, 8);
    expect(inHours(mttr)).toBeCloseTo((1 - 0.99 * 0.98) / perHour, 10);
  });

  test('in parallel begin when the second fails, and are shorter than one repair: half of it for two alike', () => {
    const model = new FaultModel()
      .component('a', failing(0.01))
      .component('b', failing(0.01))
      .component('either', { needs: anyOf(['a', 'b']) });
    const { count, mttr } = model.analyse('either').outages(year, RepairTime.exponential(Duration.hours(2)));
    expect(count).toBeCloseTo(((2 * 0.01) / 2) * 0.01 * 8760, 10);
    expect(inHours(mttr)).toBeCloseTo(1, 12);
  });

  test('never begin with a part that is always down', () => {
    const model = new FaultModel().component('a', { ...failing(1), repair: RepairTime.fixed(Duration.hours(1)) });
    expect(model.analyse('a').outages(year)).toEqual({ count: 0 });
  });

  test('ask for the repair time of every part that fails', () => {
    expect(() => shop().analyse('web').outages(year)).toThrow(
      'zone-a.repair must say how long a repair takes, got none; give it, or one for all',
    );
  });
});

describe('a tree that negates', () => {
  const tree = new FaultTree({
    top: 'top',
    gates: { top: { kind: 'xor', of: ['a', 'b'] } },
    events: { a: failing(0.1), b: failing(0.2) },
  });

  test('has an exact availability and importance', () => {
    expect(tree.analyse().availability.failingShare).toBeCloseTo(0.1 * 0.8 + 0.9 * 0.2, 15);
    const row = tree
      .analyse()
      .importance()
      .find(({ part }) => part === 'b');
    expect(row?.birnbaum).toBeCloseTo(0.8, 15); // 0.9 with b down, 0.1 with b up
  });

  test.each([
    ['cut sets', () => tree.analyse().cutSets()],
    ['single points of failure', () => tree.analyse().singlePointsOfFailure()],
    ['outages', () => tree.analyse().outages(Duration.days(1))],
  ])('has no %s, and says so', (what, ask) => {
    expect(ask).toThrow(
      `"top" cannot be solved:\n  - ${what} must come from gates that do not negate, got not, xor or iff; ` +
        'ask for the availability, or take them out',
    );
  });

  test('is none when what is negated cancels out', () => {
    const tree = new FaultTree({
      top: 'top',
      gates: { top: { kind: 'and', of: ['a', { kind: 'or', of: ['b', { kind: 'not', of: 'b' }] }] } },
      events: { a: failing(0.1), b: failing(0.2) },
    });
    expect(tree.analyse().singlePointsOfFailure()).toEqual(['a']);
  });

  test('is sampled to within the interval', () => {
    let held = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const random = randomTree(new Numbers(seed), { events: 6, gates: 6, isCoherent: false });
      const { worst, best } = random.analyse().sample({ trials: 2000, seed, confidence: 0.999 });
      const { probability } = truthOf(random);
      if (best.failingShare <= probability && probability <= worst.failingShare * (1 + 1e-12)) held++;
    }
    expect(held).toBeGreaterThan(57);
  });

  test('is none when what is negated is known', () => {
    const steady = new FaultTree({
      top: 'top',
      gates: { top: { kind: 'and', of: ['a', { kind: 'not', of: 'switch' }] } },
      events: { a: failing(0.1) },
      houses: { switch: false },
    });
    expect(steady.analyse().singlePointsOfFailure()).toEqual(['a']);
  });
});
