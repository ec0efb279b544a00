import fc from 'fast-check';
import { namePrefix } from '../../../src/constructs/aws/naming';

describe('namePrefix', () => {
  test.each([
    ['Web', 60, 'Web-'],
    ['Web', 6, 'Web-'],
    ['Website', 6, 'Websi-'],
    ['Web-entrance', 60, 'Web-entrance-'],
    ['Shop-entrance', 6, 'Shop-'], // not "Shop--"
    ['Web / blue', 60, 'Web-blue-'],
    ['Boutique d’été', 60, 'Boutique-d-t-'],
    ['--Web--', 60, 'Web-'],
    ['42', 60, '42-'],
  ])('of %j, at most %i long, is %j', (id, longest, expected) => {
    expect(namePrefix(id, longest)).toBe(expected);
  });

  test.each([
    ['sg', 'tier-sg-'],
    ['SG', 'tier-SG-'],
    ['sg-web', 'tier-sg-web-'],
    ['sg web', 'tier-sg-web-'],
    ['sgweb', 'sgweb-'],
  ])('of %j starts with no sg-, which AWS keeps for ids: %j', (id, expected) => {
    expect(namePrefix(id, 60)).toBe(expected);
  });

  test.each(['', '---', '日本'])('of %j, which has no letter or digit that AWS takes, is tier-', (id) => {
    expect(namePrefix(id, 60)).toBe('tier-');
  });

  test('of a single letter is long enough for a launch template, which takes three characters', () => {
    expect(namePrefix('W', 60)).toBe('tier-W-');
  });

  test('is always a name that AWS takes, and never too long', () => {
    const ids = fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[sgSG-]{0,6}[a-z-]{0,70}$/));
    fc.assert(
      fc.property(ids, fc.integer({ min: 6, max: 60 }), (id, longest) => {
        const prefix = namePrefix(id, longest);
        expect(prefix).toMatch(/^(?!sg-)[a-z0-9]([a-z0-9-]*[a-z0-9])?-$/i);
        expect(prefix.length).toBeGreaterThanOrEqual(3);
        expect(prefix.length).toBeLessThanOrEqual(longest);
      }),
    );
  });
});
