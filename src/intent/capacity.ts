import { isToken, positiveNumberProblems, shown, unknownProblem, wholeNumberProblems } from '../validation';

/** Choices for {@link Capacity.forPeak}. */
export interface CapacityOptions {
  /**
   * The largest number of units that scaling may reach. The minimum already carries the
   * peak with zones lost; this is room for more load than was foreseen. Equal to the
   * minimum it fixes the size, and nothing scales.
   *
   * @default - twice the minimum
   */
  readonly max?: number;

  /**
   * How many zones may be lost at once while the rest still carries the peak.
   * Two zones cost more: over three zones, three times the peak instead of one and a half.
   *
   * @default 1
   */
  readonly tolerateLostZones?: 1 | 2;

  /**
   * Buys only what the peak needs while every zone is up: when a zone is lost at peak, the
   * rest is overloaded until scaling has caught up, which needs a control plane that works.
   *
   * @default false
   */
  readonly allowOverloadWhenZoneLost?: boolean;

  /**
   * The share of a unit that may be used before its answers slow down; more than 0, at most 1.
   *
   * @default 0.9
   */
  readonly safeUse?: number;

  /**
   * Requests per second that one unit answers when fully used. When given, AWS scales on
   * requests as well as on CPU, and so reacts before the CPU does.
   *
   * @default - scaling follows CPU alone
   */
  readonly requestsPerSecond?: number;
}

/** What a {@link Capacity} comes to over a number of zones. */
export interface CapacityPlan {
  /** Units in each zone at the minimum. */
  readonly perZone: number;
  /** The smallest size: carries the peak with the tolerated zones lost. */
  readonly minimum: number;
  /** The largest size that scaling may reach. */
  readonly maximum: number;
  /** The least share of the units that is left, at any size, when the fullest of the tolerated zones are lost. */
  readonly shareLeft: number;
  /** The share of a unit that scaling aims at: safe use of what is left, so that no such loss passes safe use. */
  readonly scalingTarget: number;
}

/**
 * How many units (servers, tasks, pods) a tier needs, said by what carries its peak.
 *
 * It is static stability: the room for a lost zone is bought before the zone is lost, so that
 * surviving needs no API call, no scaling and no luck. See `docs/capacity.md` for the arithmetic.
 */
export class Capacity {
  /**
   * Enough units that the peak is carried while zones are lost.
   *
   * @param peak units that carry the peak; whole, at least 1. The construct that is given this refuses anything else.
   */
  public static forPeak(peak: number, options: CapacityOptions = {}): Capacity {
    return new Capacity(peak, options);
  }

  /** Units that carry the peak, as written. */
  public readonly peak: number;

  /** Choices, as written. */
  public readonly options: CapacityOptions;

  private constructor(peak: number, options: CapacityOptions) {
    this.peak = peak;
    this.options = { ...options };
  }

  /**
   * The sizes over a number of zones.
   *
   * @param zones number of zones that the units are spread over
   * @throws RangeError naming every reason why there is no such plan
   */
  public over(zones: number): CapacityPlan {
    const problems = this.problemsOver(zones);
    if (problems.length > 0) throw new RangeError(problems.join('\n'));
    return planFor(this, zones);
  }

  /**
   * What keeps this capacity from being planned over so many zones, one sentence each; none when it can be.
   *
   * @param zones number of zones that the units are spread over
   */
  public problemsOver(zones: number): string[] {
    const { max } = this.options;
    const sizeProblems = [
      ...wholeNumberProblems('capacity.peak', this.peak, { min: 1 }, 'say how many units carry the peak'),
      ...(max === undefined ? [] : wholeNumberProblems('capacity.max', max, { min: 1 }, 'say how far scaling may go')),
      ...lossProblems(this.options),
      ...zonesProblems(zones, this.options),
    ];
    return [
      ...sizeProblems,
      ...(sizeProblems.length > 0 ? [] : maxProblems(this, zones)),
      ...useProblems(this.options),
    ];
  }
}

