/**
 * Start of a generated name: letters, digits and hyphens of a construct id, short enough that Terraform's
 * 26 characters of uniqueness still fit. `create_before_destroy` needs such names: old and new stand side by side.
 *
 * @param longest most characters of the prefix, the closing hyphen included
 */
export function namePrefix(id: string, longest: number): string {
  const plain = id.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+/, '');
  // AWS keeps `sg-` for ids of security groups
  const name = plain === '' || /^sg-/i.test(`${plain}-`) ? `tier-${plain}` : plain;
  return `${name.slice(0, longest - 1).replace(/-+$/, '')}-`;
}
