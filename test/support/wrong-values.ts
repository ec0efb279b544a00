import { Fn, Lazy } from 'cdktf';

/**
 * What reaches props past the compiler: out of `process.env.NAME!`, of `Number(…)`, of plain JavaScript; and tokens, of a
 * Terraform stack in the same program.
 */
export const WRONG: Readonly<Record<string, unknown>> = {
  null: null,
  NaN: Number.NaN,
  'empty text': '',
  'an empty object': {},
  'an empty list': [],
  'a list of nothing': [undefined],
  'a number token': Lazy.numberValue({ produce: () => 1 }),
  'a text token': Lazy.stringValue({ produce: () => 'later' }),
  'a list token': Lazy.listValue({ produce: () => ['later'] }),
  'an object token': Fn.conditional(true, 'a', 'b'),
};
