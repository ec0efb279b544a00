export { boundsOf } from './bounds';
export { eventConditionals } from './evaluate';
export { isCoherent, uses } from './graph';
export { Propagation } from './propagation';
export { simplified } from './simplify';
export { isExact, MOST_NODES, solve } from './solution';
