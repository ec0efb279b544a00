import type { RegionSwitch } from '../../constructs/aws';
import { shown } from '../../validation';
import { databaseName } from './global-database';
import type { Settings } from './props';
import type { Context } from './runbook/parts';
import { RESTORES } from './runbook/restores';
import { SWITCHOVERS } from './runbook/switchovers';
import { arithmeticOf, rpoOf, rtoOf, STRATEGIES, stepsOf } from './strategies';

/**
 * What people do when a region is lost, and how they go back: Markdown, with this application's own names.
 *
 * @param regionSwitch takes the region that writes out of the name; none where the name leads to one region alone
 */
export function runbookFor(application: string, settings: Settings, regionSwitch: RegionSwitch | undefined): string {
  const { recovery, names, facts } = settings;
  const { strategy, active } = recovery;
  const steps = stepsOf(strategy, facts);
  const others = names.filter((name) => name !== active);
  const [to = ''] = others;
  const way = STRATEGIES[strategy].data === 'backups' ? RESTORES : SWITCHOVERS;
  const context: Context = {
    ...{ application, settings, from: active, to, regionSwitch },
    isHot: strategy === 'hot-standby',
    database: databaseName(application, 'database'),
    deploy: (...stacks) => `cdktf deploy ${stacks.map((stack) => `${application}-${stack}`).join(' ')}`,
  };
  return [
    `# ${application}: when ${active} is lost`,
    '',
    `Strategy: ${strategy}. In ${others.join(', ')} ${STRATEGIES[strategy].stands}.`,
    '',
    `- Back after (RTO): ${shown(rtoOf(steps))}. ${sentence(arithmeticOf(steps))}`,
    `- Lost (RPO): what was written in the last ${shown(rpoOf(strategy).lasts)}. ${sentence(rpoOf(strategy).because)}`,
    '- Lost in any case: sessions. Clients log in again.',
    '',
    '## Decide',
    '',
    `Within ${shown(recovery.decision)}: is the region lost, and not coming back sooner than that?`,
    '',
    `1. Checks of Route 53 fail from several places, and the AWS Health Dashboard names ${active}; or nobody can tell.`,
    `2. Nothing that you deployed in the last hour explains it. If something does, take that back instead.`,
    '3. Whoever decides writes down the time: writes after it in the lost region will be gone.',
    '',
    '## Fail over',
    '',
    ...way.failOver(context),
    '',
    '## Go back',
    '',
    ...way.goBack(context),
    '',
    '## Practise',
    '',
    ...way.practise(context),
    'Write down how long it took, and put it into `recovery.decision` and `records.restoreTime`.',
    '',
  ].join('\n');
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
