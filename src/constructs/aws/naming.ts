import type { Construct } from 'constructs';

/**
 * Start of a generated name: letters, digits and hyphens of a construct id, short enough that Terraform's
 * 26 characters of uniqueness still fit. `create_before_destroy` needs such names: old and new stand side by side.
 *
 * @param longest most characters of the prefix, the closing hyphen included
 */
export function namePrefix(id: string, longest: number): string {
  const plain = id.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
  // AWS keeps `sg-` for ids of security groups; a launch template's name has three characters at least
  const name = plain.length < 2 || /^sg-/i.test(`${plain}-`) ? `tier-${plain}` : plain;
  return `${name.slice(0, longest - 1).replace(/-+$/, '')}-`;
}

/**
 * A name, in lower case, for what knows no prefix: the end of the construct's path, and a hash of the whole, so that it is the same
 * from plan to plan, and nobody else's in the account as long as stacks have names of their own.
 *
 * @param longest most characters of the name
 */
export function uniqueName(owner: Construct, longest: number): string {
  const hash = owner.node.addr.slice(-8);
  const plain = owner.node.path
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(-(longest - hash.length - 1));
  const name = plain.replace(/^[^a-z]+/, '').replace(/-+$/, '');
  return name === '' ? `n-${hash}` : `${name}-${hash}`;
}
