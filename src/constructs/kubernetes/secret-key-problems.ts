import { isRecord, shown } from '../../validation';
import { isPlain, requiredNameProblems } from './plain-text';

/** The problems of a key of a Secret. */
export function secretKeyProblems(prop: string, key: unknown): string[] {
  if (!isRecord(key)) {
    // the value is not shown: whoever writes a secret here by mistake must not find it in a log
    return [`${prop} must name a Secret and a key, got something else; write it as in { secret: 'shop', key: 'url' }`];
  }
  const { secret, key: name } = key as { readonly secret?: unknown; readonly key?: unknown };
  return [
    ...requiredNameProblems(`${prop}.secret`, secret),
    ...(isPlain(/^[\w.-]{1,253}$/, name)
      ? []
      : [`${prop}.key must be a key of letters, digits, '-', '_' and '.', got ${shown(name)}; fix it`]),
  ];
}
