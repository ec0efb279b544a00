import type { Cloud } from '../cloud';
import { mustRun } from '../processes';
import { until } from '../until';
import type { Api } from './api';
import { Ec2Host, type Flaw, PATIENT } from './host';

/** A host of a pair, as the cloud has it. */
export interface Deployed {
  readonly name: string;
  readonly userData: string;
  readonly interfaceId: string;
  /** The private address that the Elastic IP is translated to. */
  readonly serving: string;
}

/** What is there of a pair that was deployed, read back. */
export class Pair {
  private constructor(
    private readonly cloud: Cloud,
    private readonly api: Api,
    public readonly a: Deployed,
    public readonly b: Deployed,
    private readonly credentials: object,
    public readonly roleName: string,
  ) {}

  /** @param path of the construct, such as `edge/Edge` */
  static async of(cloud: Cloud, api: Api, path: string): Promise<Pair> {
    const { InstanceProfiles: profiles } = await cloud.aws<{
      InstanceProfiles: readonly { InstanceProfileName: string; Roles: readonly { RoleName: string; Arn: string }[] }[];
    }>('iam', 'list-instance-profiles');
    const id = path.split('/').at(-1);
    const role = profiles.find(({ InstanceProfileName }) => InstanceProfileName.startsWith(`${id}-`))?.Roles[0];
    const { Credentials: made } = await cloud.aws<{
      Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string; Expiration: string };
    }>('sts', 'assume-role', '--role-arn', role?.Arn ?? '', '--role-session-name', 'host');
    const { SessionToken: Token, ...keys } = made;
    const credentials = { Code: 'Success', Type: 'AWS-HMAC', LastUpdated: new Date().toISOString(), ...keys, Token };
    const [a, b] = await Promise.all(['ZoneA', 'ZoneB'].map((zone) => deployed(cloud, `${path}/${zone}`)));
    if (a === undefined || b === undefined) throw new Error('never');
    return new Pair(cloud, api, a, b, credentials, role?.RoleName ?? '');
  }

  /** Starts the agent of a host; its credentials are the role's, and come from the metadata. */
  start(host: Deployed, label: string, flaw: Flaw = {}): Promise<Ec2Host> {
    const metadata = { interfaceId: host.interfaceId, role: this.roleName, credentials: this.credentials };
    return Ec2Host.start(label, host.userData, this.api, { metadata, ...flaw });
  }

  /** Credentials of the role, as environment. */
  get environment(): Readonly<Record<string, string>> {
    const { AccessKeyId, SecretAccessKey, Token } = this.credentials as Record<string, string>;
    return {
      AWS_ACCESS_KEY_ID: `${AccessKeyId}`,
      AWS_SECRET_ACCESS_KEY: `${SecretAccessKey}`,
      AWS_SESSION_TOKEN: `${Token}`,
    };
  }

  /** Waits until EC2 says that a host has the address. */
  has(host: Deployed, owner: () => Promise<readonly string[]>): Promise<boolean> {
    return until(
      `${host.name} to have the address`,
      async () => (await owner()).every((id) => id === host.interfaceId),
      PATIENT,
    );
  }

  /** Ends the instance of a host, and lets its group start none; or lets it again. */
  async isThere(host: Deployed, there: boolean): Promise<void> {
    const { AutoScalingGroups: groups } = await this.cloud.aws<{
      AutoScalingGroups: readonly { AutoScalingGroupName: string; Tags: readonly { Value: string }[] }[];
    }>('autoscaling', 'describe-auto-scaling-groups');
    const group = groups.find(({ Tags }) => Tags.some(({ Value }) => Value === host.name))?.AutoScalingGroupName ?? '';
    const size = there ? '1' : '0';
    await mustRun(
      'aws',
      [
        ...['autoscaling', 'update-auto-scaling-group', '--auto-scaling-group-name', group],
        ...['--min-size', size, '--desired-capacity', size],
      ],
      { env: this.cloud.env },
    );
  }
}

async function deployed(cloud: Cloud, path: string): Promise<Deployed> {
  const { LaunchTemplates: templates } = await cloud.aws<{ LaunchTemplates: readonly { LaunchTemplateId: string }[] }>(
    ...['ec2', 'describe-launch-templates', '--filters', `Name=tag:Name,Values=${path}/Template`],
  );
  const { LaunchTemplateVersions: versions } = await cloud.aws<{
    LaunchTemplateVersions: readonly {
      LaunchTemplateData: { UserData: string; NetworkInterfaces: readonly { NetworkInterfaceId: string }[] };
    }[];
  }>(
    ...['ec2', 'describe-launch-template-versions', '--versions', '$Latest'],
    ...['--launch-template-id', templates[0]?.LaunchTemplateId ?? ''],
  );
  const data = versions[0]?.LaunchTemplateData;
  const interfaceId = data?.NetworkInterfaces[0]?.NetworkInterfaceId ?? '';
  const { NetworkInterfaces: found } = await cloud.aws<{
    NetworkInterfaces: readonly { PrivateIpAddresses: readonly { Primary: boolean; PrivateIpAddress: string }[] }[];
  }>('ec2', 'describe-network-interfaces', '--network-interface-ids', interfaceId);
  const addresses = found[0]?.PrivateIpAddresses ?? [];
  const serving = addresses.find(({ Primary }) => !Primary) ?? addresses[0];
  return { name: path, userData: data?.UserData ?? '', interfaceId, serving: serving?.PrivateIpAddress ?? '' };
}
