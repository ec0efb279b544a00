import { type Breakage, TOKEN, UNKNOWN } from './breakage';

type Needs<Props> = Breakage<Props>['needs'];

const NAME_RULE =
  'must be 3 to 63 lower-case letters, digits, hyphens and dots, without the beginnings and ends that S3 keeps for itself';

/** Names that S3 refuses. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function bucketNames<Props>(prop: string, needs?: Needs<Props>): readonly Breakage<Props>[] {
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

/** Keys that nothing could be encrypted with; `region` is the one where it would have to be. */
export function keys<Props>(prop: string, region: string, needs?: Needs<Props>): readonly Breakage<Props>[] {
  const form = "write it as in 'arn:aws:kms:eu-west-1:123456789012:key/…'";
  return [
    {
      what: `${prop} by its alias`,
      set: { [prop]: 'alias/backups' },
      needs,
      says: `${prop} must be the ARN of a KMS key, got 'alias/backups'; ${form}`,
    },
    {
      what: `${prop} in a list that is a token`,
      set: { [prop]: UNKNOWN.number },
      needs,
      says: `${prop} must be the ARN of a KMS key, got ${TOKEN}; ${form}`,
    },
    {
      what: `${prop} of another region, with which nothing could be written`,
      set: { [prop]: 'arn:aws:kms:eu-north-1:123456789012:key/1' },
      needs,
      reads: [prop.replace('kmsKeyArn', 'provider')],
      says: `${prop} must be a key of ${region}, got 'arn:aws:kms:eu-north-1:123456789012:key/1'; name one there, or leave it out for a new one`,
    },
  ];
}

/** Topics that no alarm could tell; `region` is the one where it would have to be. */
export function topics<Props>(prop: string, region: string, needs?: Needs<Props>): readonly Breakage<Props>[] {
  const other = 'arn:aws:sns:eu-north-1:123456789012:on-call';
  return [
    ...[
      ['by its name', 'on-call'],
      ['of a FIFO topic', 'arn:aws:sns:us-east-1:123456789012:on-call.fifo'],
    ].map(([what, arn]) => ({
      what: `${prop} ${what}`,
      set: { [prop]: arn },
      needs,
      says: `${prop} must be the ARN of an SNS topic, not a FIFO one, got '${arn}'; write it as in 'arn:aws:sns:eu-west-1:123456789012:on-call'`,
    })),
    {
      what: `${prop} of another region, which CloudWatch refuses`,
      set: { [prop]: other },
      needs,
      reads: [prop.replace('notificationTopicArn', 'provider')],
      says: `${prop} must be a topic of ${region}, got '${other}'; CloudWatch tells none of another region`,
    },
  ];
}
