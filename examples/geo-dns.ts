/**
 * A shop in two regions behind one name, which leads every client to the nearest healthy one.
 *
 *     npx cdktf deploy --app 'npx tsx examples/geo-dns.ts' shop-eu-west-1 shop-us-east-1
 *     npx cdktf deploy --app 'npx tsx examples/geo-dns.ts' shop-dns
 *
 * The hosted zone example.com has to be there. It asks for the ARN of a certificate of shop.example.com in each region, and
 * of an SNS topic in us-east-1: set TF_VAR_certificate_arn_eu_west_1, TF_VAR_certificate_arn_us_east_1, TF_VAR_topic_arn.
 * To remove it, deploy once with ALLOW_DESTROY=yes, then destroy with the same, the names first.
 */
import { DataAwsSsmParameter } from '@cdktf/provider-aws/lib/data-aws-ssm-parameter';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';
import { Capacity, HealthCheck, Routing } from 'nines';
import { HAWebTier, MultiAZNetwork, MultiRegionGeoDNS, RegionalRecord } from 'nines/aws';

const REGIONS = ['eu-west-1', 'us-east-1'];
const allowDestroy = process.env.ALLOW_DESTROY === 'yes';

class RegionStack extends TerraformStack {
  constructor(scope: Construct, region: string) {
    super(scope, `shop-${region}`);
    new AwsProvider(this, 'Aws', { region });

    const network = new MultiAZNetwork(this, 'Network', {
      cidr: '10.20.0.0/16',
      zones: ['a', 'b', 'c'].map((letter) => `${region}${letter}`),
      allowDestroy,
    });
    const certificate = new TerraformVariable(this, `certificate_arn_${region.replaceAll('-', '_')}`, {
      type: 'string',
      description: `ARN of the ACM certificate of the shop, in ${region}`,
    });
    const linux = new DataAwsSsmParameter(this, 'Linux', {
      name: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
    });
    const web = new HAWebTier(this, 'Web', {
      network,
      machineImage: linux.insecureValue,
      capacity: Capacity.forPeak(4),
      healthCheck: HealthCheck.http('/health/ready', { port: 8080 }),
      certificateArn: certificate.stringValue,
      allowDestroy,
    });
    new RegionalRecord(this, 'Name', {
      hostedZone: 'example.com',
      record: `${region}.shop`,
      target: web.loadBalancer,
      allowDestroy,
    });
  }
}

class DnsStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const virginia = new AwsProvider(this, 'Aws', { region: 'us-east-1' });
    const ireland = new AwsProvider(this, 'Ireland', { region: 'eu-west-1', alias: 'ireland' });
    const topic = new TerraformVariable(this, 'topic_arn', {
      type: 'string',
      description: 'ARN of the SNS topic, in us-east-1, that is told when a region takes no clients',
    });

    const dns = new MultiRegionGeoDNS(this, 'Dns', {
      hostedZone: 'example.com',
      record: 'shop',
      routing: Routing.geolocation({
        continents: { EU: 'eu-west-1' },
        countries: { CA: Routing.failover('us-east-1', 'eu-west-1') },
      }),
      endpoints: REGIONS.map((region) => ({ region, target: { record: `${region}.shop` } })),
      healthCheck: HealthCheck.https('/health/ready'),
      switchRegions: [
        { region: 'eu-west-1', provider: ireland },
        { region: 'us-east-1', provider: virginia },
      ],
      notificationTopicArn: topic.stringValue,
      allowDestroy,
    });

    for (const [region, { off }] of dns.switches) {
      new TerraformOutput(this, `switch_off_${region}`, { value: off });
    }
  }
}

const app = new App();
for (const region of REGIONS) new RegionStack(app, region);
new DnsStack(app, 'shop-dns');
app.synth();
