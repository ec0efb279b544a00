import type { Duration } from '../../units';

/**
 * A lock with a time limit, in etcd.
 *
 * keepalived holds no address then. An agent takes the lock first, and adds the address for no longer than what is left of
 * it: the kernel drops the address of an agent that hangs. What it cannot cover is a machine that is paused as a whole, by
 * its hypervisor: its clock stands still, so that it has the address for a moment after it goes on.
 */
export interface LeaseOptions {
  /** Client URLs of the members of an etcd cluster (v3.4 or later), such as `'https://etcd1.example.com:2379'`; asked in turn. */
  readonly endpoints: readonly string[];

  /**
   * For how long the lock is held without being renewed: whole seconds, from 2 to 60. A node that is lost blocks the address
   * for this long; an election in etcd (1 to 1.5 seconds) has to fit into it, or the address goes away for a moment.
   *
   * etcd itself raises less than 2 seconds, one and a half of its election timeouts.
   *
   * @default Duration.seconds(5)
   */
  readonly ttl?: Duration;

  /**
   * Time between two renewals. The kernel has the address for two seconds less than `ttl` (one for 2 seconds): a renewal and
   * one that fails must fit into that.
   *
   * @default - a third of the time that the kernel has the address
   */
  readonly renewEvery?: Duration;

  /**
   * Path on the nodes of the certificate authority that signed etcd's certificates.
   *
   * @default - those that the system trusts
   */
  readonly caFile?: string;

  /**
   * Paths on the nodes of the certificate and the key by which they are known to etcd. The user `nines-pair` must be able to
   * read both.
   *
   * @default - none: etcd lets in whoever reaches it
   */
  readonly client?: { readonly certificateFile: string; readonly keyFile: string };

  /**
   * Lets endpoints be `http://`: whoever is on the network may read the lock, and take it.
   *
   * @default false
   */
  readonly allowPlainText?: boolean;
}

/**
 * A command that ends the other node, before this one takes the address.
 *
 * keepalived holds no address then. A node that can be asked and says that it has let go is not ended.
 */
export interface FenceOptions {
  /**
   * Program and arguments on the first node that end the second, and the reverse: by node name. It must succeed only when the
   * other node is down. Passwords belong into a file that the command reads, not here: this ends up in a file that the user
   * `nines-pair` can read, by which user it is run.
   *
   * The key is the node that is ended.
   */
  readonly commands: Readonly<Record<string, readonly string[]>>;

  /**
   * How long the command may take: whole seconds, from 1 to 120. It counts as failed after that, and is run again.
   *
   * @default Duration.seconds(10)
   */
  readonly timeout?: Duration;
}
