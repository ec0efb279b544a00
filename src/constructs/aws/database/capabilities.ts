/** Database engines. */
export type DatabaseEngine = 'postgres' | 'mysql' | 'mariadb';

/** Shapes in which RDS survives the loss of a zone. */
export type DatabaseTopology = 'instance' | 'cluster' | 'aurora';

/** What there is for some topologies, or beside some other feature, and not elsewhere. */
export type DatabaseFeature =
  | 'storage autoscaling'
  | 'replicated backups'
  | 'cross-region read replica'
  | 'global database'
  | 'blue/green updates'
  | 'major version upgrade'
  | 'managed secret'
  | 'proxy'
  | 'continuous backups by AWS Backup'
  | 'restore by Terraform';

/** How RDS knows an engine in a topology. */
export interface EngineSupport {
  /** The provider's name of the engine. */
  readonly engine: string;
  /** Major version that is used unless another is said; RDS chooses the minor one, and keeps it current. */
  readonly version: string;
  /** What a version looks like, from the oldest that AWS still takes. */
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
  /** Where AWS says which versions the topology runs. */
  readonly source: string;
}

const GUIDE = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide';
const AURORA_GUIDE = 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide';
const BACKUP_GUIDE = 'https://docs.aws.amazon.com/aws-backup/latest/devguide';

/**
 * Topologies that have a feature, and where that is said. AWS says most of it only when it is asked, halfway through an
 * apply; the provider checks none of it.
 */
export const FEATURES: Readonly<
  Record<DatabaseFeature, { readonly topologies: readonly DatabaseTopology[]; readonly source: string }>
> = {
  'storage autoscaling': {
    topologies: ['instance'], // an Aurora volume grows by itself
    source: `${GUIDE}/multi-az-db-clusters-concepts.html#multi-az-db-clusters-concepts.Limitations`,
  },
  'replicated backups': { topologies: ['instance'], source: `${GUIDE}/USER_ReplicateBackups.html` },
  'cross-region read replica': {
    topologies: ['instance'], // a Multi-AZ cluster can only be replicated in its own region
    source: `${GUIDE}/USER_ReadRepl.XRgn.html`,
  },
  'global database': { topologies: ['aurora'], source: `${AURORA_GUIDE}/aurora-global-database.html` },
  'blue/green updates': {
    topologies: ['instance'], // Aurora has them too, but AWS provider 5 only for instances
    source:
      'https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/db_instance#blue_green_update',
  },
  'major version upgrade': {
    topologies: ['instance', 'cluster', 'aurora'],
    source: `${GUIDE}/USER_UpgradeDBInstance.Upgrading.html`,
  },
  'managed secret': {
    topologies: ['instance', 'cluster', 'aurora'],
    source: `${GUIDE}/rds-secrets-manager.html#rds-secrets-manager-limitations`,
  },
  proxy: {
    topologies: ['instance', 'cluster', 'aurora'],
    source: `${GUIDE}/Concepts.RDS_Fea_Regions_DB-eng.Feature.RDSProxy.html`,
  },
  'continuous backups by AWS Backup': {
    topologies: ['instance', 'aurora'],
    source: `${BACKUP_GUIDE}/backup-feature-availability.html#features-by-resource`,
  },
  'restore by Terraform': {
    topologies: ['instance', 'aurora'], // the provider does not say of which class the instances are
    source: 'https://github.com/hashicorp/terraform-provider-aws/issues/26773',
  },
};

/** Features of which one excludes the other, and where that is said. */
export const EXCLUSIONS: readonly {
  readonly features: readonly [DatabaseFeature, DatabaseFeature];
  readonly source: string;
}[] = [
  {
    features: ['managed secret', 'cross-region read replica'],
    source: `${GUIDE}/rds-secrets-manager.html#rds-secrets-manager-limitations`,
  },
  {
    features: ['managed secret', 'global database'],
    source: `${AURORA_GUIDE}/rds-secrets-manager.html#rds-secrets-manager-limitations`,
  },
  {
    features: ['managed secret', 'blue/green updates'],
    source: `${GUIDE}/rds-secrets-manager.html#rds-secrets-manager-limitations`,
  },
  {
    features: ['proxy', 'blue/green updates'],
    source: `${GUIDE}/blue-green-deployments-considerations.html`,
  },
  {
    features: ['cross-region read replica', 'blue/green updates'],
    source: `${GUIDE}/blue-green-deployments-considerations.html`,
  },
  // The copy keeps its version, and refuses the parameter group of another.
  {
    features: ['major version upgrade', 'cross-region read replica'],
    source: `${GUIDE}/USER_UpgradeDBInstance.PostgreSQL.MajorVersion.html`,
  },
  {
    features: ['major version upgrade', 'global database'],
    source: `${AURORA_GUIDE}/aurora-global-database-upgrade.html`,
  },
];

