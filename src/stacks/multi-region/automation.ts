import { AppautoscalingTarget } from '@cdktf/provider-aws/lib/appautoscaling-target';
import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { DataAwsPartition } from '@cdktf/provider-aws/lib/data-aws-partition';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { SsmDocument } from '@cdktf/provider-aws/lib/ssm-document';
import { Construct } from 'constructs';
import type { HAWebTier, MultiAZDatabase } from '../../constructs/aws';
import { databaseName } from './global-database';
import type { Settings } from './props';
import { STRATEGIES } from './strategies';

/** What the documents of a region work on. */
export interface AutomationProps {
  /** Name of the application. */
  readonly application: string;
  readonly settings: Settings;
  readonly web: HAWebTier;
  readonly database: MultiAZDatabase;
  /** Servers that carry the peak with a zone lost. */
  readonly full: number;
}

/** One step of a document. */
type Step = Readonly<Record<string, unknown>>;

/** Names of the documents of an application, the same in every region. */
export function documentNames(application: string) {
  return {
    takeOver: databaseName(application, 'take-over'),
    switchBack: databaseName(application, 'switch-back'),
    findBackups: databaseName(application, 'find-backups'),
  };
}

/**
 * What an operator starts in the region that is to serve, in Systems Manager: `take-over` when the other region is lost, and
 * `switch-back` when both are well. They stand in the stack of the region that they act on, and ask nothing of another.
 */
export class Automation extends Construct {
  constructor(scope: Construct, id: string, props: AutomationProps) {
    super(scope, id);
    const { application, settings } = props;
    if (STRATEGIES[settings.recovery.strategy].data === 'backups') return; // Terraform restores: see the runbook
    const role = this.role(props);
    const { takeOver, switchBack } = documentNames(application);
    const start = startServers(props);
    this.document('TakeOver', takeOver, role.arn, {
      description: 'Takes over when the region of the writer is lost. Writes that had not arrived here are gone.',
      steps: [...start, ...promote(props, 'FailoverGlobalCluster', { AllowDataLoss: true }), ...waitForServers(props)],
      tags: settings.tags,
    });
    this.document('SwitchBack', switchBack, role.arn, {
      description: 'Takes over while both regions are well, and loses nothing.',
      steps: [...start, ...promote(props, 'SwitchoverGlobalCluster', {}), ...waitForServers(props)],
      tags: settings.tags,
    });
  }

  private document(
    id: string,
    name: string,
    assumeRole: string,
    { description, steps, tags }: { description: string; steps: readonly Step[]; tags: Settings['tags'] },
  ): SsmDocument {
    return new SsmDocument(this, id, {
      name,
      documentType: 'Automation',
      documentFormat: 'JSON',
      content: JSON.stringify({ schemaVersion: '0.3', description, assumeRole, mainSteps: steps }),
      tags: { Name: `${this.node.path}/${id}`, ...tags },
    });
  }

  /** Who may start the documents passes it to them. It changes what belongs to the application, and nothing else. */
  private role({ application, settings, web }: AutomationProps): IamRole {
    const { accountId } = new DataAwsCallerIdentity(this, 'Account', {});
    const { partition } = new DataAwsPartition(this, 'Partition', {});
    const role = new IamRole(this, 'Role', {
      namePrefix: `${databaseName(application, 'recovery').slice(0, 37)}-`,
      assumeRolePolicy: policy({
        ...{ Action: ['sts:AssumeRole'], Principal: { Service: 'ssm.amazonaws.com' } },
        Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
      }),
      lifecycle: { createBeforeDestroy: true },
      tags: { Name: `${this.node.path}/Role`, ...settings.tags },
    });
    const { service, autoscalingGroup } = web;
    const ofRds = (region: string, kind: string, what: string) =>
      `arn:${partition}:rds:${region}:${accountId}:${kind}:${databaseName(application, what)}`;
    new IamRolePolicy(this, 'Policy', {
      role: role.name,
      policy: policy(
        {
          Action: ['rds:FailoverGlobalCluster', 'rds:SwitchoverGlobalCluster'],
          Resource: [ofRds('', 'global-cluster', 'global'), ofRds('*', 'cluster', 'database')],
        },
        ...(autoscalingGroup
          ? [{ Action: ['autoscaling:UpdateAutoScalingGroup'], Resource: [autoscalingGroup.arn] }]
          : []),
        ...(service ? [{ Action: ['ecs:UpdateService'], Resource: [service.id] }] : []),
        ...scalingOf(web).map(({ arn }) => ({
          Action: ['application-autoscaling:RegisterScalableTarget'],
          Resource: [arn],
        })),
        {
          Action: [
            ...['rds:DescribeGlobalClusters', 'elasticloadbalancing:DescribeTargetHealth'],
            service ? 'ecs:DescribeServices' : 'autoscaling:DescribeAutoScalingGroups',
          ],
          Resource: '*', // they name no resource
        },
      ),
    });
    return role;
  }
}

