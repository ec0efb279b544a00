import { all, type Block, follow, type Synthesized } from '../../../support/synth';

/** A bucket of a stack with one or two, and what belongs to it. */
export interface Part {
  /** Address without the attribute. */
  readonly address: string;
  readonly arn: string;
  readonly name: string;
  /** ARN of the key that encrypts it. */
  readonly key: string;
  readonly bucket: Block;
  /** What a resource type says of it. */
  readonly of: (type: string) => Block;
}

/** The bucket that copies are written to, and the second one that they are replicated to, if there is one. */
export function partsOf(result: Synthesized): { readonly source: Part; readonly replica: Part } {
  const ids = Object.keys(all(result, 'aws_s3_bucket'));
  const [source, replica] = [/_Backups_Bucket_|^Backups_Bucket_/, /_Replica_/].map((name) => {
    const id = ids.find((candidate) => name.test(candidate));
    return id === undefined ? undefined : partOf(result, id);
  });
  const none: Part = { address: '', arn: '', name: '', key: '', bucket: {}, of: () => ({}) };
  if (!source) throw new Error(`expected a bucket of Backups among ${ids.join(', ')}`);
  return { source, replica: replica ?? none };
}

function partOf(result: Synthesized, id: string): Part {
  const address = `aws_s3_bucket.${id}`;
  const of = (type: string) => {
    const block = Object.values(all(result, type)).find(({ bucket }) => follow(result, bucket).address === address);
    if (!block) throw new Error(`expected ${type} of ${address}`);
    return block;
  };
  const { rule } = of('aws_s3_bucket_server_side_encryption_configuration') as {
    rule: [{ apply_server_side_encryption_by_default: { kms_master_key_id: string } }];
  };
  return {
    address,
    of,
    arn: `\${${address}.arn}`,
    name: `\${${address}.bucket}`,
    key: rule[0].apply_server_side_encryption_by_default.kms_master_key_id,
    bucket: follow(result, `\${${address}.id}`).block,
  };
}
