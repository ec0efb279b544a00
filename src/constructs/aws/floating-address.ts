import { isTextOf, isToken, objectProblems, shown, unknownProblem } from '../../validation';

/** Choices for {@link FloatingAddress.overlay}. */
export interface OverlayOptions {
  /**
   * Ids of all route tables whose servers reach the address, each by a name of yours that stays. A `MultiAZNetwork` that was
   * made by nines knows its own.
   *
   * @default - all those of the network
   */
  readonly routeTables?: Readonly<Record<string, string>>;
}

/**
 * An address that one of two hosts in two zones answers at. A private address of a VPC belongs to one subnet, and so to one
 * zone: what moves between zones is an Elastic IP, or routes.
 */
export class FloatingAddress {
  /**
   * A public address. Beside it, each host has one of its own for what it asks of others: three in all, and an account has
   * five in a region until it asks for more (NAT gateways take theirs of the same five).
   */
  public static elasticIp(): FloatingAddress {
    return new FloatingAddress(undefined, {});
  }

  /**
   * A private IPv4 address outside of the VPC, such as `'172.31.255.1'`, to which all route tables of the network lead. It is
   * reached from inside the VPC, and by a transit gateway that has a route to it.
   */
  public static overlay(address: string, options: OverlayOptions = {}): FloatingAddress {
    return new FloatingAddress(address, options, true);
  }

  /** The address, where it is known before deployment; none for an Elastic IP. */
  public readonly overlayAddress: string | undefined;
  /** Route tables that were given. */
  public readonly routeTables: Readonly<Record<string, string>> | undefined;
  /** Whether it is an Elastic IP. */
  public readonly isPublic: boolean;

  private constructor(overlayAddress: string | undefined, options: OverlayOptions, isOverlay = false) {
    this.overlayAddress = overlayAddress;
    this.routeTables = options?.routeTables;
    this.isPublic = !isOverlay;
  }

  /** What is wrong with it on every network, one sentence each; none when it can be used. */
  public problems(): string[] {
    if (this.isPublic) return [];
    return [
      ...addressProblems(this.overlayAddress),
      ...(this.routeTables === undefined ? [] : tableProblems(this.routeTables)),
    ];
  }
}

function addressProblems(address: unknown): string[] {
  if (isToken(address)) return [unknownProblem('address of overlay', 'address', address)];
  if (typeof address === 'string' && PRIVATE.test(address) && !address.split('.').some((part) => Number(part) > 255)) {
    return [];
  }
  return [
    `address of overlay must be a private IPv4 address, got ${shown(address)}; take one of 10.0.0.0/8, 172.16.0.0/12, ` +
      "192.168.0.0/16 or 100.64.0.0/10 that nobody else has, as in '172.31.255.1'",
  ];
}

// RFC 1918, and RFC 6598 for carriers' own
const PART = '(0|[1-9]\\d{0,2})';
const PRIVATE = new RegExp(
  `^(10\\.${PART}|172\\.(1[6-9]|2\\d|3[01])|192\\.168|100\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7]))\\.${PART}\\.${PART}$`,
);

function tableProblems(tables: Readonly<Record<string, string>>): string[] {
  const shape = objectProblems('address.routeTables', tables);
  if (shape.length > 0) return shape;
  const entries = Object.entries(tables);
  if (entries.length === 0) {
    return ['address.routeTables must name a route table, got none; leave it out for those of a MultiAZNetwork'];
  }
  return entries
    .filter(([name, id]) => !/^[A-Za-z][\w-]*$/.test(name) || !isTextOf(/^rtb-[0-9a-f]{8,17}$/, id))
    .map(
      ([name, id]) =>
        `address.routeTables must be ids of route tables by name, got ${shown(id)} as '${name}'; write it as in { public: 'rtb-0abc1234' }`,
    );
}
