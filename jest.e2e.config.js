/** @type {import('jest').Config} */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 15 * 60_000, // the provider waits a minute for every load balancer
  maxWorkers: 2,
  maxConcurrency: 100, // tests that run at once wait for their turn by themselves
};
