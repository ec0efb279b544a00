import type { Settings } from './props';

/** What was chosen against availability or durability; one sentence each. */
export function warningsOf({ allowDataLoss, backups, allowUnmonitored }: Settings): string[] {
  const warnings: string[] = [];
  if (allowDataLoss) {
    warnings.push('allowDataLoss: what is written while too few standbys are there is lost with the primary');
  }
  if (backups === undefined) {
    warnings.push('allowNoBackups: a wrong statement, or the loss of all volumes, is the end of the data');
  }
  if (allowUnmonitored) {
    warnings.push('allowUnmonitored: nobody is told when a standby lags, or when archiving stands still');
  }
  return warnings;
}
