import type { HealthCheck } from '../../../intent';
import { Duration } from '../../../units';
import type { Settings } from './props';
import { isAddress, isCname } from './target-kinds';

/** How long it takes until clients are sent elsewhere, and what it is made of. */
export interface Detection {
  /**
   * Until Route 53 knows that a region fell silent: the threshold, times the interval and the 6 seconds for which it waits for
   * an answer. A region that answers with an error is found out sooner, without those.
   */
  readonly checks: Duration;
  /** Until the load balancer itself has no healthy server left, when its own check has the times of `healthCheck`. */
  readonly targets: Duration;
  /** As long as resolvers may keep the last answer. */
  readonly ttl: Duration;
  /** Until the last client is sent elsewhere: checks, then what is cached. */
  readonly total: Duration;
}

/** Route 53 waits 4 seconds for a connection, and 2 for a status.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html */
const GIVEN_UP_AFTER = 6;

/** TTL of an alias to a load balancer. https://aws.amazon.com/route53/faqs/ (DNS failover) */
const ALIAS_TTL = 60;

/** The times of these settings, when they make sense. */
export function detectionOf({ healthCheck, writerCheck, endpoints, ttl }: Settings): Detection {
  const checks = Math.max(...[healthCheck, ...(writerCheck ? [writerCheck] : [])].map(secondsOf));
  const cached = endpoints.map(({ target }) => (isAddress(target) || isCname(target) ? ttl.toSeconds() : ALIAS_TTL));
  const longest = Math.max(...cached);
  return {
    checks: Duration.seconds(checks),
    targets: Duration.seconds(healthCheck.interval.toSeconds() * healthCheck.unhealthyThreshold),
    ttl: Duration.seconds(longest),
    total: Duration.seconds(checks + longest),
  };
}

/** The interval begins when an answer has come, or was given up. https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html */
function secondsOf({ interval, unhealthyThreshold }: HealthCheck): number {
  return unhealthyThreshold * (interval.toSeconds() + GIVEN_UP_AFTER);
}
