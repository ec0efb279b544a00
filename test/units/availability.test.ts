import fc from 'fast-check';
import { Availability } from 'nines';

describe('Availability', () => {
  describe('percent', () => {
    // 1 - 99.95 / 100 is 0.0004999999999999449 in doubles: none of these may come from such a subtraction
    test.each([
      [99.95, 0.0005],
      ['99.95', 0.0005],
      [99.9, 0.001],
      [99.99, 0.0001],
      ['99.999999999999', 1e-14],
      ['33.3', 0.667],
      ['12.34', 0.8766],
      [1e-7, 0.999999999],
      [0, 1],
      [100, 0],
      ['100.000', 0],
    ])('keeps the failing share of %p exactly', (percent, failing) => {
      expect(Availability.percent(percent).failingShare).toBe(failing);
    });

    test('tells two texts of hundreds of digits apart', () => {
      const many = `99.${'9'.repeat(300)}`;
      const oneMore = `${many}9`;
      expect(Availability.percent(many).failingShare).toBe(1e-302);
      expect(Availability.percent(oneMore).failingShare).toBe(1e-303);
    });

    test('prints decimal text of any length as it was written', () => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 99 }), fc.stringMatching(/^\d{1,300}$/), (whole, fraction) => {
          expect(Availability.percent(`${whole}.${fraction}`).toString()).toBe(`${whole}.${fraction} %`);
        }),
      );
    });

    test.each([
      [99.95, '99.95 %'],
      ['99.950', '99.950 %'],
      [' 99.9 ', '99.9 %'],
      [100, '100 %'],
      [0, '0 %'],
    ])('prints %p as %p', (percent, printed) => {
      expect(Availability.percent(percent).toString()).toBe(printed);
    });

    test('reads a number as the text that JavaScript shows for it', () => {
      fc.assert(
        fc.property(fc.double({ min: 0, max: 99, noNaN: true }), (percent) => {
          const fromText = Availability.percent(String(percent));
          expect(Availability.percent(percent).failingShare).toBe(fromText.failingShare);
        }),
      );
    });
  });

  describe('nines', () => {
    test('is the same as the percentage with so many nines', () => {
      for (let nines = 3; nines <= 300; nines++) {
        const text = `99.${'9'.repeat(nines - 2)}`;
        expect(Availability.nines(nines).failingShare).toBe(Availability.percent(text).failingShare);
      }
    });

    test('gives whole nines back exactly', () => {
      for (let nines = 0; nines <= 300; nines++) expect(Availability.nines(nines).toNines()).toBe(nines);
    });

    test('gives any other count back within the precision of a double', () => {
      fc.assert(
        fc.property(fc.double({ min: 0, max: 300, noNaN: true }), (nines) => {
          expect(Availability.nines(nines).toNines()).toBeCloseTo(nines, 9);
        }),
      );
    });

    test('counts none for what always fails, and no end of them for what never does', () => {
      expect(Availability.percent(0).toNines()).toBe(0);
      expect(Availability.percent(100).toNines()).toBe(Number.POSITIVE_INFINITY);
    });

    test('mistake 2 of the course: calculate_nines(99.99) answered 1, where 99.99 % are 4 nines', () => {
      expect(Availability.percent(99.99).toNines()).toBe(4);
    });
  });

  describe('failing', () => {
    test('keeps the share itself', () => {
      expect(Availability.failing(1e-12).failingShare).toBe(1e-12);
    });

    test.each([
      [0, '100 %'],
      [1, '0 %'],
      [0.5, '50 %'],
      [0.99, '1 %'],
      [0.001, '99.9 %'],
      [1e-12, '99.9999999999 %'],
    ])('prints the share %p, which needs no rounding, as %s', (share, printed) => {
      expect(Availability.failing(share).toString()).toBe(printed);
    });

    test.each([
      [1 / 3, '66.6 %'],
      [0.00012341, '99.9876 %'],
      [0.00099999, '99.9 %'],
      [0.9999, '0 %'],
    ])('rounds the share %p to three digits, and down to %s', (share, printed) => {
      expect(Availability.failing(share).toString()).toBe(printed);
    });

    test('prints a computed count of nines with three digits of what fails', () => {
      expect(Availability.nines(3).toString()).toBe('99.9 %');
      expect(Availability.nines(3.5).toString()).toBe('99.9683 %');
    });

    test('prints no noise of doubles: three parts of 90 % multiply to 0.0010000000000000002', () => {
      const share = 0.1 * 0.1 * 0.1;
      expect(share).not.toBe(0.001);
      expect(Availability.failing(share).toString()).toBe('99.9 %');
    });

    test('never prints more than there is to its twelfth digit, nor a hundredth of the failures too many', () => {
      fc.assert(
        fc.property(fc.double({ min: 0, max: 1, minExcluded: true, noNaN: true }), (share) => {
          const printed = Availability.failing(share).toString();
          const readBack = Availability.percent(printed.replace(' %', '')).failingShare;
          expect(readBack).toBeGreaterThanOrEqual(share * (1 - 1e-11));
          expect(readBack).toBeLessThanOrEqual(share * 1.01 + Number.MIN_VALUE);
        }),
      );
    });

    test('never prints 100 % for what can fail, down to the smallest double', () => {
      expect(Availability.failing(Number.MIN_VALUE).toString()).toMatch(/^99\.9{300,}\d* %$/);
    });
  });

  describe('meets', () => {
    const threeNines = Availability.percent(99.9);

    test('holds for a better one, and not for a worse one', () => {
      expect(Availability.percent(99.95).meets(threeNines)).toBe(true);
      expect(Availability.percent(99.8).meets(threeNines)).toBe(false);
    });

    test('holds for an equal one, however it was written', () => {
      expect(Availability.nines(3).meets(threeNines)).toBe(true);
      expect(Availability.failing(0.001).meets(threeNines)).toBe(true);
      expect(threeNines.meets(Availability.nines(3))).toBe(true);
    });

    test('sets the noise of doubles aside, and nothing more', () => {
      expect(Availability.failing(0.1 * 0.1 * 0.1).meets(threeNines)).toBe(true);
      expect(Availability.failing(0.001 * (1 + 1e-11)).meets(threeNines)).toBe(false);
      expect(Availability.failing(Number.MIN_VALUE).meets(Availability.percent(100))).toBe(false);
    });
  });
});
