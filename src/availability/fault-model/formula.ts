import { shown, wholeNumberProblems } from '../../validation';

/** When something fails: the name of an event or gate, a constant, or a connective over formulas. */
export type Formula = string | boolean | Connective;

/** A connective over formulas. */
export type Connective = AllOf | AtLeastOf | NotOf;

/** True when all (`and`), one (`or`), or an odd number (`xor`) of some formulas are. */
export interface AllOf {
  /** Which of the three. */
  readonly kind: 'and' | 'or' | 'xor';
  /** The formulas. */
  readonly of: readonly Formula[];
}

/** True when at least `min` of some formulas are. */
export interface AtLeastOf {
  /** Tells it from the others. */
  readonly kind: 'atLeast';
  /** How many must be true. */
  readonly min: number;
  /** The formulas. */
  readonly of: readonly Formula[];
}

/** True when a formula is not. */
export interface NotOf {
  /** Tells it from the others. */
  readonly kind: 'not';
  /** The formula. */
  readonly of: Formula;
}

/** The formulas right below a formula. */
export function below(formula: Formula): readonly Formula[] {
  if (typeof formula === 'string' || typeof formula === 'boolean') return [];
  return formula.kind === 'not' ? [formula.of] : formula.of;
}

/** Every name in a formula. */
export function namesIn(formula: Formula): string[] {
  return typeof formula === 'string' ? [formula] : below(formula).flatMap(namesIn);
}

/** A name, and every name that it comes down to. */
export function namesBelow(top: string, gates: ReadonlyMap<string, Formula>): Set<string> {
  const found = new Set([top]);
  for (const name of found) for (const inner of namesIn(gates.get(name) ?? false)) found.add(inner);
  return found;
}

/** What is wrong with a formula, whatever its names mean, one sentence each. */
export function formulaProblems(gate: string, formula: Formula): string[] {
  if (typeof formula === 'string' || typeof formula === 'boolean') return [];
  const inner = below(formula);
  const problems = inner.flatMap((part) => formulaProblems(gate, part));
  if (inner.length === 0) {
    problems.push(`${gate} must combine at least one formula, got ${shown([])}; name what it combines, or remove it`);
  }
  if (formula.kind === 'atLeast' && inner.length > 0) {
    const range = { min: 1, max: inner.length };
    problems.push(...wholeNumberProblems(`${gate}.min`, formula.min, range, 'say how many of them must fail'));
  }
  return problems;
}
