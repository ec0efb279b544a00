import { Duration } from '../units';
import {
  durationProblems,
  isDuration,
  isToken,
  portProblems,
  shown,
  unknownProblem,
  wholeNumberProblems,
} from '../validation';

/** How often to ask, and how many answers count. */
export interface HealthCheckTiming {
  /**
   * Time between two checks.
   *
   * @default Duration.seconds(10)
   */
  readonly interval?: Duration;

  /**
   * How long an answer may take; shorter than `interval`.
   *
   * @default Duration.seconds(5)
   */
  readonly timeout?: Duration;

  /**
   * Good answers in a row after which a server gets traffic (again).
   *
   * @default 2
   */
  readonly healthyThreshold?: number;

  /**
   * Bad answers in a row after which a server gets none: with the interval, how long a failure goes unseen.
   *
   * @default 3
   */
  readonly unhealthyThreshold?: number;
}

/** Choices for {@link HealthCheck.http} and {@link HealthCheck.https}. */
export interface HttpHealthCheckOptions extends HealthCheckTiming {
  /**
   * Port that answers.
   *
   * @default - 80 for http, 443 for https
   */
  readonly port?: number;

  /**
   * Path that answers as long as the process should not be restarted. It must not look at dependencies:
   * a database that is down would restart every server. Kubernetes only; AWS has no such check.
   *
   * @default - a TCP connection to the port
   */
  readonly live?: string;

  /**
   * Path that answers once the server has started. Kubernetes only; AWS waits by time instead.
   *
   * @default - the path of the check
   */
  readonly startup?: string;
}

/** Choices for {@link HealthCheck.tcp}. */
export interface TcpHealthCheckOptions extends HealthCheckTiming {
  /** Port that must accept a connection. */
  readonly port: number;
}

/**
 * How to tell whether a server can do its work: one intent from which load balancers, Kubernetes
 * probes, DNS and keepalived get their checks.
 */
export class HealthCheck {
  /** A check by HTTP: a status from 200 to 299 on this path means ready for traffic. */
  public static http(path: string, options: HttpHealthCheckOptions = {}): HealthCheck {
    return new HealthCheck('http', { ...options, path, port: options.port ?? 80 });
  }

  /** A check by HTTPS: a status from 200 to 299 on this path means ready for traffic. */
  public static https(path: string, options: HttpHealthCheckOptions = {}): HealthCheck {
    return new HealthCheck('https', { ...options, path, port: options.port ?? 443 });
  }

  /** A check that only opens a connection: it sees a dead process, not a sick one. */
  public static tcp(options: TcpHealthCheckOptions): HealthCheck {
    return new HealthCheck('tcp', { ...options });
  }

  /** How the check asks. */
  public readonly protocol: 'http' | 'https' | 'tcp';
  /** Path that says ready; none for `tcp`. */
  public readonly path: string | undefined;
  /** Port that answers. */
  public readonly port: number;
  /** Time between two checks. */
  public readonly interval: Duration;
  /** How long an answer may take. */
  public readonly timeout: Duration;
  /** Good answers in a row that make a server healthy. */
  public readonly healthyThreshold: number;
  /** Bad answers in a row that make a server unhealthy. */
  public readonly unhealthyThreshold: number;
  /** Path that says alive, when it was given. */
  public readonly live: string | undefined;
  /** Path that says started, when it was given. */
  public readonly startup: string | undefined;

  private constructor(
    protocol: 'http' | 'https' | 'tcp',
    written: HttpHealthCheckOptions & { readonly port: number; readonly path?: string },
  ) {
    this.protocol = protocol;
    this.path = written.path;
    this.port = written.port;
    this.interval = written.interval ?? Duration.seconds(10);
    this.timeout = written.timeout ?? Duration.seconds(5);
    this.healthyThreshold = written.healthyThreshold ?? 2;
    this.unhealthyThreshold = written.unhealthyThreshold ?? 3;
    this.live = written.live;
    this.startup = written.startup;
  }

  /** What is wrong with this check on every platform, one sentence each; none when it can be used. */
  public problems(): string[] {
    return [
      ...(this.protocol === 'tcp' ? [] : pathProblems('healthCheck.path', this.path)),
      ...(this.live === undefined ? [] : pathProblems('healthCheck.live', this.live)),
      ...(this.startup === undefined ? [] : pathProblems('healthCheck.startup', this.startup)),
      ...portProblems('healthCheck.port', this.port),
      ...durationProblems(
        'healthCheck.interval',
        this.interval,
        { min: Duration.seconds(1) },
        'give a longer interval',
      ),
      ...durationProblems('healthCheck.timeout', this.timeout, { min: Duration.seconds(1) }, 'give a longer timeout'),
      ...thresholdProblems('healthCheck.healthyThreshold', this.healthyThreshold),
      ...thresholdProblems('healthCheck.unhealthyThreshold', this.unhealthyThreshold),
      ...this.timeoutProblems(),
    ];
  }

  private timeoutProblems(): string[] {
    const { interval, timeout } = this;
    if (!isDuration(interval) || !isDuration(timeout)) return [];
    const fractional = { integral: false }; // half a millisecond is refused above; here it must not throw
    if (timeout.toMilliseconds(fractional) >= interval.toMilliseconds(fractional)) {
      return [
        `healthCheck.timeout must be shorter than interval (${shown(interval)}), got ${shown(timeout)}; ` +
          'lower timeout or raise interval',
      ];
    }
    return []; // also for a duration that is NaN, refused above
  }
}

function pathProblems(prop: string, path: unknown): string[] {
  if (isToken(path)) return [unknownProblem(prop, 'path', path)];
  if (typeof path !== 'string' || !/^\/\S*$/.test(path)) {
    return [`${prop} must start with '/' and hold no spaces, got ${shown(path)}; write it as in '/health/ready'`];
  }
  if (/^[\x21-\x7e]*$/.test(path)) return [];
  return [`${prop} must hold printable ASCII only, got ${shown(path)}; encode the rest, as in '/sant%C3%A9'`];
}

function thresholdProblems(prop: string, threshold: number): string[] {
  return wholeNumberProblems(prop, threshold, { min: 1 }, 'count answers in a row');
}
