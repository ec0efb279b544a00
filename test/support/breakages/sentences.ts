import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const SRC = join(__dirname, '..', '..', '..', 'src');

/** What a file or folder of src can say that a prop must be: a pattern for each sentence, with gaps for what is filled in. */
export function sentencesIn(path: string): readonly RegExp[] {
  const files = path.endsWith('.ts') ? [path] : readdirSync(join(SRC, path)).map((file) => join(path, file));
  return files
    .map((file) => readFileSync(join(SRC, file), 'utf8'))
    .flatMap((text) => sentencesOf(ts.createSourceFile('', text, ts.ScriptTarget.ES2022)));
}

function sentencesOf(node: ts.Node): RegExp[] {
  const pieces = piecesOf(node);
  if (pieces === undefined) {
    const below: RegExp[] = [];
    ts.forEachChild(node, (child) => {
      below.push(...sentencesOf(child));
    });
    return below;
  }
  if (!pieces.some((piece) => piece.includes(' must '))) return [];
  const literal = pieces.map((piece) => piece.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return [new RegExp(`^${literal.join('.*')}$`, 's')];
}

/** A text, a template or a sum of them, cut where something is filled in; undefined for anything else. */
function piecesOf(node: ts.Node): string[] | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return undefined;
  const [left, right] = [piecesOf(node.left), piecesOf(node.right)];
  if (left === undefined && right === undefined) return undefined;
  const [before, after] = [left ?? ['', ''], right ?? ['', '']];
  return [...before.slice(0, -1), `${before.at(-1)}${after[0]}`, ...after.slice(1)];
}
