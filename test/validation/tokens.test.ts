import { conditional, Fn, Lazy, Op, TerraformIterator, TerraformLocal, TerraformVariable, Token } from 'cdktf';
import { Duration } from 'nines';
import { isToken } from '../../src/validation';
import { emptyStack } from '../support/synth';

const stack = emptyStack();
const variable = new TerraformVariable(stack, 'Variable', {});
const local = new TerraformLocal(stack, 'Local', 'known later');
const iterator = TerraformIterator.fromList(['a']);

describe('isToken', () => {
  test.each([
    ['text', variable.stringValue],
    ['a number', variable.numberValue],
    ['a boolean', variable.booleanValue],
    ['a list', variable.listValue],
    ['a list of numbers', Token.asNumberList(variable.value)],
    ['a map', Token.asMap(variable.value, 'anything')],
    ['a map of text', Token.asStringMap(variable.value)],
    ['a map of numbers', Token.asNumberMap(variable.value)],
    ['a map of booleans', Token.asBooleanMap(variable.value)],
    ['a map of anything', Token.asAnyMap(variable.value)],
    ['an object that resolves', variable.value],
    ['null', Token.nullValue()],
    ['the name of a variable', variable.fqn],
    ['a local text', local.asString],
    ['a local number', local.asNumber],
    ['a local boolean', local.asBoolean],
    ['a local list', local.asList],
    ['lazy text', Lazy.stringValue({ produce: () => 'a' })],
    ['a lazy number', Lazy.numberValue({ produce: () => 1 })],
    ['a lazy list', Lazy.listValue({ produce: () => ['a'] })],
    ['a lazy object', Lazy.anyValue({ produce: () => ({}) })],
    ["an iterator's value", iterator.value],
    ['the text of Fn.join', Fn.join(',', variable.listValue)],
    ['the number of Fn.max', Fn.max([1, variable.numberValue])],
    ['the boolean of Fn.tobool', Fn.tobool(variable.stringValue)],
    ['the list of Fn.split', Fn.split(',', variable.stringValue)],
    ['the map of Fn.merge', Fn.merge([{ a: 1 }])],
    ['a condition', conditional(variable.booleanValue, 1, 2)],
    ['a sum', Op.add(1, variable.numberValue)],
  ])('knows the token of %s, as cdktf does', (_, value) => {
    expect(isToken(value)).toBe(true);
    expect(Token.isUnresolved(value)).toBe(true);
  });

  test('knows a token in the midst of text or of a list', () => {
    expect(isToken(`arn:aws:s3:::${variable.stringValue}/*`)).toBe(true);
    expect(isToken(['subnet-1', variable.stringValue])).toBe(true);
  });

  test.each([
    ['text', 'eu-west-1a'],
    ['no text', ''],
    ['an expression written by hand', '$' + '{var.zone}'],
    ['zero', 0],
    ['a negative number', -42],
    ['the largest number', Number.MAX_VALUE],
    ['the largest whole number below zero', Number.MIN_SAFE_INTEGER],
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['-Infinity', Number.NEGATIVE_INFINITY],
    ['a boolean', true],
    ['undefined', undefined],
    ['null', null],
    ['an empty list', []],
    ['a list of text', ['a', 'b']],
    ['a map', { a: 'b' }],
    ['a map without prototype', Object.create(null)],
    ['a Duration', Duration.seconds(1)],
    ['an object with a resolve that is no function', { resolve: 'later' }],
    ['a function', () => 1],
    ['a bigint', 1n],
    ['a symbol', Symbol('a')],
  ])('takes %s for known', (_, value) => {
    expect(isToken(value)).toBe(false);
  });

  test('answers for a list that holds itself', () => {
    const list: unknown[] = [];
    list.push(list);
    expect(isToken(list)).toBe(false);
  });
});
