import type { HostFiles } from '../host-files';
import { AGENT_USER, CHECK_USER } from './paths';
import { holderOf, type PairSettings } from './settings';

/**
 * cloud-config that makes a host of the files: installs the programs, writes the files, starts the services. It is JSON,
 * which every reader of YAML reads.
 *
 * @param setup commands of a shell that come first: what the hosts are there for
 */
export function cloudInit(settings: PairSettings, files: HostFiles, setup: readonly string[] = []): string {
  const services = ['nines-pair-firewall', ...(settings.proxy ? ['haproxy'] : []), 'nines-pair', 'keepalived'].join(
    ' ',
  );
  const config = {
    users: ['default', ...[AGENT_USER, CHECK_USER].map((name) => ({ name, ...NO_LOGIN }))],
    package_update: true,
    packages: packages(settings),
    write_files: Object.entries(files).map(([path, { content, mode, owner, group }]) => ({
      path,
      permissions: mode,
      owner: `${owner}:${group}`,
      content,
      defer: true, // after the packages, which bring files of their own
    })),
    runcmd: [
      ...setup,
      'systemd-tmpfiles --create',
      'sysctl --system',
      'systemctl daemon-reload',
      `systemctl enable ${services}`,
      `systemctl restart ${services}`,
    ],
  };
  return `#cloud-config\n${JSON.stringify(config, undefined, 2)}\n`;
}

/** Users that only run something. */
const NO_LOGIN = { system: true, no_create_home: true, shell: '/usr/sbin/nologin' };

/** Debian's names. */
export function packages(settings: PairSettings): string[] {
  const { healthCheck, witnesses, firewall, proxy } = settings;
  const holder = holderOf(settings);
  return [
    'iproute2',
    'iputils-arping',
    'keepalived',
    firewall,
    ...(holder === 'ec2' ? ['awscli'] : []),
    ...(['lease', 'ec2'].includes(holder) || healthCheck?.protocol === 'https' ? ['curl'] : []),
    ...(holder === 'fence' ? ['socat'] : []),
    ...(proxy === undefined ? [] : ['haproxy']),
    ...(witnesses.length > 0 ? ['iputils-ping'] : []),
  ].sort();
}
