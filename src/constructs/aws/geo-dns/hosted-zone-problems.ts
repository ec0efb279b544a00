import { hasMember, isTextOf, isToken, shown } from '../../../validation';
import { HOST_NAME } from './target-problems';
import type { HostedZone } from './targets';
import { ZONE_ID } from './zone';

interface InZone {
  readonly hostedZone: HostedZone | string;
}

/** What is wrong with a hosted zone. */
export function zoneProblems({ hostedZone }: InZone): string[] {
  const isText = typeof hostedZone === 'string' && !isToken(hostedZone);
  if (isText ? ZONE_ID.test(hostedZone) || HOST_NAME.test(hostedZone) : isZone(hostedZone)) return [];
  return [
    `hostedZone must be a zone, its id or its name, known at synthesis, got ${shown(hostedZone)}; ` +
      "write it as in 'example.com', or give { zoneId, name }",
  ];
}

function isZone(zone: unknown): boolean {
  if (!hasMember(zone, 'zoneId') || !hasMember(zone, 'name')) return false;
  const { zoneId, name } = Object(zone);
  return isTextOf(ZONE_ID, zoneId) && isTextOf(HOST_NAME, name);
}

/** Name of the zone, when it is known at synthesis. */
export function knownZoneName({ hostedZone }: InZone): string | undefined {
  const name = typeof hostedZone === 'string' ? hostedZone : hostedZone.name;
  return isToken(name) || ZONE_ID.test(name) ? undefined : name;
}
