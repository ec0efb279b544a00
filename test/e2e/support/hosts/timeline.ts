/** What was seen of an address from one side. */
export interface Timeline {
  /** Every 50 ms: who answered for the address. */
  readonly owners: readonly { readonly at: number; readonly arp: readonly string[]; readonly tcp: readonly string[] }[];
  /** Requests by when they were sent; who served them, if anybody. */
  readonly requests: readonly { readonly at: number; readonly served: string | undefined }[];
}

/** Times are seconds since the machine started. */
export function timelineOf(lines: readonly string[]): Timeline {
  const events = lines.filter((line) => line !== '').map((line) => JSON.parse(line));
  return {
    owners: events.flatMap(({ t, arp, tcp }) => (arp ? [{ at: t, arp, tcp }] : [])),
    requests: events
      .flatMap(({ t, arp, served }) => (arp ? [] : [{ at: t, served: served ?? undefined }]))
      .sort((one, other) => one.at - other.at),
  };
}

/** What clients and the network noticed of a failure. */
export interface Noticed {
  /** Requests that were not served. */
  readonly lost: number;
  /** Longest time between two requests that were served, in seconds. */
  readonly outage: number;
  /** For how long more than one host answered for the address, in seconds. */
  readonly split: number;
  /** How often the host that serves changed. */
  readonly moves: number;
}

const EVERY = 0.05;

/** Sums up what was seen from both sides between two moments. */
export function noticed(sides: readonly Timeline[], from: number, to: number): Noticed {
  const within = <T extends { readonly at: number }>(events: readonly T[]) =>
    events.filter(({ at }) => at >= from && at <= to);
  const requests = sides.map(({ requests }) => within(requests));
  return {
    lost: sum(requests.map((side) => side.filter(({ served }) => served === undefined).length)),
    outage: Math.max(
      ...requests.map((side) =>
        longestGap(
          side.filter(({ served }) => served !== undefined),
          to,
        ),
      ),
    ),
    split: splitTime(sides.map(({ owners }) => within(owners))),
    moves: Math.max(...requests.map(moves)),
  };
}

/** Also to the end: an outage that lasts is the longest. */
function longestGap(served: readonly { readonly at: number }[], end: number): number {
  const moments = [...served.map(({ at }) => at), end];
  const gaps = moments.slice(1).map((at, index) => at - (moments[index] ?? at));
  return Math.max(0, ...gaps) - EVERY;
}

/** Both sides are looked at in the same 50 ms: an owner for each is two owners. */
function splitTime(sides: readonly Timeline['owners'][]): number {
  const slots = new Map<number, Set<string>>();
  for (const { at, arp, tcp } of sides.flat()) {
    const slot = Math.floor(at / EVERY);
    const owners = slots.get(slot) ?? new Set();
    for (const owner of [...arp, ...tcp]) owners.add(owner);
    slots.set(slot, owners);
  }
  return [...slots.values()].filter((owners) => owners.size > 1).length * EVERY;
}

function moves(requests: readonly { readonly served: string | undefined }[]): number {
  const served = requests.flatMap((request) => request.served ?? []);
  return served.slice(1).filter((host, index) => host !== served[index]).length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
