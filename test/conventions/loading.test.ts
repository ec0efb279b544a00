import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const DIST = join(__dirname, '..', '..', 'dist');

/** Files that a fresh process has loaded after running this code against the built package. */
function loadedBy(code: string): string[] {
  const script = `${code}; console.log(JSON.stringify(Object.keys(require.cache)))`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8', cwd: DIST });
  if (status !== 0) throw new Error(`${stderr}\nThis test reads dist/; npm run build makes it.`);
  return JSON.parse(stdout) as string[];
}

const ofCdktf = (files: readonly string[]) => files.filter((file) => /node_modules\/(cdktf|@cdktf)\//.test(file));
/** Files of other packages, by package. */
const foreign = (files: readonly string[]) =>
  files.flatMap((file) => (file.includes('node_modules/') ? (file.split('node_modules/').at(-1) ?? []) : []));
const inAwsBindings = (files: readonly string[]) =>
  files.flatMap((file) => /@cdktf\/provider-aws\/lib\/([^/]+)\//.exec(file)?.[1] ?? []);

describe('loading the built package', () => {
  test('nines alone loads no file of cdktf, also when all of it is used', () => {
    const files = loadedBy(`
      const nines = require('./index.js');
      for (const name of Object.keys(nines)) nines[name];
      nines.Capacity.forPeak(4).over(3); nines.HealthCheck.http('/'); nines.Availability.percent(99.9)`);
    expect(ofCdktf(files)).toEqual([]);
    expect(files.length).toBeLessThan(30);
  });

  test('nines loads nothing but its index until something is used', () => {
    expect(loadedBy(`require('./index.js')`)).toEqual([join(DIST, 'index.js')]);
  });

  test('a fault model loads no file of cdktf, none of cdk8s but its units, and no XML until some is read', () => {
    const files = loadedBy(`
      const { FaultModel } = require('./availability/index.js');
      const { Availability } = require('./units/index.js');
      new FaultModel().component('a', { availability: Availability.percent(99) }).analyse('a').availability`);
    expect(ofCdktf(files)).toEqual([]);
    expect(foreign(files)).toEqual(['cdk8s/lib/duration.js']);
    expect(files.filter((file) => /open-psa|monte-carlo|cut-sets\/(?!index)/.test(file)).length).toBeLessThan(4);
  });

  test('nines/aws loads nothing but its index until a construct is used', () => {
    expect(loadedBy(`require('./constructs/aws/index.js')`)).toEqual([join(DIST, 'constructs', 'aws', 'index.js')]);
  });

  test('using MultiAZNetwork loads the files of a network, and none of a load balancer or of its own tier', () => {
    const files = loadedBy(`require('./constructs/aws/index.js').MultiAZNetwork`);
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

  test('an HAWebTier on EC2 loads no file of ECS', () => {
    const bindings = inAwsBindings(loadedBy(`require('./constructs/aws/index.js').HAWebTier`));
    expect(bindings).toContain('lb');
    expect(bindings.filter((name) => /^(ecs|appautoscaling|autoscaling|vpc$)/.test(name))).toEqual([]);
  });

  test('a MultiAZDatabase loads no file of a topology, a proxy or a copy until it is built as one', () => {
    const bindings = inAwsBindings(loadedBy(`require('./constructs/aws/index.js').MultiAZDatabase`));
    expect(bindings).toContain('db-subnet-group');
    expect(bindings.filter((name) => /^(rds|db-instance|db-proxy|db-event|cloudwatch)/.test(name))).toEqual([]);
  });

  test('nines/kubernetes loads nothing but its index until a construct is used, and never cdktf', () => {
    expect(loadedBy(`require('./constructs/kubernetes/index.js')`)).toEqual([
      join(DIST, 'constructs', 'kubernetes', 'index.js'),
    ]);
    for (const construct of ['DatabaseBackup', 'HAWebTier', 'MultiAZDatabase']) {
      expect(ofCdktf(loadedBy(`require('./constructs/kubernetes/index.js').${construct}`))).toEqual([]);
    }
  });

  test('nines/availability loads nothing but its index until something is used', () => {
    expect(loadedBy(`require('./availability/index.js')`)).toEqual([join(DIST, 'availability', 'index.js')]);
  });

  test('nines/availability as a whole loads of others only the Duration of cdk8s, deep in it, and a reader of XML', () => {
    const files = loadedBy(
      `const all = require('./availability/index.js'); for (const name of Object.keys(all)) all[name]`,
    );
    expect(foreign(files).filter((file) => !/^(saxes|xmlchars)\//.test(file))).toEqual(['cdk8s/lib/duration.js']);
  });

  const TREE = join(__dirname, '..', 'availability', 'fault-model', 'published', 'chinese.xml');
  const DISASTER = ['--rto', '1h', '--rpo', '1h', '--revenue', '1/year'];
  const answers = new Map<string, string[]>();
  const commandLine = (args: readonly string[]) => {
    const line = JSON.stringify([process.execPath, 'nines', ...args]);
    const files =
      answers.get(line) ??
      loadedBy(`process.argv = ${line};
      const write = process.stdout.write.bind(process.stdout);
      process.stdout.write = (text) => text.startsWith('[') && write(text); // the list of files only
      require('./cli/nines.js')`);
    answers.set(line, files);
    return files;
  };

  test('the nines command loads the file of the command that is asked for, and no other', () => {
    const commands = (args: readonly string[]) =>
      commandLine(args).flatMap((file) => /cli\/commands\/(?!index)([\w-]+)\.js$/.exec(file)?.[1] ?? []);
    expect(commands([])).toEqual([]);
    expect(commands(['calc', '99'])).toEqual(['calc']);
    expect(commands(['sla'])).toEqual(['sla']);
    expect(commands(['fault-tree', TREE])).toEqual(['fault-tree']);
  });

  test('the nines command loads XML and the fault model for a fault tree alone', () => {
    const ofTrees = (args: readonly string[]) =>
      commandLine(args).filter((file) => /node_modules\/saxes\/|availability\/fault-model\//.test(file)).length;
    expect(ofTrees(['fault-tree', TREE])).toBeGreaterThan(10);
    for (const args of [['calc', '99'], ['dr', ...DISASTER], ['sla']]) expect(ofTrees(args)).toBe(0);
  });

  test('the nines command loads tables for people, not for programs, and never cdktf', () => {
    const tables = (args: readonly string[]) => commandLine(args).filter((file) => file.includes('cli-table3')).length;
    expect(tables(['calc', '99'])).toBeGreaterThan(0);
    expect(tables(['calc', '99', '--json'])).toBe(0);
    expect(ofCdktf(commandLine(['calc', '99']))).toEqual([]);
  });
});
