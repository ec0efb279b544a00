import { isToken, shown, textProblems, unknownProblem } from '../../validation';

// A manifest is applied without Terraform: a token in it would reach the cluster as the text `${TfToken[…]}`.

/** Whether a value is text of this form, known at synthesis. */
export function isPlain(form: RegExp, value: unknown): value is string {
  return typeof value === 'string' && !isToken(value) && form.test(value);
}

/** The problem of text that stands in a manifest, as a list of none or one. */
export function plainTextProblems(prop: string, value: unknown): string[] {
  return isToken(value) ? [unknownProblem(prop, 'text', value)] : textProblems(prop, value);
}

const OBJECT_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

/** The problem of the name of an object that is there already, as a list of none or one; none where it is left out. */
export function objectNameProblems(prop: string, name: unknown): string[] {
  // https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
  if (name === undefined || isPlain(OBJECT_NAME, name)) return [];
  return [
    `${prop} must be the name of an object, got ${shown(name)}; write it in lower-case letters, digits, hyphens and dots`,
  ];
}

/** The problem of a name that must be given, as a list of none or one. */
export function requiredNameProblems(prop: string, name: unknown): string[] {
  return objectNameProblems(prop, name ?? null); // that one takes what is left out, as an optional prop may be
}

/** The problem of the name that a construct's own objects get, as a list of none or one; none where it is left out. */
export function ownNameProblems(name: unknown, longest: number): string[] {
  if (name === undefined || (isPlain(/^[a-z]([a-z0-9-]*[a-z0-9])?$/, name) && name.length <= longest)) return [];
  return [
    `name must be at most ${longest} lower-case letters, digits and hyphens, a letter first, got ${shown(name)}; ` +
      "write it as in 'shop'",
  ];
}
