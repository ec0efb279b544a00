/** What was seen of an address from one side. Times are seconds of the clock that only goes forward. */
export interface Timeline {
  /** Each answer for the address, by when it came: to an ARP request, or to a TCP handshake. */
  readonly answers: readonly { readonly at: number; readonly owner: string }[];
  /** Requests by when they were sent; who served them, if anybody. */
  readonly requests: readonly { readonly at: number; readonly served: string | undefined }[];
}

export function timelineOf(lines: readonly string[]): Timeline {
  const events = lines.filter((line) => line !== '').map((line) => JSON.parse(line));
  const inOrder = <T extends { readonly at: number }>(some: T[]) => some.sort((one, other) => one.at - other.at);
  return {
    answers: inOrder(events.flatMap(({ t, owner }) => (owner ? [{ at: t, owner }] : []))),
    requests: inOrder(
      events.flatMap(({ t, owner, served }) => (owner ? [] : [{ at: t, served: served ?? undefined }])),
    ),
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
  /** How often the host that answers for the address changed. */
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
    split: splitTime(sides.flatMap(({ answers }) => within(answers))),
    moves: moves(sides.flatMap(({ answers }) => within(answers))),
  };
}

/** Also to the end: an outage that lasts is the longest. */
function longestGap(served: readonly { readonly at: number }[], end: number): number {
  const moments = [...served.map(({ at }) => at), end];
  const gaps = moments.slice(1).map((at, index) => at - (moments[index] ?? at));
  return Math.max(0, ...gaps) - EVERY;
}

/**
 * For how long two hosts had the address at once: one answered after the other had, and the other answered again after that.
 * Answers of one host that are no more than three probes apart are one stay.
 */
function splitTime(answers: Timeline['answers']): number {
  const hosts = [...new Set(answers.map(({ owner }) => owner))];
  const [first = [], second = []] = hosts.map((host) => stays(answers.filter(({ owner }) => owner === host)));
  const overlaps = first.flatMap((one) =>
    second.flatMap((other) => {
      const length = Math.min(one.to, other.to) - Math.max(one.from, other.from);
      return length >= 0 ? [Math.max(length, EVERY)] : [];
    }),
  );
  return sum(overlaps);
}

function stays(answers: Timeline['answers']): { readonly from: number; readonly to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (const { at } of [...answers].sort((one, other) => one.at - other.at)) {
    const last = found.at(-1);
    if (last && at - last.to <= 3 * EVERY) last.to = at;
    else found.push({ from: at, to: at });
  }
  return found;
}

function moves(answers: Timeline['answers']): number {
  const owners = [...answers].sort((one, other) => one.at - other.at).map(({ owner }) => owner);
  return owners.slice(1).filter((owner, index) => owner !== owners[index]).length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The clock of those who watch. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e9;
}
