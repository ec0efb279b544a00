import { Lazy, Token } from 'cdktf';
import { Construct } from 'constructs';
import { named, protectedLifecycle, tagProblems } from '../../../src/constructs/aws/aws-props';
import { emptyStack } from '../../support/synth';

describe('protectedLifecycle', () => {
  test('prevents destruction unless it is allowed', () => {
    expect(protectedLifecycle(undefined)).toEqual({ preventDestroy: true });
    expect(protectedLifecycle(false)).toEqual({ preventDestroy: true });
    expect(protectedLifecycle(true)).toBeUndefined();
  });
});

describe('named', () => {
  /** The `Name` of a part of a construct with this id. */
  const nameOf = (id: string, part: string, tags?: Record<string, string>) =>
    named(new Construct(emptyStack(), id), part, { tags }).tags.Name;

  test('calls a resource by its path in the tree', () => {
    expect(nameOf('Web', '')).toBe('shop/Web');
    expect(nameOf('Web', 'Role')).toBe('shop/Web/Role');
  });

  test('leaves the last word to its user', () => {
    expect(nameOf('Web', 'Role', { Name: 'front door' })).toBe('front door');
  });

  test('adds the tags of its user', () => {
    const { tags } = named(new Construct(emptyStack(), 'Web'), '', { tags: { team: 'shop' } });
    expect(tags).toEqual({ Name: 'shop/Web', team: 'shop' });
  });

  test('writes a hyphen for what IAM takes in no tag', () => {
    expect(nameOf('Web (blue) & Zoë', '')).toBe('shop/Web -blue- - Zoë');
  });

  test('keeps the end of a path that is longer than a tag may be', () => {
    const name = nameOf('W'.repeat(300), 'Role');
    expect(name).toBe(`${'W'.repeat(251)}/Role`);
    expect(name).toHaveLength(256);
  });
});

describe('tagProblems', () => {
  const KEY = "tags must have keys of 1 to 128 characters that do not start with 'aws:'";
  const SIGNS = 'letters, digits, spaces and _ . : / = + - @';

  test.each<[string, Record<string, string> | undefined]>([
    ['no tags', undefined],
    ['the longest key and value', { ['k'.repeat(128)]: 'v'.repeat(256) }],
    ['every sign that is allowed', { 'Aa1 _.:/=+-@é日': 'Aa1 _.:/=+-@é日' }],
    ['an empty value', { team: '' }],
    ['a Name', { Name: 'front door' }],
    ['a key that only begins like aws:', { awsome: 'yes' }],
    ['45 tags', Object.fromEntries(Array.from({ length: 45 }, (_, position) => [`key${position}`, 'value']))],
    ['a value that is known only after deployment', { team: Lazy.stringValue({ produce: () => 'shop' }) }],
  ])('finds nothing wrong with %s', (_, tags) => {
    expect(tagProblems(tags)).toEqual([]);
  });

  test.each([
    ['an empty key', '', `${KEY}, got ''; rename it`],
    ['too long a key', 'k'.repeat(129), `${KEY}, got '${'k'.repeat(57)}…'; rename it`],
    ["a key of AWS's own", 'aws:team', `${KEY}, got 'aws:team'; rename it`],
    ["a key of AWS's own in capitals", 'AWS:team', `${KEY}, got 'AWS:team'; rename it`],
    ['a sign in a key', 'team?', `tags must have keys of ${SIGNS}, got 'team?'; rename it`],
  ])('finds %s', (_, key, problem) => {
    expect(tagProblems({ [key]: 'shop' })).toEqual([problem]);
  });

  test.each([
    ['too long a value', 'v'.repeat(257), `text of at most 256 characters, got '${'v'.repeat(57)}…'; shorten it`],
    ['a sign in a value', 'shop, web', `text of ${SIGNS}, got 'shop, web'; replace the others`],
    ['a line break in a value', 'shop\nweb', `text of ${SIGNS}, got 'shop\nweb'; replace the others`],
  ])('finds %s', (_, value, problem) => {
    expect(tagProblems({ team: value })).toEqual([`tags['team'] must be ${problem}`]);
  });

  test('finds keys that IAM takes for one, also the Name that is set anyway', () => {
    expect(tagProblems({ Team: 'shop', team: 'shop', name: 'web' })).toEqual([
      "tags must have keys that differ in more than case, got 'team' beside 'Team'; keep one spelling",
      "tags must have keys that differ in more than case, got 'name' beside 'Name'; keep one spelling",
    ]);
  });

  test('finds more tags than leave room for those that nines sets', () => {
    const tags = Object.fromEntries(Array.from({ length: 46 }, (_, position) => [`key${position}`, 'value']));
    expect(tagProblems(tags)).toEqual(['tags must be at most 45, got 46; AWS keeps 50, nines sets some itself']);
  });

  test.each<[string, Record<string, string>]>([
    ['a map', Token.asStringMap({ team: 'shop' })],
    ['a key', { [Lazy.stringValue({ produce: () => 'team' })]: 'shop' }],
  ])('finds %s that is known only after deployment', (_, tags) => {
    expect(tagProblems(tags)).toEqual([
      'tags must be known at synthesis, got a token, whose value is known only after deployment; write the tags itself',
    ]);
  });

  test('finds all problems at once', () => {
    expect(tagProblems({ 'aws:a': 'x', b: '?', 'c?': 'x', B: 'x' })).toHaveLength(4);
  });
});
