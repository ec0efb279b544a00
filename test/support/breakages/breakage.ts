import { Fn, Lazy, Token } from 'cdktf';

/** One way to break valid props, and the sentence that must say so. */
export interface Breakage<Props> {
  /** What is refused; completes the name of a test: "refuses …". */
  readonly what: string;

  /** Values by path (`timing.drain`): first the broken prop, then what has to stand beside it. */
  readonly set: Changes | ((props: Props) => Changes);

  /** The whole sentence; several where one cannot be had alone. */
  readonly says: string | readonly string[] | ((props: Props) => string | readonly string[]);

  /**
   * Paths of valid props that the refusal depends on.
   *
   * @default - none
   */
  readonly reads?: readonly string[];

  /**
   * Whether props can be broken in this way.
   *
   * @default - all can
   */
  readonly needs?: (props: Props) => boolean;
}

type Changes = Readonly<Record<string, unknown>>;

/** Values that are known only after deployment; `Fn.merge` and its like are `any` to the compiler. */
export const UNKNOWN = {
  text: Lazy.stringValue({ produce: () => 'later' }),
  number: Lazy.numberValue({ produce: () => 1 }),
  list: Lazy.listValue({ produce: () => ['later'] }),
  object: Fn.merge([{ later: 'later' }]),
  map: Token.asStringMap(Lazy.anyValue({ produce: () => ({ later: 'later' }) })),
};

/** How a problem shows any of them. */
export const TOKEN = 'a token, whose value is known only after deployment';

/** Props broken in the first way, and in all others that apply and do not touch what was broken before. */
export function breakAll<Props extends object>(valid: Props, breakages: readonly Breakage<Props>[]) {
  const touched: string[] = [];
  const chosen = breakages.filter((breakage) => {
    const paths = [...Object.keys(changesOf(breakage, valid)), ...(breakage.reads ?? [])];
    if (!applies(breakage, valid) || paths.some((path) => touched.some((other) => overlap(path, other)))) return false;
    touched.push(...paths);
    return true;
  });
  const changes = chosen.map((breakage) => changesOf(breakage, valid));
  return {
    props: changes.flatMap(Object.entries).reduce((props, [path, value]) => withValue(props, path, value), valid),
    problems: chosen.flatMap(({ says }) => (typeof says === 'function' ? says(valid) : says)),
    broken: changes.flatMap((change) => Object.keys(change).slice(0, 1)),
  };
}

/** Whether props can be broken in this way. */
export function applies<Props>({ needs }: Breakage<Props>, valid: Props): boolean {
  return needs === undefined || needs(valid);
}

/** A copy of props in which the value at a path is another one, whatever its type. */
export function withValue<Props extends object>(props: Props, path: string, value: unknown): Props {
  const [key = '', ...rest] = path.split('.');
  const inner: unknown = Object.entries(props).find(([name]) => name === key)?.[1];
  const below = typeof inner === 'object' && inner !== null ? inner : {};
  const copy = Array.isArray(props) ? [...props] : { ...props };
  return Object.assign(copy, { [key]: rest.length === 0 ? value : withValue(below, rest.join('.'), value) }) as Props;
}

function changesOf<Props>({ set }: Breakage<Props>, valid: Props): Changes {
  return typeof set === 'function' ? set(valid) : set;
}

function overlap(path: string, other: string): boolean {
  return path === other || path.startsWith(`${other}.`) || other.startsWith(`${path}.`);
}
