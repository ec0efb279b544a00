import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { Construct } from 'constructs';
import { allowConnections, type ConnectionSource, type ConnectionTarget, peerId } from '../security-rules';
import { daysLater } from '../windows';
import { accountKeyArn, type PossibleSettings, type TopologyProps } from './parts';
import type { RegionalReplica } from './prop-parts';

/** The copy of a database that follows it in another region. It can be read; promoted, it can be written. */
export interface DatabaseCopy extends ConnectionTarget {
  /** Host that reads it now, and that writes it once it was promoted. */
  readonly endpoint: string;
  /** Security group of the copy. */
  readonly securityGroup: SecurityGroup;
}

/** What a copy is made from: the database's own parts, those of its role too, which is the same in every region. */
export type CopyProps = Pick<TopologyProps, 'databaseId' | 'settings' | 'monitoringRoleArn'> & {
  readonly there: RegionalReplica;
};

/** Props of the copy: the database's, with what differs there. It is maintained on another day. */
export function settingsThere(
  scope: Construct,
  { settings, there }: CopyProps,
): PossibleSettings & { kmsKeyArn: string } {
  const { provider, network, notificationTopicArn } = there;
  return {
    ...settings,
    ...{ provider, network, notificationTopicArn },
    kmsKeyArn: there.kmsKeyArn ?? accountKeyArn(scope, provider),
    maintenance: { ...settings.maintenance, window: daysLater(settings.maintenance.window, DAYS_APART) },
    restoreFrom: undefined,
  };
}

const DAYS_APART = 3;

/** Lets a tier of the other region reach the copy. */
export function allowToCopy(
  copy: Construct & DatabaseCopy,
  source: ConnectionSource,
  settings: PossibleSettings,
): void {
  const id = peerId('From', source.node.path);
  if (copy.node.tryFindChild(id)) return;
  allowConnections(copy, id, {
    from: source.securityGroup,
    to: copy.securityGroup,
    ports: [settings.support.port],
    description: `${source.node.path} to ${copy.node.path}`,
    ...{ provider: settings.provider, tags: settings.tags },
  });
}
