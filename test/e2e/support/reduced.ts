/** A stack file of Terraform, in JSON. */
export interface StackFile {
  /** Comments: of cdktf, and what was left out, if anything was. */
  readonly '//'?: { readonly leftOut?: readonly string[] };
  readonly terraform?: { readonly backend?: { readonly local?: { readonly path?: string } } };
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
  const blocks = addressed(file);
  const leftOut = withDependents(blocks, ofTypes(blocks, types));
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

/** Addresses of the resources of some types, without those that Terraform does not try after another of them failed. */
export function firstOf(file: StackFile, types: readonly string[]): string[] {
  const blocks = addressed(file);
  const all = ofTypes(blocks, types);
  const behind = new Set(all.flatMap((one) => [...withDependents(blocks, [one])].filter((other) => other !== one)));
  return all.filter((one) => !behind.has(one)).sort();
}

/** Terraform takes no empty blocks. */
export function filled<Content extends object>(content: Content): Content | undefined {
  return Object.keys(content).length > 0 ? content : undefined;
}

function ofTypes(blocks: ReadonlyMap<string, Block>, types: readonly string[]): string[] {
  return [...blocks.keys()].filter((address) => types.some((type) => address.startsWith(`${type}.`)));
}

/** These addresses, and those of whatever refers to one of them, by way of others too. */
function withDependents(blocks: ReadonlyMap<string, Block>, addresses: readonly string[]): Set<string> {
  const found = new Set(addresses);
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
