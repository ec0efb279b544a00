/** A file of a host: what it holds, and who may read it. */
export interface HostFile {
  /** The text, whole. */
  readonly content: string;
  /** Permissions in octal, such as `'0644'`. */
  readonly mode: string;
  /** User it belongs to; `root`, so that the programs that read it cannot change it. */
  readonly owner: string;
  /** Group it belongs to. */
  readonly group: string;
}

/** The files of a host, by absolute path. */
export type HostFiles = Readonly<Record<string, HostFile>>;

/** A file that everybody may read, such as a configuration that holds no secret. */
export function publicFile(content: string): HostFile {
  return { content, mode: '0644', owner: 'root', group: 'root' };
}

/** A program: only root may change it. */
export function program(content: string): HostFile {
  return { content, mode: '0755', owner: 'root', group: 'root' };
}
