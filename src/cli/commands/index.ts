import type { CommandEntry, CommandModule } from '../command';

/** All commands, in the order of `nines --help`. A new one is a line here and a file beside this one. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'calc',
    summary: 'downtime and nines of an availability, or of a system made of parts',
    load: () => require('./calc') as CommandModule,
  },
  {
    name: 'dr',
    summary: 'the cheapest way to recover within an RTO and an RPO, and why not the others',
    load: () => require('./dr') as CommandModule,
  },
  {
    name: 'sla',
    summary: 'published service levels, and the product of several',
    load: () => require('./sla') as CommandModule,
  },
];
