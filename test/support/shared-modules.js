const { dirname } = require('node:path');
const { default: Runtime } = require('jest-runtime');

/**
 * What is loaded once for all test files of a process: frameworks, which keep nothing of one stack for the next. Each
 * file would load them anew, for a third of the time of all tests.
 */
const SHARED = /^(cdktf|cdk8s|constructs|@cdktf\/provider-aws|fast-check|kubernetes-models|ajv|typescript)(\/|$)/;

module.exports = class SharedModules extends Runtime {
  requireModuleOrMock(from, name) {
    if (!SHARED.test(name)) return super.requireModuleOrMock(from, name);
    return require(require.resolve(name, { paths: [dirname(from)] }));
  }
};