// 15 and later ask for TLS by themselves; it is said all the same, so that the promise does not hang on a version.
// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
const POSTGRES_TLS = { name: 'rds.force_ssl', value: '1' };
// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-ssl-connections.require-ssl.html
const MYSQL_TLS = { name: 'require_secure_transport', value: '1' };

const POSTGRES = {
  engine: 'postgres',
  version: '17', // standard support until 2030-02
  versions: /^(1[4-9]|[2-9]\d)(\.\d+)?$/,
  family: (version: string) => `postgres${parts(version, 1)}`,
  tls: POSTGRES_TLS,
  logs: ['postgresql', 'upgrade'],
  port: 5432,
  protocol: 'POSTGRESQL',
  source: `${GUIDE}/PostgreSQL.Concepts.General.ReleaseCalendar.html`,
} as const;

const MYSQL = {
  engine: 'mysql',
  version: '8.4', // standard support until 2029-07; that of 8.0 ended in 2026-07
  versions: /^(8\.[04]|9\.\d+|[1-9]\d\.\d+)(\.\d+)?$/,
  family: (version: string) => `mysql${parts(version, 2)}`,
  tls: MYSQL_TLS,
  logs: ['error', 'slowquery'],
  port: 3306,
  protocol: 'MYSQL',
  source: `${GUIDE}/MySQL.Concepts.VersionMgmt.html`,
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
      versions: /^(10\.11|11\.[48]|1[2-9]\.\d+)(\.\d+)?$/, // 10.6 knows no IAM authentication
      family: (version) => `mariadb${parts(version, 2)}`,
      source: `${GUIDE}/MariaDB.Concepts.VersionMgmt.html`,
    },
  },
  cluster: {
    postgres: { ...POSTGRES, source: `${GUIDE}/Concepts.RDS_Fea_Regions_DB-eng.Feature.MultiAZDBClusters.html` },
    mysql: { ...MYSQL, source: `${GUIDE}/Concepts.RDS_Fea_Regions_DB-eng.Feature.MultiAZDBClusters.html` },
  },
  aurora: {
    postgres: {
      ...POSTGRES,
      engine: 'aurora-postgresql',
      family: (version) => `aurora-postgresql${parts(version, 1)}`,
      logs: ['postgresql'],
      source: `${AURORA_GUIDE}/AuroraPostgreSQL.Updates.html`,
    },
    mysql: {
      ...MYSQL,
      engine: 'aurora-mysql',
      version: '8.0', // Aurora MySQL 3; standard support until 2028-04
      versions: /^8\.[04](\.mysql_aurora\.\d+\.\d+\.\d+)?$/,
      family: (version) => `aurora-mysql${parts(version, 2)}`,
      tls: { ...MYSQL_TLS, value: 'ON' },
      source: `${AURORA_GUIDE}/AuroraMySQL.Updates.html`,
    },
  },
};

/** Instance classes by topology: what they look like, the one that is used unless another is said, and where that is said. */
export const CLASSES: Readonly<
  Record<DatabaseTopology, { readonly like: RegExp; readonly usual: string; readonly source: string }>
> = {
  instance: {
    like: /^db\.[a-z]+\d+[a-z]*\.[a-z0-9-]+$/,
    usual: 'db.m6g.large', // m6g: in every region
    source: `${GUIDE}/Concepts.DBInstanceClass.Support.html`,
  },
  cluster: {
    like: /^db\.(m5d|m6gd|m6id|m6idn|m8gd|r5d|r6gd|r6id|r6idn|r8gd|x2iedn|c6gd)\.[a-z0-9]+$/, // only those with local disks
    usual: 'db.m6gd.large',
    source: `${GUIDE}/create-multi-az-db-cluster.html`,
  },
  aurora: {
    like: /^db\.((r|x)\d[a-z]*\.[a-z0-9]+|t(3|4g)\.(medium|large))$/,
    usual: 'db.r7g.large',
    source: `${AURORA_GUIDE}/Concepts.DBInstanceClass.SupportAurora.html`,
  },
};

/**
 * How many zones a topology spreads over. A Multi-AZ cluster is a writer and two readers in three; the volume of an Aurora
 * cluster lies in three, and its instances can stand in no fourth.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html (AvailabilityZone)
 */
export const ZONES: Readonly<Record<DatabaseTopology, { readonly fewest: number; readonly most: number }>> = {
  instance: { fewest: 2, most: Number.POSITIVE_INFINITY },
  cluster: { fewest: 3, most: Number.POSITIVE_INFINITY },
  aurora: { fewest: 2, most: 3 },
};

function parts(version: string, count: number): string {
  return version.split('.').slice(0, count).join('.');
}
