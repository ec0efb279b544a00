import { Construct } from 'constructs';

/** Errors of the test, and those of the frameworks, which are loaded outside of it (see ./shared-modules.js). */
const ERRORS: readonly ErrorConstructor[] = [Error, Construct.constructor('return Error')()];

/** Builds constructs without the stack trace that cdktf keeps of every token: nine tenths of the time. */
export function quickly<Result>(build: () => Result): Result {
  const before = ERRORS.map(({ prepareStackTrace }) => ({ prepareStackTrace }));
  for (const error of ERRORS) error.prepareStackTrace = () => '';
  try {
    return build();
  } finally {
    for (const [i, error] of ERRORS.entries()) Object.assign(error, before[i]); // those of failures are whole
  }
}
