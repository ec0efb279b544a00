import { Duration } from 'nines';
import { haproxyConfig } from '../../../src/linux/haproxy/config';
import { haproxyFiles } from '../../../src/linux/haproxy/files';
import { HOST, optionsOf, withPolicy } from './options';

const UNIT = '/etc/systemd/system/haproxy.service.d/nines.conf';

describe('haproxyFiles', () => {
  test('are the configuration, and what systemd does otherwise', () => {
    const files = haproxyFiles(optionsOf(), HOST);
    const rights = { mode: '0644', owner: 'root', group: 'root' };
    expect(files).toEqual({
      '/etc/haproxy/haproxy.cfg': { content: haproxyConfig(optionsOf(), HOST), ...rights },
      [UNIT]: { content: expect.any(String), ...rights },
    });
  });

  test('let it finish what it has when stopped, start it again whenever it fails, and let it write its log', () => {
    const unit = haproxyFiles(optionsOf(), HOST)[UNIT]?.content.split('\n');
    for (const line of [
      'KillSignal=SIGUSR1',
      'Restart=always',
      'StartLimitIntervalSec=0',
      'RuntimeDirectory=haproxy',
    ]) {
      expect(unit).toContain(line);
    }
    expect(unit).toContainEqual(expect.stringMatching(/^ExecStop=.*kill -s USR1 \$\{MAINPID\}/));
    expect(unit).toContain('BindReadOnlyPaths=-/dev/log:/var/lib/haproxy/dev/log');
  });

  test('give it the time and the files that it needs', () => {
    const unit = (options: Parameters<typeof haproxyFiles>[0]) => haproxyFiles(options, HOST)[UNIT]?.content;
    expect(unit(optionsOf())).toContain('\nTimeoutStopSec=96\n');
    expect(unit(withPolicy({ timeout: { perTry: Duration.seconds(1) } }))).toContain('\nTimeoutStopSec=35\n');
    expect(unit(optionsOf())).toContain('\nLimitNOFILE=18200\n');
    expect(unit(optionsOf({}, {}, { maxconn: 50_000 }))).toContain('\nLimitNOFILE=110200\n');
  });
});
