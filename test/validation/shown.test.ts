import { TerraformVariable } from 'cdktf';
import { Duration, Size } from 'nines';
import { shown } from '../../src/validation';
import { emptyStack } from '../support/synth';

describe('shown', () => {
  test.each([
    ['text', 'eu-west-1a', "'eu-west-1a'"],
    ['no text', '', "''"],
    ['60 characters', 'x'.repeat(60), `'${'x'.repeat(60)}'`],
    ['61 characters', 'x'.repeat(61), `'${'x'.repeat(57)}…'`],
    ['a number', 4.5, '4.5'],
    ['NaN', Number.NaN, 'NaN'],
    ['Infinity', Number.POSITIVE_INFINITY, 'Infinity'],
    ['-Infinity', Number.NEGATIVE_INFINITY, '-Infinity'],
    ['a bigint', 4n, '4n'],
    ['a boolean', false, 'false'],
    ['undefined', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a symbol', Symbol('zone'), 'Symbol(zone)'],
    ['a function', () => 'its whole source', 'a function'],
    ['a class', class Server {}, 'a function'],
    ['a map', { a: 1 }, 'an object'],
    ['an object without prototype', Object.create(null), 'an object'],
    ['a Size', Size.gibibytes(1), 'an object'],
  ])('writes %s as its user did', (_, value, text) => {
    expect(shown(value)).toBe(text);
  });

  test.each([
    ['an empty list', [], 'none'],
    ['a list of one', ['eu-west-1a'], "'eu-west-1a'"],
    ['a list of several', ['eu-west-1a', 2, undefined], "'eu-west-1a', 2, undefined"],
    ['a list with a hole', new Array(2), 'undefined, undefined'],
    ['a list in a list', [['a'], 'b'], "a list, 'b'"],
  ])('writes %s item by item', (_, value, text) => {
    expect(shown(value)).toBe(text);
  });

  test('writes a list that holds itself', () => {
    const list: unknown[] = ['a'];
    list.push(list);
    expect(shown(list)).toBe("'a', a list");
  });

  test.each([
    [Duration.seconds(90), '1 minute 30 seconds'],
    [Duration.days(1), '1 day'],
    [Duration.hours(4), '4 hours'], // cdk8s's own text: 3 hours 60 minutes
    [Duration.hours(1), '1 hour'],
    [Duration.seconds(2 * 86_400 + 3_661), '2 days 1 hour 1 minute 1 second'],
    [Duration.days(730), '730 days'],
    [Duration.seconds(0), '0 seconds'],
    [Duration.millis(1500), '1.5 seconds'],
    [Duration.seconds(0.5), '0.5 seconds'],
    [Duration.minutes(2.05), '122.99999999999999 seconds'], // what a double makes of it, and why it is refused
    [Duration.seconds(Number.NaN), 'NaN seconds'],
    [Duration.seconds(Number.POSITIVE_INFINITY), 'Infinity seconds'],
  ])('writes a Duration in words, and a part of a second as a decimal: %#', (duration, text) => {
    expect(shown(duration)).toBe(text);
  });

  test('says of a token that nobody knows it yet', () => {
    const variable = new TerraformVariable(emptyStack(), 'Variable', {});
    for (const token of [variable.stringValue, variable.numberValue, variable.listValue, variable.value]) {
      expect(shown(token)).toBe('a token, whose value is known only after deployment');
    }
  });
});
