import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { TerraformStack } from 'cdktf';
import type { MultiAZDatabaseProps, RegionalReplica } from 'nines/aws';
import { type Choose, elsewhere, KEY, KEY_THERE, made, network, SECRET, TOPIC, TOPIC_THERE } from './databases';
import { problem, problems, type Refused } from './refusal';

/** A replica that is right, but for what is changed. */
function replica(change: (stack: TerraformStack) => Partial<RegionalReplica>): Choose {
  return (stack) => ({
    master: { secret: SECRET },
    regionLoss: { keep: 'read replica', ...elsewhere(stack), ...change(stack) },
  });
}

function global(change: (stack: TerraformStack) => Partial<RegionalReplica>): Choose {
  return (stack) => ({
    topology: 'aurora',
    master: { secret: SECRET },
    regionLoss: { keep: 'global database', ...elsewhere(stack, 'abcd'), ...change(stack) },
  });
}

const ELSEWHERE: readonly Refused[] = [
  [
    'a second copy in the same region: it falls with the first',
    (stack) => {
      const provider = new AwsProvider(stack, 'Same', { region: 'eu-west-1', alias: 'same' });
      return { regionLoss: { keep: 'backups', provider } };
    },
    "regionLoss.provider must be one of another region, got 'eu-west-1' again; make one for the other region",
  ],
  [
    'a network of a third region',
    replica((stack) => {
      const provider = new AwsProvider(stack, 'Third', { region: 'us-east-1', alias: 'third' });
      return { network: network(stack, 'ab', { region: 'us-east-1', id: 'ThirdNetwork', provider }) };
    }),
    "regionLoss.network.zones must lie in the region of the provider (eu-central-1), got 'us-east-1'; " +
      'change the zones, or pass the provider of their region',
  ],
  [
    'a second cluster over four zones',
    global(() => ({})),
    "regionLoss.zones must name 2 or 3 zones for topology 'aurora', got 4; " +
      'choose those that its volume lies in, for good: it cannot be moved to others',
  ],
  [
    'zones that the other network has not',
    global(() => ({ zones: ['eu-west-1a', 'eu-west-1b'] })),
    'regionLoss.zones must be zones of regionLoss.network with a data subnet ' +
      "(eu-central-1a, eu-central-1b, eu-central-1c, eu-central-1d), each once, got 'eu-west-1a', 'eu-west-1b'; " +
      'leave it out for all of them',
  ],
  [
    'a topic that is none',
    replica(() => ({ notificationTopicArn: 'on-call' })),
    "regionLoss.notificationTopicArn must be the ARN of an SNS topic, not a FIFO one, got 'on-call'; " +
      "write it as in 'arn:aws:sns:eu-west-1:123456789012:on-call'",
  ],
  [
    'a key that is none',
    replica(() => ({ kmsKeyArn: 'alias/mine' })),
    "regionLoss.kmsKeyArn must be the ARN of a KMS key, got 'alias/mine'; " +
      "write it as in 'arn:aws:kms:eu-west-1:123456789012:key/…'",
  ],
  // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.configuration.requirements.html
  [
    'a burstable class in a global database',
    (stack) => ({
      topology: 'aurora',
      instanceClass: 'db.t4g.medium',
      master: { secret: SECRET },
      regionLoss: { keep: 'global database', ...elsewhere(stack) },
    }),
    "instanceClass must not be a burstable one in a global database, got 'db.t4g.medium'; take one as in 'db.r7g.large'",
  ],
];

// AWS says so only when half of the stack is there.
const REGIONS: readonly Refused[] = [
  [
    'master.secret.arn',
    { master: { secret: { ...SECRET, arn: SECRET.arn.replace('eu-west-1', 'eu-central-1') } } },
    'master.secret.arn',
  ],
  [
    'proxy.userSecretArns',
    { proxy: { userSecretArns: [SECRET.arn, SECRET.arn.replace('eu-west-1', 'eu-central-1')] } },
    'proxy.userSecretArns',
  ],
];

const KEYS_AND_TOPICS: readonly Refused[] = [
  ['key', { storage: { kmsKeyArn: KEY_THERE } }, ofRegion('storage.kmsKeyArn', 'eu-west-1', KEY_THERE)],
  ['topic', { notificationTopicArn: TOPIC_THERE }, ofRegion('notificationTopicArn', 'eu-west-1', TOPIC_THERE)],
  ['key for the copy', replica(() => ({ kmsKeyArn: KEY })), ofRegion('regionLoss.kmsKeyArn', 'eu-central-1', KEY)],
  [
    'topic for the copy',
    replica(() => ({ notificationTopicArn: TOPIC })),
    ofRegion('regionLoss.notificationTopicArn', 'eu-central-1', TOPIC),
  ],
];

function ofRegion(prop: string, region: string, arn: string): string {
  return arn.includes(':kms:')
    ? `${prop} must be a key of ${region}, got '${arn}'; name one there, or leave it out for a new one`
    : `${prop} must be a topic of ${region}, got '${arn}'; CloudWatch tells none of another region`;
}

describe('MultiAZDatabase', () => {
  test.each(ELSEWHERE)('refuses %s', (_, choices, text) => {
    expect(problem(choices)).toBe(text);
  });

  test.each(REGIONS)('refuses a %s of another region', (_, choices, prop) => {
    expect(problem(choices)).toBe(
      `${prop} must be in the region of what uses it (eu-west-1), got one in eu-central-1; make one there`,
    );
  });

  test.each(KEYS_AND_TOPICS)('refuses a %s of another region', (_, choices, text) => {
    expect(problem(choices)).toBe(text);
  });

  test('leaves ARNs to AWS where the region is known later', () => {
    const later: Choose = (stack) => {
      const provider = new AwsProvider(stack, 'Later', { alias: 'later' });
      return { regionLoss: { keep: 'backups', provider, kmsKeyArn: KEY } };
    };
    expect(() => made(later)).not.toThrow();
  });

  test.each([
    ['nothing', undefined, 'undefined'],
    ['another word', 'snapshots', "'snapshots'"],
  ])('refuses to keep %s', (_, keep, got) => {
    const regionLoss = { keep } as unknown as MultiAZDatabaseProps['regionLoss'];
    expect(problems({ regionLoss })).toEqual([
      `regionLoss.keep must be one of 'backups', 'read replica', 'global database', got ${got}; see its documentation`,
    ]);
  });
});
