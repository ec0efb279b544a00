import { isDuration, listProblems, objectProblems, shown } from '../../../validation';
import { SHORTEST_STAY, transitionsOf } from './lifecycle';
import type { BackupTransition, Settings } from './props';

const DAY = 86_400_000;
/** S3 moves nothing to STANDARD_IA before. */
const FIRST_IA = 30;
/** The order in which S3 lets objects move, and no other way round. */
const WATERFALL = ['STANDARD_IA', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE'];

/** What S3 would refuse of the transitions, or charge for without need. */
export function transitionProblems(settings: Settings): string[] {
  const { transitions } = settings;
  const misshapen = listProblems('transitions', transitions);
  if (misshapen.length > 0) return misshapen;
  const problems = transitions.flatMap((transition, position) => {
    const strange = objectProblems(`transitions[${position}]`, transition);
    if (strange.length > 0) return strange;
    return [...classProblems(transition, position), ...dayProblems(transition, position)];
  });
  if (problems.length > 0) return problems;
  const order = transitions
    .slice(1)
    .flatMap((transition, position) => orderProblems(transitions[position] ?? transition, transition, position + 1));
  return order.length > 0 ? order : uselessProblems(settings);
}

function classProblems({ storageClass }: BackupTransition, position: number): string[] {
  if (WATERFALL.includes(storageClass)) return [];
  return [
    `transitions[${position}].storageClass must be one of ${WATERFALL.join(', ')}, got ${shown(storageClass)}; ` +
      'a backup needs no other',
  ];
}

function dayProblems({ storageClass, after }: BackupTransition, position: number): string[] {
  const prop = `transitions[${position}].after`;
  const days = isDuration(after) ? after.toMilliseconds({ integral: false }) / DAY : Number.NaN;
  if (!Number.isInteger(days) || days < 0)
    return [`${prop} must be whole days, got ${shown(after)}; write Duration.days(…)`];
  if (storageClass !== 'STANDARD_IA' || days >= FIRST_IA) return [];
  return [
    `${prop} must be at least ${FIRST_IA} days for STANDARD_IA, got ${shown(after)}; S3 moves nothing there before`,
  ];
}

function orderProblems(
  before: BackupTransition,
  { storageClass, after }: BackupTransition,
  position: number,
): string[] {
  if (WATERFALL.indexOf(before.storageClass) >= WATERFALL.indexOf(storageClass)) {
    return [
      `transitions[${position}].storageClass must come after ${before.storageClass}, got ${storageClass}; ` +
        `S3 moves objects from ${WATERFALL.join(' to ')}, never back`,
    ];
  }
  const earliest = before.after.toDays() + SHORTEST_STAY[before.storageClass];
  if (after.toDays() >= earliest) return [];
  return [
    `transitions[${position}].after must be at least ${earliest} days, got ${shown(after)}; ` +
      `${before.storageClass} is paid for ${SHORTEST_STAY[before.storageClass]} days at the least`,
  ];
}

/** A transition that was asked for, and for which no copy lives long enough. The usual ones are left out in silence. */
function uselessProblems({ transitions, retention, undeleteFor, writtenTransitions }: Settings): string[] {
  if (writtenTransitions === undefined || !isDuration(undeleteFor)) return [];
  const undeleteDays = undeleteFor.toMilliseconds({ integral: false }) / DAY;
  const used = retention.tiers().flatMap((plan) => transitionsOf(plan, undeleteDays, transitions));
  const longest = Math.max(...retention.tiers().map(({ days }) => days));
  return transitions
    .map((transition, position) => ({ ...transition, transition, position }))
    .filter(({ transition }) => !used.includes(transition))
    .map(
      ({ storageClass, after, position }) =>
        `transitions[${position}] must leave ${SHORTEST_STAY[storageClass]} days in ${storageClass}, which are paid for, got ` +
        `${shown(after)} of the ${longest + undeleteDays} that the longest copy is there; lower after, or leave it out`,
    );
}
