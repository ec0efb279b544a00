import type { Breakage } from './breakage';

const NAME_RULE =
  'must be 3 to 63 lower-case letters, digits, hyphens and dots, without the beginnings and ends that S3 keeps for itself';

/** Names that S3 refuses. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function bucketNames<Props>(prop: string, needs?: Breakage<Props>['needs']): readonly Breakage<Props>[] {
  const refused: readonly (readonly [what: string, name: unknown, got: string])[] = [
    ['too short', 'ab', "'ab'"],
    ['too long', 'x'.repeat(64), `'${'x'.repeat(57)}…'`],
    ['in capitals', 'Example-Backups', "'Example-Backups'"],
    ['with an underscore', 'example_backups', "'example_backups'"],
    ['that ends with a hyphen', 'example-', "'example-'"],
    ['with two dots in a row', 'example..backups', "'example..backups'"],
    ['that looks like an address', '10.20.30.40', "'10.20.30.40'"],
    ...['xn--', 'sthree-', 'amzn-s3-demo-'].map(
      (start) => [`that starts with ${start}`, `${start}shop`, `'${start}shop'`] as const,
    ),
    ...['-s3alias', '--ol-s3', '.mrap', '--x-s3', '--table-s3', '-an'].map(
      (end) => [`that ends with ${end}`, `shop${end}`, `'shop${end}'`] as const,
    ),
    ['that is a number', 42, '42'],
  ];
  return refused.map(([what, name, got]) => ({
    what: `${prop} ${what}`,
    set: { [prop]: name },
    needs,
    says: `${prop} ${NAME_RULE}, got ${got}; write it as in 'example-shop-backups'`,
  }));
}
