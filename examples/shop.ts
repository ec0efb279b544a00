/**
 * A shop that goes on selling while one of its three zones is lost, and loses nothing of what it has sold.
 *
 *     npx cdktf deploy shop
 *
 * It asks for the ARN of a certificate and of an SNS topic: set TF_VAR_certificate_arn and TF_VAR_topic_arn.
 * To remove it, deploy once with ALLOW_DESTROY=yes, then destroy with the same.
 */
import { DataAwsSsmParameter } from '@cdktf/provider-aws/lib/data-aws-ssm-parameter';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';
import { Capacity, HealthCheck, Retention } from 'nines';
import { BackupBucket, BackupPlan, HAWebTier, MultiAZDatabase, MultiAZNetwork, SessionStore } from 'nines/aws';

class ShopStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'Aws', { region: 'eu-west-1' });

    const allowDestroy = process.env.ALLOW_DESTROY === 'yes';
    const certificate = new TerraformVariable(this, 'certificate_arn', {
      type: 'string',
      description: 'ARN of the ACM certificate of the shop, in eu-west-1',
    });
    const topic = new TerraformVariable(this, 'topic_arn', {
      type: 'string',
      description: 'ARN of the SNS topic, in eu-west-1, that is told of alarms and failures',
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

    const watched = { notificationTopicArn: topic.stringValue, allowDestroy };
    const database = new MultiAZDatabase(this, 'Database', { network, engine: 'postgres', ...watched });
    database.allowFrom(web);
    const sessions = new SessionStore(this, 'Sessions', { network, ...watched });
    sessions.allowFrom(web);

    const retention = Retention.gfs({ daily: 7, weekly: 4, monthly: 12 });
    const exports = new BackupBucket(this, 'Exports', { retention, ...watched });
    exports.grantWrite(web);
    const plan = new BackupPlan(this, 'Backups', { retention, ...watched });
    plan.protect(database);

    new TerraformOutput(this, 'address', { value: web.loadBalancer.dnsName });
    new TerraformOutput(this, 'database', { value: database.endpoint });
    new TerraformOutput(this, 'database_secret', { value: database.secretArn });
    new TerraformOutput(this, 'sessions', { value: sessions.endpoint });
    new TerraformOutput(this, 'exports', { value: exports.bucketArn });
  }
}

const app = new App();
new ShopStack(app, 'shop');
app.synth();
