/** Whether EventBridge passes an event on. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html */
export function matches(pattern: unknown, event: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.some((alternative) => matchesValue(alternative, event));
  if (typeof pattern !== 'object' || pattern === null || typeof event !== 'object' || event === null) return false;
  const fields = Object.entries(event);
  return Object.entries(pattern).every(([key, inner]) => matches(inner, fields.find(([field]) => field === key)?.[1]));
}

function matchesValue(alternative: unknown, value: unknown): boolean {
  if (typeof alternative !== 'object' || alternative === null) return alternative === value;
  const [[operator, operand] = [], ...others] = Object.entries(alternative);
  if (others.length > 0) throw new Error('expected one operator');
  if (operator === 'prefix') return typeof value === 'string' && value.startsWith(operand);
  if (operator === 'numeric' && operand[0] === '>') return typeof value === 'number' && value > operand[1];
  throw new Error(`cannot match by ${operator}`);
}
