import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { Capacity, Duration, HealthCheck } from 'nines';
import { HAWebTier, MultiAZNetwork } from 'nines/aws';

test('README shows the very error that a mistake gives', () => {
  const stack = new TerraformStack(Testing.app(), 'shop');
  new AwsProvider(stack, 'Aws', { region: 'eu-west-1' });
  const network = new MultiAZNetwork(stack, 'Network', { cidr: '10.20.0.0/16', zones: ['eu-west-1a', 'eu-west-1b'] });
  const mistake = () =>
    new HAWebTier(stack, 'Web', {
      network,
      machineImage: 'ami-0abc1234def567890',
      capacity: Capacity.forPeak(0),
      healthCheck: HealthCheck.http('/health/ready', { port: 8080 }),
      timing: { longestRequest: Duration.minutes(1), drain: Duration.seconds(10) },
    });
  const readme = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');
  const shown = /^ {4}HAWebTier[\s\S]*?(?=\n\n)/m.exec(readme)?.[0] ?? '';
  expect(mistake).toThrow(shown.replace(/^ {4}/gm, ''));
  expect(shown).toContain('cannot be built');
});
