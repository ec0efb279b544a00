import { Availability } from 'nines';
import { anyOf, FaultModel, FaultTree, OpenPsaError, readOpenPsa, writeOpenPsa } from 'nines/availability';
import { Numbers } from './support/numbers';
import { randomTree, truthOf } from './support/random-tree';

const failing = (share: number) => ({ availability: Availability.failing(share) });
const inTree = (content: string) =>
  `<opsa-mef>\n<define-fault-tree name="FT">\n${content}\n</define-fault-tree>\n</opsa-mef>`;
const top = (formula: string, more = '') => inTree(`<define-gate name="top">${formula}</define-gate>\n${more}`);
const event = (name: string, expression: string) =>
  `<define-basic-event name="${name}">${expression}</define-basic-event>`;
const shareOf = (xml: string, options = {}) => readOpenPsa(xml, options).tree().analyse().availability.failingShare;
const problemsOf = (xml: string, options = {}): readonly string[] => {
  try {
    readOpenPsa(xml, options);
  } catch (error) {
    if (error instanceof OpenPsaError) return error.problems;
    throw error;
  }
  throw new Error('expected an OpenPsaError, but nothing was thrown');
};

describe('readOpenPsa', () => {
  test('reads the first tree of the format: a house event opens one of two branches (MEF 2.0d, "A Fault Tree")', () => {
    const events = ['e1', 'e2', 'e3', 'e4']
      .map((name, index) => event(name, `<float value="0.${index + 1}"/>`))
      .join('');
    const tree = (house: string) =>
      inTree(`
        <define-gate name="top"><or><gate name="g1"/><gate name="g2"/></or></define-gate>
        <define-gate name="g1"><and><house-event name="h1"/><gate name="g3"/><gate name="g4"/></and></define-gate>
        <define-gate name="g2"><and><not><house-event name="h1"/></not><basic-event name="e2"/><gate name="g4"/></and></define-gate>
        <define-gate name="g3"><or><basic-event name="e1"/><basic-event name="e3"/></or></define-gate>
        <define-gate name="g4"><or><basic-event name="e3"/><basic-event name="e4"/></or></define-gate>
        <define-house-event name="h1">${house}</define-house-event>${events}`);
    // g3 and g4: e3, or e1 and e4; without the house: e2, and e3 or e4
    expect(shareOf(tree('<constant value="true"/>'))).toBeCloseTo(0.3 + 0.7 * 0.1 * 0.4, 15);
    expect(shareOf(tree(''))).toBeCloseTo(0.2 * (0.3 + 0.7 * 0.4), 15);
  });

  test('finds names as the format says: public ones anywhere, private ones inside, any by its path (MEF, "Components")', () => {
    const xml = (role: string, inC: string) =>
      inTree(`
        <define-gate name="TOP"><or><gate name="FT.A.G1"/><gate name="A.G2"/><gate name="FT.C.G3"/></or></define-gate>
        <define-component name="A" role="${role}">
          <define-gate name="G1"><and><basic-event name="BE1"/><basic-event name="B.BE2"/></and></define-gate>
          <define-gate name="G2"><and><basic-event name="BE1"/><basic-event name="FT.A.B.BE3"/></and></define-gate>
          ${event('BE1', '<float value="1.2e-3"/>')}
          <define-component name="B">${event('BE2', '<float value="2.4e-3"/>')}${event('BE3', '<float value="5.2e-3"/>')}</define-component>
        </define-component>
        <define-component name="C" role="${role}">
          <define-gate name="G3"><and><basic-event name="FT.A.BE1"/><basic-event name="${inC}"/></and></define-gate>
          ${event(inC, '<float value="1.6e-3"/>')}
        </define-component>`);
    const expected = 1.2e-3 * (1 - (1 - 2.4e-3) * (1 - 5.2e-3) * (1 - 1.6e-3));
    expect(shareOf(xml('public', 'BE4'))).toBeCloseTo(expected, 18);
    expect(shareOf(xml('private', 'BE2'))).toBeCloseTo(expected, 18); // BE2 of C is another than BE2 of B
    expect(problemsOf(xml('public', 'BE2'))[0]).toMatch(
      /^line \d+, <define-basic-event> 'BE2': name must be given once/,
    );
  });

  test('takes a name that stands in several places for the nearest one', () => {
    const xml = `<opsa-mef><define-fault-tree name="FT" role="private">
        <define-gate name="top"><and><gate name="C.inner"/><event name="e"/></and></define-gate>
        <define-component name="C"><define-gate name="inner"><event name="e"/></define-gate>${event('e', '<float value="0.5"/>')}</define-component>
        ${event('e', '<float value="0.25"/>')}
      </define-fault-tree><model-data>${event('e', '<float value="1"/>')}</model-data></opsa-mef>`;
    expect(readOpenPsa(xml).tops).toEqual(['FT.top']);
    expect(shareOf(xml)).toBe(0.125);
  });

  test.each([
    ['<and><event name="a"/><event name="b"/></and>', 0.1 * 0.2],
    ['<or><event name="a"/><event name="b"/></or>', 0.28],
    ['<not><event name="a"/></not>', 0.9],
    ['<xor><event name="a"/><event name="b"/></xor>', 0.1 * 0.8 + 0.9 * 0.2],
    ['<iff><event name="a"/><event name="b"/></iff>', 0.1 * 0.2 + 0.9 * 0.8],
    ['<nand><event name="a"/><event name="b"/></nand>', 0.98],
    ['<nor><event name="a"/><event name="b"/></nor>', 0.72],
    ['<imply><event name="a"/><event name="b"/></imply>', 0.9 + 0.1 * 0.2],
    ['<atleast min="2"><event name="a"/><event name="b"/><event name="c"/></atleast>', 0.098],
    ['<cardinality min="1" max="2"><event name="a"/><event name="b"/><event name="c"/></cardinality>', 0.49],
    ['<cardinality min="0" max="0"><event name="a"/><event name="b"/></cardinality>', 0.72],
    ['<cardinality min="0" max="2"><event name="a"/><event name="b"/></cardinality>', 1],
    ['<or><constant value="true"/><event name="a"/></or>', 1],
    ['<event name="a" type="basic-event"/>', 0.1],
    [
      '<and><or><event name="a"/><event name="b"/></or><not><and><event name="a"/><event name="b"/></and></not></and>',
      0.26,
    ],
  ])('knows %s', (formula, expected) => {
    const events = `${event('a', '<float value="0.1"/>')}${event('b', '<float value="0.2"/>')}${event('c', '<float value="0.3"/>')}`;
    expect(shareOf(top(formula, events))).toBeCloseTo(expected, 14);
  });

  test.each([
    ['<int value="1"/>', 1],
    ['<bool value="true"/>', 1],
    ['<exponential><float value="1e-4"/><float value="100"/></exponential>', -Math.expm1(-1e-2)],
    ['<exponential><float value="1e-9"/><float value="1e-9"/></exponential>', 1e-18],
    ['<exponential><parameter name="rate"/><system-mission-time/></exponential>', -Math.expm1(-24e-4)],
    // lambda / (lambda + mu) in the long run, gamma at once
    ['<GLM><float value="0.3"/><float value="1e-3"/><float value="0.1"/><float value="1e6"/></GLM>', 1e-3 / 0.101],
    ['<GLM><float value="0.3"/><float value="1e-3"/><float value="0.1"/><int value="0"/></GLM>', 0.3],
    ['<GLM><float value="0.3"/><int value="0"/><int value="0"/><int value="9"/></GLM>', 0.3],
    [
      '<Weibull><float value="100"/><float value="2"/><float value="10"/><float value="30"/></Weibull>',
      -Math.expm1(-0.04),
    ],
    ['<Weibull><float value="100"/><float value="2"/><float value="10"/><float value="5"/></Weibull>', 0],
    [
      '<sub><float value="1"/><exp><mul><neg><parameter name="rate"/></neg><int value="10"/></mul></exp></sub>',
      1 - Math.exp(-1e-3),
    ],
    ['<div><add><int value="1"/><int value="2"/></add><pow><int value="10"/><int value="2"/></pow></div>', 0.03],
    [
      '<mean><float value="0.1"/><max><float value="0.2"/><min><int value="1"/><float value="0.3"/></min></max></mean>',
      0.2,
    ],
    ['<mul><sqrt><float value="0.25"/></sqrt><abs><neg><float value="0.5"/></neg></abs></mul>', 0.25],
    ['<div><log10><int value="10"/></log10><sub><int value="3"/><log><int value="1"/></log></sub></div>', 1 / 3],
    ['<sub><pi/><int value="3"/></sub>', Math.PI - 3],
  ])('takes %s for a probability', (expression, expected) => {
    const parameter =
      '<define-parameter name="rate"><div><int value="1"/><int value="10000"/></div></define-parameter>';
    const share = shareOf(top('<event name="e"/>', `${event('e', expression)}${parameter}`), { missionTime: 24 });
    expect(Math.abs(share - expected)).toBeLessThanOrEqual(1e-12 * expected);
  });

  test('reads several trees, and labels; which one is meant has to be said', () => {
    const model = readOpenPsa(
      inTree(`
        <define-gate name="one"><label> Pump &amp; valve fail </label><attributes><attribute name="a" value="b"/></attributes><event name="e"/></define-gate>
        <define-gate name="two"><and><event name="e"/><event name="f"/></and></define-gate>
        ${event('e', '<label>valve</label><float value="0.5"/>')}${event('f', '<float value="0.5"/>')}`),
    );
    expect(model.tops).toEqual(['one', 'two']);
    expect(model.tree('two').analyse().availability.failingShare).toBe(0.25);
    const one = model.tree('one');
    expect([...one.events.keys()]).toEqual(['e']);
    expect([...one.labels]).toEqual([
      ['one', 'Pump & valve fail'],
      ['e', 'valve'],
    ]);
    expect(() => model.tree()).toThrow(
      new RangeError("top must name a gate, got 2 of them; the document's tops are 'one', 'two'"),
    );
    expect(() => model.tree('three')).toThrow(
      "top must name a gate, got 'three'; the document's tops are 'one', 'two'",
    );
  });

  test('skips what only makes use of fault trees, and refuses what would change them', () => {
    const model = (more: string) =>
      `<opsa-mef>${more}<define-fault-tree name="FT"><define-gate name="top"><event name="e"/></define-gate></define-fault-tree>
       <model-data>${event('e', '<float value="0.5"/>')}</model-data></opsa-mef>`;
    expect(shareOf(model('<define-event-tree name="ET"><path/></define-event-tree><define-rule name="r"/>'))).toBe(0.5);
    expect(problemsOf(model('<define-CCF-group name="pumps" model="beta-factor"/>'))).toEqual([
      "line 1, <define-CCF-group> 'pumps': must be a definition of fault trees, got <define-CCF-group>; it would change the answer: take it out",
    ]);
    expect(problemsOf(model('<include file="more.xml"/>'))[0]).toContain('got <include>');
  });

  test.each([
    ['an empty document', '', 'line 1: must be well-formed XML, got: document must contain a root element.'],
    ['no XML', 'top = a & b', 'line 1: must be well-formed XML, got:'],
    [
      'an open element',
      '<opsa-mef>\n<define-fault-tree name="x">\n</opsa-mef>',
      'line 3: must be well-formed XML, got:',
    ],
    [
      'another document',
      '<html/>',
      'line 1, <html>: must be <opsa-mef>, got <html>; give a model in the exchange format',
    ],
    [
      'entities',
      '<!DOCTYPE a [<!ENTITY x "y">]>\n<opsa-mef>&x;</opsa-mef>',
      'line 2: must be well-formed XML, got: undefined entity.',
    ],
    [
      'no name',
      inTree('<define-gate><constant value="true"/></define-gate>'),
      'line 3, <define-gate>: name must be given, got none; name it',
    ],
    [
      'a role of its own',
      inTree('<define-component name="c" role="secret"/>'),
      "line 3, <define-component> 'c': role must be 'public' or 'private', got 'secret'; leave it out for public",
    ],
    [
      'a name of nothing',
      top('<event name="nothing"/>'),
      "line 3, <event> 'nothing': must be defined, got no definition; add one, or correct the name",
    ],
    [
      'a wrong kind',
      top('<gate name="e"/>', event('e', '<float value="0.1"/>')),
      "line 3, <gate> 'e': must be a gate, got a basic-event (line 4); correct one of them",
    ],
    [
      'no probability',
      top('<event name="e"/>', event('e', '')),
      "line 4, <define-basic-event> 'e': must hold one expression, got 0; give its number",
    ],
    [
      'too large a probability',
      top('<event name="e"/>', event('e', '<float value="1.5"/>')),
      "line 4, <define-basic-event> 'e': must be a probability from 0 to 1, got 1.5; correct its expression",
    ],
    [
      'no number',
      top('<event name="e"/>', event('e', '<log><int value="-1"/></log>')),
      "line 4, <define-basic-event> 'e': must be a probability from 0 to 1, got NaN; correct its expression",
    ],
    [
      'words for a number',
      top('<event name="e"/>', event('e', '<float value="often"/>')),
      "line 4, <float>: value must be a number, got 'often'; write it as in 1.5e-3",
    ],
    [
      'words for a truth',
      top('<event name="e"/>', event('e', '<bool value="yes"/>')),
      "line 4, <bool>: value must be 'true' or 'false', got 'yes'; write one of them",
    ],
    [
      'a distribution',
      top(
        '<event name="e"/>',
        event('e', '<lognormal-deviate><float value="1e-3"/><int value="3"/></lognormal-deviate>'),
      ),
      'line 4, <lognormal-deviate>: must be a number, a parameter, arithmetic, exponential, GLM or Weibull, got <lognormal-deviate>; write the probability itself, of a distribution its mean',
    ],
    [
      'too few values',
      top('<event name="e"/>', event('e', '<GLM><int value="1"/></GLM>')),
      'line 4, <GLM>: must hold 4 expressions, got 1; see the format',
    ],
    [
      'no mission time',
      top('<event name="e"/>', event('e', '<system-mission-time/>')),
      'line 4, <system-mission-time>: must be known, got no mission time; give missionTime',
    ],
    [
      'an unknown parameter',
      top('<event name="e"/>', event('e', '<parameter name="p"/>')),
      "line 4, <parameter> 'p': must be defined, got no definition; add one, or correct the name",
    ],
    [
      'a parameter of itself',
      top(
        '<event name="e"/>',
        `${event('e', '<parameter name="p"/>')}<define-parameter name="p"><neg><parameter name="q"/></neg></define-parameter><define-parameter name="q"><parameter name="p"/></define-parameter>`,
      ),
      "line 4, <parameter> 'p': must not depend on itself, got p → q → p; take one of these steps out",
    ],
    [
      'a gate of itself',
      top('<gate name="g"/>', '<define-gate name="g"><not><gate name="top"/></not></define-gate>'),
      'line 3, <define-gate>: top must not depend on itself, got top → g → top; take one of these steps out',
    ],
    ['an empty gate', top(''), "line 3, <define-gate> 'top': must hold one formula, got 0; join several with and, or"],
    [
      'two formulas',
      top('<constant value="true"/><constant value="true"/>'),
      "line 3, <define-gate> 'top': must hold one formula, got 2; join several with and, or",
    ],
    ['an empty and', top('<and/>'), 'line 3, <and>: must hold at least 1 formula, got 0; add or remove some'],
    [
      'two negated',
      top('<not><constant value="true"/><constant value="true"/></not>'),
      'line 3, <not>: must hold 1 formula, got 2; add or remove some',
    ],
    [
      'too many to fail',
      top('<atleast min="3"><constant value="true"/><constant value="true"/></atleast>'),
      "line 3, <atleast>: min must be a whole number from 1 to 2, got '3'; say how many of them must fail",
    ],
    [
      'another constant',
      top('<constant value="maybe"/>'),
      "line 3, <constant>: value must be 'true' or 'false', got 'maybe'; write one of them",
    ],
    [
      'an unknown formula',
      top('<priority-and/>'),
      'line 3, <priority-and>: must be a formula, got <priority-and>; and, or, not, xor, atleast and their like are known',
    ],
    [
      'a house with an event',
      top(
        '<house-event name="h"/>',
        `${event('e', '<int value="0"/>')}<define-house-event name="h"><event name="e"/></define-house-event>`,
      ),
      "line 4, <define-house-event> 'h': must hold a constant, got a formula; make it a gate",
    ],
  ])('refuses %s, with its line', (_, xml, problem) => {
    expect(problemsOf(xml)[0]).toContain(problem);
  });

  test('names every problem at once', () => {
    const xml = top(
      '<or><event name="x"/><atleast min="0"><event name="e"/></atleast></or>',
      event('e', '<float value="2"/>'),
    );
    expect(() => readOpenPsa(xml)).toThrow(
      `Open-PSA model cannot be read:
  - line 3, <event> 'x': must be defined, got no definition; add one, or correct the name
  - line 3, <atleast>: min must be a whole number from 1 to 1, got '0'; say how many of them must fail
  - line 4, <define-basic-event> 'e': must be a probability from 0 to 1, got 2; correct its expression`,
    );
  });

  test('does not go on for ever into nested elements', () => {
    const deep = `${'<not>'.repeat(10_000)}<constant value="true"/>${'</not>'.repeat(10_000)}`;
    expect(problemsOf(top(deep))).toEqual(['line 3, <not>: must not stand deeper than 200 elements; use gates']);
  });
});

