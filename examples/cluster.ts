/**
 * A Kubernetes cluster for the shop: nodes in three zones of which any two carry the peak, and backups that its pods write.
 *
 *     npx cdktf deploy --app 'npx tsx examples/cluster.ts' cluster
 *
 * It asks for the ARN of a role for operators and of an SNS topic: set TF_VAR_operators_role_arn and TF_VAR_topic_arn.
 * To remove it, deploy once with ALLOW_DESTROY=yes, then destroy with the same.
 */
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';
import { Capacity, Retention } from 'nines';
import { BackupBucket, MultiAZCluster, MultiAZNetwork } from 'nines/aws';

class ClusterStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'Aws', { region: 'eu-west-1' });

    const allowDestroy = process.env.ALLOW_DESTROY === 'yes';
    const operators = new TerraformVariable(this, 'operators_role_arn', {
      type: 'string',
      description: 'ARN of the IAM role that administers the cluster',
    });
    const topic = new TerraformVariable(this, 'topic_arn', {
      type: 'string',
      description: 'ARN of the SNS topic, in eu-west-1, that is told of alarms and failures',
    });
    const watched = { notificationTopicArn: topic.stringValue, allowDestroy };

    const network = new MultiAZNetwork(this, 'Network', {
      cidr: '10.24.0.0/16',
      zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
      allowDestroy,
    });
    const cluster = new MultiAZCluster(this, 'Cluster', {
      network,
      version: '1.35',
      capacity: Capacity.forPeak(4), // 4 nodes carry the peak -> 2 in each of 3 zones, so that losing one leaves 4
      access: {
        operators: { principalArn: operators.stringValue, policy: 'AmazonEKSClusterAdminPolicy' },
      },
      ...watched,
    });

    const backups = new BackupBucket(this, 'Backups', {
      bucketName: 'example-shop-backups', // as examples/shop-kubernetes.ts names it, and its service accounts
      retention: Retention.gfs({ daily: 7, weekly: 4, monthly: 12 }),
      ...watched,
    });
    backups.grantWrite(cluster.podRole({ namespace: 'shop', serviceAccount: 'shop-backup' }));
    backups.grantRead(cluster.podRole({ namespace: 'shop', serviceAccount: 'shop-backup-drill' }));
    cluster.grantScaling(cluster.podRole({ namespace: 'kube-system', serviceAccount: 'cluster-autoscaler' }));

    new TerraformOutput(this, 'cluster', { value: cluster.clusterName });
    new TerraformOutput(this, 'backups', { value: backups.bucketName });
  }
}

const app = new App();
new ClusterStack(app, 'cluster');
app.synth();
