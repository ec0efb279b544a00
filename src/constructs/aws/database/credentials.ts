import { type TerraformResource, TerraformStack } from 'cdktf';
import type { Settings } from './props';

/** Name of the arguments of a resource that take a password which no state holds. */
interface WriteOnly {
  readonly password: string;
  readonly version: string;
}

/** The argument that leaves the password to RDS; none when a secret of the user's holds it. */
export function managedPassword({ master }: Settings): true | undefined {
  return master.secret ? undefined : true; // false would conflict with a password of one's own
}

/**
 * Gives the server the password in the user's secret, by way of an ephemeral resource and a write-only argument: neither
 * the state nor a plan ever holds it. cdktf knows neither, so both are written as overrides.
 */
export function passwordFromSecret(server: TerraformResource, settings: Settings, names: WriteOnly): void {
  const { secret } = settings.master;
  if (!secret) return;
  const id = server.friendlyUniqueId;
  TerraformStack.of(server).addOverride(`ephemeral.aws_secretsmanager_secret_version.${id}`, {
    secret_id: secret.arn,
    ...(settings.provider && { provider: settings.provider.fqn }),
  });
  const text = `ephemeral.aws_secretsmanager_secret_version.${id}.secret_string`;
  server.addOverride(names.password, `\${jsondecode(${text}).password}`);
  server.addOverride(names.version, secret.version);
}
