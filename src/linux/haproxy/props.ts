import type { HealthCheck, ResiliencePolicy } from '../../intent';
import type { Duration } from '../../units';

/** HAProxy on both nodes of a pair: what it listens on, and the servers behind. */
export interface HaproxyOptions {
  /** What clients reach, on the virtual address; at least one, each on a port of its own. */
  readonly frontends: readonly HaproxyFrontend[];

  /** The services behind; at least one, and each behind a frontend. */
  readonly backends: readonly HaproxyBackend[];

  /**
   * How many connections each frontend has at once, from 1 to 1000000; more wait in the kernel. A busy one takes up to three
   * buffers of 16 KiB, and more with TLS. The health check of the pair has room of its own: load is no reason to fail over.
   *
   * @default 4000
   */
  readonly maxconn?: number;

  /**
   * Port by which the two nodes tell each other how much each client has sent, from 1025 to 65535; in clear text, so open it
   * between the two alone. Nothing listens there when no policy has a `rateLimit`.
   *
   * @default 10000
   */
  readonly peersPort?: number;
}

/** A port that clients reach. Its requests go to the first of `routes` that takes them, or to `backend`. */
export interface HaproxyFrontend {
  /** What it is called in logs and metrics: letters, digits, `-`, `_` and `.`. */
  readonly name: string;

  /** Port that it listens on. */
  readonly port: number;

  /**
   * Certificates, as paths of PEM files on both hosts, each with its chain and its private key: then it takes TLS 1.2 and
   * 1.3, HTTP/1.1 and HTTP/2, and nothing in clear text. Clients get the one for the name that they ask for, or the first.
   * HAProxy does not start without the files.
   *
   * @default - none: clear text, which is refused for HTTP beside a frontend that has certificates
   */
  readonly certificates?: readonly string[];

  /**
   * Port on which requests in clear text are answered with a redirect to this frontend; `'none'` leaves them unanswered.
   * Only with `certificates`, and for HTTP.
   *
   * @default - 80 for a frontend on port 443 unless another has it, else 'none'
   */
  readonly redirectFrom?: number | 'none';

  /**
   * Which requests go to which backend, by host and path; the first that matches counts. HTTP only.
   *
   * @default - none: all go to `backend`
   */
  readonly routes?: readonly HaproxyRoute[];

  /**
   * Name of the backend that gets the requests that no route takes. One that speaks TCP makes this frontend one for TCP.
   *
   * @default - 404 for them; required without routes
   */
  readonly backend?: string;

  /**
   * Answers HTTP in clear text although another frontend has certificates: whoever is on the way reads and changes it.
   *
   * @default false
   */
  readonly allowPlainHttp?: boolean;
}

/** Requests that go to one backend. With hosts and paths, both must match; at least one of them is given. */
export interface HaproxyRoute {
  /**
   * Host names, in lower case; `'*.example.com'` is every name below example.com.
   *
   * @default - every host
   */
  readonly hosts?: readonly string[];

  /**
   * Beginnings of paths, by whole parts: `'/api'` is /api and all below, and not /apis.
   *
   * @default - every path
   */
  readonly paths?: readonly string[];

  /** Name of the backend. */
  readonly backend: string;
}

/** A service, and how the pair treats it. */
export interface HaproxyBackend {
  /** What frontends call it: letters, digits, `-`, `_` and `.`. */
  readonly name: string;

  /** Servers that answer; at least one that is no backup. */
  readonly servers: readonly HaproxyServer[];

  /**
   * Which servers get requests; asked from both nodes, for each server on its own address and on the port of the check. It
   * also lets a server back in that the circuit breaker took out.
   */
  readonly healthCheck: HealthCheck;

  /**
   * How the pair treats the service. {@link haproxyLosses} tells what HAProxy cannot express of it.
   *
   * @default ResiliencePolicy.of()
   */
  readonly policy?: ResiliencePolicy;

  /**
   * What the servers speak. Of `'tcp'` HAProxy sees connections, and no requests: nothing is retried but the connection, and
   * clients get no answer from HAProxy itself.
   *
   * @default 'http'
   */
  readonly protocol?: 'http' | 'tcp';

  /**
   * Speaks TLS to the servers, and takes none whose certificate is not for this name.
   *
   * @default - clear text
   */
  readonly tls?: HaproxyServerTls;

  /**
   * Time over which the share of a server that came back grows from little to all: for caches that start cold. Whole
   * seconds, from 1 second to 1 hour. Never when HAProxy itself starts.
   *
   * @default - the full share at once
   */
  readonly slowStart?: Duration;

  /**
   * Host that the health check by HTTP asks for.
   *
   * @default - the name in `tls`, else 'localhost'
   */
  readonly checkHost?: string;
}

/** A server of a backend. */
export interface HaproxyServer {
  /** What it is called in logs and metrics: letters, digits, `-`, `_` and `.`. */
  readonly name: string;

  /** Its IPv4 or IPv6 address. No name: HAProxy would not start while it cannot be resolved. */
  readonly address: string;

  /** Port that it listens on. */
  readonly port: number;

  /**
   * Gets requests only while all servers that are no backup are out; then all backups do.
   *
   * @default false
   */
  readonly backup?: boolean;
}

/** TLS to the servers of a backend. */
export interface HaproxyServerTls {
  /** Name that their certificates are for. */
  readonly serverName: string;

  /**
   * Path of a PEM file on both hosts, with the authorities that may have signed them. HAProxy does not start without it.
   *
   * @default - the authorities that the system trusts
   */
  readonly caFile?: string;

  /**
   * Takes any certificate: whoever is on the way can pose as the servers.
   *
   * @default false
   */
  readonly allowAnyCertificate?: boolean;
}

/** The node that a configuration is for. */
export interface HaproxyHost {
  /** Name of the node, which is that of one peer. */
  readonly name: string;
  /** Both nodes, in the same order on both. */
  readonly peers: readonly { readonly name: string; readonly address: string }[];
  /** Addresses that frontends bind, IPv4 or IPv6; `'*'` is all of the host's. Those of the pair need `ip_nonlocal_bind`. */
  readonly bind: readonly string[];
  /** Port of 127.0.0.1 where `GET /health` tells that HAProxy serves. */
  readonly healthPort: number;
}
