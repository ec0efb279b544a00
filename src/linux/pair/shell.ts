/** Text as one word of a shell, whatever it holds. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Assignments for a shell that reads them: text as one word, a list as an array of bash. */
export function assignments(values: Readonly<Record<string, string | number | readonly string[]>>): string {
  return Object.entries(values)
    .map(
      ([name, value]) =>
        `${name}=${typeof value === 'object' ? `(${value.map(quoted).join(' ')})` : quoted(`${value}`)}\n`,
    )
    .join('');
}
