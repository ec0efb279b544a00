// IAM's own rules, as far as the policies here go; whatever they do not know, they refuse to judge.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html

/** A request, as IAM sees it. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  /** ARN of the role that asks. */
  readonly principal?: string;
  /** Condition keys that the request has; those that it does not have are absent. */
  readonly context?: Readonly<Record<string, string>>;
}

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, string>>;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export type Verdict = 'allowed' | 'denied' | 'not mentioned';

/** What one policy says of a request. */
export function verdict(policy: unknown, request: Request): Verdict {
  const { Version, Statement } = JSON.parse(String(policy)) as { Version: string; Statement: readonly Statement[] };
  if (Version !== '2012-10-17') throw new Error(`expected the policy language of 2012, got ${Version}`);
  const effects = Statement.filter((statement) => applies(statement, request)).map(({ Effect }) => Effect);
  if (effects.includes('Deny')) return 'denied';
  return effects.includes('Allow') ? 'allowed' : 'not mentioned';
}

function applies({ Principal, Action, Resource, Condition = {} }: Statement, request: Request): boolean {
  const { action, resource, principal, context = {} } = request;
  return (
    (Principal === undefined || Principal === '*' || Object.values(Principal).some((arn) => arn === principal)) &&
    Action.some((pattern) => isLike(action, pattern)) &&
    Resource.some((pattern) => isLike(resource, pattern)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) => holds(operator, context[key], [wanted].flat())),
    )
  );
}

/** Whether one key of a condition holds; of several values, one is enough, or none for an operator that negates. */
function holds(operator: string, value: string | undefined, wanted: readonly string[]): boolean {
  if (operator === 'Null') return wanted.includes(String(value === undefined));
  if (operator === 'StringNotEquals') return value === undefined || !wanted.includes(value); // an absent key is another
  if (value === undefined) return false;
  if (operator === 'Bool' || operator === 'StringEquals' || operator === 'ArnEquals') return wanted.includes(value);
  if (operator === 'StringLike') return wanted.some((pattern) => isLike(value, pattern));
  if (operator === 'NumericLessThanEquals') return wanted.some((most) => Number(value) <= Number(most));
  throw new Error(`cannot judge ${operator}`);
}

function isLike(text: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text);
}
