import { listProblems, shown } from '../../validation';

/** The problems of a list that must hold something, and of what it holds. */
export function itemProblems(
  prop: string,
  list: unknown,
  problemsOf: (prop: string, item: unknown) => string[],
): string[] {
  const misshapen = listProblems(prop, list);
  if (misshapen.length > 0) return misshapen;
  const items = listOf<unknown>(list);
  if (items.length === 0) return [`${prop} must hold at least one, got none; add one`];
  return items.flatMap((item, position) => problemsOf(`${prop}[${position}]`, item));
}

/** A list, also where it is something else; what is left out in it is there as `undefined`. */
export function listOf<Item>(list: unknown): readonly Item[] {
  return Array.isArray(list) ? Array.from<Item>(list) : [];
}

/** The problem of names that stand for two things, one sentence for each second one. */
export function sameNames(prop: string, list: unknown): string[] {
  const names = listOf<{ readonly name?: unknown } | undefined>(list).map((item) => item?.name);
  return names.flatMap((name, position) => {
    const first = names.indexOf(name);
    if (typeof name !== 'string' || first === position) return [];
    return [`${prop}[${position}].name must differ from the one of ${prop}[${first}], got ${shown(name)}; rename one`];
  });
}
