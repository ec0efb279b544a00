import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Duration, Size } from 'nines';
import type {
  DatabaseMoment,
  DatabaseProxyUsers,
  DatabaseSnapshot,
  MultiAZDatabaseProps,
  RegionalReplica,
  ZonalNetwork,
} from 'nines/aws';
import { AROUND } from './random-databases';

/** Props of which none is left out: the compiler finds the one that was added and is missing here. */
type Full<Props> = Props extends Duration | Size | AwsProvider | ZonalNetwork | string | number | boolean
  ? Props
  : { readonly [Prop in keyof Props]-?: Full<NonNullable<Props[Prop]>> };

/** Every prop of a database at once, of which it takes no two that exclude each other. */
export type FullDatabase = Full<Omit<MultiAZDatabaseProps, 'restoreFrom' | 'regionLoss' | 'proxy'>> & {
  readonly restoreFrom: Full<DatabaseSnapshot & DatabaseMoment>;
  readonly regionLoss: Full<RegionalReplica>;
  readonly proxy: Full<DatabaseProxyUsers>;
};

export function fullDatabase(
  providers: { readonly here: AwsProvider; readonly there: AwsProvider },
  networks: { readonly here: ZonalNetwork; readonly there: ZonalNetwork },
): FullDatabase {
  return {
    network: networks.here,
    zones: networks.here.zones,
    engine: 'postgres',
    topology: 'instance',
    engineVersion: '17',
    instanceClass: 'db.m6g.large',
    storage: {
      size: Size.gibibytes(400),
      max: Size.gibibytes(800),
      type: 'gp3',
      iops: 12_000,
      kmsKeyArn: AROUND.kmsKeyArn,
    },
    databaseName: 'shop',
    parameters: { max_connections: '500' },
    master: { username: 'dbadmin', secret: { arn: AROUND.secretArn, version: 1 } },
    backups: { retention: Duration.days(14), window: '02:00-03:00', continuousByPlan: false },
    maintenance: { window: 'sun:04:00-sun:05:00', allowMajorVersionUpgrade: false, blueGreenUpdate: false },
    restoreFrom: { snapshot: 'shop-final', source: 'shop', time: '2026-11-25T02:00:00Z' },
    regionLoss: {
      keep: 'read replica',
      provider: providers.there,
      network: networks.there,
      zones: networks.there.zones,
      kmsKeyArn: AROUND.kmsKeyArnThere,
      notificationTopicArn: AROUND.topicArnThere,
    },
    proxy: { userSecretArns: [AROUND.secretArn] },
    provider: providers.here,
    allowDestroy: false,
    tags: { team: 'shop' },
    notificationTopicArn: AROUND.topicArn,
  };
}
