// What tests leave out of the frameworks: more than half of their time.

// cdktf keeps the stack trace of every token, for its error messages.
require('cdktf/lib/tokens/private/stack-trace').captureStackTrace = () => [];

// cdktf loads it for assets, which no test zips.
const archiver = require.resolve('archiver');
require.cache[archiver] = {
  id: archiver,
  filename: archiver,
  loaded: true,
  exports() {
    throw new Error(`a test that zips assets needs the real archiver: take it out of ${__filename}`);
  },
};
