import { Fn, Token } from 'cdktf';
import { isToken } from '../../validation';

/** Base64 of a text; by Terraform, when the text holds a token, or is one. */
export function base64Text(text: string): string {
  return isToken(text) ? Fn.base64encode(quotable(String(text))) : Buffer.from(text).toString('base64');
}

/** Base64 of a text that Terraform compresses: cloud-init unpacks it, and 16 KB hold three times as much. */
export function compressedText(text: string): string {
  return Fn.base64gzip(quotable(text));
}

/** JSON text of a value; what holds a token, or is one, is encoded by Terraform, since it may turn out to hold quotes. */
export function jsonText(value: unknown): string {
  if (Array.isArray(value)) {
    return Token.isUnresolved(value) ? Fn.jsonencode(value) : `[${value.map(jsonText).join(',')}]`;
  }
  if (isToken(value)) return Fn.jsonencode(typeof value === 'string' ? quotable(value) : value);
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, part]) => part !== undefined);
    return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${jsonText(part)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/**
 * Text with tokens as an argument of a Terraform function. cdktf writes it between quotes and leaves quotes,
 * backslashes and `${` in it as they are: Terraform would read another text, or none.
 */
function quotable(text: string): string {
  return text
    .replace(/[\\"]/g, '\\$&')
    .replace(/\r/g, '\\r')
    .replace(/\$\{(?!TfToken\[)/g, '\\u0024{')
    .replace(/%\{/g, '\\u0025{');
}
