import type { Duration } from '../units';

/** How long the servers of a tier take to start, to answer and to stop. */
export interface ServerTiming {
  /**
   * The longest a new server takes until it answers its health check. No health check ends a server
   * before; too short, and servers are replaced while they still start, forever.
   *
   * @default - 3 minutes for an instance, 1 minute for a container
   */
  readonly startup?: Duration;

  /**
   * The longest request that must finish, also while its server is being taken out.
   *
   * @default Duration.seconds(30)
   */
  readonly longestRequest?: Duration;

  /**
   * How long a server that gets no new requests may finish the ones it has. Not shorter than `longestRequest`.
   *
   * @default - as long as `longestRequest`
   */
  readonly drain?: Duration;

  /**
   * How long the process may take to stop after the drain: from SIGTERM to SIGKILL.
   * At most 120 seconds on Fargate.
   *
   * @default Duration.seconds(30)
   */
  readonly shutdown?: Duration;

  /**
   * Time over which a new server's share of the traffic grows from none to all: for caches that start cold.
   * 30 seconds to 15 minutes on AWS. Given, requests go round robin, and AWS's own detection of
   * slow targets is off, because the two exclude each other.
   *
   * @default - a new server gets its full share at once
   */
  readonly slowStart?: Duration;
}
