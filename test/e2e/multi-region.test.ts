import { existsSync, readFileSync } from 'node:fs';
import { deployTwoRegions, HOME, OTHER, type TwoRegions } from './support/two-regions';

const EXAMPLES = ['backup-restore', 'pilot-light', 'warm-standby', 'multi-region'] as const;
type Example = (typeof EXAMPLES)[number];

interface Group {
  readonly MinSize: number;
  readonly DesiredCapacity: number;
  readonly Instances: readonly object[];
}

describe('applications in two regions, each in a cloud of its own', () => {
  const deployed = new Map<Example, TwoRegions>();

  beforeAll(async () => {
    const outcomes = await Promise.allSettled(
      EXAMPLES.map(async (example) => deployed.set(example, await deployTwoRegions(example))),
    );
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }, 40 * 60_000);

  afterAll(async () => {
    for (const each of deployed.values()) await each.stop();
  });

  const of = (example: Example): TwoRegions => {
    const found = deployed.get(example);
    if (!found) throw new Error(`${example} was not deployed`);
    return found;
  };
  const ask = <Answer>(example: Example, region: string, ...args: string[]) =>
    of(example).cloud.aws<Answer>(...args, '--region', region);

  const clustersIn = async (example: Example, region: string) => {
    const { DBClusters: clusters } = await ask<{ DBClusters: readonly { DBClusterArn: string }[] }>(
      ...([example, region, 'rds', 'describe-db-clusters'] as const),
    );
    return clusters.map(({ DBClusterArn }) => DBClusterArn);
  };
  /** Makes the database of a region the one that is written to. */
  const switchTo = async (example: Example, region: string) => {
    const [cluster] = await clustersIn(example, region);
    const to = ['--global-cluster-identifier', 'shop-global', '--target-db-cluster-identifier', `${cluster}`];
    await ask(example, HOME, 'rds', 'switchover-global-cluster', ...to);
  };
  /** Steps of the document that takes over in the other region. */
  const takeOverOf = async (example: Example) => {
    const { Content: content } = await ask<{ Content: string }>(
      ...([example, OTHER, 'ssm', 'get-document', '--name', 'shop-take-over'] as const),
    );
    return (JSON.parse(content) as { mainSteps: readonly { name: string; inputs: Record<string, string> }[] })
      .mainSteps;
  };
  const sizesIn = async (example: Example, region: string) => {
    const { AutoScalingGroups: groups } = await ask<{ AutoScalingGroups: readonly Group[] }>(
      ...([example, region, 'autoscaling', 'describe-auto-scaling-groups'] as const),
    );
    return groups.map(({ MinSize, Instances }) => [MinSize, Instances.length]);
  };

  test.each<[Example, readonly [number, number] | undefined]>([
    ['backup-restore', undefined],
    ['warm-standby', [3, 3]],
    ['multi-region', [6, 6]],
  ])('%s runs so many servers in the other region, and all at home', async (example, there) => {
    expect(await sizesIn(example, HOME)).toEqual([[6, 6]]);
    expect(await sizesIn(example, OTHER)).toEqual(there ? [[...there]] : []);
  });

  test('pilot-light runs no task in the other region, and all at home', async () => {
    const tasks = async (region: string) => {
      const { clusterArns: clusters } = await ask<{ clusterArns: readonly string[] }>(
        ...(['pilot-light', region, 'ecs', 'list-clusters'] as const),
      );
      const [cluster = ''] = clusters;
      const { serviceArns: services } = await ask<{ serviceArns: readonly string[] }>(
        ...(['pilot-light', region, 'ecs', 'list-services', '--cluster', cluster] as const),
      );
      const { services: found } = await ask<{ services: readonly { desiredCount: number }[] }>(
        ...([
          'pilot-light',
          region,
          'ecs',
          'describe-services',
          '--cluster',
          cluster,
          '--services',
          ...services,
        ] as const),
      );
      return found.map(({ desiredCount }) => desiredCount);
    };
    expect([await tasks(HOME), await tasks(OTHER)]).toEqual([[6], [0]]);
  });

  test('pilot-light names to its document the service that it starts', async () => {
    const [minimum, start] = (await takeOverOf('pilot-light')).map(({ inputs }) => inputs);
    const cluster = start?.cluster?.split('/').at(-1);
    expect(minimum?.ResourceId).toBe(`service/${cluster}/${start?.service}`);
    const { ScalableTargets: targets } = await ask<{ ScalableTargets: readonly { ResourceId: string }[] }>(
      ...([
        'pilot-light',
        OTHER,
        'application-autoscaling',
        'describe-scalable-targets',
        '--service-namespace',
      ] as const),
      'ecs',
    );
    expect(targets.map(({ ResourceId }) => ResourceId)).toEqual([minimum?.ResourceId]);
  });

  test.each(['pilot-light', 'warm-standby', 'multi-region'] as const)(
    '%s has one global database, which the other region follows in',
    async (example) => {
      const { GlobalClusters: clusters } = await ask<{
        GlobalClusters: readonly { GlobalClusterMembers: readonly { DBClusterArn: string; IsWriter: boolean }[] }[];
      }>(example, HOME, 'rds', 'describe-global-clusters');
      const members = clusters.flatMap(({ GlobalClusterMembers }) => GlobalClusterMembers);
      const found = members.map(({ DBClusterArn, IsWriter }) => [DBClusterArn.split(':')[3], IsWriter]);
      expect(found.sort()).toEqual([
        [OTHER, false],
        [HOME, true],
      ]);
    },
  );

  test('backup-restore knows the database at home by the name that its copied backups are made from', async () => {
    const { DBInstances: instances } = await ask<{ DBInstances: readonly { DBInstanceArn: string }[] }>(
      ...(['backup-restore', HOME, 'rds', 'describe-db-instances'] as const),
    );
    const { stdout } = await of('backup-restore').stacks[OTHER].terraform('show', '-json');
    const account = /"account_id":"(\d{12})"/.exec(stdout)?.[1];
    expect(instances.map(({ DBInstanceArn }) => DBInstanceArn)).toEqual([
      `arn:aws:rds:${HOME}:${account}:db:shop-database`,
    ]);
  });

  test.each(['pilot-light', 'warm-standby', 'multi-region'] as const)(
    '%s holds what an operator starts in the other region',
    async (example) => {
      const steps = await takeOverOf(example);
      expect(steps.map(({ name }) => name)).toContain('PromoteDatabase');
      const [cluster] = await clustersIn(example, OTHER);
      expect(steps.find(({ name }) => name === 'PromoteDatabase')?.inputs).toMatchObject({
        TargetDbClusterIdentifier: cluster,
      });
    },
  );

  test.each(EXAMPLES)('%s answers for its name', async (example) => {
    const { HostedZones: zones } = await ask<{ HostedZones: readonly { Id: string }[] }>(
      ...([example, HOME, 'route53', 'list-hosted-zones'] as const),
    );
    const { ResourceRecordSets: records } = await ask<{
      ResourceRecordSets: readonly { Name: string; Type: string; AliasTarget?: { DNSName: string } }[];
    }>(example, HOME, 'route53', 'list-resource-record-sets', '--hosted-zone-id', zones[0]?.Id ?? '');
    const aliases = records.filter(({ Type }) => Type === 'A').map(({ Name }) => Name.replace(/\.$/, ''));
    expect(aliases).toEqual(expect.arrayContaining(['shop.example.com', `${HOME}.shop.example.com`]));
    const there = aliases.includes(`${OTHER}.shop.example.com`);
    expect(there).toBe(example !== 'backup-restore');
  });

  test.each(EXAMPLES)('%s plans no changes in any of its stacks when it is there', async (example) => {
    for (const stack of Object.values(of(example).stacks)) {
      const { status, output } = await stack.plan();
      expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining('No changes') });
    }
  });

  test.each(EXAMPLES)(
    '%s plans the other region and the name while the state of home cannot be read',
    async (example) => {
      const { stacks } = of(example);
      const restore = stacks[HOME].hideState();
      try {
        for (const stack of [stacks[OTHER], stacks.dns]) {
          expect((await stack.plan()).status).toBe(0);
        }
      } finally {
        restore();
      }
    },
  );

  test.each(EXAMPLES)('%s keeps in the state of a region no resource of another', async (example) => {
    for (const [region, other] of [
      [HOME, OTHER],
      [OTHER, HOME],
    ] as const) {
      const { stdout } = await of(example).stacks[region].terraform('show', '-json');
      const { values } = JSON.parse(stdout) as {
        values: { root_module: { resources: readonly { address: string; values: { arn?: string } }[] } };
      };
      const { resources } = values.root_module;
      const strange = resources.filter(({ values: { arn } }) => arn?.split(':')[3] === other);
      expect(strange.map(({ address }) => address)).toEqual([]);
    }
  });

  test('multi-region plans no changes either, after a switchover that nobody told Terraform of', async () => {
    await switchTo('multi-region', OTHER);
    for (const stack of Object.values(of('multi-region').stacks)) {
      const { status, output } = await stack.plan();
      expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining('No changes') });
    }
    await switchTo('multi-region', HOME);
  });

  test('warm-standby changes sides and back, and makes nothing anew', async () => {
    const { stacks, withActive } = of('warm-standby');
    for (const [active, other, home] of [
      [OTHER, 6, 3],
      [HOME, 3, 6],
    ] as const) {
      await switchTo('warm-standby', active);
      await withActive(active);
      for (const stack of Object.values(stacks)) {
        const anew = (await stack.drift()).filter((change) => /\((delete,create|create,delete)\)$/.test(change));
        expect(anew).toEqual([]);
        await stack.applyPlan();
        expect((await stack.plan()).status).toBe(0);
      }
      // what is too many leaves by the scaling, later
      const minimums = [...(await sizesIn('warm-standby', OTHER)), ...(await sizesIn('warm-standby', HOME))];
      expect(minimums.map(([minimum]) => minimum)).toEqual([other, home]);
    }
  });

  test('warm-standby leaves a runbook beside its stacks', () => {
    const file = of('warm-standby').file('cdktf.out', 'runbook.md');
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain(`# shop: when ${HOME} is lost`);
  });

  test(
    'all of them are destroyed without a trace',
    async () => {
      const left = await Promise.all(EXAMPLES.map((example) => of(example).destroy()));
      expect(left).toEqual([0, 0, 0, 0]);
    },
    40 * 60_000,
  );
});
