import type { Settings } from './props';

/** Days that Performance Insights keeps; more than 7 cost. */
const DAYS = 7;
// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DatabaseInsights.Engines.html
const WITHOUT = {
  postgres: /^(?!)/,
  mysql: /^db\.(t2|t3|t4g)\.(micro|small)$/,
  mariadb: /^db\.(t2|t3|t4g)\.(micro|small)$/,
};
const AURORA_MYSQL_WITHOUT = /^db\.(t2|t3)\.|^db\.t4g\.(micro|small)$/;

/** Whether Performance Insights runs on the instance class. */
export function hasInsights({ engine, topology, instanceClass }: Settings): boolean {
  const without = topology === 'aurora' && engine === 'mysql' ? AURORA_MYSQL_WITHOUT : WITHOUT[engine];
  return !without.test(instanceClass);
}

/** Performance Insights, where the instance class has it. */
export function insights(settings: Settings) {
  if (!hasInsights(settings)) return { performanceInsightsEnabled: false };
  return {
    performanceInsightsEnabled: true,
    performanceInsightsRetentionPeriod: DAYS,
    performanceInsightsKmsKeyId: settings.kmsKeyArn,
  };
}
