import { AppautoscalingTarget } from '@cdktf/provider-aws/lib/appautoscaling-target';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { SsmDocument } from '@cdktf/provider-aws/lib/ssm-document';
import { Construct } from 'constructs';
import type { HAWebTier, MultiAZDatabase } from '../../constructs/aws';
import { accountOf, databaseName } from './global-database';
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

/** A document of Systems Manager that an operator starts. */
interface DocumentContent {
  readonly name: string;
  readonly description: string;
  /**
   * ARN of the role that its steps have.
   *
   * @default - that of who starts it
   */
  readonly assumeRole?: string;
  readonly mainSteps: readonly Step[];
  /**
   * What the execution answers, by steps and their outputs.
   *
   * @default - nothing
   */
  readonly outputs?: readonly string[];
}

/** Makes a document of Systems Manager. */
export function automationDocument(
  scope: Construct,
  id: string,
  tags: Settings['tags'],
  { name, ...content }: DocumentContent,
): void {
  new SsmDocument(scope, id, {
    name,
    documentType: 'Automation',
    documentFormat: 'JSON',
    content: JSON.stringify({ schemaVersion: '0.3', ...content }),
    tags: { Name: `${scope.node.path}/${id}`, ...tags },
  });
}

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
    automationDocument(this, 'TakeOver', settings.tags, {
      name: takeOver,
      description: 'Takes over when the region of the writer is lost. Writes that had not arrived here are gone.',
      assumeRole: role.arn,
      mainSteps: [
        ...start,
        ...promote(props, 'FailoverGlobalCluster', { AllowDataLoss: true }),
        ...waitForServers(props),
      ],
    });
    automationDocument(this, 'SwitchBack', settings.tags, {
      name: switchBack,
      description: 'Takes over while both regions are well, and loses nothing.',
      assumeRole: role.arn,
      mainSteps: [...start, ...promote(props, 'SwitchoverGlobalCluster', {}), ...waitForServers(props)],
    });
  }

  /** Who may start the documents passes it to them. It changes what belongs to the application, and nothing else. */
  private role({ application, settings, web }: AutomationProps): IamRole {
    const { accountId, arnOf } = accountOf(this, application);
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
    new IamRolePolicy(this, 'Policy', {
      role: role.name,
      policy: policy(
        {
          Action: ['rds:FailoverGlobalCluster', 'rds:SwitchoverGlobalCluster'],
          Resource: [arnOf('', 'global-cluster', 'global'), arnOf('*', 'cluster', 'database')],
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
