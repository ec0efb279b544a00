import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { BackupBucket, type BackupBucketProps } from 'nines/aws';
import { sentencesIn } from '../../../support/breakages';
import { BACKUP_BUCKET } from '../../../support/breakages/backup-bucket';
import { fullBackupBucket } from '../../../support/full-backup-bucket';
import { propsIn } from '../../../support/full-props';
import {
  BACKUP_SURROUNDINGS,
  type BackupBucketConfig,
  backupBucketProps,
  backupBuckets,
  buildBackupBucket,
  REGION_THERE,
} from '../../../support/random-backup-bucket';
import { REGION } from '../../../support/random-configs';
import { refusesAll, SEED } from '../../../support/refuses-all';
import { emptyStack } from '../../../support/synth';

const VALID_CONFIGS = 20;
describe('valid props of a BackupBucket', () => {
  test(`build without an error, ${VALID_CONFIGS} random ones`, () => {
    const property = fc.property(backupBuckets, (config) => {
      const scope = new Construct(emptyStack({ region: REGION }), 'Config');
      buildBackupBucket(scope, config, BACKUP_SURROUNDINGS);
    });
    fc.assert(property, { seed: SEED, numRuns: VALID_CONFIGS });
  });
});

describe('BackupBucket', () => {
  const { tried, said } = refusesAll<BackupBucketConfig, BackupBucketProps>(BACKUP_BUCKET, backupBuckets, {
    propsOf: (config, stack) => backupBucketProps(stack, config, BACKUP_SURROUNDINGS),
    make: (stack, props) => new BackupBucket(stack, 'It', props),
    ...{ alone: 2, together: 80 },
  });

  test('was broken in every prop', () => {
    const stack = emptyStack();
    const [own, there] = [REGION, REGION_THERE].map(
      (region) => new AwsProvider(stack, region, { region, alias: region }),
    );
    const all = propsIn(fullBackupBucket(own ?? never(), there ?? never()));
    expect(all.filter((prop) => !/^(retention|transitions)\./.test(prop) && !tried.has(prop))).toEqual([]);
  });

  test('was made to say every sentence that its source has', () => {
    const sentences = [
      ...['problems', 'transition-problems'].map((file) => `constructs/aws/backup-bucket/${file}.ts`),
      ...['intent/retention.ts', 'constructs/aws/retention-problems.ts'],
      ...['constructs/aws/encryption-key.ts', 'constructs/aws/notifying-props.ts'],
    ].flatMap(sentencesIn);
    const elsewhere = ['instant must be a time, got Invalid Date']; // what dueOn takes is no prop
    const unsaid = sentences.filter((sentence) => ![...said, ...elsewhere].some((text) => sentence.test(text)));
    expect(unsaid).toEqual([]);
  });
});

function never(): never {
  throw new Error('expected a provider');
}
