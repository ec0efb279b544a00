import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { AnnotationMetadataEntryType, type App, TerraformStack, Testing } from 'cdktf';
import { InvalidPropsError } from 'nines';

/** One resource or data source, as Terraform gets it. */
export type Block = Readonly<Record<string, unknown>>;

/** Blocks by type, then by logical id. */
export type Blocks = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/** What a stack came to, keys sorted, without versions, backend and metadata. */
export interface Synthesized {
  readonly resource: Blocks;
  readonly data: Blocks;
  readonly output: Readonly<Record<string, Block>>;
  readonly provider: Readonly<Record<string, readonly Block[]>>;
  /** Texts of all warnings, in the order of the tree. */
  readonly warnings: readonly string[];
}

/** Choices for {@link synth}. */
export interface SynthOptions {
  /**
   * Region of the stack's provider; null for no provider, when `build` adds its own.
   *
   * @default 'eu-west-1'
   */
  readonly region?: string | null;
}

const outdir = mkdtempSync(join(tmpdir(), 'nines-test-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

/** A stack called `shop` that has a provider and nothing else. */
export function emptyStack({ region = 'eu-west-1' }: SynthOptions = {}): TerraformStack {
  const stack = new TerraformStack(Testing.app({ outdir }), 'shop');
  if (region !== null) new AwsProvider(stack, 'Aws', { region });
  return stack;
}

/** Builds a stack called `shop`, runs its validations, and gives what Terraform would get. */
export function synth(build: (stack: TerraformStack) => void, options: SynthOptions = {}): Synthesized {
  const stack = emptyStack(options);
  build(stack);
  return synthesized(stack, Testing.synth(stack, true));
}

/** Builds an app of several stacks, runs their validations, and gives what Terraform would get of each, by its name. */
export function synthApp(build: (app: App) => void): Readonly<Record<string, Synthesized>> {
  const folder = mkdtempSync(join(outdir, 'app-'));
  const app = Testing.app({ outdir: folder });
  build(app);
  app.synth();
  const stacks = app.node.findAll().filter(TerraformStack.isStack);
  return Object.fromEntries(
    stacks.map((stack) => {
      const text = readFileSync(join(folder, 'stacks', stack.node.id, 'cdk.tf.json'), 'utf8');
      return [stack.node.id, synthesized(stack, text)];
    }),
  );
}

function synthesized(stack: TerraformStack, text: string): Synthesized {
  const { resource = {}, data = {}, output = {}, provider = {} } = JSON.parse(text);
  return { resource, data, output, provider, warnings: warningsOf(stack) };
}

function warningsOf(stack: TerraformStack): string[] {
  return stack.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata.filter(({ type }) => type === AnnotationMetadataEntryType.WARN).map(({ data }) => String(data)),
    );
}

/** All resources of a type, by logical id. */
export function all({ resource }: Synthesized, type: string): Readonly<Record<string, Block>> {
  return resource[type] ?? {};
}

/** The single resource of a type; throws when there is none, or more than one. */
export function only(result: Synthesized, type: string): Block {
  const found = Object.entries(all(result, type));
  const [first] = found;
  if (first && found.length === 1) return first[1];
  throw new Error(`expected one ${type}, found ${found.length}: ${found.map(([id]) => id).join(', ') || 'none'}`);
}

/** A resource or data source that another points to. */
export interface Reference {
  /** Address without the attribute: `aws_subnet.shop_…`. */
  readonly address: string;
  readonly type: string;
  readonly attribute: string;
  readonly block: Block;
}

/** What a reference such as `${aws_subnet.shop_….id}` points to; throws when it is none, or points nowhere. */
export function follow({ resource, data }: Synthesized, reference: unknown): Reference {
  const match = /^\$\{(data\.)?(\w+)\.([\w-]+)\.(\w+)\}$/.exec(String(reference));
  const [, isData, type = '', id = '', attribute = ''] = match ?? [];
  const block = (isData ? data : resource)[type]?.[id];
  if (!block) throw new Error(`${String(reference)} points to nothing in this stack`);
  return { address: `${isData ?? ''}${type}.${id}`, type, attribute, block };
}

/** The problems of the {@link InvalidPropsError} that `build` throws; anything else fails the test. */
export function problemsOf(build: () => unknown): readonly string[] {
  try {
    build();
  } catch (error) {
    if (error instanceof InvalidPropsError) return error.problems;
    throw error;
  }
  throw new Error('expected an InvalidPropsError, but nothing was thrown');
}
