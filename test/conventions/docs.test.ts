import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '..', '..');
const DIST = join(ROOT, 'dist');
const FACES = [
  'src/index.ts',
  'src/availability/index.ts',
  'src/constructs/aws/index.ts',
  'src/constructs/kubernetes/index.ts',
  'src/linux/index.ts',
  'src/stacks/index.ts',
];

describe('documentation', () => {
  const found = publicParts();

  test('says of every public class, interface, type, function and member what it does', () => {
    expect(found.filter(({ text }) => text === '').map(({ name }) => name)).toEqual([]);
  });

  test('says the @default of every optional prop, and never "undefined"', () => {
    const optional = found.filter(({ isOptional }) => isOptional);
    expect(optional.length).toBeGreaterThan(30); // the search itself works
    expect(optional.filter(({ fallback }) => !fallback || /undefined/.test(fallback)).map(({ name }) => name)).toEqual(
      [],
    );
  });

  test('says no @default of a required prop', () => {
    const required = found.filter(({ isOptional, isProp }) => isProp && !isOptional);
    expect(required.filter(({ fallback }) => fallback).map(({ name }) => name)).toEqual([]);
  });
});

describe('guides', () => {
  const guides = ['README.md', 'CONTRIBUTING.md', ...markdown('docs')];
  const examples = readdirSync(join(ROOT, 'examples'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => read(join('examples', file)));

  test.each(guides.map((guide) => [guide]))('%s shows only code that stands word for word in an example', (guide) => {
    const blocks = [...read(guide).matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code.trim());
    const strange = blocks.filter((code) => !examples.some((example) => dedent(example).includes(dedent(code))));
    expect(strange).toEqual([]);
  });

  test.each(guides.map((guide) => [guide]))('%s links only to files that are there', (guide) => {
    const links = [...read(guide).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(join(ROOT, guide, '..', link)))).toEqual([]);
  });
});

interface PublicPart {
  readonly name: string;
  readonly text: string;
  readonly isOptional: boolean;
  /** Whether it is a member of an interface: what a user writes. A class repeats the tags of what it implements. */
  readonly isProp: boolean;
  readonly fallback: string | undefined;
}

/** Everything that a user can import, and every member that a user can see: what npm run build made of it. */
function publicParts(): PublicPart[] {
  const files = FACES.map((face) => join(DIST, relative('src', face).replace(/ts$/, 'd.ts')));
  const options = { strict: true, noLib: true, types: [], module: ts.ModuleKind.Node16 };
  const host = ts.createCompilerHost(options);
  const isRead = (file: string) => !file.includes('node_modules'); // what is inherited from others is not asked for
  const program = ts.createProgram(files, options, {
    ...host,
    fileExists: (file) => isRead(file) && host.fileExists(file),
    directoryExists: isRead,
  });
  const checker = program.getTypeChecker();
  const parts: PublicPart[] = [];
  const add = (name: string, symbol: ts.Symbol, isProp = false) => {
    const fallback = symbol.getJsDocTags(checker).find((tag) => tag.name === 'default');
    parts.push({
      name,
      text: ts.displayPartsToString(symbol.getDocumentationComment(checker)),
      isOptional: (symbol.flags & ts.SymbolFlags.Optional) !== 0,
      isProp,
      fallback: fallback && ts.displayPartsToString(fallback.text),
    });
  };
  for (const file of files) {
    const source = program.getSourceFile(file);
    const face = source && checker.getSymbolAtLocation(source);
    if (!face) throw new Error(`${file} exports nothing; npm run build makes it`);
    for (const exported of checker.getExportsOfModule(face)) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      if (!isOurs(symbol)) continue; // cdk8s documents its own
      add(symbol.name, symbol);
      for (const member of membersOf(symbol, checker)) {
        add(`${symbol.name}.${member.name}`, member, (symbol.flags & ts.SymbolFlags.Interface) !== 0);
      }
    }
  }
  return parts;
}

function membersOf(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol[] {
  const instance = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol));
  const statics =
    symbol.flags & ts.SymbolFlags.Class ? checker.getPropertiesOfType(checker.getTypeOfSymbol(symbol)) : [];
  const isVisible = (member: ts.Symbol) =>
    member.name !== 'prototype' &&
    isOurs(member) &&
    !(member.declarations ?? []).some(
      (declaration) => ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Private,
    );
  const isPart = symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface);
  return isPart ? [...instance, ...statics].filter(isVisible) : [];
}

function isOurs(symbol: ts.Symbol): boolean {
  const file = symbol.declarations?.[0]?.getSourceFile().fileName ?? '';
  return file.startsWith(DIST);
}

function markdown(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => relative(ROOT, join(ROOT, folder, name)));
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

function dedent(code: string): string {
  return code
    .split('\n')
    .map((line) => line.trim())
    .join('\n');
}