describe('writeOpenPsa', () => {
  test('writes what reads back as the same tree: every share to the last bit, of 200 random trees', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const tree = randomTree(new Numbers(seed), { events: 7, gates: 8, isCoherent: seed % 2 === 0 });
      const back = readOpenPsa(writeOpenPsa(tree)).tree(tree.top);
      for (const [name, { availability }] of back.events) {
        expect(availability.failingShare).toBe(tree.events.get(name)?.availability.failingShare);
      }
      const { probability } = truthOf(tree);
      expect(Math.abs(back.analyse().availability.failingShare - probability)).toBeLessThanOrEqual(1e-12 * probability);
    }
  });

  test('keeps houses and labels, and makes names that the format allows', () => {
    const tree = new FaultTree({
      top: 'site down',
      gates: { 'site down': { kind: 'and', of: ['10.0.0.1', 'site_down', 'drill'] } },
      events: { '10.0.0.1': failing(0.5), site_down: failing(0.25) },
      houses: { drill: true },
      labels: { site_down: 'a < b & "c"\u0007' },
    });
    const xml = writeOpenPsa(tree);
    const back = readOpenPsa(xml).tree();
    expect(back.top).toBe('site_down_2');
    expect([...back.events.keys()]).toEqual(['_10_0_0_1', 'site_down']);
    expect([...back.houses]).toEqual([['drill', true]]);
    expect(back.labels.get('site_down')).toBe('a < b & "c"\ufffd');
    expect(back.labels.get('_10_0_0_1')).toBe('10.0.0.1');
    expect(back.analyse().availability.failingShare).toBe(0.125);
  });

  test('writes a tree of one event as a gate over it', () => {
    const tree = new FaultTree({ top: 'top', gates: {}, events: { top: failing(0.5) } });
    expect(readOpenPsa(writeOpenPsa(tree)).tops).toEqual(['top_']);
    expect(shareOf(writeOpenPsa(tree))).toBe(0.5);
  });

  test('carries a fault model over to other tools', () => {
    const model = new FaultModel()
      .domain('zone', failing(1e-4))
      .component('a', { ...failing(1e-3), in: 'zone' })
      .component('b', { ...failing(1e-3), in: 'zone' })
      .component('service', { needs: anyOf(['a', 'b']) });
    expect(writeOpenPsa(model.toFaultTree('service'))).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE opsa-mef>
<opsa-mef>
  <define-fault-tree name="service-down-tree">
    <define-gate name="zone-down">
      <or>
        <basic-event name="zone"/>
      </or>
    </define-gate>
    <define-gate name="a-down">
      <or>
        <basic-event name="a"/>
        <gate name="zone-down"/>
      </or>
    </define-gate>
    <define-gate name="b-down">
      <or>
        <basic-event name="b"/>
        <gate name="zone-down"/>
      </or>
    </define-gate>
    <define-gate name="service-down">
      <or>
        <and>
          <gate name="a-down"/>
          <gate name="b-down"/>
        </and>
      </or>
    </define-gate>
  </define-fault-tree>
  <model-data>
    <define-basic-event name="zone">
      <float value="0.0001"/>
    </define-basic-event>
    <define-basic-event name="a">
      <float value="0.001"/>
    </define-basic-event>
    <define-basic-event name="b">
      <float value="0.001"/>
    </define-basic-event>
  </model-data>
</opsa-mef>
`);
  });
});
