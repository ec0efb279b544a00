import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AnnotationMetadataEntryType, Testing } from 'cdktf';
import { Capacity, HealthCheck } from 'nines';
import type { FaultAnalysis } from 'nines/availability';
import { WebApplicationStack, type WebApplicationStackProps } from 'nines/stacks';
import { withDefaults } from '../../src/stacks/web-application/props';
import { analysisOf } from '../../src/stacks/web-application/target-problems';
import { type Blocks, problemsOf } from '../support/synth';

const outdir = mkdtempSync(join(tmpdir(), 'nines-stacks-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

/** The least that a stack needs. */
export const LEAST: WebApplicationStackProps = {
  target: '99.9%',
  zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
  network: { cidr: '10.20.0.0/16' },
  servers: {
    machineImage: 'ami-0abc1234def567890',
    capacity: Capacity.forPeak(4),
    healthCheck: HealthCheck.http('/health/ready', { port: 8080 }),
    certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/shop',
  },
  database: { engine: 'postgres' },
  notificationTopicArn: 'arn:aws:sns:eu-west-1:123456789012:on-call',
};

/** A stack called `shop`. */
export function shop(props: Partial<WebApplicationStackProps> = {}): WebApplicationStack {
  return new WebApplicationStack(Testing.app({ outdir }), 'shop', { ...LEAST, ...props });
}

/** What is computed of such a stack, without building it. */
export function computed(props: Partial<WebApplicationStackProps> = {}): FaultAnalysis {
  return analysisOf(withDefaults({ ...LEAST, ...props }));
}

/** The problems that such a stack is refused for; any values, as they come past the compiler. */
export function shopProblems(props: object): readonly string[] {
  return problemsOf(() => shop(props));
}

/** What Terraform gets of a stack, its validations passed. */
export function terraformOf(stack: WebApplicationStack): {
  readonly resource: Blocks;
  readonly output: Readonly<Record<string, { readonly value: unknown }>>;
} {
  return JSON.parse(Testing.synth(stack, true));
}

/** All resources of a type. */
export function blocks(
  stack: ReturnType<typeof terraformOf>,
  type: string,
): readonly Readonly<Record<string, unknown>>[] {
  return Object.values(stack.resource[type] ?? {});
}

/** Texts of the warnings of the stack itself. */
export function warningsOf({ node }: WebApplicationStack): string[] {
  return node.metadata.filter(({ type }) => type === AnnotationMetadataEntryType.WARN).map(({ data }) => String(data));
}

/** A guide. */
export function guide(name: string): string {
  return readFileSync(join(__dirname, '..', '..', 'docs', name), 'utf8');
}
