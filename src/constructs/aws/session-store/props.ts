import { Duration } from '../../../units';
import type { AwsProps } from '../aws-props';
import type { ZonalNetwork } from '../network/zonal-network';
import type { NotifyingProps } from '../notifying-props';

/** Choices for a `SessionStore`. */
export interface SessionStoreProps extends AwsProps, NotifyingProps {
  /** Where it runs, in the data subnets: a `MultiAZNetwork`, or one of `MultiAZNetwork.fromExisting`. */
  readonly network: ZonalNetwork;

  /**
   * Engine: Valkey, or Redis OSS for clients that insist. Choose once: users of one are refused by the other.
   *
   * @default 'valkey'
   */
  readonly engine?: SessionEngine;

  /**
   * Version, major and minor: it stays until you write a higher one. ElastiCache installs patches either way.
   *
   * @default - Valkey 8.0 or Redis OSS 7.1 at first; from then on the newest minor version, which ElastiCache installs
   */
  readonly engineVersion?: string;

  /**
   * Node type of every node, without data tiering (`r6gd`).
   *
   * @default 'cache.m6g.large'
   */
  readonly nodeType?: string;

  /**
   * Nodes that stand ready to take over the first one's work (of every shard), from 1 to 5.
   *
   * @default - one node in every zone, the first one among them
   */
  readonly replicas?: number;

  /**
   * Spreads the sessions over so many shards (cluster mode), each with its replicas, together at most 500 nodes; above
   * 90 AWS wants to be asked. Clients must know cluster mode. From none to some is a change in several steps by hand.
   *
   * @default - no cluster mode: all sessions in every node
   */
  readonly shards?: number;

  /**
   * Parameters of the engine, by name.
   *
   * @default - when memory is full, the session that would end first goes (`maxmemory-policy` volatile-ttl)
   */
  readonly parameters?: Readonly<Record<string, string>>;

  /**
   * Id of a user group of your own, for clients that cannot authenticate by IAM. Passwords of users land in Terraform's
   * state: make the users elsewhere.
   *
   * @default - one user that authenticates by IAM; `allowFrom` lets a tier's role be it
   */
  readonly userGroupId?: string;

  /**
   * How long daily snapshots are kept, up to 35 days, whole.
   *
   * @default Duration.days(7)
   */
  readonly snapshotRetention?: Duration;

  /**
   * When the daily snapshot is taken (UTC), at least 60 minutes.
   *
   * @default '02:00-03:00'
   */
  readonly snapshotWindow?: string;

  /**
   * When ElastiCache may install what is new, node after node (UTC), at least 60 minutes, not during `snapshotWindow`.
   * What you change comes at once, when you deploy it.
   *
   * @default 'sun:04:00-sun:05:00'
   */
  readonly maintenanceWindow?: string;

  /**
   * ARN of the KMS key for memory on disk and snapshots; cannot be changed later.
   *
   * @default - a key of ElastiCache's own
   */
  readonly kmsKeyArn?: string;
}

/** Engines of a `SessionStore`. */
export type SessionEngine = 'valkey' | 'redis';

/** What is known of an engine. */
interface EngineSupport {
  /** The version of a new store. Another major one would be refused by the stores that are there. */
  readonly version: string;
  readonly versions: RegExp;
}

/** Engines: IAM authentication needs Valkey 7.2 or Redis OSS 7.0. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html */
export const ENGINES: Readonly<Record<SessionEngine, EngineSupport>> = {
  valkey: { version: '8.0', versions: /^(7\.2|8\.[0-2])$/ },
  redis: { version: '7.1', versions: /^7\.[01]$/ },
};

/** Most replicas of a node. https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html */
export const MOST_REPLICAS = 5;

/** Props with every default filled in. */
export type Settings = ReturnType<typeof withDefaults>;

/** The props of a `SessionStore`, settled. */
export function withDefaults(props: SessionStoreProps) {
  const engine = props.engine ?? 'valkey';
  const zones = props.network?.dataSubnets?.length ?? 0;
  return {
    ...props,
    engine,
    engineVersion: props.engineVersion ?? ENGINES[engine]?.version ?? '',
    /** Whether ElastiCache chooses the minor version. */
    upgradesItself: props.engineVersion === undefined,
    nodeType: props.nodeType ?? 'cache.m6g.large',
    replicas: props.replicas ?? Math.min(Math.max(zones - 1, 1), MOST_REPLICAS),
    parameters: { 'maxmemory-policy': 'volatile-ttl', ...props.parameters },
    writtenParameters: props.parameters ?? {},
    snapshotRetention: props.snapshotRetention ?? Duration.days(7),
    snapshotWindow: props.snapshotWindow ?? '02:00-03:00',
    maintenanceWindow: props.maintenanceWindow ?? 'sun:04:00-sun:05:00',
  };
}
