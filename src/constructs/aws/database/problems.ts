import { Duration } from '../../../units';
import {
  durationProblems,
  flagProblems,
  hasMember,
  isRecord,
  isTextOf,
  isToken,
  objectProblems,
  shown,
  unknownProblem,
} from '../../../validation';
import { awsProblems } from '../aws-props';
import { regionOfSubnets } from '../network/zones';
import { topicProblems } from '../notifying-props';
import { windowProblems } from '../windows';
import { CLASSES, ENGINES } from './capabilities';
import { featureProblems } from './features';
import { masterProblems, nameProblems } from './name-problems';
import type { Settings } from './props';
import { proxyProblems } from './proxy-problems';
import { regionLossProblems } from './region-loss-problems';
import { secretRegionProblems } from './region-problems';
import { storageProblems } from './storage-problems';
import { zonesProblems } from './zone-problems';

/**
 * Every reason why RDS would refuse a database of these props, one sentence each.
 *
 * @param region region of the provider, if it is known
 */
export function problemsIn(settings: Settings, region: string | undefined): string[] {
  const here = regionOfSubnets(settings.subnets);
  return [
    ...engineProblems(settings),
    ...zonesProblems(settings, region),
    ...storageProblems(settings, here),
    ...nameProblems(settings),
    ...masterProblems(settings),
    ...parameterProblems(settings),
    ...backupProblems(settings),
    ...flagProblems('maintenance.allowMajorVersionUpgrade', settings.maintenance.allowMajorVersionUpgrade),
    ...flagProblems('maintenance.blueGreenUpdate', settings.maintenance.blueGreenUpdate),
    ...proxyProblems(settings),
    ...restoreProblems(settings),
    ...regionLossProblems(settings, here),
    ...featureProblems(settings),
    ...topicProblems(settings, here),
    ...secretRegionProblems(settings, here),
    ...awsProblems(settings),
  ];
}

function engineProblems({ topology, engine, support, engineVersion, instanceClass }: Settings): string[] {
  const engines = ENGINES[topology];
  if (!engines) {
    return [`topology must be one of ${shown(Object.keys(ENGINES))}, got ${shown(topology)}; see its documentation`];
  }
  const problems: string[] = [];
  if (!support) {
    problems.push(
      `engine must be one of ${shown(Object.keys(engines))} with topology '${topology}', got ${shown(engine)}; ` +
        'take one of these, or another topology',
    );
  } else if (isToken(engineVersion)) {
    problems.push(unknownProblem('engineVersion', 'version', engineVersion)); // the parameter group's family follows from it
  } else if (typeof engineVersion !== 'string' || !support.versions.test(engineVersion)) {
    problems.push(
      `engineVersion must be a version of ${support.engine} that AWS still takes, got ${shown(engineVersion)}; ` +
        `write it as in '${support.version}'`,
    );
  }
  const { like, usual } = CLASSES[topology];
  if (!isTextOf(like, instanceClass)) {
    problems.push(
      `instanceClass must be a class that topology '${topology}' runs on, got ${shown(instanceClass)}; ` +
        `write it as in '${usual}'`,
    );
  }
  return problems;
}

const PARAMETER = /^[a-z][a-z0-9_.]*$/;

function parameterProblems({ parameters, support }: Settings): string[] {
  const misshapen = objectProblems('parameters', parameters);
  if (misshapen.length > 0) return misshapen;
  return Object.entries(parameters).flatMap(([name, value]) => {
    if (name === support?.tls.name) {
      return [
        `parameters must not hold '${name}', got ${shown(value)}; nines sets it, so that nothing travels in clear`,
      ];
    }
    if (!PARAMETER.test(name)) {
      return [`parameters must have names of parameters, got ${shown(name)}; write it as in 'max_connections'`];
    }
    if (isTextOf(/^/, value)) return [];
    return [`parameters['${name}'] must be text, got ${shown(value)}; put it in quotes`];
  });
}

function backupProblems({ backups, maintenance }: Settings): string[] {
  const days = { min: Duration.days(1), max: Duration.days(35) };
  const inDays = durationProblems('backups.retention', backups.retention, days, 'RDS keeps backups from 1 to 35 days');
  const whole = inDays.length > 0 || backups.retention.toMilliseconds() % DAY === 0;
  return [
    ...inDays,
    ...(whole
      ? []
      : [`backups.retention must be in whole days, got ${shown(backups.retention)}; write Duration.days(…)`]),
    ...windowProblems(backups.window, maintenance.window, WINDOWS),
    ...flagProblems('backups.continuousByPlan', backups.continuousByPlan),
  ];
}

const DAY = Duration.days(1).toMilliseconds();
// https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
const WINDOWS = { dailyProp: 'backups.window', weeklyProp: 'maintenance.window', shortest: 30 };
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

function restoreProblems({ restoreFrom }: Settings): string[] {
  if (restoreFrom === undefined) return [];
  const isSnapshot = hasMember(restoreFrom, 'snapshot');
  if (!isRecord(restoreFrom) || isSnapshot === hasMember(restoreFrom, 'source')) {
    return [
      `restoreFrom must have either snapshot or source, got ${isSnapshot ? 'both' : 'neither'}; ` +
        "write it as in { snapshot: 'shop-2026-11-25' } or { source: 'shop', time: '2026-11-25T02:00:00Z' }",
    ];
  }
  const { snapshot, source, time } = restoreFrom as { snapshot?: unknown; source?: unknown; time?: unknown };
  const [prop, value] = isSnapshot ? ['snapshot', snapshot] : ['source', source];
  return [
    ...(isTextOf(/^[a-zA-Z][\w:./-]*$/, value)
      ? []
      : [`restoreFrom.${prop} must be an identifier, got ${shown(value)}; write it as RDS shows it`]),
    ...(time === undefined || isTextOf(TIME, time)
      ? []
      : [`restoreFrom.time must be a time in UTC, got ${shown(time)}; write it as in '2026-11-25T02:00:00Z'`]),
  ];
}
