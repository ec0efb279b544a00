import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { AnnotationMetadataEntryType, TerraformOutput, type TerraformStack, Testing } from 'cdktf';
import type { Construct } from 'constructs';
import { MultiAZDatabase, type MultiAZDatabaseProps, MultiAZNetwork, type ZonalNetwork } from 'nines/aws';
import { all, type Block, type Blocks, emptyStack, follow, only, type Synthesized } from '../../../support/synth';

export const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:on-call';
export const TOPIC_THERE = 'arn:aws:sns:eu-central-1:123456789012:on-call';
export const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/0f1e2d3c';
export const KEY_THERE = 'arn:aws:kms:eu-central-1:123456789012:key/4b5a6978';
export const SECRET = { arn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf', version: 1 };

/** A VPC that is there already, with data subnets in the zones of these letters. */
export function network(
  scope: Construct,
  letters = 'abc',
  { region = 'eu-west-1', id = 'Network', provider }: { region?: string; id?: string; provider?: AwsProvider } = {},
): ZonalNetwork {
  const subnets = (tier: number) =>
    [...letters].map((letter) => ({ zone: `${region}${letter}`, subnetId: `subnet-0abc${tier}00${letter}` }));
  return MultiAZNetwork.fromExisting(scope, id, {
    vpcId: 'vpc-0abc1234',
    applicationSubnets: subnets(1),
    dataSubnets: subnets(3),
    provider,
  });
}

/** What may be changed about a database. */
export type Choices = Partial<MultiAZDatabaseProps>;

/** A PostgreSQL database over three zones, with no more than it needs. */
export function database(scope: Construct, choices: Choices = {}, id = 'Database'): MultiAZDatabase {
  const place = choices.network ?? network(scope);
  return new MultiAZDatabase(scope, id, { network: place, engine: 'postgres', ...choices });
}

/** Choices that may depend on the stack: a provider, a network of its own. */
export type Choose = Choices | ((stack: TerraformStack) => Choices);

/** What a stack comes to. Fast: without the validations of what stands around the database. */
export function synthQuickly(build: (stack: TerraformStack) => void): Synthesized & { readonly ephemeral: Blocks } {
  const stack = emptyStack();
  build(stack);
  const { resource = {}, data = {}, output = {}, provider = {}, ephemeral = {} } = JSON.parse(Testing.synth(stack));
  const warnings = stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata.filter(({ type }) => type === AnnotationMetadataEntryType.WARN))
    .map(({ data: text }) => String(text));
  return { resource, data, output, provider, ephemeral, warnings };
}

/** What a database with these choices comes to. */
export function made(choices: Choose = {}, id?: string): Synthesized & { readonly ephemeral: Blocks } {
  return synthQuickly((stack) => database(stack, chosen(choices, stack), id));
}

/** The choices themselves, for a stack. */
export function chosen(choices: Choose, stack: TerraformStack): Choices {
  return typeof choices === 'function' ? choices(stack) : choices;
}

/** What a database with these choices comes to, and where what it publishes points to: `aws_db_instance.address`. */
export function published(
  choices: Choose,
  pick: (built: MultiAZDatabase) => Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const names: string[] = [];
  const result = synthQuickly((stack) => {
    for (const [name, value] of Object.entries(pick(database(stack, chosen(choices, stack))))) {
      names.push(name);
      new TerraformOutput(stack, name, { value: value ?? '' });
    }
  });
  const pointer = (name: string) => {
    const { value } = result.output[name] ?? {};
    if (!value) return undefined;
    if (!/^\$\{\w+\.[\w-]+\.\w+\}$/.test(String(value))) return String(value);
    const { type, attribute } = follow(result, value);
    return `${type}.${attribute}`;
  };
  return Object.fromEntries(names.map((name) => [name, pointer(name)]));
}

/** A second provider, and a network in its region. */
export function elsewhere(stack: TerraformStack, letters = 'ab') {
  const provider = new AwsProvider(stack, 'There', { region: 'eu-central-1', alias: 'there' });
  return { provider, network: network(stack, letters, { region: 'eu-central-1', id: 'NetworkThere', provider }) };
}

/** A read replica in eu-central-1, and the password that it needs. */
export function withReplica(more: Choices = {}): Choose {
  return (stack) => ({
    master: { secret: SECRET },
    regionLoss: { keep: 'read replica', ...elsewhere(stack) },
    ...more,
  });
}

/** An Aurora global database with a second cluster in eu-central-1. */
export function global(more: Choices = {}): Choose {
  return (stack) => ({
    topology: 'aurora',
    master: { secret: SECRET },
    regionLoss: { keep: 'global database', ...elsewhere(stack) },
    ...more,
  });
}

/** The resource of a type whose logical id has this part in it. */
export function part(result: Synthesized, type: string, named: string): Block {
  const found = Object.entries(all(result, type)).filter(([id]) => id.includes(named));
  const [first] = found;
  if (first && found.length === 1) return first[1];
  throw new Error(`expected one ${type} with ${named}, found ${found.map(([id]) => id).join(', ') || 'none'}`);
}

/** The server of a database without a copy: its instance, or its cluster. */
export function server(choices: Choose = {}): Block {
  const result = made(choices);
  return 'aws_rds_cluster' in result.resource ? only(result, 'aws_rds_cluster') : only(result, 'aws_db_instance');
}

/** What is the same in every topology. */
export const TOPOLOGIES = ['instance', 'cluster', 'aurora'] as const;

/** What Terraform leaves alone when it finds another value. */
export function ignored({ lifecycle }: Block): readonly string[] {
  return (lifecycle as { ignore_changes?: string[] } | undefined)?.ignore_changes ?? [];
}

/** Everything that a database can have, in each topology. */
export const EVERYTHING: Readonly<Record<string, Choose>> = {
  'an instance with backups elsewhere': (stack) => ({
    notificationTopicArn: TOPIC,
    proxy: true,
    regionLoss: { keep: 'backups', provider: elsewhere(stack).provider },
  }),
  'an instance with a replica': (stack) => ({
    notificationTopicArn: TOPIC,
    master: { secret: SECRET },
    regionLoss: { keep: 'read replica', notificationTopicArn: TOPIC_THERE, ...elsewhere(stack) },
  }),
  'a cluster': { topology: 'cluster', proxy: true, notificationTopicArn: TOPIC },
  'a global database': (stack) => ({
    topology: 'aurora',
    proxy: true,
    notificationTopicArn: TOPIC,
    master: { secret: SECRET },
    regionLoss: { keep: 'global database', notificationTopicArn: TOPIC_THERE, ...elsewhere(stack) },
  }),
};
