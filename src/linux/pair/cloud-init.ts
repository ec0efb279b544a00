import type { HostFiles } from '../host-files';
import { AGENT_USER, CHECK_USER } from './paths';
import { holderOf, type PairSettings } from './settings';

/**
 * cloud-config that makes a host of the files: installs the programs, writes the files, starts the services. It is JSON,
 * which every reader of YAML reads.
 */
export function cloudInit(settings: PairSettings, files: HostFiles): string {
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
      'systemd-tmpfiles --create',
      'sysctl --system',
      'systemctl daemon-reload',
      'systemctl enable nines-pair-firewall nines-pair keepalived',
      'systemctl restart nines-pair-firewall nines-pair keepalived',
    ],
  };
  return `#cloud-config\n${JSON.stringify(config, undefined, 2)}\n`;
}

/** Users that only run something. */
const NO_LOGIN = { system: true, no_create_home: true, shell: '/usr/sbin/nologin' };

/** Debian's names. */
export function packages(settings: PairSettings): string[] {
  const { healthCheck, witnesses, firewall } = settings;
  const holder = holderOf(settings);
  return [
    'iproute2',
    'iputils-arping',
    'keepalived',
    firewall,
    ...(holder === 'lease' || healthCheck.protocol === 'https' ? ['curl'] : []),
    ...(holder === 'fence' ? ['socat'] : []),
    ...(witnesses.length > 0 ? ['iputils-ping'] : []),
  ].sort();
}
