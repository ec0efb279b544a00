import { backendSections } from './backend';
import { frontendSections } from './frontend';
import type { HaproxyHost, HaproxyOptions } from './props';
import { defaultsSection, globalSection, healthSection, peersSection } from './sections';
import { settingsOf } from './settings';

/**
 * The haproxy.cfg of one node, for HAProxy 2.6 and later. Both nodes have the same, but for `localpeer`.
 *
 * @param options what {@link proxyProblems} has nothing to say against
 */
export function haproxyConfig(options: HaproxyOptions, host: HaproxyHost): string {
  const settings = settingsOf(options);
  const sections = [
    globalSection(settings, host),
    defaultsSection(),
    peersSection(settings, host),
    healthSection(host),
    ...frontendSections(settings, host),
    ...settings.backends.flatMap(backendSections),
  ];
  return `${sections.filter((text) => text !== undefined).join('\n\n')}\n`;
}
