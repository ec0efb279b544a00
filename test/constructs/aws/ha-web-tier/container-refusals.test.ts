import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository';
import { Token } from 'cdktf';
import { Duration, Size } from 'nines';
import type { FargateCpu, WebTierContainer } from 'nines/aws';
import { emptyStack, problemsOf } from '../../../support/synth';
import { onFargate } from './tiers';

function problem(container: Partial<WebTierContainer>, stack = emptyStack()): string {
  const problems = problemsOf(() => onFargate(stack, { container }));
  expect(problems).toHaveLength(1);
  return problems[0] ?? '';
}

const IMAGE = "container.image must name a tag other than 'latest', or a digest, got";
const EXAMPLE = "write it as in 'registry.example.com/shop:1.4.2', or a rollback returns to what failed";

// What CloudWatch keeps logs for, in days.
const PERIODS =
  '1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days';

const REFUSED: readonly (readonly [what: string, container: Partial<WebTierContainer>, problem: string])[] = [
  ...[
    'registry.example.com/shop',
    'registry.example.com/shop:latest',
    'registry.example.com:5000/shop',
    'shop@sha256:0123',
    'shop 1.4.2',
    '',
  ].map((image) => [`image '${image}'`, { image }, `${IMAGE} '${image}'; ${EXAMPLE}`] as const),
  [
    'a size of processor that Fargate does not have',
    { cpu: 300 as FargateCpu },
    'container.cpu must be one of 256, 512, 1024, 2048, 4096, 8192, 16384, got 300; Fargate has no other sizes',
  ],
  [
    'memory that does not go with its processor',
    { cpu: 256, memory: Size.gibibytes(4) },
    'container.memory must be one of 512 MiB, 1 GiB, 2 GiB with 256 CPU units, got 4 GiB; ' +
      'take one of these, or another cpu',
  ],
  [
    'memory between two sizes',
    { cpu: 8192, memory: Size.gibibytes(18) },
    'container.memory must be one of 16 GiB, 20 GiB, 24 GiB, 28 GiB, 32 GiB, 36 GiB, 40 GiB, 44 GiB, 48 GiB, ' +
      '52 GiB, 56 GiB, 60 GiB with 8192 CPU units, got 18 GiB; take one of these, or another cpu',
  ],
  [
    'memory with a fraction',
    { memory: Size.kibibytes(1536) },
    'container.memory must be one of 1 GiB, 2 GiB, 3 GiB, 4 GiB with 512 CPU units, got 1.5 MiB; ' +
      'take one of these, or another cpu',
  ],
  [
    'a variable whose name is none',
    { environment: { '1ST': 'x' } },
    "container.environment and secrets must have names of letters, digits and _, got '1ST'; rename it",
  ],
  [
    'a secret whose name is none',
    { secrets: { 'A B': 'arn:aws:ssm:eu-west-1:123456789012:parameter/a' } },
    "container.environment and secrets must have names of letters, digits and _, got 'A B'; rename it",
  ],
  [
    'a name taken twice',
    { environment: { KEY: 'x' }, secrets: { KEY: 'arn:aws:ssm:eu-west-1:123456789012:parameter/key' } },
    "container.secrets must not repeat a name of environment, got 'KEY'; keep one of them",
  ],
  [
    'a secret in clear, and does not repeat it',
    { secrets: { PASSWORD: 'hunter2' } },
    "container.secrets['PASSWORD'] must be the ARN of a secret or an SSM parameter, got other text; " +
      'store the value there and give its ARN',
  ],
  [
    'logs kept for 2 days',
    { logRetention: Duration.days(2) },
    `container.logRetention must be one of CloudWatch's periods (${PERIODS}), got 2 days; take the next longer one`,
  ],
  [
    'a command of nothing',
    { command: [] },
    "container.command must name a command, got none; leave it out for the image's own",
  ],
];

describe('HAWebTier on Fargate', () => {
  test.each(REFUSED)('refuses %s', (_, container, text) => {
    expect(problem(container)).toBe(text);
  });

  test('refuses the latest image of a repository that is known later', () => {
    const stack = emptyStack();
    const { repositoryUrl } = new EcrRepository(stack, 'Repository', { name: 'shop' });
    expect(problem({ image: `${repositoryUrl}:latest` }, stack)).toBe(`${IMAGE} a token and ':latest'; ${EXAMPLE}`);
  });

  test('refuses variables that are known later as a whole', () => {
    expect(problem({ environment: Token.asStringMap({ resolve: () => ({}) }) })).toBe(
      'container.environment must be known at synthesis, got a token, whose value is known only after deployment; ' +
        'write the object itself',
    );
  });

  test('names every problem of its container at once', () => {
    const container = { image: 'shop', cpu: 1 as FargateCpu, environment: { '': 'x' }, command: [] };
    expect(problemsOf(() => onFargate(emptyStack(), { container }))).toHaveLength(4);
  });

  test.each([
    'shop:1',
    'registry.example.com:5000/team/shop:1.4.2-rc.1',
    `shop@sha256:${'0123456789abcdef'.repeat(4)}`,
    `shop:latest@sha256:${'0123456789abcdef'.repeat(4)}`,
  ])('takes image %s', (image) => {
    expect(() => onFargate(emptyStack(), { container: { image } })).not.toThrow();
  });
});
