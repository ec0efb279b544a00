import type { Settings } from './props';

/** The longest that a new server takes until the load balancer finds it healthy, in seconds. */
export function secondsToHealthy({ timing, healthCheck }: Settings): number {
  return timing.startup.toSeconds() + healthCheck.interval.toSeconds() * healthCheck.healthyThreshold;
}

/** The longest that a server takes from its last new request until it has stopped, in seconds. */
export function secondsToStop({ timing }: Settings): number {
  return timing.drain.toSeconds() + timing.shutdown.toSeconds();
}

/**
 * How long Terraform waits for servers before it calls an apply or a destroy failed: twice what they may take,
 * since machines and images arrive late at times.
 *
 * @param seconds how long the servers may take
 * @param atLeast minutes that the provider waits by itself
 */
export function patience(seconds: number, atLeast: number): string {
  return `${Math.max(atLeast, Math.ceil((seconds * 2) / 60))}m`;
}
