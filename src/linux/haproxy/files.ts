import { type HostFiles, publicFile } from '../host-files';
import { haproxyConfig } from './config';
import type { HaproxyHost, HaproxyOptions } from './props';
import { globalMaxconn, hardStop } from './sections';
import { settingsOf } from './settings';

/** Where HAProxy reads its configuration. */
export const HAPROXY_CONFIG = '/etc/haproxy/haproxy.cfg';

/** What systemd does otherwise with HAProxy than its package says. */
export const HAPROXY_UNIT = '/etc/systemd/system/haproxy.service.d/nines.conf';

/**
 * All files of HAProxy on one node, by path.
 *
 * @param options what {@link proxyProblems} has nothing to say against
 */
export function haproxyFiles(options: HaproxyOptions, host: HaproxyHost): HostFiles {
  return {
    [HAPROXY_CONFIG]: publicFile(haproxyConfig(options, host)),
    [HAPROXY_UNIT]: publicFile(unitText(options)),
  };
}

function unitText(options: HaproxyOptions): string {
  const settings = settingsOf(options);
  const files = 2 * globalMaxconn(settings) + 10_000; // a client and a server each; sockets, checks and peers
  return `[Unit]
# It is started again however often it fails: keepalived looks at it, and the other node has the address meanwhile.
StartLimitIntervalSec=0

[Service]
Restart=always
RestartSec=1
# Stopped, it finishes what it has. Its master loses a signal that comes while it starts or reloads, so it is asked again.
ExecStop=/bin/sh -c 'for try in 1 2 3 4 5 6 7 8 9 10; do kill -s USR1 \${MAINPID} || exit 0; sleep 0.5; done'
KillSignal=SIGUSR1
TimeoutStopSec=${hardStop(settings) + 5}
LimitNOFILE=${files}
RuntimeDirectory=haproxy
# The log, from inside of its chroot.
BindReadOnlyPaths=-/dev/log:/var/lib/haproxy/dev/log
`;
}
