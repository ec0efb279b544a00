import type { Settings } from './props';

/** What was chosen against safety; one sentence each. */
export function warningsOf({ database, recipients, drill }: Settings): string[] {
  const warnings: string[] = [];
  if (database.ca === undefined) {
    warnings.push('no database.ca: the password and all data go to whoever answers at that host');
  }
  if (new Set(recipients).size === 1) {
    warnings.push('recipients: who loses the other half of the one key has lost every backup; keep a second elsewhere');
  }
  if (drill === undefined) {
    warnings.push('allowUntestedBackups: nobody knows whether a backup can be restored, or that they have stopped');
  }
  return warnings;
}
