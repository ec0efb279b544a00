/** A list of zones that no network takes, made from one that it would. */
export interface BadZones {
  readonly what: string;
  readonly zones: (valid: readonly string[]) => readonly string[];
  /** The sentence about a prop that holds such zones. */
  readonly says: (prop: string, valid: readonly string[]) => string;
}

/** A zone that no random config has. */
export const FREE_ZONE = 'us-east-1h';

export const BAD_ZONES: readonly BadZones[] = [
  {
    what: 'text that is no zone',
    zones: (valid) => [...valid, 'us-east-1'],
    says: (prop) => `${prop} must be availability zones of a region, got 'us-east-1'; write them as in 'eu-west-1a'`,
  },
  {
    what: 'a zone twice',
    zones: (valid) => [...valid, ...valid.slice(0, 1)],
    says: (prop, valid) => `${prop} must all differ, got '${valid[0]}' more than once; name each zone once`,
  },
  {
    what: 'a single zone',
    zones: (valid) => valid.slice(0, 1),
    says: (prop, valid) =>
      `${prop} must name at least 2 availability zones, got '${valid[0]}'; add a zone of the same region`,
  },
  {
    what: 'zones of two regions',
    zones: () => ['us-east-1a', 'us-west-2b'],
    says: (prop) =>
      `${prop} must lie in one region, got 'us-east-1', 'us-west-2'; ` +
      'make one network per region, each with its provider',
  },
  {
    what: 'zones of another region than that of the provider',
    zones: () => ['eu-west-1a', 'eu-west-1b'],
    says: (prop) =>
      `${prop} must lie in the region of the provider (us-east-1), got 'eu-west-1'; ` +
      'change the zones, or pass the provider of their region',
  },
];
