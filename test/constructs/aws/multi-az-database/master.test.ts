import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import { Token } from 'cdktf';
import { type Choose, global, made, published, SECRET, server, TOPOLOGIES, withReplica } from './databases';
import { problem, type Refused } from './refusal';

const ARGUMENTS = {
  instance: { user: 'username', password: 'password_wo', version: 'password_wo_version' },
  cluster: { user: 'master_username', password: 'master_password_wo', version: 'master_password_wo_version' },
  aurora: { user: 'master_username', password: 'master_password_wo', version: 'master_password_wo_version' },
};

/** The ephemeral resource that reads a secret, and its id. */
function reader(choices: Choose) {
  const found = Object.entries(made(choices).ephemeral.aws_secretsmanager_secret_version ?? {});
  expect(found).toHaveLength(1);
  const [id, block] = found[0] ?? [];
  return { id, block };
}

describe('MultiAZDatabase', () => {
  describe.each(TOPOLOGIES)('as %s', (topology) => {
    const { user, password, version } = ARGUMENTS[topology];

    test('leaves the password of dbadmin to RDS by default (manage_master_user_password)', () => {
      const one = server({ topology });
      expect(one).toMatchObject({ manage_master_user_password: true, [user]: 'dbadmin' });
      expect(one).not.toHaveProperty(password);
      expect(made({ topology }).ephemeral).toEqual({});
    });

    test('has the master user that is chosen', () => {
      expect(server({ topology, master: { username: 'root_of_all' } })).toMatchObject({ [user]: 'root_of_all' });
    });

    // Seen with Terraform 1.11.4 and provider 5.100: neither state nor plan holds it, and a raised version is an update.
    test('takes the password out of a secret of yours, and keeps it in no state and no plan', () => {
      const choices = { topology, master: { secret: { ...SECRET, version: 3 } } };
      const { id, block } = reader(choices);
      expect(block).toEqual({ secret_id: SECRET.arn });
      expect(server(choices)).toMatchObject({
        [user]: 'dbadmin',
        [password]: `\${jsondecode(ephemeral.aws_secretsmanager_secret_version.${id}.secret_string).password}`,
        [version]: 3,
      });
    });

    test('never says that RDS does not manage it: that would conflict with a password of yours', () => {
      expect(server({ topology, master: { secret: SECRET } })).not.toHaveProperty('manage_master_user_password');
    });
  });

  test('reads the secret with its own provider', () => {
    const choices: Choose = (stack) => ({
      provider: new AwsProvider(stack, 'Second', { region: 'eu-west-1', alias: 'second' }),
      master: { secret: SECRET },
    });
    expect(reader(choices).block).toEqual({ secret_id: SECRET.arn, provider: 'aws.second' });
  });

  test('takes a secret that is made beside it', () => {
    const choices: Choose = (stack) => ({
      master: { secret: { arn: new SecretsmanagerSecret(stack, 'Secret', {}).arn, version: 1 } },
    });
    expect(reader(choices).block).toEqual({ secret_id: `\${aws_secretsmanager_secret.Secret.arn}` });
  });

  test('hands the password to the one server that has a master user: a copy has that of its original', () => {
    for (const choices of [withReplica(), global()]) {
      const { resource } = made(choices);
      const servers = Object.values({ ...resource.aws_db_instance, ...resource.aws_rds_cluster });
      expect(servers.filter((one) => 'password_wo' in one || 'master_password_wo' in one)).toHaveLength(1);
      expect(servers.filter((one) => 'username' in one || 'master_username' in one)).toHaveLength(1);
      expect(servers.filter((one) => 'manage_master_user_password' in one)).toEqual([]);
    }
  });

  describe('publishes the secret', () => {
    const secretOf = (choices: Choose) => published(choices, ({ secretArn }) => ({ secretArn })).secretArn;

    test.each([
      ['instance', 'aws_db_instance'],
      ['cluster', 'aws_rds_cluster'],
      ['aurora', 'aws_rds_cluster'],
    ] as const)('that RDS keeps as %s', (topology, type) => {
      // try: at the plan in which RDS takes over from a secret of yours there is none yet, and an index would fail it
      expect(secretOf({ topology })).toMatch(
        new RegExp(`^\\$\\{try\\(${type}\\.\\w+\\.master_user_secret\\[0\\]\\.secret_arn, ""\\)\\}$`),
      );
    });

    test('that is yours', () => {
      expect(secretOf({ master: { secret: SECRET } })).toBe(SECRET.arn);
    });
  });
});

