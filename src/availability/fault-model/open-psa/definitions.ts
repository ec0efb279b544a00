import type { XmlElement } from './xml';

/** What a definition defines. */
export type Kind = 'gate' | 'basic-event' | 'house-event' | 'parameter';

/** One definition of a model. */
export interface Definition {
  /** What it defines. */
  readonly kind: Kind;
  /** Name by which it is known outside: its own when it is public, the whole path when it is private. */
  readonly name: string;
  /** Names of the containers that it stands in. */
  readonly path: readonly string[];
  /** Its element. */
  readonly element: XmlElement;
}

const KINDS: Readonly<Record<string, Kind>> = {
  'define-gate': 'gate',
  'define-basic-event': 'basic-event',
  'define-house-event': 'house-event',
  'define-parameter': 'parameter',
};

const CONTAINERS = ['define-fault-tree', 'define-component', 'model-data'];

/** What says nothing about how often a gate fails: words for people, and what makes use of fault trees. */
const SKIPPED = new Set([
  'label',
  'attributes',
  'define-event-tree',
  'define-initiating-event',
  'define-initiating-event-group',
  'define-consequence',
  'define-consequence-group',
  'define-rule',
]);

/** The definitions of a model, and which of them a name means. */
export class Definitions {
  /** All of them, in the order of the document. */
  public readonly all: Definition[] = [];

  private readonly byPath = new Map<string, Definition>();
  private readonly byName = new Map<string, Definition>();

  /**
   * @param root the document's element
   * @param problem says what is wrong with an element
   */
  constructor(
    root: XmlElement,
    private readonly problem: (element: XmlElement, text: string) => void,
  ) {
    if (root.name === 'opsa-mef') this.collect(root, [], false);
    else problem(root, `must be <opsa-mef>, got <${root.name}>; give a model in the exchange format`);
  }

  /** What a name means inside of some containers: what stands there first, then what is public. */
  public find(kind: 'event' | Kind, name: string, path: readonly string[]): Definition | undefined {
    const space = kind === 'parameter' ? 'parameter' : 'event';
    for (let depth = path.length; depth >= 0; depth--) {
      const found = this.byPath.get(`${space} ${[...path.slice(0, depth), name].join('.')}`);
      if (found) return found;
    }
    return this.byName.get(`${space} ${name}`);
  }

  private collect(container: XmlElement, path: readonly string[], isPrivate: boolean): void {
    for (const element of container.children) {
      const { name: tag } = element;
      const role = element.attributes.get('role');
      if (role !== undefined && role !== 'public' && role !== 'private') {
        this.problem(element, `role must be 'public' or 'private', got '${role}'; leave it out for public`);
      }
      const isOwnPrivate = role === undefined ? isPrivate : role === 'private';
      const kind = KINDS[tag];
      if (kind) this.add(kind, element, path, isOwnPrivate);
      else if (tag === 'model-data') this.collect(element, path, isOwnPrivate);
      else if (CONTAINERS.includes(tag)) this.collect(element, [...path, this.nameOf(element)], isOwnPrivate);
      else if (!SKIPPED.has(tag)) {
        this.problem(
          element,
          `must be a definition of fault trees, got <${tag}>; it would change the answer: take it out`,
        );
      }
    }
  }

  private add(kind: Kind, element: XmlElement, path: readonly string[], isPrivate: boolean): void {
    const own = this.nameOf(element);
    const space = kind === 'parameter' ? 'parameter' : 'event';
    const whole = [...path, own].join('.');
    const definition = { kind, name: isPrivate ? whole : own, path, element };
    const twin = this.byPath.get(`${space} ${whole}`) ?? (isPrivate ? undefined : this.byName.get(`${space} ${own}`));
    if (twin) {
      this.problem(element, `name must be given once, got '${own}' here and on line ${twin.element.line}; rename one`);
      return;
    }
    this.all.push(definition);
    this.byPath.set(`${space} ${whole}`, definition);
    if (!isPrivate) this.byName.set(`${space} ${own}`, definition);
  }

  private nameOf(element: XmlElement): string {
    const name = element.attributes.get('name') ?? '';
    if (name === '') this.problem(element, 'name must be given, got none; name it');
    return name;
  }
}
