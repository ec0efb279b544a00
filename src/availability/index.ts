export * from './fault-model';
