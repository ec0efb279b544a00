import Table from 'cli-table3';

/** Two spaces between columns, and no lines: it reads well, and `grep` and `cut` can work on it. */
const CHARS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/**
 * Rows of text as a table.
 *
 * @param width columns of the terminal: the last column is broken to fit in; not at all when unknown
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number | undefined = undefined,
): string {
  const table = new Table({
    chars: CHARS,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
    ...wrapping(head, rows, width),
  });
  table.push(
    head.map((name) => name.toUpperCase()),
    ...rows.map((row) => [...row]),
  );
  const lines = table.toString().split('\n');
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

/** The least width that text is broken to; narrower columns are harder to read than long lines. */
const NARROWEST = 24;

function wrapping(head: readonly string[], rows: readonly (readonly string[])[], width: number | undefined) {
  if (width === undefined) return {};
  const widths = head.map((name, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? name).length)));
  const before = widths.slice(0, -1).reduce((sum, column) => sum + column + 2, 0);
  const last = Math.max(NARROWEST, width - before);
  if (last >= (widths.at(-1) ?? 0)) return {};
  return { wordWrap: true, colWidths: [...widths.slice(0, -1), last] };
}
