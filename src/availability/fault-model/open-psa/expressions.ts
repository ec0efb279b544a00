import type { XmlElement } from './xml';

/** What an expression may refer to. */
export interface ExpressionScope {
  /** The value of a parameter; `NaN` after a problem that was said already. */
  parameter(element: XmlElement): number;
  /** The mission time; `NaN` after a problem that was said already. */
  missionTime(element: XmlElement): number;
  /** Says what is wrong with an element, and answers `NaN`. */
  problem(element: XmlElement, text: string): number;
}

type Operation = (values: readonly number[]) => number;

const ONE = 1;
const ANY = Number.POSITIVE_INFINITY;

/** Operations by the name of their element: how many values they take, at least and at most, and what they come to. */
const OPERATIONS: Readonly<Record<string, readonly [number, number, Operation]>> = {
  neg: [ONE, ONE, ([value = 0]) => -value],
  abs: [ONE, ONE, ([value = 0]) => Math.abs(value)],
  exp: [ONE, ONE, ([value = 0]) => Math.exp(value)],
  log: [ONE, ONE, ([value = 0]) => Math.log(value)],
  log10: [ONE, ONE, ([value = 0]) => Math.log10(value)],
  sqrt: [ONE, ONE, ([value = 0]) => Math.sqrt(value)],
  pow: [2, 2, ([base = 0, exponent = 0]) => base ** exponent],
  add: [ONE, ANY, (values) => values.reduce((a, b) => a + b)],
  sub: [ONE, ANY, (values) => values.reduce((a, b) => a - b)],
  mul: [ONE, ANY, (values) => values.reduce((a, b) => a * b)],
  div: [ONE, ANY, (values) => values.reduce((a, b) => a / b)],
  min: [ONE, ANY, (values) => Math.min(...values)],
  max: [ONE, ANY, (values) => Math.max(...values)],
  mean: [ONE, ANY, (values) => values.reduce((a, b) => a + b) / values.length],
  exponential: [2, 2, ([rate = 0, time = 0]) => -Math.expm1(-rate * time)],
  GLM: [4, 4, repairable],
  Weibull: [4, 4, weibull],
};

/**
 * Fails with rate lambda, is repaired with rate mu, and fails on demand with probability gamma: the format's formula,
 * ordered so that nothing is subtracted from something as large.
 */
function repairable([gamma = 0, lambda = 0, mu = 0, time = 0]: readonly number[]): number {
  const both = lambda + mu;
  if (both === 0) return gamma;
  return (lambda / both) * -Math.expm1(-both * time) + gamma * Math.exp(-both * time);
}

function weibull([scale = 0, shape = 0, shift = 0, time = 0]: readonly number[]): number {
  return time <= shift ? 0 : -Math.expm1(-(((time - shift) / scale) ** shape));
}

/** The value of an expression. */
export function expressionValue(element: XmlElement, scope: ExpressionScope): number {
  const { name, children } = element;
  if (name === 'float' || name === 'int') return numberIn(element, scope);
  if (name === 'bool') return truthIn(element, scope);
  if (name === 'pi') return Math.PI;
  if (name === 'parameter') return scope.parameter(element);
  if (name === 'system-mission-time') return scope.missionTime(element);
  const operation = OPERATIONS[name];
  if (!operation) {
    const wanted = 'must be a number, a parameter, arithmetic, exponential, GLM or Weibull';
    return scope.problem(element, `${wanted}, got <${name}>; write the probability itself, of a distribution its mean`);
  }
  const [least, most, result] = operation;
  if (children.length < least || children.length > most) {
    const wanted = most === ANY ? `at least ${least}` : String(least);
    return scope.problem(
      element,
      `must hold ${wanted} expression${least === 1 ? '' : 's'}, got ${children.length}; see the format`,
    );
  }
  return result(children.map((child) => expressionValue(child, scope)));
}

function numberIn(element: XmlElement, scope: ExpressionScope): number {
  const text = element.attributes.get('value') ?? '';
  const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text);
  if (isNumber && Number.isFinite(Number(text))) return Number(text);
  return scope.problem(element, `value must be a number, got '${text}'; write it as in 1.5e-3`);
}

function truthIn(element: XmlElement, scope: ExpressionScope): number {
  const text = element.attributes.get('value') ?? '';
  if (text === 'true' || text === 'false') return text === 'true' ? 1 : 0;
  return scope.problem(element, `value must be 'true' or 'false', got '${text}'; write one of them`);
}
