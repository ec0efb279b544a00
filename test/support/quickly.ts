/** Builds constructs without the stack trace that cdktf keeps of every token: nine tenths of the time. */
export function quickly<Result>(build: () => Result): Result {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = () => '';
  try {
    return build();
  } finally {
    Error.prepareStackTrace = prepareStackTrace; // those of failures are whole
  }
}
