type Blocks = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** Lines that tell two synthesized stacks apart, whatever their constructs are called; none when they make the same. */
export function differences(ours: unknown, theirs: unknown): string[] {
  const [left, right] = [counted(ours), counted(theirs)];
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((line) => left.get(line) !== right.get(line))
    .sort()
    .map((line) => `${left.get(line) ?? 0} and ${right.get(line) ?? 0}: ${line}`);
}

/** Each resource, data source, variable and output as one line, and how often it is there. */
function counted(stack: unknown): Map<string, number> {
  const lines = new Map<string, number>();
  const { resource, data, variable, output } = stack as Record<'resource' | 'data' | 'variable' | 'output', Blocks>;
  for (const [kind, types] of Object.entries({ resource, data, value: { variable, output } as unknown as Blocks })) {
    for (const [type, blocks] of Object.entries(types)) {
      for (const block of Object.values(blocks)) {
        const line = `${kind} ${type} ${JSON.stringify(normal(block))}`;
        lines.set(line, (lines.get(line) ?? 0) + 1);
      }
    }
  }
  return lines;
}

/** Keys sorted, metadata left out, and references by type and attribute: `${aws_subnet.….id}`. */
function normal(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\b((?:data\.)?aws_\w+)\.[\w-]+/g, '$1.…');
  if (Array.isArray(value)) return value.map(normal);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== '//');
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, normal(inner)]));
}
