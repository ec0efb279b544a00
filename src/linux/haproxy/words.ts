import { type Duration, inMilliseconds } from '../../units';

/**
 * Any text as one word of a configuration: in double quotes, and what means something there, or is no printable ASCII, byte
 * by byte. https://docs.haproxy.org/2.6/configuration.html#2.2
 */
export function quoted(text: string): string {
  const bytes = [...Buffer.from(text, 'utf8')].map((byte) => {
    const character = String.fromCharCode(byte);
    return /[ -~]/.test(character) && !/["\\$]/.test(character)
      ? character
      : `\\x${byte.toString(16).padStart(2, '0')}`;
  });
  return `"${bytes.join('')}"`;
}

/** Forever, as far as HAProxy's clocks go: they end after 24.8 days. */
export const FOREVER = '24d';

/** A time as HAProxy reads it. */
export function haproxyTime(time: Duration | number): string {
  const milliseconds = typeof time === 'number' ? time : inMilliseconds(time);
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
}

/** An address and a port. */
export function socket(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** A section of a configuration; lines that are `undefined` are left out. */
export function section(title: string, lines: readonly (string | undefined)[]): string {
  return [title, ...lines.filter((line) => line !== undefined).map((line) => `    ${line}`)].join('\n');
}
