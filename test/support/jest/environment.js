const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

// Of jest-circus, which keeps them in the global object.
const HANDLERS = Symbol.for('EVENT_HANDLERS');
const TIMEOUT = Symbol.for('TEST_TIMEOUT_SYMBOL');

/**
 * Where test files run: in the process itself, one after the other, as `node` would run them. In jest's own environment
 * each would get a global object of its own, for which all modules are compiled anew, jest's among them: a third of all
 * time. What a file may leave behind (variables of the process, jest's state) is put back after it.
 */
module.exports = class ProcessEnvironment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);

  #before = { console, exit: process.exit, variables: { ...process.env } };
  #projectConfig;
  #state;
  #timers;

  constructor({ projectConfig }) {
    this.#projectConfig = projectConfig;
  }

  get fakeTimersModern() {
    this.#timers ??= new ModernFakeTimers({ config: this.#projectConfig, global: globalThis });
    return this.#timers;
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** There is none: see ./runtime.js. */
  getVmContext() {
    return null;
  }

  async setup() {}

  handleTestEvent(_event, state) {
    this.#state = state;
  }

  async teardown() {
    const { console, exit, variables } = this.#before;
    this.#timers?.dispose();
    globalThis.console = console; // jest replaces both for each file
    process.exit = exit;
    for (const name of Object.keys(process.env)) if (!(name in variables)) delete process.env[name];
    Object.assign(process.env, variables);

    delete globalThis[TIMEOUT];
    globalThis[HANDLERS]?.splice(2); // all but the two of jest-circus itself
    const { getState, resetState } = require('jest-circus'); // not earlier: its runner is another copy, whose handlers count
    resetState();
    if (this.#state) Object.assign(this.#state, getState());
  }
};
