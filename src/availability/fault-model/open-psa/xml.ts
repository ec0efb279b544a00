import { SaxesParser } from 'saxes';
import { OpenPsaError } from './open-psa-error';

/** Elements may stand this deep in each other; a model of people needs ten. */
const MOST_DEPTH = 200;

/** An element of an XML document, and where it stands. */
export interface XmlElement {
  /** Name of the element. */
  readonly name: string;
  /** Line on which it begins, from 1. */
  readonly line: number;
  /** Its attributes, without spaces around their values. */
  readonly attributes: ReadonlyMap<string, string>;
  /** The elements in it. */
  readonly children: XmlElement[];
  /** The text in it, without spaces around. */
  text: string;
}

/**
 * The document's element. Entities of a document's own, and files that it points to, are never read.
 *
 * @throws OpenPsaError with the line of what is no XML
 */
export function parseXml(text: string): XmlElement {
  const parser = new SaxesParser();
  const path: XmlElement[] = [];
  let root: XmlElement | undefined;
  let line = 1;
  parser.on('error', ({ message }) => {
    throw new OpenPsaError([`line ${parser.line}: must be well-formed XML, got: ${message.replace(/^\d+:\d+: /, '')}`]);
  });
  parser.on('opentagstart', () => {
    line = parser.line;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const trimmed = Object.entries(attributes).map(([key, value]) => [key, value.trim()] as const);
    const element: XmlElement = { name, line, attributes: new Map(trimmed), children: [], text: '' };
    path.at(-1)?.children.push(element);
    path.push(element);
    if (path.length > MOST_DEPTH) {
      throw new OpenPsaError([`line ${line}, <${name}>: must not stand deeper than ${MOST_DEPTH} elements; use gates`]);
    }
    root ??= element;
  });
  parser.on('text', (part) => {
    const here = path.at(-1);
    if (here) here.text += part;
  });
  parser.on('closetag', () => {
    const closed = path.pop();
    if (closed) closed.text = closed.text.trim();
  });
  parser.write(text).close();
  if (!root) throw new OpenPsaError(['line 1: must hold an <opsa-mef>, got an empty document']);
  return root;
}
