import { join } from 'node:path';
import ts from 'typescript';

const SRC = join(__dirname, '..', '..', 'src');

/**
 * Counts which props, and which arms of unions of literals, a set of generated props used, against those that the
 * compiler finds in the source: a prop that is added and never drawn shows up as a zero.
 */
export class Coverage {
  private readonly counts = new Map<string, number>();
  private readonly arms: ReadonlyMap<string, string>;

  /**
   * @param roots interfaces of the props, by the file in src/ that declares them
   * @param extra what else has to be drawn, such as the ways to make a value
   */
  constructor(roots: Readonly<Record<string, readonly string[]>>, extra: readonly string[]) {
    const found = declared(roots);
    this.arms = found.nested;
    for (const item of [...found.items, ...extra]) this.counts.set(item, 0);
  }

  /** Counts what an object of props uses, and what stands inside it. */
  saw(type: string, props: object): void {
    for (const [prop, value] of Object.entries(props)) {
      if (value === undefined) continue;
      const item = `${type}.${prop}`;
      this.count(item);
      if (['boolean', 'string', 'number'].includes(typeof value)) this.count(`${item} = ${JSON.stringify(value)}`);
      const inner = this.arms.get(item);
      if (inner !== undefined) this.saw(inner, value);
    }
  }

  /** What was never used. */
  missing(): string[] {
    return [...this.counts].filter(([, count]) => count === 0).map(([item]) => item);
  }

  /** One line per item, and how often it was used. */
  toString(): string {
    return [...this.counts].map(([item, count]) => `${String(count).padStart(6)}  ${item}`).join('\n');
  }

  private count(item: string): void {
    const before = this.counts.get(item);
    if (before !== undefined) this.counts.set(item, before + 1);
  }
}

function declared(roots: Readonly<Record<string, readonly string[]>>) {
  const files = Object.keys(roots).map((file) => join(SRC, file));
  const program = ts.createProgram(files, { strict: true, skipLibCheck: true, module: ts.ModuleKind.Node16 });
  const checker = program.getTypeChecker();
  const items: string[] = [];
  const nested = new Map<string, string>();
  const visited = new Set<string>();

  const visit = (name: string, type: ts.Type): void => {
    if (visited.has(name)) return;
    visited.add(name);
    for (const property of checker.getPropertiesOfType(type)) {
      const item = `${name}.${property.name}`;
      items.push(item);
      const declaration = property.valueDeclaration;
      if (!declaration) throw new Error(`${item} has no declaration`);
      const value = checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(property, declaration));
      const arms = value.isUnion() ? value.types : [value];
      if (value.isUnion() || value.flags & ts.TypeFlags.BooleanLike) {
        items.push(...arms.map((arm) => `${item} = ${checker.typeToString(arm).replace(/'/g, '"')}`));
      }
      const inner = innerName(item, value);
      if (inner !== undefined) {
        nested.set(item, inner);
        visit(inner, value);
      }
    }
  };
  for (const [file, names] of Object.entries(roots)) {
    const source = program.getSourceFile(join(SRC, file));
    const symbols = source && checker.getExportsOfModule(checker.getSymbolAtLocation(source) ?? never(file));
    for (const name of names) {
      const symbol = symbols?.find((candidate) => candidate.name === name) ?? never(`${file}: ${name}`);
      visit(name, checker.getDeclaredTypeOfSymbol(symbol));
    }
  }
  return { items, nested };
}

/** Interfaces of props that stand inside others; networks, providers and values are made elsewhere. */
function innerName(item: string, type: ts.Type): string | undefined {
  const declaration = type.symbol?.declarations?.[0];
  if (!declaration?.getSourceFile().fileName.startsWith(SRC)) return undefined;
  if (ts.isTypeLiteralNode(declaration)) return item;
  if (!ts.isInterfaceDeclaration(declaration) || type.symbol.name === 'ZonalNetwork') return undefined;
  return type.symbol.name;
}

function never(missing: string): never {
  throw new Error(`${missing} is not declared there`);
}
