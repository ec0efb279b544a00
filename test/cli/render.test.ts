import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { files as PAIR } from '../../examples/edge-bare-metal';
import { json, nines } from '../support/command-line';

const FILE = { content: 'hello\n', mode: '0640', owner: 'root', group: 'nines-pair' };
const HOSTS = {
  lb1: { '/etc/a': FILE, '/usr/local/b': { ...FILE, mode: '0755', group: 'root' } },
  lb2: { '/etc/a': FILE },
};

describe('nines render', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nines-render-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const out = join(folder, 'out');

  /** A module that exports this. */
  let modules = 0;
  const module = (code: string) => {
    modules += 1;
    const file = join(folder, `${modules}.js`);
    writeFileSync(file, code);
    return file;
  };
  const render = (code: string, ...more: string[]) => nines(['render', module(code), '--out', out, ...more]);

  test('writes every file of every host, with its mode, and a list beside it', () => {
    const { code, out: said } = render(`exports.files = ${JSON.stringify(HOSTS)}`);
    expect(code).toBe(0);
    expect(readFileSync(join(out, 'lb1/etc/a'), 'utf8')).toBe('hello\n');
    expect(statSync(join(out, 'lb1/etc/a')).mode & 0o777).toBe(0o640);
    expect(statSync(join(out, 'lb1/usr/local/b')).mode & 0o777).toBe(0o755);
    expect(JSON.parse(readFileSync(join(out, 'lb1.json'), 'utf8'))).toEqual([
      { path: '/etc/a', mode: '0640', owner: 'root', group: 'nines-pair' },
      { path: '/usr/local/b', mode: '0755', owner: 'root', group: 'root' },
    ]);
    expect(
      readdirSync(out, { recursive: true }).filter((name) => statSync(join(out, `${name}`)).isFile()),
    ).toHaveLength(5);
    expect(said).toMatch(/lb2 +\/etc\/a +0640 +root:nines-pair/);
  });

  test('sets modes again, and names what is not written any more, and leaves it', () => {
    chmodSync(join(out, 'lb1/etc/a'), 0o777);
    mkdirSync(join(out, 'lb3'));
    writeFileSync(join(out, 'lb3/notes'), '');
    const { code, err } = render(`exports.files = ${JSON.stringify({ lb1: HOSTS.lb1 })}`);
    expect(code).toBe(0);
    expect(statSync(join(out, 'lb1/etc/a')).mode & 0o777).toBe(0o640);
    const left = (name: string) => `nines: ${join(out, name)} was there before and is not written any more\n`;
    expect(err).toBe(['lb2.json', 'lb2/etc/a', 'lb3/notes'].map(left).join(''));
    expect(readFileSync(join(out, 'lb3/notes'), 'utf8')).toBe('');
  });

  test('makes folders that the programs of a host may enter, whatever the umask, and also where they are', () => {
    const into = join(folder, 'private');
    const before = process.umask(0o077);
    try {
      mkdirSync(join(into, 'lb1/usr'), { recursive: true });
      const { code } = nines(['render', module(`exports.files = ${JSON.stringify(HOSTS)}`), '--out', into]);
      expect(code).toBe(0);
    } finally {
      process.umask(before);
    }
    const mode = (path: string) => (statSync(join(into, path)).mode & 0o777).toString(8);
    for (const path of ['lb1', 'lb1/etc', 'lb1/usr', 'lb1/usr/local', 'lb2', 'lb2/etc'])
      expect([path, mode(path)]).toEqual([path, '755']);
    expect([mode('lb1/etc/a'), mode('lb1/usr/local/b')]).toEqual(['640', '755']);
    expect(mode('')).toBe('700'); // which is of no host
  });

  test('prints what is left to do on a host: users, what is theirs, settings of the kernel, exactly its services', () => {
    const unit = '/etc/systemd/system';
    const paths = [
      `${unit}/pair.service`,
      `${unit}/web.service.d/a.conf`,
      `${unit}/web.service.d/b.conf`,
      '/etc/a.service',
    ];
    const lb1 = Object.fromEntries(paths.map((path) => [path, FILE]));
    const { out: said } = render(`exports.files = ${JSON.stringify({ lb1, lb2: HOSTS.lb2 })}`);
    expect(said.slice(said.indexOf('\nOn '))).toBe(
      `
On lb1, once its files are there:
  systemd-sysusers
  systemd-tmpfiles --create
  sysctl --system
  systemctl daemon-reload
  systemctl enable pair web
  systemctl restart pair web
`,
    );
  });

  test('names the services of a pair, its own first', () => {
    const into = join(folder, 'pair');
    const { hosts } = json(['render', module(`exports.files = ${JSON.stringify(PAIR)}`), '--out', into]) as {
      hosts: readonly { services: readonly string[] }[];
    };
    const services = ['nines-pair', 'nines-pair-firewall', 'haproxy', 'keepalived'];
    expect(hosts.map((host) => host.services)).toEqual([services, services]);
  });

  test('explains a copy that leaves the rights of the folders of a host alone', () => {
    const { out: help } = nines(['render', '--help']);
    expect(help).toContain('rsync -rE hosts/lb1/ root@lb1:/');
    expect(help).not.toMatch(/rsync -\w*[pa]/);
  });

  test('takes what is exported by default, or as a whole', () => {
    expect(render(`module.exports = { default: ${JSON.stringify(HOSTS)} }`).code).toBe(0);
    expect(render(`module.exports = ${JSON.stringify(HOSTS)}`).code).toBe(0);
  });

  test('prints for programs what it wrote', () => {
    const file = module(`exports.files = ${JSON.stringify({ lb2: HOSTS.lb2 })}`);
    const into = join(folder, 'json');
    expect(json(['render', file, '--out', into])).toEqual({
      hosts: [
        {
          node: 'lb2',
          folder: join(into, 'lb2'),
          files: [{ path: '/etc/a', mode: '0640', owner: 'root', group: 'nines-pair' }],
          services: [],
        },
      ],
      left: [],
    });
  });

  test.each([
    [
      'nothing of that kind',
      'exports.pair = 1',
      /must export the files of hosts, as `files` or by default, got pair; write/,
    ],
    ['nothing', '', /got nothing; write `export const files = keepalivedPair/],
    [
      'a path that leaves the folder',
      'exports.files = { lb1: { "/../a": { content: "", mode: "0644", owner: "", group: "" } } }',
      /must export/,
    ],
    ['a host that leaves the folder', 'exports.files = { "..": {} }', /must export/],
  ])('refuses a module that exports %s, and writes nothing', (_, code, message) => {
    const before = readdirSync(out, { recursive: true }).length;
    const ended = render(code);
    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(message);
    expect(readdirSync(out, { recursive: true })).toHaveLength(before);
  });

  test('refuses a module that is not there, and tells what a pair refuses', () => {
    expect(nines(['render', join(folder, 'none.js')])).toEqual({
      ...{ code: 2, out: '' },
      err: `nines: ${join(folder, 'none.js')} must be a file, and there is none; give the path of the module\n`,
    });
    const refusing = module(
      `const error = new Error('keepalivedPair cannot be built:\\n  - nodes must be two hosts'); error.name = 'InvalidPropsError'; throw error`,
    );
    expect(nines(['render', refusing])).toEqual({
      ...{ code: 2, out: '' },
      err: 'nines: keepalivedPair cannot be built:\n  - nodes must be two hosts\n',
    });
  });
});
