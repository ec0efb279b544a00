/** Where the files of a pair stand on its hosts. */
export const PATHS = {
  keepalived: '/etc/keepalived/keepalived.conf',
  settings: '/etc/nines-pair/settings',
  firewall: '/etc/nines-pair/firewall',
  programs: '/usr/local/lib/nines-pair',
  /** Of the agent: events from keepalived, its role, its state. */
  run: '/run/nines-pair',
  /** Not 0 while the node faults since etcd does not answer it. */
  etcdSilent: '/run/nines-pair/etcd-silent',
  /** Root's own, which root writes to: in `run`, the agent could put a link there, to any file. */
  proxyRun: '/run/nines-pair-proxy',
  /** Not 0 while HAProxy is down. */
  proxy: '/run/nines-pair-proxy/down',
  metrics: '/var/lib/prometheus/node-exporter',
} as const;

/** Who runs the checks; keepalived's own name for it. */
export const CHECK_USER = 'keepalived_script';

/** Who runs the agent. */
export const AGENT_USER = 'nines-pair';
