import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { Construct } from 'constructs';
import { flagProblems, hasMember, isToken, objectProblems, shown, unknownProblem } from '../../validation';

/** What every AWS construct of nines takes. */
export interface AwsProps {
  /**
   * The provider, and with it the region and account, of everything inside. A second region is a second provider.
   *
   * @default - the stack's provider without an alias
   */
  readonly provider?: AwsProvider;

  /**
   * Takes away every protection against removal (deletion protection, `prevent_destroy`). To remove what was
   * deployed, deploy once with `true`, then destroy.
   *
   * @default false
   */
  readonly allowDestroy?: boolean;

  /**
   * Tags on everything inside that can carry them, also on what AWS starts later (instances, volumes, tasks),
   * which a provider's `default_tags` do not reach. At most 45, of letters, digits, spaces and `_ . : / = + - @`.
   *
   * @default - no tags but `Name`
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The `lifecycle` of a resource that must not be destroyed or replaced by mistake. */
export function protectedLifecycle(allowDestroy: boolean | undefined): { preventDestroy: true } | undefined {
  return allowDestroy ? undefined : { preventDestroy: true };
}

/** Provider and tags of a resource, the `Name` among them: the path in the tree, so that the console tells whose it is. */
export function named(owner: Construct, part: string, { provider, tags }: AwsProps) {
  const path = part === '' ? owner.node.path : `${owner.node.path}/${part}`;
  const name = path.replace(/[^\p{L}\p{Z}\p{N}_.:/=+@-]/gu, '-').slice(-256);
  return { provider, tags: { Name: name, ...tags } };
}

/** What is wrong with the props that every AWS construct takes. */
export function awsProblems({ provider, allowDestroy, tags }: AwsProps): string[] {
  return [
    ...(provider === undefined || hasMember(provider, 'fqn')
      ? []
      : [`provider must be an AwsProvider, got ${shown(provider)}; pass the provider itself, not its name`]),
    ...flagProblems('allowDestroy', allowDestroy),
    ...tagProblems(tags),
  ];
}

/** What AWS would refuse of tags; https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
export function tagProblems(tags: AwsProps['tags'] = {}): string[] {
  const misshapen = isToken(tags) ? [unknownProblem('tags', 'tags', tags)] : objectProblems('tags', tags);
  if (misshapen.length > 0) return misshapen;
  const entries = Object.entries(tags);
  const problems = entries.flatMap(([key, value]) => {
    if (key === '' || key.length > 128 || /^aws:/i.test(key)) {
      return [`tags must have keys of 1 to 128 characters that do not start with 'aws:', got ${shown(key)}; rename it`];
    }
    if (!TAG_TEXT.test(key)) return [`tags must have keys of ${TAG_CHARACTERS}, got ${shown(key)}; rename it`];
    if (isToken(value) && !Array.isArray(value)) return [];
    if (typeof value !== 'string' || value.length > 256) {
      return [`tags['${key}'] must be text of at most 256 characters, got ${shown(value)}; shorten it`];
    }
    if (TAG_TEXT.test(value)) return [];
    return [`tags['${key}'] must be text of ${TAG_CHARACTERS}, got ${shown(value)}; replace the others`];
  });
  problems.push(...caseProblems(entries.map(([key]) => key)));
  if (entries.length <= MOST_TAGS) return problems;
  return [
    ...problems,
    `tags must be at most ${MOST_TAGS}, got ${entries.length}; AWS keeps 50, nines sets some itself`,
  ];
}

/** IAM takes keys that differ only in case for one, and refuses the role; nines sets a `Name` itself. */
function caseProblems(keys: readonly string[]): string[] {
  const all = [...new Set(['Name', ...keys])];
  return all.flatMap((key, position) => {
    const same = all.slice(0, position).find((before) => before.toLowerCase() === key.toLowerCase());
    if (same === undefined) return [];
    return [`tags must have keys that differ in more than case, got '${key}' beside '${same}'; keep one spelling`];
  });
}

const MOST_TAGS = 45;
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+@-]*$/u;
const TAG_CHARACTERS = 'letters, digits, spaces and _ . : / = + - @';
