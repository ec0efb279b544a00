/** A stack file of Terraform, in JSON. */
export interface StackFile {
  /** Comments: of cdktf, and what was left out, if anything was. */
  readonly '//'?: { readonly leftOut?: readonly string[] };
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly output?: ById;
  readonly provider?: Readonly<Record<string, readonly { readonly alias?: string }[]>>;
}

type Blocks = Readonly<Record<string, ById>>;
type ById = Readonly<Record<string, Block>>;

interface Block {
  readonly lifecycle?: { readonly ignore_changes?: readonly string[] };
}

/** A stack without the resources of some types, and without what refers to one; and the addresses of all these. */
export function reduced(file: StackFile, types: readonly string[]): { file: StackFile; leftOut: string[] } {
  const leftOut = withDependents(addressed(file), types);
  const kept = (prefix: string, byId: ById = {}): ById | undefined =>
    filled(Object.fromEntries(Object.entries(byId).filter(([id]) => !leftOut.has(`${prefix}.${id}`))));
  const keptOfEach = (prefix: string, blocks: Blocks = {}): Blocks | undefined =>
    filled(
      Object.fromEntries(
        Object.entries(blocks).flatMap(([type, byId]) => {
          const rest = kept(`${prefix}${type}`, byId);
          return rest ? [[type, rest]] : [];
        }),
      ),
    );
  return {
    file: {
      ...file,
      '//': { ...file['//'], leftOut: [...leftOut].sort() },
      resource: keptOfEach('', file.resource),
      data: keptOfEach('data.', file.data),
      output: kept('output', file.output),
    },
    leftOut: [...leftOut].sort(),
  };
}

/** Terraform takes no empty blocks. */
export function filled<Content extends object>(content: Content): Content | undefined {
  return Object.keys(content).length > 0 ? content : undefined;
}

/** Addresses of the resources of some types, and of whatever refers to one of them, by way of others too. */
function withDependents(blocks: ReadonlyMap<string, Block>, types: readonly string[]): Set<string> {
  const found = new Set([...blocks.keys()].filter((address) => types.some((type) => address.startsWith(`${type}.`))));
  for (const address of found) {
    const mention = new RegExp(`\\b${address.replaceAll('.', '\\.')}(?![\\w-])`);
    for (const [other, block] of blocks) if (mention.test(JSON.stringify(block))) found.add(other); // is visited too
  }
  return found;
}

/** Every resource, data source and output, by its address. */
function addressed({ resource = {}, data = {}, output = {} }: StackFile): Map<string, Block> {
  const all = (prefix: string, byId: ById) =>
    Object.entries(byId).map(([id, block]) => [`${prefix}.${id}`, block] as const);
  return new Map([
    ...Object.entries(resource).flatMap(([type, byId]) => all(type, byId)),
    ...Object.entries(data).flatMap(([type, byId]) => all(`data.${type}`, byId)),
    ...all('output', output),
  ]);
}
