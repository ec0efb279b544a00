import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformResource, type TerraformStack } from 'cdktf';
import { MultiAZNetwork } from 'nines/aws';
import { LEAST, synthNetwork } from '../../support/network';
import { type Block, type Synthesized, synth } from '../../support/synth';

describe('MultiAZNetwork', () => {
  test("hands its provider to everything inside, so that a second region's network is there whole", () => {
    const result = synth((stack) => {
      const frankfurt = new AwsProvider(stack, 'Frankfurt', { region: 'eu-central-1', alias: 'frankfurt' });
      new MultiAZNetwork(stack, 'Network', {
        cidr: '10.30.0.0/16',
        zones: ['eu-central-1a', 'eu-central-1b'],
        allowNatSinglePointOfFailure: 'eu-central-1a',
        provider: frankfurt,
      });
      new MultiAZNetwork(stack, 'Second', {
        cidr: '10.31.0.0/16',
        zones: ['eu-central-1a', 'eu-central-1b'],
        provider: frankfurt,
      });
    });
    expect(where(result, ({ provider }) => provider === 'aws.frankfurt')).toEqual(where(result, () => true));
  });

  test("leaves everything to the stack's own provider by default", () => {
    expect(where(synthNetwork(), (block) => 'provider' in block)).toEqual([]);
  });

  test('protects from removal what cannot be made again: VPC, subnets and addresses, and nothing else', () => {
    const result = synthNetwork();
    const lasting = ['aws_vpc', 'aws_subnet', 'aws_eip'];
    expect(where(result, isProtected)).toEqual(
      where(result, () => true).filter((address) => lasting.includes(address.split('.')[0] ?? '')),
    );
    expect(where(result, isProtected)).toHaveLength(1 + 6 + 2);
  });

  test('takes away every protection with allowDestroy, and changes nothing else', () => {
    const allowed = synthNetwork({ allowDestroy: true });
    expect(where(allowed, isProtected)).toEqual([]);
    expect(synthNetwork().resource).toMatchObject(allowed.resource);
    expect(synthNetwork({ allowDestroy: false })).toEqual(synthNetwork());
  });

  test('puts tags on everything that can carry them', () => {
    const taggable: string[] = [];
    const result = synth((stack) => {
      new MultiAZNetwork(stack, 'Network', { ...LEAST, tags: { team: 'shop' } });
      taggable.push(...taggableIn(stack));
    });
    expect(taggable.length).toBeGreaterThan(0);
    expect(where(result, ({ tags }) => (tags as Block | undefined)?.team === 'shop')).toEqual(taggable.sort());
  });

  test('names everything by its path in the tree', () => {
    const names = Object.values(synthNetwork().resource)
      .flatMap((blocks) => Object.values(blocks))
      .flatMap(({ tags }) => (tags ? [(tags as Block).Name] : []));
    expect(names.sort()).toEqual([
      'shop/Network',
      'shop/Network/DataRouteTable',
      'shop/Network/DefaultSecurityGroup',
      'shop/Network/DynamodbEndpoint',
      'shop/Network/InternetGateway',
      'shop/Network/PublicRouteTable',
      'shop/Network/S3Endpoint',
      ...['ZoneA', 'ZoneB'].flatMap((zone) =>
        ['ApplicationRouteTable', 'ApplicationSubnet', 'DataSubnet', 'NatAddress', 'NatGateway', 'PublicSubnet'].map(
          (part) => `shop/Network/${zone}/${part}`,
        ),
      ),
    ]);
  });
});

/** Addresses of the resources for which something holds. */
function where({ resource }: Synthesized, holds: (block: Block) => boolean): string[] {
  return Object.entries(resource)
    .flatMap(([type, blocks]) =>
      Object.entries(blocks).flatMap(([id, block]) => (holds(block) ? [`${type}.${id}`] : [])),
    )
    .sort();
}

function isProtected({ lifecycle }: Block): boolean {
  return (lifecycle as Block | undefined)?.prevent_destroy === true;
}

/** Addresses of the resources whose type has tags, by the provider's own word. */
function taggableIn(stack: TerraformStack): string[] {
  return stack.node
    .findAll()
    .flatMap((child) =>
      child instanceof TerraformResource && 'tagsInput' in child
        ? [`${child.terraformResourceType}.${child.friendlyUniqueId}`]
        : [],
    );
}
