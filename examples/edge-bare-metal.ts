/**
 * Two hosts of your own that share an address: `npx tsx node_modules/.bin/nines render examples/edge-bare-metal.ts` writes
 * their files. See docs/failover.md.
 */
import { Duration, HealthCheck, ResiliencePolicy } from 'nines';
import { keepalivedPair } from 'nines/linux';

export const files = keepalivedPair({
  nodes: [
    { name: 'lb1', address: '192.168.1.11' },
    { name: 'lb2', address: '192.168.1.12' },
  ],
  virtualAddress: '192.168.1.100/24',
  interface: 'eth0',
  // Never two owners: a lock with a time limit, in the etcd that is there anyway.
  lease: {
    endpoints: ['https://etcd1.example.com:2379', 'https://etcd2.example.com:2379', 'https://etcd3.example.com:2379'],
    caFile: '/etc/nines-pair/etcd-ca.pem',
    client: { certificateFile: '/etc/nines-pair/etcd.pem', keyFile: '/etc/nines-pair/etcd.key' },
  },
  proxy: {
    frontends: [{ name: 'web', port: 443, certificates: ['/etc/haproxy/certs/shop.pem'], backend: 'shop' }],
    backends: [
      {
        name: 'shop',
        servers: [
          { name: 'app1', address: '192.168.1.21', port: 8080 },
          { name: 'app2', address: '192.168.1.22', port: 8080 },
          { name: 'app3', address: '192.168.1.23', port: 8080 },
        ],
        healthCheck: HealthCheck.http('/health/ready', {
          port: 8080,
          interval: Duration.seconds(2),
          timeout: Duration.seconds(1),
        }),
        policy: ResiliencePolicy.of({
          timeout: { perTry: Duration.seconds(10) },
          rateLimit: { requests: 100, per: Duration.seconds(10) },
          fallback: { body: 'The shop is closed for a moment.' },
        }),
      },
    ],
  },
});
