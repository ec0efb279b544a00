/**
 * Two pairs of hosts that share an address each: one that the internet reaches, and one that only the VPC does.
 *
 *     npx cdktf deploy --app 'npx tsx examples/edge.ts' edge
 *
 * It asks for the id of a Debian 12 image and the ARN of an SNS topic: set TF_VAR_machine_image and TF_VAR_topic_arn.
 * To remove it, deploy once with ALLOW_DESTROY=yes, then destroy with the same.
 */
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';
import { HealthCheck } from 'nines';
import { FloatingAddress, KeepalivedPair, MultiAZNetwork } from 'nines/aws';

class EdgeStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'Aws', { region: 'eu-west-1' });

    const allowDestroy = process.env.ALLOW_DESTROY === 'yes';
    const image = new TerraformVariable(this, 'machine_image', {
      type: 'string',
      description: 'Id of a Debian 12 image: https://wiki.debian.org/Cloud/AmazonEC2Image/Bookworm',
    });
    const topic = new TerraformVariable(this, 'topic_arn', {
      type: 'string',
      description: 'ARN of the SNS topic, in eu-west-1, that is told of alarms',
    });
    const hosts = {
      machineImage: image.stringValue,
      setupCommands: ['apt-get install -y nginx-light'],
      notificationTopicArn: topic.stringValue,
      allowDestroy,
    };

    const network = new MultiAZNetwork(this, 'Network', {
      cidr: '10.28.0.0/16',
      zones: ['eu-west-1a', 'eu-west-1b'],
      allowDestroy,
    });
    const edge = new KeepalivedPair(this, 'Edge', {
      network,
      address: FloatingAddress.elasticIp(),
      healthCheck: HealthCheck.http('/', { port: 80 }),
      ...hosts,
    });
    const inside = new KeepalivedPair(this, 'Inside', {
      network,
      address: FloatingAddress.overlay('172.31.255.1'), // outside of the VPC: routes lead there
      healthCheck: HealthCheck.http('/', { port: 80 }),
      ...hosts,
    });
    inside.allowFrom(edge);

    new TerraformOutput(this, 'address', { value: edge.address });
    new TerraformOutput(this, 'inside', { value: inside.address });
  }
}

const app = new App();
new EdgeStack(app, 'edge');
app.synth();
