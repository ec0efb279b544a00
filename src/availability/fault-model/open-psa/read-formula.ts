import type { Formula } from '../formula';
import type { XmlElement } from './xml';

/** What a formula may refer to. */
export interface FormulaScope {
  /** The name of the event, gate or house that an element refers to; none after a problem that was said already. */
  reference(element: XmlElement): string | undefined;
  /** Says what is wrong with an element. */
  problem(element: XmlElement, text: string): void;
}

const REFERENCES = ['event', 'gate', 'basic-event', 'house-event'];

/** The formula of an element: connectives that have no counterpart here are written with those that have. */
export function formulaOf(element: XmlElement, scope: FormulaScope): Formula {
  const { name, children } = element;
  if (REFERENCES.includes(name)) return scope.reference(element) ?? false;
  if (name === 'constant') return constantOf(element, scope);
  const of = () => children.map((child) => formulaOf(child, scope));
  switch (name) {
    case 'and':
    case 'or':
    case 'xor':
      return counted(element, scope, 1) ? { kind: name, of: of() } : false;
    case 'not':
      return counted(element, scope, 1, 1) ? { kind: 'not', of: of()[0] ?? false } : false;
    case 'nand':
      return counted(element, scope, 1) ? { kind: 'not', of: { kind: 'and', of: of() } } : false;
    case 'nor':
      return counted(element, scope, 1) ? { kind: 'not', of: { kind: 'or', of: of() } } : false;
    case 'iff':
      return counted(element, scope, 2, 2) ? { kind: 'not', of: { kind: 'xor', of: of() } } : false;
    case 'imply': {
      if (!counted(element, scope, 2, 2)) return false;
      const [premise = false, conclusion = false] = of();
      return { kind: 'or', of: [{ kind: 'not', of: premise }, conclusion] };
    }
    case 'atleast':
      return atLeast(numberOf(element, 'min', scope), of());
    case 'cardinality': {
      const [min, max] = [numberOf(element, 'min', scope), numberOf(element, 'max', scope)];
      return { kind: 'and', of: [atLeast(min, of()), { kind: 'not', of: atLeast(max + 1, of()) }] };
    }
    default:
      scope.problem(element, `must be a formula, got <${name}>; and, or, not, xor, atleast and their like are known`);
      return false;
  }
}

/** At least `min` of some formulas; of a number past them, or of none, what that comes to. */
function atLeast(min: number, of: readonly Formula[]): Formula {
  if (min <= 0) return true;
  return min > of.length ? false : { kind: 'atLeast', min, of };
}

function constantOf(element: XmlElement, scope: FormulaScope): boolean {
  const value = element.attributes.get('value');
  if (value === 'true' || value === 'false') return value === 'true';
  scope.problem(element, `value must be 'true' or 'false', got '${value ?? ''}'; write one of them`);
  return false;
}

function counted(element: XmlElement, scope: FormulaScope, least: number, most = Number.POSITIVE_INFINITY): boolean {
  const count = element.children.length;
  if (count >= least && count <= most) return true;
  const wanted = most === least ? String(least) : `at least ${least}`;
  scope.problem(element, `must hold ${wanted} formula${least === 1 ? '' : 's'}, got ${count}; add or remove some`);
  return false;
}

function numberOf(element: XmlElement, attribute: 'min' | 'max', scope: FormulaScope): number {
  const text = element.attributes.get(attribute) ?? '';
  const count = element.children.length;
  const least = element.name === 'atleast' ? 1 : 0;
  if (/^\d+$/.test(text) && Number(text) >= least && Number(text) <= count) return Number(text);
  scope.problem(
    element,
    `${attribute} must be a whole number from ${least} to ${count}, got '${text}'; say how many of them must fail`,
  );
  return least;
}
