import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { Construct } from 'constructs';
import { warnIfNobodyIsTold } from '../notifying-props';
import { allowSource, type ConnectionSource, type ConnectionTarget } from '../security-rules';
import { daysLater } from '../windows';
import { accountKeyArn, type PossibleSettings, type TopologyProps } from './parts';
import type { RegionalReplica } from './prop-parts';
import { chosenSubnets } from './props';

/** The copy of a database that follows it in another region. It can be read; promoted, it can be written. */
export interface DatabaseCopy extends ConnectionTarget {
  /** Host that writes, once the copy was promoted. */
  readonly endpoint: string;
  /** Host that reads. */
  readonly readerEndpoint: string;
  /** Security group of the copy. */
  readonly securityGroup: SecurityGroup;
}

/** What a copy is made from: the database's own parts, those of its role too, which is the same in every region. */
export type CopyProps = Omit<TopologyProps, 'placement'> & { readonly there: RegionalReplica };

/** Props of the copy: the database's, with what differs there. It is maintained on another day. */
export function settingsThere(
  scope: Construct,
  { settings, there }: CopyProps,
): PossibleSettings & { kmsKeyArn: string } {
  const { provider, network, zones, notificationTopicArn } = there;
  warnIfNobodyIsTold(scope, there);
  return {
    ...settings,
    ...{ provider, network, zones, notificationTopicArn },
    subnets: chosenSubnets(network, zones),
    kmsKeyArn: there.kmsKeyArn ?? accountKeyArn(scope, provider),
    maintenance: { ...settings.maintenance, window: daysLater(settings.maintenance.window, DAYS_APART) },
    restoreFrom: undefined,
  };
}

const DAYS_APART = 3;

/** Lets a tier reach a database or its copy, on its port. The rules belong to the stack of what is reached. */
export function allowToReach(
  target: Construct & { readonly securityGroup: SecurityGroup },
  source: ConnectionSource,
  settings: PossibleSettings,
): void {
  allowSource(target, source, { to: target.securityGroup, ports: [settings.support.port] }, settings);
}