const LATER = Token.asString({ resolve: () => 'later' });

const USERS = [
  ['postgres', 'admin'],
  ['postgres', 'user'],
  ['postgres', 'rdsadmin'],
  ['postgres', 'pg_owner'],
  ['postgres', 'Admin'],
  ['mysql', 'rdsadmin'],
  ['mariadb', 'rdsrepladmin'],
] as const;

// seen refused: "DatabaseName identity cannot be used. It is a reserved word for this engine", and so grant, mysql
const NAMES = [
  ['postgres', 'identity'],
  ['postgres', 'grant'],
  ['postgres', 'template1'],
  ['postgres', 'Order'],
  ['mysql', 'mysql'],
  ['mysql', 'information_schema'],
  ['mariadb', 'sys'],
] as const;

const MASTER: readonly Refused[] = [
  [
    'a user of more than 16 characters',
    { master: { username: 'a'.repeat(17) } },
    "master.username must be at most 16 letters, digits and _, a letter first, got 'aaaaaaaaaaaaaaaaa'; write it as in 'dbadmin'",
  ],
  [
    'a user that starts with a digit',
    { master: { username: '1st' } },
    "master.username must be at most 16 letters, digits and _, a letter first, got '1st'; write it as in 'dbadmin'",
  ],
  [
    // a password that stands there by mistake must not be repeated in an error
    'a password in place of the ARN of a secret, without showing it',
    { master: { secret: { arn: 'hunter2', version: 1 } } },
    'master.secret.arn must be the ARN of a secret, got other text; store the password there and give its ARN',
  ],
  [
    'version 0 of a secret',
    { master: { secret: { ...SECRET, version: 0 } } },
    'master.secret.version must be a whole number of at least 1, got 0; raise it whenever the secret has changed',
  ],
];

describe('MultiAZDatabase', () => {
  test.each(USERS)('refuses of %s the master user %s', (engine, username) => {
    expect(problem({ engine, master: { username } })).toBe(
      `master.username must not be a word that ${engine} keeps for itself, got '${username}'; take another`,
    );
  });

  test.each([
    ['mysql', 'admin'],
    ['mysql', 'root'],
    ['mariadb', 'user'],
    ['postgres', 'postgres'],
    ['postgres', 'x'],
    ['postgres', 'sixteen_letters_'],
  ] as const)('takes of %s the master user %s', (engine, username) => {
    expect(() => made({ engine, master: { username } })).not.toThrow();
  });

  test.each(MASTER)('refuses %s', (_, choices, text) => {
    expect(problem(choices)).toBe(text);
  });

  test.each(NAMES)('refuses of %s the database %s', (engine, databaseName) => {
    expect(problem({ engine, databaseName })).toBe(
      `databaseName must not be a word that ${engine} keeps for itself, got '${databaseName}'; take another`,
    );
  });

  test.each([
    ['postgres', 63, 'shop-2'],
    ['postgres', 63, '2shop'],
    ['postgres', 63, 'a'.repeat(64)],
    ['mysql', 64, '_shop'],
    ['mysql', 64, 'a'.repeat(65)],
    ['mariadb', 64, ''],
    ['mariadb', 64, 'a'.repeat(65)],
  ] as const)('refuses of %s, which takes %i characters, the database %s', (engine, most, databaseName) => {
    const shown = databaseName.length > 60 ? `${'a'.repeat(57)}…` : databaseName;
    expect(problem({ engine, databaseName })).toBe(
      `databaseName must be at most ${most} letters, digits and _, a letter first, got '${shown}'; write it as in 'shop'`,
    );
  });

  test.each([
    ['postgres', '_shop'],
    ['postgres', 'a'.repeat(63)],
    ['mysql', 'a'.repeat(64)],
    ['mysql', 'user'],
    ['mariadb', 'Shop_2'],
    ['mariadb', 'a'.repeat(64)],
    ['postgres', 'a'],
    ['mysql', 'a'],
    ['mariadb', 'a'],
  ] as const)('takes of %s the database %s', (engine, databaseName) => {
    expect(() => made({ engine, databaseName })).not.toThrow();
  });

  test('takes names that are known later', () => {
    expect(() =>
      made({ databaseName: LATER, master: { username: LATER, secret: { arn: LATER, version: 1 } } }),
    ).not.toThrow();
  });
});
