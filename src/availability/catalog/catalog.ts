import { Availability } from '../../units';
import { shown } from '../../validation';
import { series } from '../composition/redundancy';
import { AWS_COMPUTE } from './aws-compute';
import { AWS_DATA } from './aws-data';
import type { ServiceLevel, WrittenServiceLevel } from './service-level';

/** Every service level of the catalog. A service that is not in it was left out because no text of its agreement was found. */
export function serviceLevels(): ServiceLevel[] {
  return [...AWS_COMPUTE, ...AWS_DATA].map(settled);
}

/**
 * A published service level.
 *
 * @param id such as `aws/rds-multi-az`; `nines sla` lists them
 * @throws RangeError when the catalog has none of that name
 */
export function serviceLevel(id: string): ServiceLevel {
  const found = tryFindServiceLevel(id);
  if (found) return found;
  throw new RangeError(`service must be one of the catalog, got ${shown(id)}; ${hint(id)}`);
}

/** A published service level, or none of that name. */
export function tryFindServiceLevel(id: string): ServiceLevel | undefined {
  return serviceLevels().find((level) => level.id === id);
}

/**
 * What providers promise of a system that needs all of these services: the product of their service levels, the number to
 * print beside a computed availability. It is neither a bound nor a forecast: services often do better than promised, and
 * the agreements leave out maintenance, and what fails together.
 *
 * @throws RangeError when one is not in the catalog, or none is named
 */
export function promisedTogether(ids: readonly string[]): Availability {
  return series(ids.map((id) => serviceLevel(id).availability));
}

function settled({ percent, ...level }: WrittenServiceLevel): ServiceLevel {
  return { ...level, availability: Availability.percent(percent) };
}

/** Names that hold what was written, so that `rds` leads to `aws/rds-multi-az`. */
function hint(id: string): string {
  const wanted = String(id)
    .toLowerCase()
    .replace(/^aws\//, '');
  const near = serviceLevels().filter((level) => wanted !== '' && level.id.includes(wanted.split('-')[0] ?? wanted));
  if (near.length === 0) return '`nines sla` lists them';
  return `perhaps ${near.map((level) => level.id).join(', ')}`;
}
