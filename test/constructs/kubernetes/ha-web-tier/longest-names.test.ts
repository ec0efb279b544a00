import { emptyChart } from '../../../support/kubernetes/manifests';
import { type Choices, IMAGE, problemsWith, tier } from './tiers';

const host = 'shop.example.com';
const labels = (length: number) => `${'x'.repeat(63)}.`.repeat(4).slice(0, length);

/** What has a longest name: how long, and the choices of a name. */
const NAMED: readonly [what: string, longest: number, choices: (name: string) => Choices][] = [
  ['a tier', 50, (name) => ({ name })],
  ['a sidecar', 40, (name) => ({ sidecars: [{ name, image: IMAGE }] })],
  ['a ServiceAccount', 253, (serviceAccountName) => ({ serviceAccountName })],
  ['a Secret', 253, (secret) => ({ secrets: { DB: { secret, key: 'url' } } })],
  ['a key of a Secret', 253, (key) => ({ secrets: { DB: { secret: 'shop', key } } })],
  ['a ConfigMap', 253, (name) => ({ configMaps: [name] })],
  ['a Gateway', 253, (name) => ({ exposure: { host, gateway: { name } } })],
  ['the namespace of a Gateway', 63, (namespace) => ({ exposure: { host, gateway: { name: 'public', namespace } } })],
  ['the label of a host', 63, (label) => ({ exposure: { host: `${label}.example.com`, ingressClassName: 'nginx' } })],
];

describe('HAWebTier', () => {
  test.each(NAMED)('takes %s whose name has %i characters, and none whose name has more', (_, longest, choices) => {
    for (const length of [1, 2, longest]) {
      expect(tier(emptyChart(), choices('x'.repeat(length))).node.children.length).toBeGreaterThan(4);
    }
    expect(problemsWith(choices('x'.repeat(longest + 1)) as Readonly<Record<string, unknown>>)).toHaveLength(1);
  });

  test('takes a host of 253 characters, and none of more', () => {
    const at = (length: number) => ({ exposure: { host: labels(length), gateway: { name: 'public' } } });
    expect(tier(emptyChart(), at(253)).warnings).toEqual([]);
    expect(problemsWith(at(254))).toHaveLength(1);
  });

  test('takes a tag of 128 characters, and none of more', () => {
    expect(tier(emptyChart(), { image: `shop:${'1'.repeat(128)}` }).warnings).toEqual([]);
    expect(problemsWith({ image: `shop:${'1'.repeat(129)}` })).toHaveLength(1);
  });

  test('takes CPUs of thousandths, and none of less', () => {
    for (const cpu of ['1m', '0.001', '2.5', '9999', '9999999m']) {
      expect(tier(emptyChart(), { resources: { cpu } }).warnings).toEqual([]);
    }
    for (const cpu of ['0m', '0.0001', '.5', '1e3', '1.0001', '10000', '10000000m', '-1', '0.000']) {
      expect(problemsWith({ resources: { cpu } })).toHaveLength(1);
    }
  });
});
