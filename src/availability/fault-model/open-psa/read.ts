import { Availability } from '../../../units';
import { shown } from '../../../validation';
import { FaultTree, type FaultTreeEvent, loopProblems } from '../fault-tree';
import { type Formula, namesBelow, namesIn } from '../formula';
import { type Definition, Definitions, type Kind } from './definitions';
import { type ExpressionScope, expressionValue } from './expressions';
import { OpenPsaError } from './open-psa-error';
import { formulaOf } from './read-formula';
import { parseXml, type XmlElement } from './xml';

/** Choices for {@link readOpenPsa}. */
export interface OpenPsaOptions {
  /**
   * What `<system-mission-time/>` stands for, in the model's own unit of time: hours, as a rule.
   *
   * @default - a model that asks for it is refused
   */
  readonly missionTime?: number;
}

/** The fault trees of a document in the Open-PSA model exchange format. */
export class OpenPsaModel {
  /** Names of the gates that no other gate uses: what the document's trees are about. */
  public readonly tops: readonly string[];

  /** @param parts everything that the document defines, by name */
  constructor(
    private readonly parts: {
      readonly gates: ReadonlyMap<string, Formula>;
      readonly events: ReadonlyMap<string, FaultTreeEvent>;
      readonly houses: ReadonlyMap<string, boolean>;
      readonly labels: ReadonlyMap<string, string>;
    },
  ) {
    const used = new Set([...parts.gates.values()].flatMap(namesIn));
    this.tops = [...parts.gates.keys()].filter((name) => !used.has(name));
  }

  /**
   * The fault tree of one gate, with what it needs and nothing else.
   *
   * @param top name of a gate; not needed when only one is the top of a tree
   * @throws RangeError when there is no such gate, or when several could be meant
   */
  public tree(top?: string): FaultTree {
    const { gates, events, houses, labels } = this.parts;
    const [only] = this.tops;
    const name = top ?? (this.tops.length === 1 ? only : undefined);
    if (name === undefined || !gates.has(name)) {
      const got = top === undefined ? `${this.tops.length} of them` : shown(top);
      throw new RangeError(`top must name a gate, got ${got}; the document's tops are ${shown(this.tops)}`);
    }
    const needed = namesBelow(name, gates);
    const kept = <T>(all: ReadonlyMap<string, T>) => Object.fromEntries([...all].filter(([key]) => needed.has(key)));
    return new FaultTree({
      top: name,
      gates: kept(gates),
      events: kept(events),
      houses: kept(houses),
      labels: kept(labels),
    });
  }
}

/**
 * Reads fault trees in the Open-PSA model exchange format: gates with every connective, basic events,
 * house events, parameters, components, private and public names, several trees. Probabilities are numbers,
 * arithmetic over parameters, `exponential`, `GLM` or `Weibull`.
 *
 * @param text the XML document
 * @param options what the document leaves open
 * @throws OpenPsaError naming every problem with its line and element
 */
export function readOpenPsa(text: string, options: OpenPsaOptions = {}): OpenPsaModel {
  return new Reader(parseXml(text), options).model();
}

class Reader implements ExpressionScope {
  private readonly problems: string[] = [];
  private readonly definitions: Definitions;
  private readonly values = new Map<Definition, number>();
  private readonly open: Definition[] = [];
  private path: readonly string[] = [];

  constructor(
    root: XmlElement,
    private readonly options: OpenPsaOptions,
  ) {
    this.definitions = new Definitions(root, (element, problem) => this.problem(element, problem));
  }

