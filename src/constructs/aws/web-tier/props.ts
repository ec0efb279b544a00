import type { Capacity, HealthCheck, ServerTiming } from '../../../intent';
import { Duration, Size } from '../../../units';
import { objectProblems } from '../../../validation';
import type { AwsProps } from '../aws-props';
import type { ZonalNetwork } from '../network/zonal-network';
import { type FargateCpu, fargateMemory } from './fargate-sizes';

/** Choices for an `HAWebTier`. Give exactly one of `machineImage` and `container`. */
export interface HAWebTierProps extends AwsProps {
  /** Where it runs: a `MultiAZNetwork`, or one of `MultiAZNetwork.fromExisting`. */
  readonly network: ZonalNetwork;

  /** How many servers carry the peak, and how many zones may be lost. */
  readonly capacity: Capacity;

  /**
   * What says that a server is ready, by HTTP or HTTPS: an application load balancer has no TCP check.
   * Its protocol is also that of the traffic from the load balancer to the servers.
   */
  readonly healthCheck: HealthCheck;

  /**
   * Id of the machine image (AMI) to start on EC2, in an Auto Scaling group.
   *
   * @default - none; give `container`
   */
  readonly machineImage?: string;

  /**
   * The container to start on Fargate, as an ECS service.
   *
   * @default - none; give `machineImage`
   */
  readonly container?: WebTierContainer;

  /**
   * The machines that `machineImage` starts on.
   *
   * @default - m6i.large, no user data
   */
  readonly instance?: WebTierInstance;

  /**
   * ARN of the ACM certificate, in the region of the tier. With it, the tier answers HTTPS and sends HTTP there.
   *
   * @default - plain HTTP, and a warning
   */
  readonly certificateArn?: string;

  /**
   * Port on which the servers take requests.
   *
   * @default - the port of the health check
   */
  readonly port?: number;

  /**
   * How long the servers take to start, to answer and to stop.
   *
   * @default - starts within 3 minutes (EC2) or 1 minute (Fargate), requests and shutdown take up to 30 seconds
   */
  readonly timing?: ServerTiming;

  /**
   * Choices for the load balancer.
   *
   * @default - faces the internet, no stickiness, no access logs
   */
  readonly entrance?: WebTierEntrance;
}

/** Choices for the load balancer of an `HAWebTier`. */
export interface WebTierEntrance {
  /**
   * Keeps the load balancer inside the VPC, in the application subnets; nobody reaches it but those
   * named by `allowFrom`.
   *
   * @default false
   */
  readonly internal?: boolean;

  /**
   * Keeps a client on the server it first got, by a cookie that lives so long; 1 second to 7 days.
   * Sessions kept in servers die with them: prefer a session store.
   *
   * @default - every request goes to any server
   */
  readonly stickiness?: Duration;

  /**
   * Bucket for access logs; its policy must let the load balancer write.
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
   *
   * @default - no access logs
   */
  readonly accessLogs?: {
    /** Name of the bucket, in the region of the tier. */
    readonly bucket: string;
    /**
     * Start of the object keys.
     *
     * @default - none
     */
    readonly prefix?: string;
  };
}

/** The machines of an `HAWebTier` on EC2. */
export interface WebTierInstance {
  /**
   * Instance type.
   *
   * @default 'm6i.large'
   */
  readonly type?: string;

  /**
   * Script or cloud-init text for the first boot, at most 16 KB. Anyone who may describe the launch
   * template reads it: no secrets.
   *
   * @default - none
   */
  readonly userData?: string;

  /**
   * Size of the root volume, in whole GiB; not smaller than the image's.
   *
   * @default - the size in the image
   */
  readonly volumeSize?: Size;
}

/** The container of an `HAWebTier` on Fargate. */
export interface WebTierContainer {
  /**
   * Image with a tag other than `latest`, or better a digest: what rolls back must name what it returns to.
   */
  readonly image: string;

  /**
   * CPU units of a task; 1024 are one virtual CPU.
   *
   * @default 512
   */
  readonly cpu?: FargateCpu;

  /**
   * Memory of a task; Fargate knows certain sizes for each `cpu`.
   *
   * @default - the smallest that goes with `cpu`
   */
  readonly memory?: Size;

  /**
   * Processor architecture that the image was built for.
   *
   * @default 'X86_64'
   */
  readonly architecture?: 'X86_64' | 'ARM64';

  /**
   * Command that replaces the image's. Terraform reads `${…}` in it; write `$${…}` for what the shell is to read.
   *
   * @default - the image's own
   */
  readonly command?: readonly string[];

  /**
   * Environment variables. Anyone who may describe the task reads them: no secrets. Terraform reads `${…}` in them.
   *
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;

  /**
   * Environment variables taken from Secrets Manager or the SSM parameter store when a task starts: name to ARN.
   * The task's execution role may read exactly these. A key of your own needs `kms:Decrypt` for that role.
   *
   * @default - none
   */
  readonly secrets?: Readonly<Record<string, string>>;

  /**
   * How long CloudWatch keeps the logs; one of its own periods.
   *
   * @default Duration.days(90)
   */
  readonly logRetention?: Duration;
}

/** Props with every default filled in. */
export type Settings = ReturnType<typeof withDefaults>;

/** The props of an `HAWebTier`, settled. */
export function withDefaults(props: HAWebTierProps) {
  const longestRequest = props.timing?.longestRequest ?? Duration.seconds(30);
  return {
    ...props,
    port: props.port ?? props.healthCheck?.port, // without a health check, that is the problem to name
    allowDestroy: props.allowDestroy ?? false,
    timing: {
      startup: props.timing?.startup ?? Duration.minutes(props.container ? 1 : 3),
      longestRequest,
      drain: props.timing?.drain ?? longestRequest,
      shutdown: props.timing?.shutdown ?? Duration.seconds(30),
      slowStart: props.timing?.slowStart,
    },
    entrance: { ...props.entrance, internal: props.entrance?.internal ?? false },
    hasInstance: props.instance !== undefined,
    instance: { ...props.instance, type: props.instance?.type ?? 'm6i.large' },
    container: props.container && containerDefaults(props.container),
  };
}

/** Groups of props that are none: `instance: 'm6i.large'` would quietly leave every default. */
export function groupProblems(props: HAWebTierProps): string[] {
  const { timing, entrance, instance, container } = props;
  return Object.entries({ timing, entrance, 'entrance.accessLogs': entrance?.accessLogs, instance, container })
    .filter(([, group]) => group !== undefined)
    .flatMap(([prop, group]) => objectProblems(prop, group));
}

/** A container with every default filled in. */
export type ContainerSettings = ReturnType<typeof containerDefaults>;

function containerDefaults(container: WebTierContainer) {
  const cpu = container.cpu ?? 512;
  return {
    ...container,
    cpu,
    memory: container.memory ?? Size.mebibytes(fargateMemory(cpu)[0] ?? 512),
    architecture: container.architecture ?? 'X86_64',
    environment: container.environment ?? {},
    secrets: container.secrets ?? {},
    logRetention: container.logRetention ?? Duration.days(90),
  };
}
