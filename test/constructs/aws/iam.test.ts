import { assumedBy, partitionOf, policyDocument } from '../../../src/constructs/aws/iam';

describe('policyDocument', () => {
  test("writes its statements in IAM's own language", () => {
    const statement = { Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::shop/*'] } as const;
    expect(JSON.parse(policyDocument([statement]))).toEqual({ Version: '2012-10-17', Statement: [statement] });
  });
});

describe('assumedBy', () => {
  test('lets one service act as the role, and nobody else', () => {
    expect(JSON.parse(assumedBy('ec2.amazonaws.com'))).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }],
    });
  });
});

describe('partitionOf', () => {
  // https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json
  test.each([
    ['eu-west-1', 'aws'],
    ['us-east-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['cn-northwest-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eu-isoe-west-1', 'aws-iso-e'],
    ['us-isof-south-1', 'aws-iso-f'],
  ])('of %s is %s', (region, partition) => {
    expect(partitionOf(region)).toBe(partition);
  });
});
