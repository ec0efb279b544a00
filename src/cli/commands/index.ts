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
    name: 'fault-tree',
    summary: 'availability, cut sets and importance of a fault tree (Open-PSA)',
    load: () => require('./fault-tree') as CommandModule,
  },
  {
    name: 'render',
    summary: 'writes the files of hosts in a tree, ready for Ansible or a plain copy',
    load: () => require('./render') as CommandModule,
  },
  {
    name: 'sla',
    summary: 'published service levels, and the product of several',
    load: () => require('./sla') as CommandModule,
  },
];
