/** Builds constructs without the stack trace that cdktf keeps of every token: nine tenths of the time. */
export function quickly<Result>(build: () => Result): Result {
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = () => '';
  try {
    return build();
  } finally {
    Error.prepareStackTrace = before; // traces are written when they are read: those of failures are whole
  }
}
