import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inMilliseconds } from '../../units';
import { type HostFile, type HostFiles, program, publicFile } from '../host-files';
import { staleAfter } from './checks';
import { ec2Values } from './ec2';
import { AGENT_USER, PATHS } from './paths';
import { type Holder, holderOf, type LeaseSettings, type PairSettings } from './settings';
import { assignments } from './shell';
import { ASK_EVERY, RETRY, requestTimeout } from './timing';

/** UDP port at which a node hears that the other one has let go. */
export const RELEASE_PORT = 9112;

/** The programs of a node and what they are told. */
export function agentFiles(settings: PairSettings, index: 0 | 1): HostFiles {
  const holder = holderOf(settings);
  return {
    [`${PATHS.programs}/agent`]: program(agent(holder)),
    [`${PATHS.programs}/check`]: program(script('check')),
    ...(settings.witnesses.length > 0 && { [`${PATHS.programs}/witnesses`]: program(script('witnesses')) }),
    ...(holder === 'keepalived' && { [`${PATHS.programs}/let-go`]: program(script('let-go')) }),
    [PATHS.settings]: settingsFile(settings, index),
  };
}

const PARTS: Readonly<Record<Holder, string>> = { keepalived: 'report', lease: 'lease', fence: 'fence', ec2: 'ec2' };

function agent(holder: Holder): string {
  return [
    '#!/bin/bash\n# Made by nines. What it is told stands in the settings.\nset -u\n',
    `# shellcheck source=/dev/null\n. ${PATHS.settings}\n\n`,
    script('agent'),
    `\n${script(PARTS[holder])}`,
    '\nmain\n',
  ].join('');
}

function script(name: string): string {
  return readFileSync(join(__dirname, '..', 'agent', `${name}.sh`), 'utf8');
}

function settingsFile(settings: PairSettings, index: 0 | 1): HostFile {
  const node = settings.nodes[index];
  const peer = settings.nodes[index === 0 ? 1 : 0];
  const content = assignments({
    NODE: node.name,
    NODE_ADDRESS: node.address,
    PEER: peer.name,
    PEER_ADDRESS: peer.address,
    INTERFACE: settings.interface,
    ADDRESS: settings.address,
    VIRTUAL_ADDRESS: settings.virtualAddress,
    RUN: PATHS.run,
    METRICS: PATHS.metrics,
    TICK: RETRY / 1000,
    RETRY,
    CHECKS_STALE_AFTER: staleAfter(settings),
    ...(settings.lease && leaseValues(settings.lease, settings, node.name)),
    ...(settings.fence && {
      FENCE: settings.fence.commands[peer.name] ?? [],
      FENCE_TIMEOUT: settings.fence.timeout.toSeconds(),
      ACKNOWLEDGED_WITHIN: 2 * RETRY,
      RELEASE_PORT,
    }),
    ...(settings.ec2 && ec2Values(settings.ec2, settings, index)),
  });
  return { ...publicFile(content), mode: '0640', group: AGENT_USER };
}

function leaseValues(lease: LeaseSettings, { address }: PairSettings, node: string) {
  return {
    ENDPOINTS: lease.endpoints.map((endpoint) => endpoint.replace(/\/$/, '')),
    LOCK_KEY: Buffer.from(`nines-pair/${address}`).toString('base64'),
    LOCK_VALUE: Buffer.from(node).toString('base64'),
    TTL: lease.ttl.toSeconds(),
    RENEW_EVERY: inMilliseconds(lease.renewEvery),
    REQUEST_TIMEOUT: (requestTimeout(lease) / 1000).toFixed(2),
    ASK_EVERY,
    ETCD_CA: lease.caFile ?? '',
    ETCD_CERTIFICATE: lease.client?.certificateFile ?? '',
    ETCD_KEY: lease.client?.keyFile ?? '',
  };
}
