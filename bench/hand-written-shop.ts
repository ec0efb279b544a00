/**
 * nines-shop.ts as one would write it with cdktf alone: the same resources with the same arguments, by deep imports.
 * `cold-start.ts` checks that both make the same, and compares what they cost.
 */
import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group';
import { AutoscalingLifecycleHook } from '@cdktf/provider-aws/lib/autoscaling-lifecycle-hook';
import { AutoscalingPolicy } from '@cdktf/provider-aws/lib/autoscaling-policy';
import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { DataAwsAmi } from '@cdktf/provider-aws/lib/data-aws-ami';
import { DataAwsSsmParameter } from '@cdktf/provider-aws/lib/data-aws-ssm-parameter';
import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group';
import { Eip } from '@cdktf/provider-aws/lib/eip';
import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template';
import { Lb } from '@cdktf/provider-aws/lib/lb';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Route } from '@cdktf/provider-aws/lib/route';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { App, TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';

const ZONES = [
  { zone: 'eu-west-1a', application: '10.20.0.0/20', data: '10.20.16.0/21', open: '10.20.24.0/22' },
  { zone: 'eu-west-1b', application: '10.20.32.0/20', data: '10.20.48.0/21', open: '10.20.56.0/22' },
  { zone: 'eu-west-1c', application: '10.20.64.0/20', data: '10.20.80.0/21', open: '10.20.88.0/22' },
];
const ANYWHERE = '0.0.0.0/0';
const PROTECTED = { preventDestroy: true };
const REPLACED_LIVE = { createBeforeDestroy: true };

function name(value: string) {
  return { Name: `shop/${value}` };
}

class ShopStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'aws', { region: 'eu-west-1' });
    const certificate = new TerraformVariable(this, 'certificate_arn', {
      type: 'string',
      description: 'ARN of the ACM certificate of the shop, in eu-west-1',
    });
    const linux = new DataAwsSsmParameter(this, 'linux', {
      name: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
    });
    const { vpcId, publicSubnets, applicationSubnets } = this.network();
    this.web(vpcId, publicSubnets, applicationSubnets, linux.insecureValue, certificate.stringValue);
  }

  private network() {
    const vpc = new Vpc(this, 'vpc', {
      cidrBlock: '10.20.0.0/16',
      enableDnsSupport: true,
      enableDnsHostnames: true,
      lifecycle: PROTECTED,
      tags: name('Network'),
    });
    const vpcId = vpc.id;
    const open = new RouteTable(this, 'public', { vpcId, tags: name('Network/PublicRouteTable') });
    const closed = new RouteTable(this, 'data', { vpcId, tags: name('Network/DataRouteTable') });
    const gateway = new InternetGateway(this, 'igw', { vpcId, tags: name('Network/InternetGateway') });
    const publicRoute = new Route(this, 'public-route', {
      routeTableId: open.id,
      destinationCidrBlock: ANYWHERE,
      gatewayId: gateway.id,
    });
    const publicSubnets: string[] = [];
    const applicationSubnets: string[] = [];
    const tables: string[] = [];
    for (const { zone, application, data, open: publicRange } of ZONES) {
      const path = `Network/Zone${zone.slice(-1).toUpperCase()}`;
      const subnet = (kind: string, cidrBlock: string) =>
        new Subnet(this, `${zone}-${kind}`, {
          vpcId,
          availabilityZone: zone,
          cidrBlock,
          lifecycle: PROTECTED,
          tags: name(`${path}/${kind}Subnet`),
        });
      const publicSubnet = subnet('Public', publicRange);
      const publicAssociation = new RouteTableAssociation(this, `${zone}-public-routing`, {
        subnetId: publicSubnet.id,
        routeTableId: open.id,
        dependsOn: [publicRoute],
      });
      const address = new Eip(this, `${zone}-eip`, {
        domain: 'vpc',
        lifecycle: PROTECTED,
        tags: name(`${path}/NatAddress`),
      });
      const nat = new NatGateway(this, `${zone}-nat`, {
        subnetId: publicAssociation.getStringAttribute('subnet_id'),
        allocationId: address.id,
        tags: name(`${path}/NatGateway`),
      });
      const table = new RouteTable(this, `${zone}-table`, { vpcId, tags: name(`${path}/ApplicationRouteTable`) });
      const natRoute = new Route(this, `${zone}-nat-route`, {
        routeTableId: table.id,
        destinationCidrBlock: ANYWHERE,
        natGatewayId: nat.id,
      });
      const applicationAssociation = new RouteTableAssociation(this, `${zone}-application-routing`, {
        subnetId: subnet('Application', application).id,
        routeTableId: table.id,
        dependsOn: [natRoute],
      });
      new RouteTableAssociation(this, `${zone}-data-routing`, {
        subnetId: subnet('Data', data).id,
        routeTableId: closed.id,
      });
      publicSubnets.push(publicAssociation.getStringAttribute('subnet_id'));
      applicationSubnets.push(applicationAssociation.getStringAttribute('subnet_id'));
      tables.push(table.id);
    }
    for (const [service, tag] of [
      ['s3', 'S3Endpoint'],
      ['dynamodb', 'DynamodbEndpoint'],
    ] as const) {
      new VpcEndpoint(this, service, {
        vpcId,
        serviceName: `com.amazonaws.eu-west-1.${service}`,
        vpcEndpointType: 'Gateway',
        routeTableIds: [open.id, closed.id, ...tables],
        tags: name(`Network/${tag}`),
      });
    }
    new DefaultSecurityGroup(this, 'default-sg', {
      vpcId,
      ingress: [],
      egress: [],
      tags: name('Network/DefaultSecurityGroup'),
    });
    return { vpcId, publicSubnets, applicationSubnets };
  }

  private web(vpcId: string, publicSubnets: string[], subnets: string[], image: string, certificateArn: string) {
    const balancerGroup = new SecurityGroup(this, 'lb-sg', {
      namePrefix: 'Web-entrance-',
      description: 'Load balancer',
      vpcId,
      lifecycle: REPLACED_LIVE,
      tags: name('Web/LoadBalancer/SecurityGroup'),
    });
    for (const port of [80, 443]) {
      new VpcSecurityGroupIngressRule(this, `internet-${port}`, {
        securityGroupId: balancerGroup.id,
        cidrIpv4: ANYWHERE,
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
        description: 'The tier faces the internet',
      });
    }
    const balancer = new Lb(this, 'lb', {
      namePrefix: 'Web-',
      loadBalancerType: 'application',
      internal: false,
      subnets: publicSubnets,
      securityGroups: [balancerGroup.id],
      enableDeletionProtection: true,
      enableZonalShift: true,
      dropInvalidHeaderFields: true,
      idleTimeout: 60,
      clientKeepAlive: 300,
      accessLogs: { bucket: '', enabled: false },
      lifecycle: { ...REPLACED_LIVE, ...PROTECTED },
      tags: name('Web/LoadBalancer'),
    });
    const targets = new LbTargetGroup(this, 'targets', {
      namePrefix: 'Web-',
      vpcId,
      targetType: 'instance',
      port: 8080,
      protocol: 'HTTP',
      deregistrationDelay: '30',
      loadBalancingAlgorithmType: 'weighted_random',
      loadBalancingAnomalyMitigation: 'on',
      stickiness: { enabled: false, type: 'lb_cookie' },
      healthCheck: {
        enabled: true,
        path: '/health/ready',
        port: '8080',
        protocol: 'HTTP',
        matcher: '200-299',
        interval: 10,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
      },
      targetGroupHealth: {
        dnsFailover: { minimumHealthyTargetsCount: '1', minimumHealthyTargetsPercentage: '50' },
        unhealthyStateRouting: { minimumHealthyTargetsCount: 1, minimumHealthyTargetsPercentage: 'off' },
      },
      lifecycle: REPLACED_LIVE,
      tags: name('Web/LoadBalancer/TargetGroup'),
    });
    const listener = new LbListener(this, 'https', {
      loadBalancerArn: balancer.arn,
      port: 443,
      protocol: 'HTTPS',
      certificateArn,
      sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
      defaultAction: [{ type: 'forward', targetGroupArn: targets.arn }],
    });
    new LbListener(this, 'http', {
      loadBalancerArn: balancer.arn,
      port: 80,
      protocol: 'HTTP',
      defaultAction: [{ type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' } }],
      dependsOn: [listener],
    });
    const serverGroup = new SecurityGroup(this, 'web-sg', {
      namePrefix: 'Web-',
      description: 'Web servers',
      vpcId,
      lifecycle: REPLACED_LIVE,
      tags: name('Web/SecurityGroup'),
    });
    const fromBalancer = {
      ipProtocol: 'tcp',
      fromPort: 8080,
      toPort: 8080,
      description: 'Load balancer to web servers',
    };
    new VpcSecurityGroupIngressRule(this, 'in', {
      securityGroupId: serverGroup.id,
      referencedSecurityGroupId: balancerGroup.id,
      ...fromBalancer,
    });
    new VpcSecurityGroupEgressRule(this, 'out', {
      securityGroupId: balancerGroup.id,
      referencedSecurityGroupId: serverGroup.id,
      ...fromBalancer,
    });
    new VpcSecurityGroupEgressRule(this, 'https-out', {
      securityGroupId: serverGroup.id,
      cidrIpv4: ANYWHERE,
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      description: 'Images, AWS APIs, payment services',
    });
    const role = new IamRole(this, 'role', {
      namePrefix: 'Web-',
      assumeRolePolicy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }],
      }),
      lifecycle: REPLACED_LIVE,
      tags: name('Web/Role'),
    });
    const alarm = this.alarm(role, balancer, targets);
    this.servers(subnets, image, serverGroup, role, alarm, targets, listener);
    new TerraformOutput(this, 'address', { value: balancer.dnsName });
  }

  private alarm(role: IamRole, balancer: Lb, targets: LbTargetGroup): CloudwatchMetricAlarm {
    const LoadBalancer = balancer.arnSuffix;
    const sum = (id: string, metricName: string, dimensions: Record<string, string>) => ({
      id,
      metric: { namespace: 'AWS/ApplicationELB', metricName, stat: 'Sum', period: 60, dimensions },
    });
    const all = 'FILL(requests, 0) + FILL(balancer, 0)';
    return new CloudwatchMetricAlarm(this, 'errors', {
      alarmName: `${role.name}-errors`,
      alarmDescription: 'More than 5 % of requests fail; stops a deployment of shop/Web',
      comparisonOperator: 'GreaterThanThreshold',
      threshold: 5,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      treatMissingData: 'notBreaching',
      metricQuery: [
        sum('requests', 'RequestCount', { LoadBalancer }),
        sum('server', 'HTTPCode_Target_5XX_Count', { LoadBalancer, TargetGroup: targets.arnSuffix }),
        sum('balancer', 'HTTPCode_ELB_5XX_Count', { LoadBalancer }),
        {
          id: 'percent',
          label: 'Failing requests, %',
          expression: `IF(${all} >= 20, 100 * (FILL(server, 0) + FILL(balancer, 0)) / (${all}), 0)`,
          returnData: true,
        },
      ],
      tags: name('Web/ErrorAlarm'),
    });
  }

  private servers(
    subnets: string[],
    imageId: string,
    serverGroup: SecurityGroup,
    role: IamRole,
    alarm: CloudwatchMetricAlarm,
    targets: LbTargetGroup,
    listener: LbListener,
  ) {
    const ami = new DataAwsAmi(this, 'ami', {
      filter: [{ name: 'image-id', values: [imageId] }],
      includeDeprecated: true,
    });
    const profile = new IamInstanceProfile(this, 'profile', {
      namePrefix: 'Web-',
      role: role.name,
      lifecycle: REPLACED_LIVE,
      tags: name('Web/Servers/Profile'),
    });
    const tags = name('Web/Servers');
    const template = new LaunchTemplate(this, 'template', {
      namePrefix: 'Web-',
      imageId,
      instanceType: 'm6i.large',
      iamInstanceProfile: { arn: profile.arn },
      updateDefaultVersion: true,
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
      monitoring: { enabled: true },
      networkInterfaces: [
        { associatePublicIpAddress: 'false', deleteOnTermination: 'true', securityGroups: [serverGroup.id] },
      ],
      blockDeviceMappings: [
        { deviceName: ami.rootDeviceName, ebs: { encrypted: 'true', volumeType: 'gp3', deleteOnTermination: 'true' } },
      ],
      tagSpecifications: ['instance', 'volume', 'network-interface'].map((resourceType) => ({ resourceType, tags })),
      lifecycle: REPLACED_LIVE,
      tags: name('Web/Servers/Template'),
    });
    const group = new AutoscalingGroup(this, 'group', {
      namePrefix: 'Web-',
      minSize: 6,
      maxSize: 12,
      vpcZoneIdentifier: subnets,
      targetGroupArns: [targets.arn],
      launchTemplate: { id: template.id, version: template.getStringAttribute('latest_version') },
      healthCheckType: 'ELB',
      healthCheckGracePeriod: 200,
      defaultInstanceWarmup: 180,
      minElbCapacity: 6,
      waitForCapacityTimeout: '10m',
      timeouts: { delete: '10m' },
      availabilityZoneDistribution: { capacityDistributionStrategy: 'balanced-best-effort' },
      instanceMaintenancePolicy: { minHealthyPercentage: 100, maxHealthyPercentage: 150 },
      instanceRefresh: {
        strategy: 'Rolling',
        preferences: {
          minHealthyPercentage: 100,
          maxHealthyPercentage: 150,
          instanceWarmup: '180',
          skipMatching: true,
          alarmSpecification: { alarms: [alarm.alarmName] },
          autoRollback: false,
        },
      },
      tag: Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
      lifecycle: REPLACED_LIVE,
      dependsOn: [listener],
    });
    new AutoscalingLifecycleHook(this, 'hook', {
      name: 'graceful-stop',
      autoscalingGroupName: group.name,
      lifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
      heartbeatTimeout: 60,
      defaultResult: 'CONTINUE',
    });
    new AutoscalingPolicy(this, 'cpu', {
      name: 'cpu',
      autoscalingGroupName: group.name,
      policyType: 'TargetTrackingScaling',
      targetTrackingConfiguration: {
        targetValue: 51.42,
        disableScaleIn: false,
        predefinedMetricSpecification: { predefinedMetricType: 'ASGAverageCPUUtilization' },
      },
    });
  }
}

const app = new App();
new ShopStack(app, 'shop');
app.synth();
