const { maxWorkers, testMatch, ...shared } = require('./jest.config.js');

const testTimeout = 15 * 60_000; // the provider waits a minute for every load balancer
/** They measure times: each runs alone, before or after all others. */
const MEASURING = ['agent', 'failover', 'failover-quick', 'haproxy', 'haproxy-changes'].map(
  (name) => `<rootDir>/test/e2e/${name}.test.ts`,
);

/** @type {import('jest').Config} */
module.exports = {
  testTimeout,
  maxWorkers: 3, // they wait more than they work
  maxConcurrency: 100, // tests that run at once wait for their turn by themselves
  projects: [
    {
      ...shared,
      testTimeout,
      testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', ...MEASURING],
    },
    {
      ...shared,
      testTimeout,
      testMatch: MEASURING,
      testPathIgnorePatterns: ['/node_modules/'],
      runner: '<rootDir>/test/support/jest/one-by-one.js',
    },
  ],
};