  public model(): OpenPsaModel {
    const gates = new Map<string, Formula>();
    const events = new Map<string, FaultTreeEvent>();
    const houses = new Map<string, boolean>();
    const labels = new Map<string, string>();
    for (const definition of this.definitions.all) {
      const { kind, name, element, path } = definition;
      this.path = path;
      const label = element.children.find((child) => child.name === 'label')?.text;
      if (label) labels.set(name, label);
      if (kind === 'gate') gates.set(name, this.formula(element));
      else if (kind === 'house-event') houses.set(name, this.house(element));
      else if (kind === 'basic-event') events.set(name, { availability: this.availability(definition) });
      else this.value(definition);
    }
    this.problems.push(...loopProblems(gates).map((problem) => `${this.lineOf(problem)}${problem}`));
    if (this.problems.length > 0) throw new OpenPsaError(this.problems);
    return new OpenPsaModel({ gates, events, houses, labels });
  }

  public problem(element: XmlElement, text: string): number {
    const name = element.attributes.get('name');
    this.problems.push(`line ${element.line}, <${element.name}>${name ? ` '${name}'` : ''}: ${text}`);
    return Number.NaN;
  }

  public parameter(element: XmlElement): number {
    const name = element.attributes.get('name') ?? '';
    const found = this.definitions.find('parameter', name, this.path);
    if (!found) return this.problem(element, 'must be defined, got no definition; add one, or correct the name');
    if (!this.open.includes(found)) return this.value(found);
    const loop = [...this.open.slice(this.open.indexOf(found)), found].map((one) => one.name).join(' → ');
    return this.problem(element, `must not depend on itself, got ${loop}; take one of these steps out`);
  }

  public missionTime(element: XmlElement): number {
    const { missionTime } = this.options;
    if (missionTime !== undefined && missionTime >= 0) return missionTime;
    return this.problem(element, 'must be known, got no mission time; give missionTime');
  }

  public reference(element: XmlElement): string | undefined {
    const name = element.attributes.get('name') ?? '';
    const wanted = (element.name === 'event' ? (element.attributes.get('type') ?? 'event') : element.name) as
      | Kind
      | 'event';
    const found = this.definitions.find(wanted, name, this.path);
    if (!found) {
      this.problem(element, 'must be defined, got no definition; add one, or correct the name');
      return undefined;
    }
    if (wanted === 'event' || wanted === found.kind) return found.name;
    this.problem(element, `must be a ${wanted}, got a ${found.kind} (line ${found.element.line}); correct one of them`);
    return undefined;
  }

  private formula(element: XmlElement, fallback?: Formula): Formula {
    const [content, ...more] = contentOf(element);
    if (content && more.length === 0) return formulaOf(content, this);
    if (!content && fallback !== undefined) return fallback;
    this.problem(element, `must hold one formula, got ${more.length + (content ? 1 : 0)}; join several with and, or`);
    return false;
  }

  private house(element: XmlElement): boolean {
    const value = this.formula(element, false);
    if (typeof value !== 'boolean') this.problem(element, 'must hold a constant, got a formula; make it a gate');
    return value === true;
  }

  private availability(definition: Definition): Availability {
    const probability = this.value(definition);
    if (probability >= 0 && probability <= 1) return Availability.failing(probability);
    if (!Number.isNaN(probability) || this.problems.length === 0) {
      this.problem(definition.element, `must be a probability from 0 to 1, got ${probability}; correct its expression`);
    }
    return Availability.failing(0);
  }

  private value(definition: Definition): number {
    const known = this.values.get(definition);
    if (known !== undefined) return known;
    const { element, path } = definition;
    const [content, ...more] = contentOf(element);
    if (!content || more.length > 0) {
      return this.problem(element, `must hold one expression, got ${more.length + (content ? 1 : 0)}; give its number`);
    }
    const outer = this.path;
    this.path = path;
    this.open.push(definition);
    const value = expressionValue(content, this);
    this.open.pop();
    this.path = outer;
    this.values.set(definition, value);
    return value;
  }

  private lineOf(problem: string): string {
    const gate = this.definitions.all.find(({ kind, name }) => kind === 'gate' && problem.startsWith(`${name} `));
    return gate ? `line ${gate.element.line}, <define-gate>: ` : '';
  }
}

function contentOf(element: XmlElement): XmlElement[] {
  return element.children.filter(({ name }) => name !== 'label' && name !== 'attributes');
}