function lossProblems({
  tolerateLostZones: tolerated,
  allowOverloadWhenZoneLost: overload,
}: CapacityOptions): string[] {
  const problems: string[] = [];
  if (isToken(tolerated)) {
    problems.push(unknownProblem('capacity.tolerateLostZones', 'number', tolerated));
  } else if (tolerated !== undefined && tolerated !== 1 && tolerated !== 2) {
    problems.push(
      `capacity.tolerateLostZones must be 1 or 2, got ${shown(tolerated)}; ` +
        'for none, say allowOverloadWhenZoneLost: true',
    );
  }
  // a token and the text 'false' both count as true: neither may choose what is unsafe
  if (overload !== undefined && typeof overload !== 'boolean') {
    problems.push(
      `capacity.allowOverloadWhenZoneLost must be true or false, got ${shown(overload)}; ` +
        'leave it out to survive a lost zone',
    );
  }
  if (tolerated !== undefined && overload === true) {
    problems.push(
      `capacity.allowOverloadWhenZoneLost must not stand beside tolerateLostZones, got true and ` +
        `${shown(tolerated)}; keep one of them`,
    );
  }
  return problems;
}

function zonesProblems(zones: number, options: CapacityOptions): string[] {
  const problems = wholeNumberProblems('zones', zones, { min: 1 }, 'say how many zones the units are spread over');
  if (problems.length > 0) return problems;
  const lost = lostZones(options);
  if (![1, 2].includes(lost) || zones > lost) return [];
  return [
    `capacity.tolerateLostZones must be lower than the number of zones (${zones}), got ${lost}; ` +
      'spread over more zones or tolerate fewer',
  ];
}

function maxProblems(capacity: Capacity, zones: number): string[] {
  const { minimum } = sizesFor(capacity, zones);
  const { max = minimum } = capacity.options;
  if (max >= minimum) return [];
  return [
    `capacity.max must be at least the minimum that survives (${minimum} over ${zones} zones for a peak of ` +
      `${capacity.peak}), got ${max}; raise max or lower the peak`,
  ];
}

function useProblems({ safeUse, requestsPerSecond }: CapacityOptions): string[] {
  const problems: string[] = [];
  if (safeUse !== undefined) {
    problems.push(...positiveNumberProblems('capacity.safeUse', safeUse, { max: 1 }, '0.9 is the usual share'));
  }
  if (requestsPerSecond !== undefined) {
    const remedy = 'measure what one unit answers when fully used';
    problems.push(...positiveNumberProblems('capacity.requestsPerSecond', requestsPerSecond, {}, remedy));
  }
  return problems;
}

function lostZones(options: CapacityOptions): number {
  return options.allowOverloadWhenZoneLost ? 0 : (options.tolerateLostZones ?? 1);
}

function sizesFor({ peak, options }: Capacity, zones: number): { readonly perZone: number; readonly minimum: number } {
  const perZone = Math.ceil(peak / (zones - lostZones(options)));
  return { perZone, minimum: perZone * zones };
}

function planFor(capacity: Capacity, zones: number): CapacityPlan {
  const { perZone, minimum } = sizesFor(capacity, zones);
  const maximum = capacity.options.max ?? minimum * 2;
  const safeUse = capacity.options.safeUse ?? 0.9;
  const shareLeft = leastShareLeft({ minimum, maximum, zones, lost: lostZones(capacity.options) });
  return { perZone, minimum, maximum, shareLeft, scalingTarget: safeUse * shareLeft };
}

/**
 * The least share of units that is left, at any size of the group, when the fullest zones are lost.
 *
 * A group of 7 over 3 zones stands 3-2-2: a lost zone takes three sevenths, not a third. Each unit beyond an even
 * spread goes to a zone that is lost with it, until every such zone has one more: that size has the least left, and
 * every larger one more.
 */
function leastShareLeft(group: { minimum: number; maximum: number; zones: number; lost: number }): number {
  const { minimum, maximum, zones, lost } = group;
  const worst = Math.min(minimum + lost, maximum);
  return ((minimum / zones) * (zones - lost)) / worst;
}
