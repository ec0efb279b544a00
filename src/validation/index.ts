export { InvalidPropsError } from './invalid-props-error';
export * from './rules';
export * from './shapes';
