import { shown, wholeNumberProblems } from '../../validation';
import type { Formula } from './formula';

/** What a part needs in order to work: another part by its name, or enough of some. */
export type Requirement = string | AtLeast;

/** Enough of some requirements: made by {@link atLeast}, {@link anyOf} and {@link allOf}. */
export interface AtLeast {
  /** How many of them must be met. */
  readonly atLeast: number;
  /** The requirements. */
  readonly of: readonly Requirement[];
}

/**
 * At least so many of these must work: `atLeast(2, ['etcd-a', 'etcd-b', 'etcd-c'])`.
 *
 * @param count how many; whole, from 1 to as many as there are. The model that is given this refuses anything else.
 * @param of names of parts, or further requirements
 */
export function atLeast(count: number, of: readonly Requirement[]): AtLeast {
  return { atLeast: count, of: [...of] };
}

/**
 * One of these must work.
 *
 * @param of names of parts, or further requirements
 */
export function anyOf(of: readonly Requirement[]): AtLeast {
  return atLeast(1, of);
}

/**
 * All of these must work: of use inside of {@link anyOf} and {@link atLeast}.
 *
 * @param of names of parts, or further requirements
 */
export function allOf(of: readonly Requirement[]): AtLeast {
  return atLeast(of.length, of);
}

/** When a requirement is not met, given when each part fails. */
export function failureOf(requirement: Requirement, partFailure: (name: string) => Formula): Formula {
  if (typeof requirement === 'string') return partFailure(requirement);
  const of = requirement.of.map((inner) => failureOf(inner, partFailure));
  const failures = of.length - requirement.atLeast + 1;
  if (failures === 1) return { kind: 'or', of };
  return failures === of.length ? { kind: 'and', of } : { kind: 'atLeast', min: failures, of };
}

/** What is wrong with a requirement, one sentence each. */
export function requirementProblems(
  prop: string,
  requirement: Requirement,
  isPart: (name: string) => boolean,
): string[] {
  if (typeof requirement === 'string') {
    if (isPart(requirement)) return [];
    return [`${prop} must name parts of the model, got ${shown(requirement)}; add it, or correct the name`];
  }
  const { atLeast: count, of } = requirement;
  if (of.length === 0) return [`${prop} must name parts of the model, got none; name them, or leave it out`];
  return [
    ...wholeNumberProblems(`${prop}.atLeast`, count, { min: 1, max: of.length }, 'say how many of them must work'),
    ...of.flatMap((inner) => requirementProblems(prop, inner, isPart)),
  ];
}

/** Every part that a requirement names. */
export function partsIn(requirement: Requirement): string[] {
  return typeof requirement === 'string' ? [requirement] : requirement.of.flatMap(partsIn);
}
