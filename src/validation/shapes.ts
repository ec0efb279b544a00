import { isToken, shown, unknownProblem } from './rules';

// The compiler checks all of this where it can. It cannot where a value comes as `any`, from `Fn.merge(…)`, from
// `JSON.parse(…)`, from plain JavaScript: then text in place of a list, or a token, has to be told here.

/** The problem of a prop that must be an object, as a list of none or one. */
export function objectProblems(prop: string, value: unknown): string[] {
  if (isToken(value)) return [unknownProblem(prop, 'object', value)];
  if (isRecord(value)) return [];
  return [`${prop} must be an object, got ${shown(value)}; write it as in { … }`];
}

/** The problem of a prop that must be a list, as a list of none or one; what its items are is not looked at. */
export function listProblems(prop: string, value: unknown): string[] {
  if (Array.isArray(value)) return [];
  if (isToken(value)) return [unknownProblem(prop, 'list', value)];
  return [`${prop} must be a list, got ${shown(value)}; write it as in [ … ]`];
}

/** The problem of an optional prop that must be true or false, as a list of none or one. */
export function flagProblems(prop: string, value: unknown): string[] {
  if (value === undefined || typeof value === 'boolean') return [];
  return [`${prop} must be true or false, got ${shown(value)}; compare text, as in process.env.NAME === 'true'`];
}

/** The problem of text that is passed on untouched, as a list of none or one; a token may stand for it. */
export function textProblems(prop: string, value: unknown): string[] {
  if (isTextOf(/^/, value)) return [];
  return [`${prop} must be text, got ${shown(value)}; put it in quotes, or set what it is read from`];
}

/** Whether a value is text of this form, or a token that stands for text, which is passed on untouched. */
export function isTextOf(form: RegExp, value: unknown): boolean {
  if (typeof value === 'string') return isToken(value) || form.test(value);
  return isToken(value) && hasMember(value, 'resolve');
}

/** The problem of a prop that must be a `Size` (also one made by another copy of cdk8s), as a list of none or one. */
export function sizeProblems(prop: string, value: unknown): string[] {
  if (hasMember(value, 'toKibibytes')) return [];
  return [`${prop} must be a Size, got ${shown(value)}; write Size.gibibytes(…)`];
}

/** Whether a value is an object, and no list or token. */
export function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isToken(value);
}

/** Whether a value is an object that has such a member. */
export function hasMember(value: unknown, member: string): boolean {
  return typeof value === 'object' && value !== null && member in value;
}
