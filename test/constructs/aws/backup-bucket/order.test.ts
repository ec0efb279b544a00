import type { Block, Synthesized } from '../../../support/synth';
import { builtTwice, OTHER_ACCOUNT, once } from './buckets';

/** What every resource waits for, directly or by way of others, by address; Terraform removes them the other way round. */
function waits(result: Synthesized): (later: string, earlier: string) => boolean {
  const blocks = new Map<string, Block>(
    Object.entries(result.resource).flatMap(([type, byId]) =>
      Object.entries(byId).map(([id, block]) => [`${type}.${id}`, block]),
    ),
  );
  const direct = new Map<string, string[]>(
    [...blocks].map(([address, block]) => {
      const text = JSON.stringify(block);
      const named = [...text.matchAll(/(?:\$\{|")(aws_\w+\.\w+)/g)].map(([, other]) => other ?? '');
      return [address, named.filter((other) => other !== address && blocks.has(other))];
    }),
  );
  const reaches = (from: string, to: string): boolean =>
    (direct.get(from) ?? []).some((next) => next === to || reaches(next, to));
  const find = (name: string) => {
    const found = [...blocks.keys()].filter((address) => address.replace(/_\w{8}$/, '').endsWith(name));
    if (found.length !== 1) throw new Error(`expected one ${name}, found ${found.join(', ') || 'none'}`);
    return found[0] ?? '';
  };
  return (later, earlier) => reaches(find(later), find(earlier));
}

const HERE = 'Backups_Bucket';
const THERE = 'Backups_Replication_Replica';

describe('the order in which S3 needs the parts of a bucket', () => {
  const sameAccount = once(() => waits(builtTwice({ immutable: true })));
  const otherAccount = once(() => waits(builtTwice({ immutable: true, replicateTo: { accountId: OTHER_ACCOUNT } })));

  describe.each([
    ['the bucket', HERE],
    ['the second bucket', THERE],
  ])('of %s has', (_, part) => {
    test.each([
      // terraform-aws-s3-bucket#227, terraform-provider-aws#7628, #33552: at the same time, one of them gets a 409
      ['policy', 'Policy', 'public access block', 'PublicAccess'],
      ['policy', 'Policy', 'ownership controls', 'Ownership'],
      ['policy', 'Policy', 'versioning', 'Versioning'],
      ['ownership controls', 'Ownership', 'public access block', 'PublicAccess'],
      // terraform-aws-s3-bucket#403: a lock needs a versioned bucket
      ['lock', 'Lock', 'versioning', 'Versioning'],
      ['rotation', 'Rotation', 'versioning', 'Versioning'],
      ['rotation', 'Rotation', 'lock', 'Lock'],
    ])('its %s (%s) after its %s (%s)', (_later, later, _earlier, earlier) => {
      expect(sameAccount()(`${part}_${later}`, `${part}_${earlier}`)).toBe(true);
      expect(otherAccount()(`${part}_${later}`, `${part}_${earlier}`)).toBe(true);
    });

    // Removed the other way round: a bucket that S3 does not remove, since it is full, keeps its key.
    test('its own key before all', () => {
      expect(sameAccount()(`aws_s3_bucket.${part}`, `${part}_Key`)).toBe(true);
      expect(otherAccount()(`aws_s3_bucket.${part}`, `${part}_Key`)).toBe(true);
    });
  });

  // nozaq/terraform-aws-secure-baseline#107: "destination bucket must have versioning enabled"
  test.each(['Versioning', 'Lock', 'Policy'])('has replication after the %s of both buckets', (part) => {
    for (const isAfter of [sameAccount(), otherAccount()]) {
      expect(isAfter('replication_configuration.Backups_Replication', `${HERE}_${part}`)).toBe(true);
      expect(isAfter('replication_configuration.Backups_Replication', `${THERE}_${part}`)).toBe(true);
    }
  });

  test('has replication after what its role may do', () => {
    expect(sameAccount()('replication_configuration.Backups_Replication', 'Backups_Replication_Policy')).toBe(true);
  });

  // terraform-aws-s3-bucket#360, #361: made at the same time, one of them fails with an empty request
  test('has the rotation after replication', () => {
    expect(sameAccount()(`${HERE}_Rotation`, 'replication_configuration.Backups_Replication')).toBe(true);
  });

  // IAM and KMS refuse a policy that names a role that is not there.
  test('has the policies of another account after the role that they name', () => {
    expect(otherAccount()(`${THERE}_Policy`, 'Backups_Replication_Role')).toBe(true);
    expect(otherAccount()(`${THERE}_Key`, 'Backups_Replication_Role')).toBe(true);
  });
});
