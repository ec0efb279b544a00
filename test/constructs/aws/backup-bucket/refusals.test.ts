import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { InvalidPropsError } from 'nines';
import { BackupBucket, type BackupBucketProps } from 'nines/aws';
import { applies, type Breakage, breakAll, sentencesIn } from '../../../support/breakages';
import { BACKUP_BUCKET } from '../../../support/breakages/backup-bucket';
import { fullBackupBucket } from '../../../support/full-backup-bucket';
import { propsIn } from '../../../support/full-props';
import { quickly } from '../../../support/quickly';
import {
  BACKUP_SURROUNDINGS,
  type BackupBucketConfig,
  backupBucketProps,
  backupBuckets,
  buildBackupBucket,
  REGION_THERE,
} from '../../../support/random-backup-bucket';
import { REGION } from '../../../support/random-configs';
import { emptyStack } from '../../../support/synth';

const SEED = Number(process.env.NINES_SEED ?? 2026); // fast-check prints it when a property fails
const VALID_CONFIGS = 20;
/** How often each way to break props is tried, every time in other props; and how often several are. */
const ALONE = 2;
const TOGETHER = 80;

describe('valid props of a BackupBucket', () => {
  test(`build without an error, ${VALID_CONFIGS} random ones`, () => {
    const property = fc.property(backupBuckets, (config) => {
      const scope = new Construct(emptyStack({ region: REGION }), 'Config');
      quickly(() => buildBackupBucket(scope, config, BACKUP_SURROUNDINGS));
    });
    fc.assert(property, { seed: SEED, numRuns: VALID_CONFIGS });
  });
});

describe('BackupBucket', () => {
  const tried = new Set<string>();
  const said = new Set<string>();

  /** What was broken is named, whole and once, and nothing else is; nothing was built. */
  function expectRefusal(config: BackupBucketConfig, [first, ...more]: readonly Breakage<BackupBucketProps>[]) {
    const stack = emptyStack({ region: REGION });
    const valid = quickly(() => backupBucketProps(stack, config, BACKUP_SURROUNDINGS));
    fc.pre(first !== undefined && applies(first, valid));
    const { props, problems, broken } = breakAll(valid, [first, ...more]);

    const error = errorOf(() => new BackupBucket(stack, 'It', props));
    expect([...error.problems].sort()).toEqual([...problems].sort());
    expect(error.constructPath).toBe('shop/It');
    expect(stack.node.findChild('It').node.children).toEqual([]);

    for (const problem of problems) said.add(problem);
    for (const path of broken) tried.add(path);
  }

  test.each(BACKUP_BUCKET.map((breakage) => ({ what: breakage.what, breakage })))('refuses $what', ({ breakage }) => {
    const property = fc.property(backupBuckets, (config) => expectRefusal(config, [breakage]));
    fc.assert(property, { seed: SEED, numRuns: ALONE });
  });

  test('names everything that is broken at once', () => {
    const several = fc.shuffledSubarray([...BACKUP_BUCKET], { minLength: 2, maxLength: 6 });
    fc.assert(fc.property(backupBuckets, several, expectRefusal), { seed: SEED, numRuns: TOGETHER });
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

function errorOf(make: () => unknown): InvalidPropsError {
  try {
    make();
  } catch (error) {
    if (error instanceof InvalidPropsError) return error;
    throw error;
  }
  throw new Error('expected an InvalidPropsError, but nothing was thrown');
}

function never(): never {
  throw new Error('expected a provider');
}
