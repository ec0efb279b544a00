import type { HaproxyServerTls } from './props';
import { type SettledBackend, sharesOf } from './settings';
import { haproxyTime, socket } from './words';

/** The servers of a backend: how each is checked, how many requests it has at once, when it is left out. */
export function serverLines({ servers, healthCheck, plan, protocol, tls, slowStart }: SettledBackend): string[] {
  const { circuitBreaker, bulkhead } = plan;
  const layer = protocol === 'http' ? 7 : 4;
  const common = [
    `check inter ${haproxyTime(healthCheck.interval)}`,
    `fall ${healthCheck.unhealthyThreshold} rise ${healthCheck.healthyThreshold}`,
    circuitBreaker && `observe layer${layer} error-limit ${circuitBreaker.consecutiveErrors} on-error mark-down`,
    slowStart && `slowstart ${haproxyTime(slowStart)}`,
    tls && tlsWords(tls, protocol === 'http', healthCheck.protocol === 'https'),
  ];
  const limits = bulkhead && limitsOf(servers, bulkhead.maxConcurrent);
  return [
    `default-server ${common.filter((words) => words !== undefined).join(' ')}`,
    ...servers.map(({ name, address, port, backup }, position) => {
      const words = [
        `server ${name} ${socket(address, port)}`,
        port === healthCheck.port ? undefined : `port ${healthCheck.port}`,
        limits && `maxconn ${limits[position]}`,
        backup ? 'backup' : undefined,
      ];
      return words.filter((word) => word !== undefined).join(' ');
    }),
  ];
}

/** Requests that each server has at once: those in use, backups or not, have as many together as the service may have. */
function limitsOf(servers: SettledBackend['servers'], total: number): number[] {
  const position = { true: 0, false: 0 };
  return servers.map(({ backup = false }) => {
    const alike = servers.filter((other) => (other.backup ?? false) === backup).length;
    const shares = sharesOf(total, alike);
    const share = shares[position[`${backup}`]] ?? 0;
    position[`${backup}`] += 1;
    return share;
  });
}

function tlsWords(tls: HaproxyServerTls, http: boolean, checked: boolean): string {
  const { serverName, caFile = '@system-ca', allowAnyCertificate = false } = tls;
  return [
    `ssl sni str(${serverName})`,
    allowAnyCertificate ? 'verify none' : `verify required ca-file ${caFile} verifyhost ${serverName}`,
    http ? 'alpn http/1.1' : undefined,
    checked ? `check-ssl check-sni ${serverName}` : 'no-check-ssl',
  ]
    .filter((words) => words !== undefined)
    .join(' ');
}
