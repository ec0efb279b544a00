import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformProvider, type TerraformStack, TerraformVariable } from 'cdktf';
import { MultiAZNetwork } from 'nines/aws';
import { LEAST } from '../../../support/network';
import { emptyStack, synth } from '../../../support/synth';

/** A provider that has regions, too. */
class OtherCloud extends TerraformProvider {
  public readonly region = 'eu-central-1';
}

const made = (stack: TerraformStack) => new MultiAZNetwork(stack, 'Network', LEAST);
const existing = (stack: TerraformStack) =>
  MultiAZNetwork.fromExisting(stack, 'Network', {
    vpcId: 'vpc-0abc1234',
    applicationSubnets: [
      { zone: 'eu-west-1a', subnetId: 'subnet-0000000a' },
      { zone: 'eu-west-1b', subnetId: 'subnet-0000000b' },
    ],
  });

describe.each([
  ['MultiAZNetwork', 'zones', made],
  ['MultiAZNetwork.fromExisting', 'applicationSubnets zones', existing],
])('%s', (_, prop, build) => {
  /** Synthesizes it in a stack whose provider is added first or last. */
  const withProvider = (when: 'before' | 'after', region: (stack: TerraformStack) => string | undefined) =>
    synth(
      (stack) => {
        const provide = () => new AwsProvider(stack, 'Aws', { region: region(stack) });
        if (when === 'before') provide();
        build(stack);
        if (when === 'after') provide();
      },
      { region: null },
    );

  test.each(['before', 'after'] as const)("takes the zones of its provider's region, added %s it", (when) => {
    expect(() => withProvider(when, () => 'eu-west-1')).not.toThrow();
  });

  test.each(['before', 'after'] as const)(
    'refuses zones of another region than that of its provider, added %s it',
    (when) => {
      expect(() => withProvider(when, () => 'eu-central-1')).toThrow(
        `${prop} must lie in the region of the provider (eu-central-1), got 'eu-west-1'; ` +
          'change the zones, or pass the provider of their region',
      );
    },
  );

  test('takes any zones when the region is known only after deployment, or comes from the environment', () => {
    const unknown = (stack: TerraformStack) => new TerraformVariable(stack, 'Region', {}).stringValue;
    expect(() => withProvider('before', unknown)).not.toThrow();
    expect(() => withProvider('before', () => undefined)).not.toThrow();
  });

  test.each<[string, (stack: TerraformStack) => TerraformProvider]>([
    ['with an alias', (stack) => new AwsProvider(stack, 'Other', { region: 'eu-central-1', alias: 'frankfurt' })],
    ['of another cloud', (stack) => new OtherCloud(stack, 'Other', { terraformResourceType: 'other' })],
  ])('does not mind a provider %s, which it does not use', (_, other) => {
    const stack = emptyStack({ region: null });
    other(stack);
    new AwsProvider(stack, 'Aws', { region: 'eu-west-1' });
    expect(() => build(stack)).not.toThrow();
  });
});
