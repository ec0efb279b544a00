export { cutSetsOf } from './cut-sets';
