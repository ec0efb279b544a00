import { documentNames } from '../automation';
import { regionOfZones } from '../props';
import { type Context, type Item, numbered, start, type Way } from './parts';

/** A database is restored from copied backups, and brought back by a snapshot. */
export const RESTORES: Way = { failOver: restoring, goBack: restoringBack, practise: practisingRestores };

function restoring({ application, settings, from, to, database, deploy }: Context): string[] {
  const [home] = settings.names;
  return numbered(
    [
      'Find the copied backups, and until when they reach; the outputs of the execution say both.',
      start(to, documentNames(application).findBackups),
    ],
    ...(to === home ? [makingRoom(to, database)] : []),
    [
      `Write down \`recovery: { active: '${to}', restoreFrom: '<that ARN>' }\`, and deploy the stack of ${to}: network, servers, and the database from the backups. It needs neither ${from} nor its state.`,
      deploy(to),
    ],
    ['Look at the data: is the last order there that should be?'],
    [
      `Let the name lead there. This edits a record, in us-east-1: should its control plane be down with ${from}, wait.`,
      deploy('dns'),
    ],
  );
}

function restoringBack({ settings, from, to, database, deploy }: Context): string[] {
  const [home] = settings.names;
  const snapshot = `${database}-back-<date>`;
  const key = settings.regions.find(({ zones }) => regionOfZones(zones) === from)?.kmsKeyArn ?? 'alias/aws/rds';
  const deployHome: Item = [
    `Once ${from} is well, deploy its stack, while \`recovery.active\` is ${to}: its servers stop, and it copies the backups of ${to} from now on; until then nothing does. Nobody may write to its old database: look there for what is missing in ${to}.`,
    deploy(from),
  ];
  const unprotect: Item = [
    `Take the protection off what is to go in ${to}: deploy its stack with \`allowDestroy: true\`, and take that out of the code again.`,
    deploy(to),
  ];
  return numbered(
    ...(from === home ? [deployHome] : []),
    ...(to === home ? [] : [unprotect]),
    [
      `At a quiet hour, stop writes in ${to}. Take a snapshot of its database, and copy it to ${from}.`,
      `aws rds create-db-snapshot --region ${to} --db-instance-identifier ${database} --db-snapshot-identifier ${snapshot}`,
      `aws rds wait db-snapshot-available --region ${to} --db-snapshot-identifier ${snapshot}`,
      `aws rds copy-db-snapshot --region ${from} --source-region ${to} --source-db-snapshot-identifier <its ARN> --target-db-snapshot-identifier ${snapshot} --kms-key-id ${key}`,
      `aws rds wait db-snapshot-available --region ${from} --db-snapshot-identifier ${snapshot}`,
    ],
    makingRoom(from, database),
    [
      `Write down \`recovery: { active: '${from}', restoreFrom: '<ARN of the copy>' }\`, and deploy the stack of ${from}, which makes the database from it. Afterwards \`restoreFrom\` can go.`,
      deploy(from),
    ],
    ['Look at the data: is the last order there that should be?'],
    ['Let the name lead there.', deploy('dns')],
    [
      `Deploy the stack of ${to}: ${to === home ? 'its servers stop' : 'it gives back what it no longer needs'}, and it copies the backups of the new database.`,
      deploy(to),
    ],
  );
}

/** The old database has the name that the new one gets. */
function makingRoom(region: string, database: string): Item {
  return [
    `Take the old database in ${region} away; a last snapshot keeps what is in it.`,
    `aws rds modify-db-instance --region ${region} --db-instance-identifier ${database} --no-deletion-protection --apply-immediately`,
    `aws rds delete-db-instance --region ${region} --db-instance-identifier ${database} --final-db-snapshot-identifier ${database}-lost-<date> --no-delete-automated-backups`,
    `aws rds wait db-instance-deleted --region ${region} --db-instance-identifier ${database}`,
  ];
}

function practisingRestores({ application, settings, from, to }: Context): string[] {
  if (to === settings.names[0]) {
    return [
      `Not from here: "Fail over" would take the old database in ${to} away. Practise once ${to} serves, to ${from}.`,
    ];
  }
  return [
    `Twice a year: do what stands under "Fail over", but for the name, and look at the data. Then deploy ${application}-${to} with`,
    '`allowDestroy: true`, and once more with `recovery` as it was: it gives back what it needed.',
  ];
}
