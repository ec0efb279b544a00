import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Yaml } from 'cdk8s';
import { runExample, runExampleElsewhere } from '../support/example';

const ROOT = join(__dirname, '..', '..');
const CHARTS = ['shop-kubernetes', 'capacity-in-a-chart'];
const folder = mkdtempSync(join(tmpdir(), 'nines-gitops-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Files of a chart, by name, made in this process. */
function made(example: string, attempt: string): Readonly<Record<string, string>> {
  const outdir = join(folder, `${example}-${attempt}`);
  runExample(`${example}.ts`, { CDK8S_OUTDIR: outdir });
  return filesIn(outdir);
}

/** Files of a chart, made by another process, in another language and half a day away. */
function madeElsewhere(example: string): Readonly<Record<string, string>> {
  const outdir = join(folder, `${example}-elsewhere`);
  const variables = { CDK8S_OUTDIR: outdir, TZ: 'Pacific/Auckland', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' };
  runExampleElsewhere(`${example}.ts`, variables);
  return filesIn(outdir);
}

function filesIn(outdir: string): Readonly<Record<string, string>> {
  return Object.fromEntries(readdirSync(outdir).map((name) => [name, readFileSync(join(outdir, name), 'utf8')]));
}

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: Readonly<Record<string, unknown>>;
}

const loaded = new Map<string, Manifest[]>();

/** Objects of a file, read once: cdk8s starts a process for each. */
function load(file: string): Manifest[] {
  const objects = loaded.get(file) ?? Yaml.load(file);
  loaded.set(file, objects);
  return objects;
}

const objects = () => load(join(folder, 'shop-kubernetes-first', 'shop.k8s.yaml'));

describe('charts', () => {
  const first = Object.fromEntries(CHARTS.map((example) => [example, made(example, 'first')]));

  test.each(CHARTS)('are the same, byte for byte, whenever they are synthesized: %s', (example) => {
    expect(Object.keys(first[example] ?? {})).toEqual(['shop.k8s.yaml']);
    expect(made(example, 'second')).toEqual(first[example]);
  });

  test('are the same wherever they are synthesized', () => {
    expect(madeElsewhere('shop-kubernetes')).toEqual(first['shop-kubernetes']);
  });

  test.each(CHARTS)('hold no token of Terraform: %s', (example) => {
    const text = Object.values(first[example] ?? {}).join('');
    expect(text.length).toBeGreaterThan(500);
    expect(text).not.toMatch(/TfToken|\$\{[\w]+\.|\[object /); // ${name} is one of the shell
  });

  test('leave the number of pods to what scales them', () => {
    const kinds = objects().map(({ kind }) => kind);
    expect(kinds).toContain('HorizontalPodAutoscaler');
    const deployments = objects().filter(({ kind }) => kind === 'Deployment');
    expect(deployments).toHaveLength(1);
    for (const { spec } of deployments) expect(spec).not.toHaveProperty('replicas');
  });
});

describe('the layout for GitOps', () => {
  const read = (name: string) => load(join(ROOT, 'examples', 'gitops', name));
  const of = (kind: string, name: string) => read(name).find((manifest) => manifest.kind === kind)?.spec ?? {};
  const argo = of('Application', 'argo-cd.yaml') as {
    source: { path: string; repoURL: string; targetRevision: string };
    destination: { namespace: string };
    syncPolicy: { automated: object; managedNamespaceMetadata: { labels: object } };
  };
  const flux = of('Kustomization', 'flux.yaml') as { path: string; timeout: string; prune: boolean; wait: boolean };
  const repository = of('GitRepository', 'flux.yaml') as { url: string; ref: { branch: string } };
  const RESTRICTED = { 'pod-security.kubernetes.io/enforce': 'restricted' };

  test('is the same for Argo CD and for Flux, and as the guide has it', () => {
    expect([flux.path, repository.url, repository.ref.branch]).toEqual([
      ...[`./${argo.source.path}`, argo.source.repoURL, argo.source.targetRevision],
    ]);
    const guide = readFileSync(join(ROOT, 'docs', 'gitops.md'), 'utf8');
    expect(guide).toContain(`--output ${argo.source.path}\n`);
  });

  test('takes away what has left the branch, and undoes what was changed by hand', () => {
    expect(argo.syncPolicy.automated).toEqual({ prune: true, selfHeal: true });
    expect(flux).toMatchObject({ prune: true, wait: true });
  });

  test('makes the namespace that the chart is for, which takes none but restricted pods', () => {
    const namespaces = read('flux.yaml').filter(({ kind }) => kind === 'Namespace');
    expect(namespaces.map(({ metadata }) => metadata)).toEqual([{ name: 'shop', labels: RESTRICTED }]);
    expect(argo.destination.namespace).toBe('shop');
    expect(argo.syncPolicy.managedNamespaceMetadata.labels).toEqual(RESTRICTED);
    expect(new Set(objects().map(({ metadata }) => metadata.namespace))).toEqual(new Set(['shop']));
  });

  test('waits longer than a rollout may take before it gives up', () => {
    const [{ spec = {} } = {}] = objects().filter(({ kind }) => kind === 'Deployment');
    const minutes = Number(/^(\d+)m$/.exec(flux.timeout)?.[1]);
    expect(minutes * 60).toBeGreaterThan(Number(spec.progressDeadlineSeconds));
  });
});
