const { default: TestRunner } = require('jest-runner');

/** Runs test files one after the other, in one process. jest runs the files of one runner after those of another. */
module.exports = class OneByOne extends TestRunner {
  isSerial = true;
};
