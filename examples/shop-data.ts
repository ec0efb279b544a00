/**
 * What the shop must not lose, in a stack of its own: a database, sessions, and backups of both kinds that are tried.
 *
 *     npx cdktf deploy shop-data --app 'npx tsx examples/shop-data.ts'
 *
 * It asks for the ARN of an SNS topic that is told of alarms and failures. To remove it, deploy once with
 * ALLOW_DESTROY=yes, then destroy with the same.
 */
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';
import { Retention } from 'nines';
import { BackupBucket, BackupPlan, MultiAZDatabase, MultiAZNetwork, SessionStore } from 'nines/aws';

class ShopDataStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'Aws', { region: 'eu-west-1' });

    const topic = new TerraformVariable(this, 'topic_arn', {
      type: 'string',
      description: 'ARN of the SNS topic, in eu-west-1, that is told of alarms and failures',
    });
    const watched = { notificationTopicArn: topic.stringValue, allowDestroy: process.env.ALLOW_DESTROY === 'yes' };
    const network = new MultiAZNetwork(this, 'Network', {
      cidr: '10.21.0.0/16',
      zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
      allowDestroy: watched.allowDestroy,
    });

    const database = new MultiAZDatabase(this, 'Database', { network, engine: 'postgres', ...watched });
    const sessions = new SessionStore(this, 'Sessions', { network, ...watched });
    const retention = Retention.gfs({ daily: 7, weekly: 4, monthly: 12 });
    const dumps = new BackupBucket(this, 'Dumps', { retention, ...watched });
    const plan = new BackupPlan(this, 'Backups', { retention, ...watched });
    plan.protect(database);

    new TerraformOutput(this, 'database', { value: database.endpoint });
    new TerraformOutput(this, 'database_secret', { value: database.secretArn });
    new TerraformOutput(this, 'sessions', { value: sessions.endpoint });
    new TerraformOutput(this, 'dumps', { value: dumps.bucketArn });
  }
}

const app = new App();
new ShopDataStack(app, 'shop-data');
app.synth();