function policy(...statements: readonly Readonly<Record<string, unknown>>[]): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
  });
}

/** What scales tasks on Fargate; nothing on EC2. */
function scalingOf(web: HAWebTier): AppautoscalingTarget[] {
  return web.node.findAll().filter((child) => child instanceof AppautoscalingTarget);
}

function api(name: string, service: string, call: string, inputs: Readonly<Record<string, unknown>>): Step {
  return { name, action: 'aws:executeAwsApi', inputs: { Service: service, Api: call, ...inputs } };
}

/** First of all: servers take longest to come. In a hot standby all of them run. */
function startServers({ settings, web, full }: AutomationProps): Step[] {
  if (settings.recovery.strategy === 'hot-standby') return [];
  const { service, autoscalingGroup } = web;
  if (autoscalingGroup) {
    const sizes = { AutoScalingGroupName: autoscalingGroup.name, MinSize: full, DesiredCapacity: full };
    return [api('StartServers', 'autoscaling', 'UpdateAutoScalingGroup', sizes)];
  }
  if (!service) return [];
  const { cluster, name } = service;
  return [
    ...scalingOf(web).map(({ resourceId }) =>
      api('RaiseMinimum', 'application-autoscaling', 'RegisterScalableTarget', {
        ...{ ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount' },
        ...{ ResourceId: resourceId, MinCapacity: full },
      }),
    ),
    api('StartServers', 'ecs', 'UpdateService', { cluster, service: name, desiredCount: full }),
  ];
}

/** The database here becomes the writer; the wait begins when the change has. */
function promote(
  { application, database }: AutomationProps,
  call: string,
  more: Readonly<Record<string, unknown>>,
): Step[] {
  const global = databaseName(application, 'global');
  return [
    api('PromoteDatabase', 'rds', call, {
      ...{ GlobalClusterIdentifier: global, TargetDbClusterIdentifier: database.cluster?.arn ?? '' },
      ...more,
    }),
    { name: 'LetItBegin', action: 'aws:sleep', inputs: { Duration: 'PT30S' } },
    {
      name: 'WaitForDatabase',
      action: 'aws:waitForAwsResourceProperty',
      timeoutSeconds: 3600,
      inputs: {
        ...{ Service: 'rds', Api: 'DescribeGlobalClusters', GlobalClusterIdentifier: global },
        ...{ PropertySelector: '$.GlobalClusters[0].Status', DesiredValues: ['available'] },
      },
    },
  ];
}

function waitForServers({ settings, web }: AutomationProps): Step[] {
  if (settings.recovery.strategy === 'hot-standby') return [];
  return [
    {
      name: 'WaitForServers',
      action: 'aws:waitForAwsResourceProperty',
      timeoutSeconds: 1800,
      inputs: {
        ...{ Service: 'elbv2', Api: 'DescribeTargetHealth', TargetGroupArn: web.targetGroup.arn },
        ...{ PropertySelector: '$.TargetHealthDescriptions[0].TargetHealth.State', DesiredValues: ['healthy'] },
      },
    },
  ];
}
