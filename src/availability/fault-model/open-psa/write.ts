import type { FaultTree } from '../fault-tree';
import { below, type Formula } from '../formula';

/**
 * Writes a fault tree in the Open-PSA model exchange format, for other reliability tools. Names that the format cannot
 * hold become similar ones, with the name itself as the label. Repair times have no place in the format, and are left out.
 */
export function writeOpenPsa(tree: FaultTree): string {
  const { gates, events, houses } = tree;
  const known = [...gates.keys(), ...events.keys(), ...houses.keys()];
  let wrapper = 'top'; // a fault tree is about a gate
  while (known.includes(wrapper)) wrapper += '_';
  const names = portableNames([...known, wrapper]);
  const writer = new Writer(tree, names);
  const top = names.get(tree.top) ?? tree.top;
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE opsa-mef>',
    '<opsa-mef>',
    `  <define-fault-tree name="${portableName(`${top}-tree`)}">`,
    ...[...gates].flatMap(([name, formula]) => writer.definition('gate', name, writer.formula(formula, 6))),
    ...(gates.has(tree.top) ? [] : writer.definition('gate', wrapper, writer.formula(tree.top, 6))),
    '  </define-fault-tree>',
    '  <model-data>',
    ...[...events].flatMap(([name, { availability }]) =>
      writer.definition('basic-event', name, [`      <float value="${availability.failingShare}"/>`]),
    ),
    ...[...houses].flatMap(([name, value]) =>
      writer.definition('house-event', name, [`      <constant value="${value}"/>`]),
    ),
    '  </model-data>',
    '</opsa-mef>',
  ];
  return `${lines.join('\n')}\n`;
}

class Writer {
  constructor(
    private readonly tree: FaultTree,
    private readonly names: ReadonlyMap<string, string>,
  ) {}

  public definition(kind: 'gate' | 'basic-event' | 'house-event', name: string, content: readonly string[]): string[] {
    const portable = this.names.get(name) ?? portableName(name);
    const label = this.tree.labels.get(name) ?? (portable === name ? undefined : name);
    return [
      `    <define-${kind} name="${portable}">`,
      ...(label === undefined ? [] : [`      <label>${escaped(label)}</label>`]),
      ...content,
      `    </define-${kind}>`,
    ];
  }

  public formula(formula: Formula, indent: number): string[] {
    const space = ' '.repeat(indent);
    if (typeof formula === 'boolean') return [`${space}<constant value="${formula}"/>`];
    if (typeof formula === 'string') return [`${space}<${this.kindOf(formula)} name="${this.names.get(formula)}"/>`];
    const name = formula.kind === 'atLeast' ? 'atleast' : formula.kind;
    const min = formula.kind === 'atLeast' ? ` min="${formula.min}"` : '';
    return [
      `${space}<${name}${min}>`,
      ...below(formula).flatMap((inner) => this.formula(inner, indent + 2)),
      `${space}</${name}>`,
    ];
  }

  private kindOf(name: string): string {
    if (this.tree.gates.has(name)) return 'gate';
    return this.tree.events.has(name) ? 'basic-event' : 'house-event';
  }
}

/** For each name one that the format can hold, no two alike. */
function portableNames(names: readonly string[]): Map<string, string> {
  const taken = new Set(names.filter((name) => portableName(name) === name));
  const result = new Map<string, string>();
  for (const name of names) {
    let portable = portableName(name);
    for (let number = 2; portable !== name && taken.has(portable); number++)
      portable = `${portableName(name)}_${number}`;
    taken.add(portable);
    result.set(name, portable);
  }
  return result;
}

function portableName(name: string): string {
  const inner = name
    .replace(/[^\p{L}\p{N}_-]/gu, '_')
    .replace(/--+/g, '-')
    .replace(/-$/, '');
  return /^\p{L}|^_/u.test(inner) ? inner : `_${inner}`;
}

function escaped(text: string): string {
  const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
  const noXml = /[^\t\n\r\P{Cc}]|[\p{Cs}\ufffe\uffff]/gu; // controls and broken surrogates: not even escaped
  return text.replace(/[&<>]/g, (found) => escapes[found] ?? '').replace(noXml, '\ufffd');
}
