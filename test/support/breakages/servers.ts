import { Duration, Size } from 'nines';
import { type Breakage, TOKEN, UNKNOWN } from './breakage';
import type { TierDraft } from './tier-draft';

type Row = Breakage<TierDraft>;

const onEc2 = ({ container }: TierDraft) => container === undefined;
const onFargate = ({ container }: TierDraft) => container !== undefined;

const INSTANCE: readonly Row[] = [
  {
    what: 'a machine image that is no id',
    set: { machineImage: 'ubuntu-24.04' },
    says: "machineImage must be the id of an AMI, got 'ubuntu-24.04'; write it as in 'ami-0abc1234def567890'",
  },
  {
    what: 'the type in place of an instance',
    set: { instance: 't3.small' },
    says: "instance must be an object, got 't3.small'; write it as in { … }",
  },
  {
    what: 'an instance type without a size',
    set: { 'instance.type': 'm6i' },
    says: "instance.type must be an instance type, got 'm6i'; write it as in 'm6i.large'",
  },
  {
    what: 'user data longer than EC2 takes',
    set: { 'instance.userData': 'é'.repeat(8193) },
    says: 'instance.userData must be at most 16 KB, got 16386 bytes; let it fetch the rest, or bake an image',
  },
  {
    what: 'user data that is no text',
    set: { 'instance.userData': null },
    says: 'instance.userData must be text, got null; put it in quotes, or set what it is read from',
  },
  {
    what: 'a volume of a fraction',
    set: { 'instance.volumeSize': Size.mebibytes(1536) },
    says: 'instance.volumeSize in GiB must be a whole number from 1 to 16384, got 1.5; write Size.gibibytes(…)',
  },
  {
    what: 'a volume as a bare number',
    set: { 'instance.volumeSize': 20 },
    says: 'instance.volumeSize must be a Size, got 20; write Size.gibibytes(…)',
  },
].map((row) => ({ needs: onEc2, ...row }));

const DESCRIBED: readonly Row[] = [
  {
    what: 'text in place of a container',
    set: { container: 'nginx:1.29' },
    says: [
      "container must be an object, got 'nginx:1.29'; write it as in { … }",
      "container.image must name a tag other than 'latest', or a digest, got undefined; " +
        "write it as in 'registry.example.com/shop:1.4.2', or a rollback returns to what failed",
    ],
  },
  {
    what: 'an instance beside a container',
    set: { instance: { type: 't3.small' } },
    says: 'instance must not stand beside container, got both; a Fargate task has no instance: remove it',
  },
  {
    what: 'an image whose tag moves',
    set: { 'container.image': 'nginx:latest' },
    says:
      "container.image must name a tag other than 'latest', or a digest, got 'nginx:latest'; " +
      "write it as in 'registry.example.com/shop:1.4.2', or a rollback returns to what failed",
  },
  {
    what: 'an image that is a number known only after deployment',
    set: { 'container.image': UNKNOWN.number },
    says:
      `container.image must name a tag other than 'latest', or a digest, got ${TOKEN}; ` +
      "write it as in 'registry.example.com/shop:1.4.2', or a rollback returns to what failed",
  },
  {
    what: 'an image whose tag moves, in a repository known only after deployment',
    set: { 'container.image': `${UNKNOWN.text}:latest` },
    says:
      "container.image must name a tag other than 'latest', or a digest, got a token and ':latest'; " +
      "write it as in 'registry.example.com/shop:1.4.2', or a rollback returns to what failed",
  },
  {
    what: 'a size that Fargate has not',
    set: { 'container.cpu': 300, 'container.memory': undefined },
    says: 'container.cpu must be one of 256, 512, 1024, 2048, 4096, 8192, 16384, got 300; Fargate has no other sizes',
  },
  {
    what: 'memory that does not go with the size',
    set: { 'container.memory': Size.mebibytes(1500), 'container.cpu': 256 },
    says:
      'container.memory must be one of 512 MiB, 1 GiB, 2 GiB with 256 CPU units, got 1500 MiB; ' +
      'take one of these, or another cpu',
  },
  {
    what: 'memory as a bare number',
    set: { 'container.memory': 1024 },
    reads: ['container.cpu'],
    says: 'container.memory must be a Size, got 1024; write Size.gibibytes(…)',
  },
  {
    what: 'the processor as Node names it',
    set: { 'container.architecture': 'arm64' },
    says: "container.architecture must be 'X86_64' or 'ARM64', got 'arm64'; name what the image was built for",
  },
  {
    what: 'logs kept for a time that CloudWatch has not',
    set: { 'container.logRetention': Duration.days(2) },
    says:
      "container.logRetention must be one of CloudWatch's periods (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, " +
      '400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days), got 2 days; take the next longer one',
  },
];

const STARTED: readonly Row[] = [
  {
    what: 'an empty command',
    set: { 'container.command': [] },
    says: "container.command must name a command, got none; leave it out for the image's own",
  },
  {
    what: 'a command as text',
    set: { 'container.command': 'npm start' },
    says: "container.command must be a list, got 'npm start'; write it as in [ … ]",
  },
  {
    what: 'a command with a word that is missing',
    set: { 'container.command': ['serve', undefined] },
    says: 'container.command[1] must be text, got undefined; put it in quotes, or set what it is read from',
  },
  {
    what: 'an environment known only after deployment',
    set: { 'container.environment': UNKNOWN.object },
    says: `container.environment must be known at synthesis, got ${TOKEN}; write the object itself`,
  },
  {
    what: 'an environment that is an attribute of something else',
    set: { 'container.environment': UNKNOWN.map },
    says: `container.environment must be known at synthesis, got ${TOKEN}; write the object itself`,
  },
  {
    what: 'a variable with a space in its name',
    set: { 'container.environment': { 'LOG LEVEL': 'info' } },
    says: "container.environment and secrets must have names of letters, digits and _, got 'LOG LEVEL'; rename it",
  },
  {
    what: 'a variable read from an environment variable that is not set',
    set: { 'container.environment': { DB_HOST: undefined } },
    says: "container.environment['DB_HOST'] must be text, got undefined; put it in quotes, or set what it is read from",
  },
  {
    what: 'secrets as a list',
    set: { 'container.secrets': ['db'] },
    says: "container.secrets must be an object, got 'db'; write it as in { … }",
  },
  {
    what: 'a variable and a secret of one name',
    set: {
      'container.secrets': { DB: 'arn:aws:ssm:us-east-1:123456789012:parameter/db' },
      'container.environment': { DB: 'shop' },
    },
    says: "container.secrets must not repeat a name of environment, got 'DB'; keep one of them",
  },
  {
    what: 'a secret written where its ARN belongs, which it does not show',
    set: { 'container.secrets': { DB_PASSWORD: 'hunter2' } },
    says:
      "container.secrets['DB_PASSWORD'] must be the ARN of a secret or an SSM parameter, got other text; " +
      'store the value there and give its ARN',
  },
];

/** Every way to break the servers of a tier: a machine image and its instances, or a container. */
export const SERVERS: readonly Row[] = [
  ...INSTANCE,
  ...[...DESCRIBED, ...STARTED].map((row) => ({ needs: onFargate, ...row })),
];
