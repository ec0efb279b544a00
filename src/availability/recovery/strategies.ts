import { Duration } from '../../units';

/** A way to come back after a disaster. */
export interface RecoveryStrategy {
  /** What it is called. */
  readonly name: string;
  /** How long users wait, at worst, until the service answers again (its RTO). */
  readonly recoveryTime: Duration;
  /** How much of the latest data is lost, at worst, as the time it came in (its RPO). */
  readonly dataLoss: Duration;
  /** What it costs, as a multiple of the infrastructure without it. */
  readonly costFactor: number;
  /** What stands ready, and what is done when the disaster comes. */
  readonly description: string;
  /** Where the figures come from. Your own drills are the better source. */
  readonly source: string;
}

const SOURCE = 'Course « 9.6 Architectures Haute Disponibilité », « RTO et RPO »';

/**
 * The four usual strategies, cheapest first, with the figures of the course. They are planning figures: what a team
 * reaches is what its last drill showed. AWS describes the same four:
 * https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html
 */
export const RECOVERY_STRATEGIES: readonly RecoveryStrategy[] = [
  {
    name: 'backup-restore',
    recoveryTime: Duration.hours(4),
    dataLoss: Duration.hours(24),
    costFactor: 1,
    description: 'a backup every day, restored by hand',
    source: SOURCE,
  },
  {
    name: 'pilot-light',
    recoveryTime: Duration.hours(1),
    dataLoss: Duration.hours(1),
    costFactor: 2.5,
    description: 'the least infrastructure stands ready, the database is replicated',
    source: SOURCE,
  },
  {
    name: 'warm-standby',
    recoveryTime: Duration.minutes(15),
    dataLoss: Duration.minutes(1), // the course writes 0.016 hours, « ~1 minute »
    costFactor: 5,
    description: 'a smaller copy runs, data is replicated as it comes',
    source: SOURCE,
  },
  {
    name: 'hot-standby',
    recoveryTime: Duration.seconds(0),
    dataLoss: Duration.seconds(0),
    costFactor: 10,
    description: 'all of it runs in several regions at once, each serving users',
    source: SOURCE,
  },
];
