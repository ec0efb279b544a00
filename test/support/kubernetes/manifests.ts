import { App, Chart, Testing } from 'cdk8s';

/** An object as Kubernetes gets it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  // biome-ignore lint/suspicious/noExplicitAny: tests look at a few fields, and the schemas look at all
  readonly spec: any;
}

/** A chart called `shop` with nothing in it. */
export function emptyChart(): Chart {
  return new Chart(new App(), 'shop');
}

/** Builds a chart called `shop`, and gives its manifests. */
export function synthChart(build: (chart: Chart) => unknown): readonly Manifest[] {
  const chart = emptyChart();
  build(chart);
  return Testing.synth(chart) as Manifest[];
}

/** The manifests of a kind. */
export function allOf(manifests: readonly Manifest[], kind: string): readonly Manifest[] {
  return manifests.filter((manifest) => manifest.kind === kind);
}

/** The single manifest of a kind; throws when there is none, or more than one. */
export function only(manifests: readonly Manifest[], kind: string): Manifest {
  const [first, ...more] = allOf(manifests, kind);
  if (first && more.length === 0) return first;
  throw new Error(`expected one ${kind}, found ${allOf(manifests, kind).length} in ${manifests.map((m) => m.kind)}`);
}
