import type { RegionSwitch } from '../../../constructs/aws';
import type { Settings } from '../props';

/** What a runbook is about. */
export interface Context {
  /** Name of the application. */
  readonly application: string;
  readonly settings: Settings;
  /** The region that is lost. */
  readonly from: string;
  /** The one that takes over. */
  readonly to: string;
  /** Takes the lost region out of the name; none where that leads to one region alone. */
  readonly regionSwitch: RegionSwitch | undefined;
  /** Whether both regions serve clients. */
  readonly isHot: boolean;
  /** What the database is called, in every region. */
  readonly database: string;
  /** Command that deploys stacks, by what they are called after the application. */
  readonly deploy: (...stacks: string[]) => string;
}

/** The chapters that differ with what the other region holds. */
export interface Way {
  readonly failOver: (context: Context) => string[];
  readonly goBack: (context: Context) => string[];
  readonly practise: (context: Context) => string[];
}

/** What is to be done, and the commands for it. */
export type Item = readonly [text: string, ...commands: string[]];

/** Items as a numbered list. */
export function numbered(...items: readonly Item[]): string[] {
  return items.flatMap(([text, ...commands], place) => [
    `${place + 1}. ${text}`,
    ...(commands.length === 0 ? [] : ['', ...commands.map((command) => `       ${command}`), '']),
  ]);
}

/** Command that starts a document of Systems Manager. */
export function start(region: string, document: string): string {
  return `aws ssm start-automation-execution --region ${region} --document-name ${document}`;
}

/** Command that says how far its executions are. */
export function watch(region: string, document: string): string {
  return `aws ssm describe-automation-executions --region ${region} --filters Key=DocumentNamePrefix,Values=${document}`;
}
