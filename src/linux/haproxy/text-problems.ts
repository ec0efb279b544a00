import { isIP } from 'node:net';
import { shown } from '../../validation';

/** Whether a value is text of this form; no token, since none of them has it. */
function isText(form: RegExp, value: unknown): value is string {
  return typeof value === 'string' && form.test(value);
}

/** The problem of what sections and servers are called, as a list of none or one. `:` is for the names that nines gives. */
export function nameProblems(prop: string, name: unknown): string[] {
  if (isText(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}$/, name)) return [];
  return [
    `${prop} must be at most 63 letters, digits, '-', '_' and '.', and begin with none of '-' and '.', got ${shown(name)}; ` +
      "write it as in 'shop'",
  ];
}

const HOST_NAME = '[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*';

/** The problem of a host name, as a list of none or one. */
export function hostNameProblems(prop: string, host: unknown): string[] {
  if (isText(new RegExp(`^(?=.{1,253}$)${HOST_NAME}$`), host)) return [];
  return [`${prop} must be a host name, got ${shown(host)}; write it as in 'shop.example.com'`];
}

/** The problem of the hosts of a route, as a list of none or one. */
export function hostPatternProblems(prop: string, host: unknown): string[] {
  if (isText(new RegExp(`^(?=.{1,253}$)(\\*\\.)?${HOST_NAME}$`), host) && !/[A-Z]/.test(host)) return [];
  return [
    `${prop} must be a host name in lower case, got ${shown(host)}; write it as in 'shop.example.com' or '*.example.com'`,
  ];
}

/** The problem of the beginning of a path, as a list of none or one. */
export function pathProblems(prop: string, path: unknown): string[] {
  if (path === '/' || isText(/^(\/[\w.~!$&'()*+,;=:@%-]+)+$/, path)) return [];
  return [
    `${prop} must be a path of whole parts, got ${shown(path)}; write it as in '/api/v1', with no '/' at the end`,
  ];
}

/** The problem of the path of a file, as a list of none or one. */
export function fileProblems(prop: string, path: unknown): string[] {
  if (isText(/^(\/[\w@+.-]+)+$/, path)) return [];
  return [
    `${prop} must be the whole path of a file, of letters, digits and '_@+.-', got ${shown(path)}; ` +
      "write it as in '/etc/haproxy/shop.pem'",
  ];
}

/** The problem of an IPv4 or IPv6 address, as a list of none or one. */
export function addressProblems(prop: string, address: unknown): string[] {
  if (typeof address === 'string' && isIP(address) !== 0 && !address.includes('%')) return [];
  return [
    `${prop} must be an IPv4 or IPv6 address, got ${shown(address)}; write it as in '10.0.1.11': HAProxy does not start ` +
      'while a name cannot be resolved',
  ];
}
