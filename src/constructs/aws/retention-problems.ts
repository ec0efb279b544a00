import type { Retention } from '../../intent';
import { hasMember, shown } from '../../validation';

/** What is wrong with a retention, of any construct that keeps backups. */
export function retentionShapeProblems(retention: Retention): string[] {
  if (hasMember(retention, 'counts') && hasMember(retention, 'problems')) return retention.problems();
  return [
    `retention must be a Retention, got ${shown(retention)}; write Retention.gfs({ daily: 7, weekly: 4, monthly: 12 })`,
  ];
}
