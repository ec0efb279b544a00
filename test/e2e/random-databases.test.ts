import fc from 'fast-check';
import { allOf, synthChart } from '../support/kubernetes/manifests';
import {
  backupCoverage,
  backups,
  buildBackup,
  buildDatabase,
  databaseCoverage,
  databases,
} from '../support/kubernetes/random-databases';
import { schemaProblems } from '../support/kubernetes/schemas';

const SEED = Number(process.env.NINES_SEED ?? 2026);
const EACH = 500;

describe('random valid databases and backups on Kubernetes', () => {
  test(`make manifests that the schemas take, ${EACH} of each with every prop and every arm of every union`, () => {
    const ofBackups = backupCoverage();
    const ofDatabases = databaseCoverage();
    const drawn = fc.sample(fc.tuple(databases, backups), { seed: SEED, numRuns: EACH });
    const manifests = drawn.flatMap(([props, config], position) =>
      synthChart((chart) => {
        const database = buildDatabase(chart, props, ofDatabases);
        const backup = buildBackup(chart, config, ofBackups);
        if (position % 2 === 0) database.allowFrom(backup);
      }),
    );
    process.stdout.write(
      `how often each prop and arm was drawn in ${EACH} databases and backups, with NINES_SEED=${SEED}:\n${ofDatabases}\n${ofBackups}\n`,
    );
    expect([...ofDatabases.missing(), ...ofBackups.missing()]).toEqual([]);
    expect(schemaProblems(manifests)).toEqual([]);
    process.stdout.write(`the schemas took ${manifests.length} manifests of ${EACH} databases and as many backups\n`);
  });

  test('are refused by the schemas once a field is misspelt', () => {
    const [config] = fc.sample(
      fc.tuple(
        databases.filter((props) => props.backups !== undefined),
        backups,
      ),
      { seed: SEED, numRuns: 1 },
    );
    const manifests = synthChart((chart) => {
      if (!config) throw new Error('nothing was drawn');
      buildDatabase(chart, config[0]);
      buildBackup(chart, config[1]);
    });
    const changed = (kind: string, from: string, to: string) =>
      allOf(manifests, kind).map((manifest) => JSON.parse(JSON.stringify(manifest).replace(from, to)));
    const wrong = [
      ...changed('Cluster', '"failoverQuorum"', '"failoverQuorums"'),
      ...changed('ObjectStore', '"destinationPath"', '"destination"'),
      ...changed('ScheduledBackup', '"method":"plugin"', '"method":"plug"'),
      ...changed('CronJob', '"startingDeadlineSeconds"', '"startingDeadline"'),
    ];
    const problems = schemaProblems(wrong).join('\n');
    expect(problems).toContain('Cluster/spec/postgresql/synchronous must NOT have additional properties');
    expect(problems).toContain('ObjectStore/spec/configuration must NOT have additional properties');
    expect(problems).toContain('ScheduledBackup/spec/method must be equal to one of the allowed values');
    expect(problems).toContain("'\"startingDeadline\"' does not exist in type 'ICronJobSpec'");
  });
});
