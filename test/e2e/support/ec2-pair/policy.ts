import type { Call } from './api';

/** A statement of a policy, in IAM's own words. */
export interface Statement {
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Parameters of EC2 that name what a call changes; a call that only looks names nothing. */
const NAMES = /^(AllocationId|NetworkInterfaceId|RouteTableId)$/;

/** Whether statements let a call be made: each thing that it changes is named by one, or it only looks. */
export function allows(statements: readonly Statement[], { action, parameters }: Call): boolean {
  const granted = statements.filter(
    ({ Effect, Action, Condition }) =>
      Effect === 'Allow' &&
      Action.some((name) => name.endsWith(`:${action}`)) &&
      Object.entries(Condition?.StringEquals ?? {}).every(
        ([key, value]) => key === 'cloudwatch:namespace' && value === (parameters.Namespace ?? value),
      ),
  );
  const changed = action.startsWith('Describe') || action.startsWith('Put') ? ['*'] : idsOf(action, parameters);
  return (
    granted.length > 0 &&
    changed.every((id) => granted.some(({ Resource }) => Resource.some((arn) => arn === '*' || arn.endsWith(`/${id}`))))
  );
}

/** What a call changes. The interface that a route leads to is none: EC2 asks for the table alone. */
function idsOf(action: string, parameters: Call['parameters']): string[] {
  return Object.entries(parameters)
    .filter(([name]) => NAMES.test(name) && !(action === 'ReplaceRoute' && name === 'NetworkInterfaceId'))
    .map(([, id]) => id);
}
