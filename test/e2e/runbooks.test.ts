import type { RegionRecovery, RegionStrategy } from 'nines/stacks';
import { applied, HOME, OTHER, withStrategy } from '../stacks/multi-region/shop';
import { run } from './support/processes';

const restoreFrom = `arn:aws:rds:${OTHER}:123456789012:auto-backup:ab-0f1e2d3c`;
const CASES: readonly (readonly [RegionStrategy, string, RegionRecovery])[] = [
  ['backup-restore', HOME, {}],
  ['backup-restore', OTHER, { active: OTHER, restoreFrom }],
  ['warm-standby', HOME, {}],
  ['hot-standby', HOME, {}],
];

/** Words of a command, with a value where people fill one in. */
function wordsOf(command: string): string[] {
  return command
    .replace(/<ARN of the cluster[^>]*>|<its ARN>/g, `arn:aws:rds:${HOME}:123456789012:cluster:shop-database`)
    .replace(/<date>/g, '2026-11-30')
    .replace(/<[^>]*>/g, 'shop-database-1')
    .split(' ');
}

const NOWHERE = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_MAX_ATTEMPTS: '1', AWS_EC2_METADATA_DISABLED: 'true' };
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

/** What the AWS command line says to a command when nobody answers; what is wrong with the command, it says before. */
async function asked(command: string): Promise<string> {
  const [program = '', ...args] = wordsOf(command);
  const { output } = await run(program, args, { env: { ...process.env, ...NOWHERE, ...CREDENTIALS } });
  return output.trim().split('\n').at(-1) ?? '';
}

test('a command that there is not is told from one that nobody answers', async () => {
  expect(await asked('aws rds wait db-snapshot-available --region eu-west-1 --db-snapshots x')).not.toMatch(/connect/i);
  expect(await asked('aws rds delete-db-instance --region eu-west-1')).not.toMatch(/connect/i);
  expect(await asked('aws rds describe-db-instances --region eu-west-1')).toMatch(/could not connect/i);
});

test.each(CASES)('the runbook of %s while %s serves has commands that AWS has', async (strategy, _, recovery) => {
  const { shop } = applied(withStrategy(strategy, recovery));
  const commands = [...new Set(shop.runbook.match(/(?<=^ {7})aws .*$/gm))];
  expect(commands.length).toBeGreaterThan(5);
  const answers = await Promise.all(commands.map(async (command) => [command, await asked(command)]));
  expect(answers.filter(([, said]) => !/could not connect/i.test(said ?? ''))).toEqual([]);
});
