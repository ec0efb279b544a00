import { downtimeText } from 'nines/availability';
import { type RegionStrategy, STRATEGIES } from 'nines/stacks';
import { all, only } from '../../support/synth';
import { guide } from '../shop';
import { type applied, HOME, OTHER } from './shop';

/** The documents of a region, by their names. */
function documentsOf(stack: Parameters<typeof all>[0]): ReadonlyMap<string, { readonly mainSteps: readonly Step[] }> {
  return new Map(
    Object.values(all(stack, 'aws_ssm_document')).map(({ name, content }) => [
      String(name),
      JSON.parse(String(content)),
    ]),
  );
}

interface Step {
  readonly action: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What holds of the stacks of every strategy, each of which is built once for all tests. */
export function testStacks(strategy: RegionStrategy, { shop, stacks }: ReturnType<typeof applied>): void {
  describe(`the stacks of ${strategy}`, () => {
    const [home, other, dns] = [stacks[`shop-${HOME}`], stacks[`shop-${OTHER}`], stacks['shop-dns']];
    if (!home || !other || !dns) throw new Error('a stack is missing');

    test('are of one region each, and the name of none', () => {
      for (const [stack, name] of [
        [home, HOME],
        [other, OTHER],
        [dns, 'us-east-1'],
      ] as const) {
        expect(stack.provider.aws).toEqual([{ region: name }]);
      }
    });

    test('read the state of no other: each can be planned when the others cannot be read', () => {
      for (const stack of [home, other, dns]) {
        expect(Object.keys(stack.data)).not.toContain('terraform_remote_state');
        expect(Object.keys(stack.output).filter((name) => name.startsWith('cross-stack'))).toEqual([]);
      }
    });

    test('hold nothing of another region: its name stands only where its data comes from', () => {
      const mentions = (value: unknown, name: string): string[] =>
        Object.entries((value ?? {}) as Record<string, unknown>).flatMap(([key, inner]) => {
          if (typeof inner === 'string') return inner.includes(name) ? [key] : [];
          return typeof inner === 'object' ? mentions(inner, name) : [];
        });
      const found = (stack: typeof home, name: string) => [...new Set(mentions(stack.resource, name))].sort();
      const from = strategy === 'backup-restore' ? ['source_db_instance_arn'] : ['source_region'];
      expect(found(other, HOME)).toEqual(from);
      expect(found(home, OTHER)).toEqual([]);
    });

    test('hold a policy of Resilience Hub with the very times that are stated', () => {
      const policy = only(home, 'aws_resiliencehub_resiliency_policy');
      expect(policy.tier).toBe(STRATEGIES[strategy].tier);
      expect(policy.policy).toMatchObject({
        region: { rto: `${shop.rto.toSeconds()}s`, rpo: `${shop.rpo.toSeconds()}s` },
        az: { rto: '120s', rpo: '0s' },
        hardware: { rto: '120s', rpo: '0s' },
        software: { rto: '14400s', rpo: '300s' },
      });
      expect(all(other, 'aws_resiliencehub_resiliency_policy')).toEqual({});
    });

    test('hold what an operator starts, in the region that is to serve', () => {
      const names = strategy === 'backup-restore' ? ['shop-find-backups'] : ['shop-switch-back', 'shop-take-over'];
      expect([...documentsOf(other).keys()].sort()).toEqual(names);
      for (const name of names) expect(shop.runbook).toContain(name);
      if (strategy === 'backup-restore') return;
      const steps = documentsOf(other).get('shop-take-over')?.mainSteps ?? [];
      const calls = steps.map(({ action, inputs }) => (action === 'aws:sleep' ? 'sleep' : inputs.Api));
      const servers = strategy !== 'hot-standby';
      expect(calls).toEqual([
        ...(servers ? ['UpdateAutoScalingGroup'] : []),
        ...['FailoverGlobalCluster', 'sleep', 'DescribeGlobalClusters'],
        ...(servers ? ['DescribeTargetHealth'] : []),
      ]);
      const promotion = steps.find(({ inputs }) => inputs.Api === 'FailoverGlobalCluster')?.inputs;
      expect(promotion).toMatchObject({
        ...{ GlobalClusterIdentifier: 'shop-global', AllowDataLoss: true },
        TargetDbClusterIdentifier: expect.stringMatching(/^\$\{aws_rds_cluster\./),
      });
      const back = documentsOf(home).get('shop-switch-back')?.mainSteps ?? [];
      expect(back.find(({ inputs }) => inputs.Api === 'SwitchoverGlobalCluster')?.inputs).not.toHaveProperty(
        'AllowDataLoss',
      );
      if (!servers) return;
      expect(steps[0]?.inputs).toMatchObject({ MinSize: 6, DesiredCapacity: 6 });
    });

    test('are what the runbook is about: times, names, regions', () => {
      expect(shop.runbook).toContain(`# shop: when ${HOME} is lost`);
      expect(shop.runbook).toContain(`Strategy: ${strategy}. In ${OTHER} ${STRATEGIES[strategy].stands}.`);
      for (const { what } of shop.steps) {
        expect(shop.runbook.toLowerCase()).toContain(what.toLowerCase());
      }
      expect(shop.runbook.match(/cdktf deploy [^\n]*/g)?.join()).toContain(`shop-${OTHER}`);
      for (const stack of shop.runbook
        .match(/(?<=cdktf deploy )[^\n]*/g)
        ?.join(' ')
        .split(' ') ?? []) {
        expect(Object.keys(stacks)).toContain(stack);
      }
    });

    test('stand in docs/targets.md with their times', () => {
      const row = guide('targets.md')
        .split('\n')
        .find((line) => line.startsWith(`| \`${strategy}\` |`));
      expect(row).toContain(`| ${downtimeText(shop.rto)} | ${downtimeText(shop.rpo)} |`);
    });
  });
}

/** Addresses of everything in the stacks of an application. */
export function addressesIn({ stacks }: ReturnType<typeof applied>): string[] {
  const addresses = Object.entries(stacks).flatMap(([name, { resource }]) =>
    Object.entries(resource).flatMap(([type, ofType]) => Object.keys(ofType).map((id) => `${name}: ${type}.${id}`)),
  );
  return addresses.sort();
}
