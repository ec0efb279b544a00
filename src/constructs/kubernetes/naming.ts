import { Names } from 'cdk8s/lib/names';
import type { IConstruct } from 'constructs';

/**
 * A name for the objects of a construct, out of its path: stable, and good for a Service too, which starts with a letter.
 *
 * @param longest characters that it may have; some more where it has to begin with a letter
 */
export function objectName(construct: IConstruct, longest = 50): string {
  const name = Names.toDnsLabel(construct, { maxLen: longest });
  return /^[a-z]/.test(name) ? name : `web-${name}`;
}
