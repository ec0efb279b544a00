import { InvalidPropsError } from '../validation';
import { haproxyFiles } from './haproxy/files';
import type { HostFiles } from './host-files';
import { publicFile } from './host-files';
import { agentFiles } from './pair/agent';
import { boundsOf, type PairBounds } from './pair/bounds';
import { PROXY_HEALTH_PORT } from './pair/checks';
import { cloudInit } from './pair/cloud-init';
import { firewallFiles } from './pair/firewall';
import { keepalivedConf } from './pair/keepalived-conf';
import { PATHS } from './pair/paths';
import { problemsIn } from './pair/problems';
import type { KeepalivedPairProps } from './pair/props';
import { type PairSettings, withDefaults } from './pair/settings';
import { unitFiles } from './pair/units';

/**
 * The files of two hosts of which one has an address that clients know, and the other takes it when the first is lost: pure
 * text, by node name and path. `nines render` writes them, {@link pairCloudInit} makes hosts of them.
 *
 * What HAProxy cannot express of a policy is told by {@link haproxyLosses}, and refused where it is `essential`.
 *
 * See docs/failover.md for what each choice guarantees, and what was measured.
 *
 * @returns files by path, by node name
 * @throws InvalidPropsError naming every problem
 */
export function keepalivedPair(props: KeepalivedPairProps): Readonly<Record<string, HostFiles>> {
  const settings = settled(props);
  return Object.fromEntries(INDICES.map((index) => [settings.nodes[index].name, filesOf(settings, index)]));
}

/**
 * cloud-config of both hosts: it installs the programs, writes the files and starts the services of Debian and its kin.
 *
 * @returns user data by node name
 * @throws InvalidPropsError naming every problem
 */
export function pairCloudInit(props: KeepalivedPairProps): Readonly<Record<string, string>> {
  const settings = settled(props);
  return Object.fromEntries(
    INDICES.map((index) => [settings.nodes[index].name, cloudInit(settings, filesOf(settings, index))]),
  );
}

/**
 * How long clients of a pair may be without an answer, by what fails.
 *
 * @throws InvalidPropsError naming every problem
 */
export function pairBounds(props: KeepalivedPairProps): PairBounds {
  return boundsOf(settled(props));
}

/** Both nodes. */
export const INDICES = [0, 1] as const;

function settled(props: KeepalivedPairProps): PairSettings {
  InvalidPropsError.throwIfAny(problemsIn(props), 'keepalivedPair');
  return withDefaults(props);
}

/** The files of one node. */
export function filesOf(settings: PairSettings, index: 0 | 1): HostFiles {
  return {
    [PATHS.keepalived]: publicFile(keepalivedConf(settings, index)),
    ...agentFiles(settings, index),
    ...unitFiles(settings),
    ...firewallFiles(settings, index),
    ...proxyFiles(settings, index),
  };
}

/** On EC2 it listens everywhere: an Elastic IP comes to a private address that is known only after deployment. */
function proxyFiles({ proxy, nodes, address, ec2 }: PairSettings, index: 0 | 1): HostFiles {
  if (proxy === undefined) return {};
  const bind = [ec2 === undefined ? address : '*'];
  return haproxyFiles(proxy, { name: nodes[index].name, peers: nodes, bind, healthPort: PROXY_HEALTH_PORT });
}
