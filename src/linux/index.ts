export type { HostFile, HostFiles } from './host-files';
