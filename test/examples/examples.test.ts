import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostFiles } from 'nines/linux';
import { EXAMPLES, runExample, runExampleElsewhere } from '../support/example';

/** The file that an example makes, or that it prints, or exports the files of hosts. */
const MADE_BY: Readonly<Record<string, string | { readonly prints: true } | { readonly exports: 'files' }>> = {
  'shop.ts': 'stacks/shop/cdk.tf.json',
  'geo-dns.ts': 'stacks/shop-dns/cdk.tf.json',
  'web-application.ts': { prints: true },
  'multi-region.ts': 'stacks/shop-eu-central-1/cdk.tf.json',
  'warm-standby.ts': 'stacks/shop-dns/cdk.tf.json',
  'pilot-light.ts': 'stacks/shop-eu-central-1/cdk.tf.json',
  'backup-restore.ts': 'stacks/shop-eu-central-1/cdk.tf.json',
  'cluster.ts': 'stacks/cluster/cdk.tf.json',
  'edge.ts': 'stacks/edge/cdk.tf.json',
  'capacity-in-a-chart.ts': 'shop.k8s.yaml',
  'resilience.ts': 'shop.k8s.yaml',
  'shop-kubernetes.ts': 'shop.k8s.yaml',
  'availability.ts': { prints: true },
  'disaster-recovery.ts': { prints: true },
  'what-if-this-falls.ts': { prints: true },
  'edge-bare-metal.ts': { exports: 'files' },
};

/** What is no app: manifests (gitops.test.ts), and what several examples share. */
const NO_APPS = ['gitops', 'shared'];

/** Runs an example as its command line tool does, and gives the file that it makes, or what it prints. */
function output(example: string): string {
  const made = MADE_BY[example] ?? '';
  if (typeof made === 'string') return fileMadeBy(example, made);
  return 'exports' in made ? hostsOf(example) : printedBy(example);
}

function hostsOf(example: string): string {
  const { files } = runExample(example) as { readonly files: Readonly<Record<string, HostFiles>> };
  return Object.entries(files)
    .flatMap(([node, ofNode]) =>
      Object.entries(ofNode).map(
        ([path, { content, mode, owner, group }]) => `=== ${node}:${path} ${mode} ${owner}:${group}\n${content}`,
      ),
    )
    .join('\n');
}

function printedBy(example: string): string {
  const lines: string[] = [];
  const { log } = console;
  console.log = (line: string) => lines.push(line);
  const outdir = mkdtempSync(join(tmpdir(), 'nines-example-'));
  try {
    runExample(example, { CDKTF_OUTDIR: outdir });
    return lines.join('\n');
  } finally {
    console.log = log;
    rmSync(outdir, { recursive: true });
  }
}

function fileMadeBy(example: string, file: string): string {
  const outdir = mkdtempSync(join(tmpdir(), 'nines-example-'));
  try {
    runExample(example, { CDKTF_OUTDIR: outdir, CDK8S_OUTDIR: outdir });
    return withoutVersions(readFileSync(join(outdir, file), 'utf8'));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Leaves out what changes with the machine or with a release of others: versions, and the path of the state. */
function withoutVersions(text: string): string {
  return text
    .replace(/"version": "[\d.]+"/g, '"version": "…"')
    .replace(/"path": "[^"]*\.tfstate"/g, '"path": "….tfstate"');
}

describe('examples', () => {
  test('are all tested', () => {
    const apps = readdirSync(EXAMPLES).filter((name) => !NO_APPS.includes(name));
    expect(apps.sort()).toEqual(Object.keys(MADE_BY).sort());
  });

  test.each(Object.keys(MADE_BY))('%s makes what it made before', (example) => {
    expect(output(example)).toMatchSnapshot();
  });

  test('shop.ts protects what it made, unless it was told that it may go', () => {
    expect(output('shop.ts')).toContain('"prevent_destroy": true');
    process.env.ALLOW_DESTROY = 'yes';
    try {
      const allowed = output('shop.ts');
      expect(allowed).not.toContain('prevent_destroy');
      expect(allowed).toContain('"enable_deletion_protection": false');
    } finally {
      delete process.env.ALLOW_DESTROY;
    }
  });

  test('shop.ts needs no program but Node to be synthesized', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'nines-example-'));
    try {
      runExampleElsewhere('shop.ts', { PATH: '', CDKTF_OUTDIR: outdir });
      expect(existsSync(join(outdir, 'stacks/shop/cdk.tf.json'))).toBe(true);
    } finally {
      rmSync(outdir, { recursive: true });
    }
  });
});
