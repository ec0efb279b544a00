const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { FACES } = require('./scripts/lazy-exports');

/** What the faces re-export, so that a test of one construct does not load all others: as in the package. */
const lazy = FACES.flatMap((face) => {
  const source = readFileSync(join(__dirname, 'src', face.replace(/js$/, 'ts')), 'utf8');
  return [...source.matchAll(/ from '(\.[^']+)';$/gm)].map(([, path]) => path);
});

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: '<rootDir>/test/support/jest/environment.js',
  runtime: '<rootDir>/test/support/jest/runtime.js',
  maxWorkers: '100%',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['<rootDir>/test/e2e/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs', lazy } },
    ],
  },
  moduleNameMapper: {
    '^nines$': '<rootDir>/src/index.ts',
    '^nines/availability$': '<rootDir>/src/availability/index.ts',
    '^nines/aws$': '<rootDir>/src/constructs/aws/index.ts',
    '^nines/kubernetes$': '<rootDir>/src/constructs/kubernetes/index.ts',
    '^nines/linux$': '<rootDir>/src/linux/index.ts',
    '^nines/stacks$': '<rootDir>/src/stacks/index.ts',
  },
};
