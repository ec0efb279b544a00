export { sample } from './sample';
export { simulate } from './simulation';
