/** Database engines. */
export type DatabaseEngine = 'postgres' | 'mysql' | 'mariadb';

/** Shapes in which RDS survives the loss of a zone. */
export type DatabaseTopology = 'instance' | 'cluster' | 'aurora';

/** What RDS does for some topologies and engines, and not for others. */
export type DatabaseFeature =
  | 'storage autoscaling'
  | 'replicated backups'
  | 'cross-region read replica'
  | 'global database'
  | 'blue/green updates'
  | 'managed secret'
  | 'proxy';

/** How RDS knows an engine in a topology. */
export interface EngineSupport {
  /** The provider's name of the engine. */
  readonly engine: string;
  /** Major version that is used unless another is said; RDS chooses the minor one, and keeps it current. */
  readonly version: string;
  /** What a version looks like. */
  readonly versions: RegExp;
  /** Family of the parameter groups of a version. */
  readonly family: (version: string) => string;
  /** The parameter that refuses connections without TLS, and its value. */
  readonly tls: { readonly name: string; readonly value: string };
  /** Logs that CloudWatch gets. */
  readonly logs: readonly string[];
  /** Port that it listens on. */
  readonly port: number;
  /** The proxy's name of its protocol. */
  readonly protocol: 'POSTGRESQL' | 'MYSQL';
}

/** One row of what RDS can do. */
interface FeatureSupport {
  /** Topologies that have it. */
  readonly topologies: readonly DatabaseTopology[];
  /** Features that exclude it, each in its own row too. */
  readonly notWith: readonly DatabaseFeature[];
  /** Where AWS says so. */
  readonly source: string;
}

const GUIDE = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide';
const AURORA_GUIDE = 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide';

/**
 * What RDS can do by topology, and what excludes what. AWS says most of it only when it is asked, halfway through an
 * apply; the provider checks none of it.
 */
export const FEATURES: Readonly<Record<DatabaseFeature, FeatureSupport>> = {
  'storage autoscaling': {
    topologies: ['instance'], // an Aurora volume grows by itself
    notWith: [],
    source: `${GUIDE}/multi-az-db-clusters-concepts.html#multi-az-db-clusters-concepts.Limitations`,
  },
  'replicated backups': {
    topologies: ['instance'],
    notWith: [],
    source: `${GUIDE}/USER_ReplicateBackups.html`,
  },
  'cross-region read replica': {
    topologies: ['instance'], // a Multi-AZ cluster can only be replicated in its own region
    notWith: ['managed secret', 'blue/green updates'],
    source: `${GUIDE}/USER_ReadRepl.XRgn.html`,
  },
  'global database': {
    topologies: ['aurora'],
    notWith: ['managed secret'],
    source: `${AURORA_GUIDE}/aurora-global-database.html`,
  },
  'blue/green updates': {
    topologies: ['instance'], // Aurora has them too, but AWS provider 5 only for instances
    notWith: ['managed secret', 'proxy', 'cross-region read replica'],
    source: `${GUIDE}/blue-green-deployments-considerations.html`,
  },
  'managed secret': {
    topologies: ['instance', 'cluster', 'aurora'],
    notWith: ['cross-region read replica', 'global database', 'blue/green updates'],
    source: `${GUIDE}/rds-secrets-manager.html#rds-secrets-manager-limitations`,
  },
  proxy: {
    topologies: ['instance', 'cluster', 'aurora'],
    notWith: ['blue/green updates'],
    source: `${GUIDE}/Concepts.RDS_Fea_Regions_DB-eng.Feature.RDSProxy.html`,
  },
};

// 15 and later ask for TLS by themselves; it is said all the same, so that the promise does not hang on a version.
const POSTGRES_TLS = { name: 'rds.force_ssl', value: '1' };
const MYSQL_TLS = { name: 'require_secure_transport', value: '1' };

const POSTGRES = {
  engine: 'postgres',
  version: '17', // standard support until 2030-02
  versions: /^1[4-9](\.\d+)?$/,
  family: (version: string) => `postgres${parts(version, 1)}`,
  tls: POSTGRES_TLS,
  logs: ['postgresql', 'upgrade'],
  port: 5432,
  protocol: 'POSTGRESQL',
} as const;

const MYSQL = {
  engine: 'mysql',
  version: '8.4', // standard support until 2029-07; that of 8.0 ended in 2026-07
  versions: /^8\.[04](\.\d+)?$/,
  family: (version: string) => `mysql${parts(version, 2)}`,
  tls: MYSQL_TLS,
  logs: ['error', 'slowquery'],
  port: 3306,
  protocol: 'MYSQL',
} as const;

/** What each topology can run; a Multi-AZ cluster and Aurora know no MariaDB. */
export const ENGINES: Readonly<Record<DatabaseTopology, Readonly<Partial<Record<DatabaseEngine, EngineSupport>>>>> = {
  instance: {
    postgres: POSTGRES,
    mysql: MYSQL,
    mariadb: {
      ...MYSQL,
      engine: 'mariadb',
      version: '11.4', // standard support until 2029-05
      versions: /^(10\.11|11\.[48])(\.\d+)?$/,
      family: (version) => `mariadb${parts(version, 2)}`,
    },
  },
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.RDS_Fea_Regions_DB-eng.Feature.MultiAZDBClusters.html
  cluster: { postgres: POSTGRES, mysql: MYSQL },
  aurora: {
    postgres: {
      ...POSTGRES,
      engine: 'aurora-postgresql',
      family: (version) => `aurora-postgresql${parts(version, 1)}`,
      logs: ['postgresql'],
    },
    mysql: {
      ...MYSQL,
      engine: 'aurora-mysql',
      version: '8.0', // Aurora MySQL 3; standard support until 2028-04
      versions: /^8\.[04](\.mysql_aurora\.\d+\.\d+\.\d+)?$/,
      family: (version) => `aurora-mysql${parts(version, 2)}`,
      tls: { ...MYSQL_TLS, value: 'ON' },
    },
  },
};

/** Instance classes by topology: what they look like, and the one that is used unless another is said. */
export const CLASSES: Readonly<Record<DatabaseTopology, { readonly like: RegExp; readonly usual: string }>> = {
  instance: { like: /^db\.[a-z]+\d+[a-z]*\.[a-z0-9-]+$/, usual: 'db.m6g.large' }, // m6g: in every region
  // Only those with local disks. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/create-multi-az-db-cluster.html
  cluster: {
    like: /^db\.(m5d|m6gd|m6id|m6idn|m8gd|r5d|r6gd|r6id|r6idn|r8gd|x2iedn|c6gd)\.[a-z0-9]+$/,
    usual: 'db.m6gd.large',
  },
  // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.Types.html
  aurora: { like: /^db\.((r|x)\d[a-z]*\.[a-z0-9]+|t(3|4g)\.(medium|large))$/, usual: 'db.r7g.large' },
};

/** Fewest zones that a topology spreads over: a Multi-AZ cluster is a writer and two readers in three. */
export const FEWEST_ZONES: Readonly<Record<DatabaseTopology, number>> = { instance: 2, cluster: 3, aurora: 2 };

function parts(version: string, count: number): string {
  return version.split('.').slice(0, count).join('.');
}
