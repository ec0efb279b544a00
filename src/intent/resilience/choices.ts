import { isRecord, listProblems, objectProblems, shown } from '../../validation';

/** Whether a prop is left out; `null`, which plain JavaScript may pass, counts as left out. */
export function isNone(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

/** The problems of a part that may be left out, and of what stands in it, of whatever type. */
export function partOf<Part extends object>(
  prop: string,
  part: Part | undefined,
  problemsOf: (part: Part) => string[],
): string[] {
  if (isNone(part)) return [];
  return isRecord(part) ? problemsOf(part) : objectProblems(prop, part);
}

/** The problems of a list of some of a few values, each once and at least one of them; none where it is left out. */
export function choiceProblems(prop: string, list: unknown, choices: readonly unknown[], remedy: string): string[] {
  if (isNone(list)) return [];
  const misshapen = listProblems(prop, list);
  if (misshapen.length > 0 || !Array.isArray(list)) return misshapen;
  const items: readonly unknown[] = Array.from(list);
  const wrong = items.filter((item, position) => !choices.includes(item) || items.indexOf(item) !== position);
  if (items.length > 0 && wrong.length === 0) return [];
  return [
    `${prop} must hold at least one of ${choices.join(', ')}, each once, ` +
      `got ${items.length === 0 ? 'none' : shown(wrong)}; ${remedy}`,
  ];
}
