import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const DIST = join(__dirname, '..', '..', 'dist');

const loader = fork(join(__dirname, '..', 'support', 'loader.js'), [DIST]);
afterAll(() => loader.kill());

/** Files that are loaded after this code has run against the built package, in a process that had loaded nothing. */
async function loadedBy(code: string, args: readonly string[] = []): Promise<string[]> {
  const answer = once(loader, 'message');
  loader.send({ code, args });
  const [{ files, error }] = (await answer) as [{ files?: string[]; error?: string }];
  if (files === undefined) throw new Error(`${error}\nThis test reads dist/; npm run build makes it.`);
  return files;
}

const ofCdktf = (files: readonly string[]) => files.filter((file) => /node_modules\/(cdktf|@cdktf)\//.test(file));
/** Files of other packages, by package. */
const foreign = (files: readonly string[]) =>
  files.flatMap((file) => (file.includes('node_modules/') ? (file.split('node_modules/').at(-1) ?? []) : []));
const inAwsBindings = (files: readonly string[]) =>
  files.flatMap((file) => /@cdktf\/provider-aws\/lib\/([^/]+)\//.exec(file)?.[1] ?? []);

describe('loading the built package', () => {
  test('nines alone loads no file of cdktf, also when all of it is used', async () => {
    const files = await loadedBy(`
      const nines = require('./index.js');
      for (const name of Object.keys(nines)) nines[name];
      nines.Capacity.forPeak(4).over(3); nines.HealthCheck.http('/'); nines.Availability.percent(99.9)`);
    expect(ofCdktf(files)).toEqual([]);
    expect(files.length).toBeLessThan(36);
  });

  test('nines loads nothing but its index until something is used', async () => {
    expect(await loadedBy(`require('./index.js')`)).toEqual([join(DIST, 'index.js')]);
  });

  test('a fault model loads no file of cdktf, none of cdk8s but its units, and no XML until some is read', async () => {
    const files = await loadedBy(`
      const { FaultModel } = require('./availability/index.js');
      const { Availability } = require('./units/index.js');
      new FaultModel().component('a', { availability: Availability.percent(99) }).analyse('a').availability`);
    expect(ofCdktf(files)).toEqual([]);
    expect(foreign(files)).toEqual(['cdk8s/lib/duration.js']);
    expect(files.filter((file) => /open-psa|monte-carlo|cut-sets\/(?!index)/.test(file)).length).toBeLessThan(4);
  });

  test('nines/aws loads nothing but its index until a construct is used', async () => {
    expect(await loadedBy(`require('./constructs/aws/index.js')`)).toEqual([
      join(DIST, 'constructs', 'aws', 'index.js'),
    ]);
  });

  test('using MultiAZNetwork loads the files of a network, and none of a load balancer or of its own tier', async () => {
    const files = await loadedBy(`require('./constructs/aws/index.js').MultiAZNetwork`);
    expect([...new Set(inAwsBindings(files))].sort()).toEqual([
      'data-aws-subnet',
      'default-security-group',
      'eip',
      'internet-gateway',
      'nat-gateway',
      'route',
      'route-table',
      'route-table-association',
      'subnet',
      'vpc',
      'vpc-endpoint',
    ]);
    expect(files.filter((file) => file.includes('web-tier'))).toEqual([]);
  });

  test('an HAWebTier on EC2 loads no file of ECS', async () => {
    const bindings = inAwsBindings(await loadedBy(`require('./constructs/aws/index.js').HAWebTier`));
    expect(bindings).toContain('lb');
    expect(bindings.filter((name) => /^(ecs|appautoscaling|autoscaling|vpc$)/.test(name))).toEqual([]);
  });

  test('a MultiAZDatabase loads no file of a topology, a proxy or a copy until it is built as one', async () => {
    const bindings = inAwsBindings(await loadedBy(`require('./constructs/aws/index.js').MultiAZDatabase`));
    expect(bindings).toContain('db-subnet-group');
    expect(bindings.filter((name) => /^(rds|db-instance|db-proxy|db-event|cloudwatch)/.test(name))).toEqual([]);
  });

  test('nines/kubernetes loads nothing but its index until a construct is used, and never cdktf', async () => {
    expect(await loadedBy(`require('./constructs/kubernetes/index.js')`)).toEqual([
      join(DIST, 'constructs', 'kubernetes', 'index.js'),
    ]);
    for (const construct of ['DatabaseBackup', 'HAWebTier', 'MultiAZDatabase']) {
      expect(ofCdktf(await loadedBy(`require('./constructs/kubernetes/index.js').${construct}`))).toEqual([]);
    }
  });

  test('nines/stacks loads nothing but its index until a stack is used, and of several regions nothing for one', async () => {
    expect(await loadedBy(`require('./stacks/index.js')`)).toEqual([join(DIST, 'stacks', 'index.js')]);
    const files = await loadedBy(`require('./stacks/index.js').WebApplicationStack`);
    expect(files.filter((file) => file.includes('multi-region'))).toEqual([]);
  });

  test('nines/availability loads nothing but its index until something is used', async () => {
    expect(await loadedBy(`require('./availability/index.js')`)).toEqual([join(DIST, 'availability', 'index.js')]);
  });

  test('nines/availability as a whole loads of others only the Duration of cdk8s, deep in it, and a reader of XML', async () => {
    const files = await loadedBy(
      `const all = require('./availability/index.js'); for (const name of Object.keys(all)) all[name]`,
    );
    expect(foreign(files).filter((file) => !/^(saxes|xmlchars)\//.test(file))).toEqual(['cdk8s/lib/duration.js']);
  });

  const TREE = join(__dirname, '..', 'availability', 'fault-model', 'published', 'chinese.xml');
  const DISASTER = ['--rto', '1h', '--rpo', '1h', '--revenue', '1/year'];
  const commandLine = (args: readonly string[]) => loadedBy(`require('./cli/nines.js')`, args);

  test('the nines command loads the file of the command that is asked for, and no other', async () => {
    const commands = async (args: readonly string[]) =>
      (await commandLine(args)).flatMap((file) => /cli\/commands\/(?!index)([\w-]+)\.js$/.exec(file)?.[1] ?? []);
    expect(await commands([])).toEqual([]);
    expect(await commands(['calc', '99'])).toEqual(['calc']);
    expect(await commands(['sla'])).toEqual(['sla']);
    expect(await commands(['fault-tree', TREE])).toEqual(['fault-tree']);
  });

  test('the nines command loads XML and the fault model for a fault tree alone', async () => {
    const ofTrees = async (args: readonly string[]) =>
      (await commandLine(args)).filter((file) => /node_modules\/saxes\/|availability\/fault-model\//.test(file)).length;
    expect(await ofTrees(['fault-tree', TREE])).toBeGreaterThan(10);
    for (const args of [['calc', '99'], ['dr', ...DISASTER], ['sla']]) expect(await ofTrees(args)).toBe(0);
  });

  test('the nines command loads tables for people, not for programs, and never cdktf', async () => {
    const tables = async (args: readonly string[]) =>
      (await commandLine(args)).filter((file) => file.includes('cli-table3')).length;
    expect(await tables(['calc', '99'])).toBeGreaterThan(0);
    expect(await tables(['calc', '99', '--json'])).toBe(0);
    expect(ofCdktf(await commandLine(['calc', '99']))).toEqual([]);
  });
});
