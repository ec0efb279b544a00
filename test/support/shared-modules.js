const { dirname } = require('node:path');
const { default: Runtime } = require('jest-runtime');

/**
 * What is loaded once for all test files of a process: frameworks, which keep nothing of one stack for the next. Each
 * file would load them anew, for a third of the time of all tests. `jest.isolateModules` does, as a new process would.
 */
const SHARED = /^(cdktf|cdk8s|constructs|@cdktf\/provider-aws|fast-check|kubernetes-models|ajv)(\/|$)/;

module.exports = class SharedModules extends Runtime {
  isolateModules(run) {
    this.isolated = true;
    try {
      super.isolateModules(run);
    } finally {
      this.isolated = false;
    }
  }

  requireModuleOrMock(from, name) {
    if (this.isolated || !SHARED.test(name)) return super.requireModuleOrMock(from, name);
    return require(require.resolve(name, { paths: [dirname(from)] }));
  }
};
