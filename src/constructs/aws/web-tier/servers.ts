// One of the two is used: as a face of its own (scripts/lazy-exports.js), an EC2 tier loads no file of ECS.
export { Instances } from './instances';
export { Tasks } from './tasks';
