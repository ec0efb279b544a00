/** Processor architectures of nodes, as EC2 calls them. */
export type Architecture = 'x86_64' | 'arm64';

// `m6i.large`, `m7gd.metal-24xl`, `u-6tb1.metal`
export const INSTANCE_TYPE = /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/;

// A `g` right after the generation: m7g, c6gn, t4g, x2gd; and the first of them all, a1.
// https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
const GRAVITON = /^(a1|[a-z]+\d+g[a-z]*)\./;

/** The architecture of an instance type, by its name. */
export function architectureOf(instanceType: string | undefined): Architecture {
  return instanceType !== undefined && GRAVITON.test(instanceType) ? 'arm64' : 'x86_64';
}

/**
 * Whether an instance type has addresses for four pods only: those that are on every node take them all.
 * https://github.com/aws/amazon-vpc-cni-k8s/blob/master/misc/eni-max-pods.txt
 */
export function isTooSmall(instanceType: string): boolean {
  return /\.(nano|micro)$/.test(instanceType);
}
