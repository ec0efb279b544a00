import { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';

/**
 * Terraform's built-in `terraform_data`, an id in the state. cdktf has one too, which asks `terraform` for its version
 * at synthesis, and fails on a machine that only synthesizes.
 */
export class TerraformData extends TerraformResource {
  /** Made once, and anew when one of `triggersReplace` changes. */
  constructor(
    scope: Construct,
    id: string,
    private readonly triggersReplace: readonly string[],
  ) {
    super(scope, id, {
      terraformResourceType: 'terraform_data',
      terraformGeneratorMetadata: { providerName: 'terraform' },
    });
  }

  /** A UUID, known once it is made. */
  public get id(): string {
    return this.getStringAttribute('id');
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return { triggers_replace: this.triggersReplace };
  }

  protected override synthesizeHclAttributes(): { [name: string]: unknown } {
    return {
      triggers_replace: {
        value: this.triggersReplace,
        isBlock: false,
        type: 'list',
        storageClassType: 'stringList',
      },
    };
  }
}
