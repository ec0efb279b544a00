const { createRequire } = require('node:module');
const { compileFunction } = require('node:vm');
const { default: Runtime } = require('jest-runtime');
require('./frameworks');

/** What keeps nothing of one test file for the next, and is loaded once for all files of a process. */
const SHARED = /^(cdktf|cdk8s|constructs|@cdktf\/provider-aws|fast-check|kubernetes-models|ajv|typescript)(\/|$)/;

/** All else is compiled once, and run anew for each test file. */
const compiled = new Map();

/** Loads modules for a test file in the process itself: see ./environment.js. */
module.exports = class ProcessRuntime extends Runtime {
  constructor(...args) {
    super(...args);
    const { injectedModuleParameters } = this.executor;
    this.executor.compile = (code, filename) => {
      if (compiled.get(filename)?.code !== code) {
        compiled.set(filename, { code, run: compileFunction(code, injectedModuleParameters, { filename }) });
      }
      return compiled.get(filename).run;
    };
  }

  requireModuleOrMock(from, name) {
    return SHARED.test(name) ? createRequire(from)(name) : super.requireModuleOrMock(from, name);
  }

  /** Modules of jest. */
  requireInternalModule(from, name) {
    return name ? createRequire(from)(name) : require(from);
  }
};
