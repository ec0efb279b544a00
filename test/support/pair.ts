import { Duration, HealthCheck } from 'nines';
import type { HostFiles, KeepalivedPairProps } from 'nines/linux';

/** A pair with nothing but what it needs. */
export const PAIR: KeepalivedPairProps = {
  nodes: [
    { name: 'lb1', address: '192.168.1.11' },
    { name: 'lb2', address: '192.168.1.12' },
  ],
  virtualAddress: '192.168.1.100/24',
  interface: 'eth0',
  healthCheck: HealthCheck.http('/health', {
    port: 8080,
    interval: Duration.seconds(2),
    timeout: Duration.seconds(1),
    unhealthyThreshold: 2,
    healthyThreshold: 3,
  }),
};

export const LEASE = { endpoints: ['https://etcd1.example.com:2379', 'https://etcd2.example.com:2379'] };
export const FENCE = { commands: { lb1: ['/usr/sbin/off', 'one'], lb2: ['/usr/sbin/off', "two's"] } };

/** What a file holds; fails where there is none. */
export function contentOf(files: HostFiles | undefined, path: string): string {
  const file = files?.[path];
  if (file === undefined) throw new Error(`no file ${path}, but ${Object.keys(files ?? {}).join(', ')}`);
  return file.content;
}
