import { Duration, Size } from 'nines';
import { emptyStack, problemsOf } from '../../../support/synth';
import { problem, type Refused } from './problem';
import { CONTAINER_IMAGE, MACHINE_IMAGE, onFargate } from './tiers';

const KIND: readonly Refused[] = [
  [
    'both a machine image and a container',
    { machineImage: MACHINE_IMAGE, container: { image: CONTAINER_IMAGE } },
    'exactly one of machineImage and container must be given, got machineImage and container; remove one',
  ],
  [
    'neither a machine image nor a container',
    { machineImage: undefined },
    'exactly one of machineImage and container must be given, got none; give one',
  ],
];

const INSTANCE: readonly Refused[] = [
  [
    'a machine image that is none',
    { machineImage: 'amazon-linux' },
    "machineImage must be the id of an AMI, got 'amazon-linux'; write it as in 'ami-0abc1234def567890'",
  ],
  [
    'an instance type that is none',
    { instance: { type: 'large' } },
    "instance.type must be an instance type, got 'large'; write it as in 'm6i.large'",
  ],
  [
    'user data that AWS does not take',
    { instance: { userData: 'ü'.repeat(8 * 1024 + 1) } },
    'instance.userData must be at most 16 KB, got 16386 bytes; let it fetch the rest, or bake an image',
  ],
  [
    'a volume of half a GiB',
    { instance: { volumeSize: Size.mebibytes(512) } },
    'instance.volumeSize in GiB must be a whole number from 1 to 16384, got 0.5; write Size.gibibytes(…)',
  ],
  [
    'a volume larger than AWS has',
    { instance: { volumeSize: Size.gibibytes(16_385) } },
    'instance.volumeSize in GiB must be a whole number from 1 to 16384, got 16385; write Size.gibibytes(…)',
  ],
];

const ENTRANCE: readonly Refused[] = [
  [
    'a certificate that is none',
    { certificateArn: 'shop.example.com' },
    "certificateArn must be the ARN of a certificate, got 'shop.example.com'; " +
      "write it as in 'arn:aws:acm:eu-west-1:…'",
  ],
  [
    'a certificate of another region',
    { certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0f1e' },
    'certificateArn must lie in the region of the tier (eu-west-1), ' +
      "got 'arn:aws:acm:us-east-1:123456789012:certificate/0f1e'; " +
      'a load balancer takes no other: request one there',
  ],
  [
    'stickiness longer than a week',
    { entrance: { stickiness: Duration.days(8) } },
    'entrance.stickiness must be from 1 second to 7 days, in whole seconds, got 8 days; ' +
      'a cookie lives a week at most',
  ],
  [
    'a bucket that is none',
    { entrance: { accessLogs: { bucket: 's3://logs' } } },
    "entrance.accessLogs.bucket must be the name of a bucket, got 's3://logs'; fix the name",
  ],
  ...['/web', 'web/', 'a/AWSLogs/b', ''].map(
    (prefix): Refused => [
      `access logs below '${prefix}'`,
      { entrance: { accessLogs: { bucket: 'shop-logs', prefix } } },
      `entrance.accessLogs.prefix must not start or end with '/' nor hold 'AWSLogs', got '${prefix}'; fix it`,
    ],
  ),
];

describe('HAWebTier', () => {
  test.each(KIND)('refuses %s', (_, choices, text) => {
    expect(problem(choices)).toBe(text);
  });

  test.each(INSTANCE)('refuses %s', (_, choices, text) => {
    expect(problem(choices)).toBe(text);
  });

  test.each([{ type: 'c7g.large' }, { userData: '#!/bin/sh' }, { volumeSize: Size.gibibytes(20) }])(
    'refuses an instance beside a container: %j',
    (instance) => {
      expect(problemsOf(() => onFargate(emptyStack(), { instance }))).toEqual([
        'instance must not stand beside container, got both; a Fargate task has no instance: remove it',
      ]);
    },
  );

  test.each(ENTRANCE)('refuses %s', (_, choices, text) => {
    expect(problem(choices)).toBe(text);
  });

  test('takes a certificate of IAM, which lies in no region', () => {
    const certificateArn = 'arn:aws:iam::123456789012:server-certificate/shop';
    expect(() => onFargate(emptyStack(), { certificateArn })).not.toThrow();
  });
});
