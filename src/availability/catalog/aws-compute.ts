import type { WrittenServiceLevel } from './service-level';

const COMPUTE = {
  source: 'https://aws.amazon.com/compute/sla/historical/',
  read: 'earlier agreement',
  dated: '2022-05-05',
} as const;

const ELB = {
  source: 'https://aws.amazon.com/elasticloadbalancing/sla/',
  read: 'agreement',
  dated: '2022-07-25',
} as const;

const RESOLVER = {
  source: 'https://aws.amazon.com/route53/resolver/sla/',
  read: 'agreement',
  dated: '2022-08-29',
} as const;

/** Computing and what leads to it. */
export const AWS_COMPUTE: readonly WrittenServiceLevel[] = [
  {
    id: 'aws/ec2-region',
    service: 'Amazon EC2, region level',
    percent: '99.99',
    conditions: 'all running instances stand in two or more zones of a region at once',
    ...COMPUTE,
  },
  {
    id: 'aws/ec2-instance',
    service: 'Amazon EC2, instance level',
    percent: '99.5',
    conditions: 'a single instance',
    ...COMPUTE,
  },
  {
    id: 'aws/ecs',
    service: 'Amazon ECS, region level',
    percent: '99.99',
    conditions: 'all running tasks stand in two or more zones of a region at once',
    ...COMPUTE,
  },
  {
    id: 'aws/fargate',
    service: 'AWS Fargate for ECS and EKS, region level',
    percent: '99.99',
    conditions: 'all running tasks stand in two or more zones of a region at once',
    ...COMPUTE,
  },
  {
    id: 'aws/eks',
    service: 'Amazon EKS, Kubernetes endpoint of a cluster',
    percent: '99.95',
    conditions: 'the API server only; nodes and pods have service levels of their own',
    source: 'https://aws.amazon.com/eks/sla/',
    read: 'agreement',
    dated: '2022-05-04',
  },
  {
    id: 'aws/lambda',
    service: 'AWS Lambda',
    percent: '99.95',
    conditions: 'per region; requests that end in a 500 or 503 of Lambda itself',
    source: 'https://dev.classmethod.jp/articles/aws-lambda-sla',
    read: 'quotation',
    dated: '2018-10-17',
  },
  {
    id: 'aws/elb-multi-az',
    service: 'Elastic Load Balancing (Application, Network, Classic), several zones',
    percent: '99.99',
    conditions: 'the load balancer stands in two or more zones at once',
    ...ELB,
  },
  {
    id: 'aws/elb-single-az',
    service: 'Elastic Load Balancing, one zone',
    percent: '99.9',
    conditions: 'the load balancer stands in one zone',
    ...ELB,
  },
  {
    id: 'aws/api-gateway',
    service: 'Amazon API Gateway',
    percent: '99.95',
    conditions: 'per region',
    source: 'https://aws.amazon.com/api-gateway/sla/',
    read: 'agreement',
    dated: '2022-05-05',
  },
  {
    id: 'aws/cloudfront',
    service: 'Amazon CloudFront',
    percent: '99.9',
    conditions: 'errors of CloudFront itself, not of the origin',
    source: 'https://aws.amazon.com/cloudfront/sla/',
    read: 'agreement',
    dated: '2022-05-05',
  },
  {
    id: 'aws/route53',
    service: 'Amazon Route 53, answers of a public hosted zone',
    percent: '100',
    conditions: 'available as the agreement defines it; a promise of credits, for nothing never fails',
    source: 'https://iret.media/1463',
    read: 'quotation',
    dated: '2011-07',
  },
  {
    id: 'aws/route53-resolver-multi-az',
    service: 'Route 53 Resolver endpoints, several zones',
    percent: '99.99',
    conditions: 'two or more network interfaces, spread evenly over separate zones',
    ...RESOLVER,
  },
  {
    id: 'aws/route53-resolver-single-az',
    service: 'Route 53 Resolver endpoints, one zone',
    percent: '99.5',
    conditions: 'network interfaces not spread evenly over two or more zones',
    ...RESOLVER,
  },
  {
    id: 'aws/arc-cluster',
    service: 'Application Recovery Controller, a cluster',
    percent: '100',
    conditions: 'the cluster that switches regions; a promise of credits, for nothing never fails',
    source: 'https://aws.amazon.com/route53/application-recovery-controller/sla/',
    read: 'agreement',
    dated: '2024-08-15',
  },
  {
    id: 'aws/site-to-site-vpn',
    service: 'AWS Site-to-Site VPN, a connection',
    percent: '99.95',
    conditions: 'connections of the category AWS VPN, not AWS Classic VPN',
    source: 'https://aws.amazon.com/vpn/site-to-site-vpn-sla/',
    read: 'agreement',
    dated: '2022-05-05',
  },
  {
    id: 'aws/transit-gateway',
    service: 'AWS Transit Gateway',
    percent: '99.95',
    conditions: 'per gateway',
    source: 'https://aws.amazon.com/transit-gateway/sla/historical/',
    read: 'earlier agreement',
    dated: '2019-03-19',
  },
];
