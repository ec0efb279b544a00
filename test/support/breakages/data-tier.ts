import { type Breakage, TOKEN, UNKNOWN } from './breakage';

/** Where a key or a topic has to be. */
interface Place<Props> {
  readonly region: string;
  /** The prop that says so. */
  readonly by: string;
  readonly needs?: Breakage<Props>['needs'];
}

/** Keys that nothing could be encrypted with. */
export function keys<Props>(prop: string, { region, by, needs }: Place<Props>): readonly Breakage<Props>[] {
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
      reads: [by],
      says: `${prop} must be a key of ${region}, got 'arn:aws:kms:eu-north-1:123456789012:key/1'; name one there, or leave it out for a new one`,
    },
  ];
}

/** Topics that no alarm could tell. */
export function topics<Props>(prop: string, { region, by, needs }: Place<Props>): readonly Breakage<Props>[] {
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
      reads: [by],
      says: `${prop} must be a topic of ${region}, got '${other}'; CloudWatch tells none of another region`,
    },
  ];
}
