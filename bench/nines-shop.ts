/** The network and the web tier of examples/shop.ts: what hand-written-shop.ts writes with cdktf alone. */
import { DataAwsSsmParameter } from '@cdktf/provider-aws/lib/data-aws-ssm-parameter';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';
import { Capacity, HealthCheck } from 'nines';
import { HAWebTier, MultiAZNetwork } from 'nines/aws';

class ShopStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'Aws', { region: 'eu-west-1' });

    const allowDestroy = process.env.ALLOW_DESTROY === 'yes';
    const certificate = new TerraformVariable(this, 'certificate_arn', {
      type: 'string',
      description: 'ARN of the ACM certificate of the shop, in eu-west-1',
    });
    const linux = new DataAwsSsmParameter(this, 'Linux', {
      name: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
    });

    const network = new MultiAZNetwork(this, 'Network', {
      cidr: '10.20.0.0/16',
      zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
      allowDestroy,
    });
    const web = new HAWebTier(this, 'Web', {
      network,
      machineImage: linux.insecureValue,
      capacity: Capacity.forPeak(4), // 4 carry the peak -> 6 over 3 zones, so that losing one leaves 4
      healthCheck: HealthCheck.http('/health/ready', { port: 8080 }),
      certificateArn: certificate.stringValue,
      allowDestroy,
    });

    new TerraformOutput(this, 'address', { value: web.loadBalancer.dnsName });
  }
}

const app = new App();
new ShopStack(app, 'shop');
app.synth();
