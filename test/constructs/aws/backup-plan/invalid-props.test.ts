import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { BackupPlan, type BackupPlanProps } from 'nines/aws';
import { sentencesIn } from '../../../support/breakages';
import { BACKUP_PLAN } from '../../../support/breakages/backup-plan';
import { fullPlan } from '../../../support/full-backup-plan';
import { propsIn } from '../../../support/full-props';
import { buildPlan, PLAN_AROUND, type PlanConfig, planConfigs, planProps } from '../../../support/random-backup-plan';
import { REGION } from '../../../support/random-configs';
import { ownProvider, refusesAll, SEED } from '../../../support/refuses-all';
import { emptyStack } from '../../../support/synth';

const VALID_CONFIGS = 30;

/** What is said of what is protected; `protect-refusals.test.ts` makes it say it. */
const OF_SOURCES = [
  /^\^time must not lie/,
  /^\^copyTo must not be given/,
  /^\^copyTo\\\.accountId must be given/,
  /^\^provider must be one/,
];

describe('BackupPlan', () => {
  test(`builds without an error of ${VALID_CONFIGS} random valid props`, () => {
    const property = fc.property(planConfigs, (config) => {
      const scope = new Construct(emptyStack({ region: REGION }), 'Config');
      buildPlan(scope, config, PLAN_AROUND);
    });
    fc.assert(property, { seed: SEED, numRuns: VALID_CONFIGS });
  });

  const { tried, said } = refusesAll<PlanConfig, BackupPlanProps>(BACKUP_PLAN, planConfigs, {
    propsOf: (config, stack) => ({
      ...planProps(new Construct(stack, 'Around'), config, PLAN_AROUND),
      provider: config.ownProvider ? ownProvider(stack) : undefined,
    }),
    make: (stack, props) => new BackupPlan(stack, 'It', props),
  });

  test('was broken in every prop', () => {
    const stack = emptyStack();
    const there = new AwsProvider(stack, 'There', { region: 'us-east-1', alias: 'there' });
    const props = propsIn(fullPlan(ownProvider(stack), there));
    expect(props).toContain('restoreDrill.schedule');
    expect(props.filter((path) => !path.startsWith('protectTagged.') && !tried.has(path))).toEqual([]);
  });

  test('has no sentence that nothing makes it say', () => {
    const unsaid = sentencesIn('constructs/aws/backup-plan').filter(
      (sentence) => ![...said].some((problem) => sentence.test(problem)),
    );
    expect(unsaid.filter(({ source }) => !OF_SOURCES.some((known) => known.test(source))).map(String)).toEqual([]);
  });

  test('takes all its props at once', () => {
    const stack = emptyStack({ region: REGION });
    const there = new AwsProvider(stack, 'There', { region: 'eu-west-1', alias: 'there' });
    expect(() => new BackupPlan(stack, 'It', fullPlan(ownProvider(stack), there))).not.toThrow();
  });
});
