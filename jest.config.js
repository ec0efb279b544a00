/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['<rootDir>/test/e2e/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  moduleNameMapper: {
    '^nines$': '<rootDir>/src/index.ts',
    '^nines/availability$': '<rootDir>/src/availability/index.ts',
    '^nines/aws$': '<rootDir>/src/constructs/aws/index.ts',
    '^nines/kubernetes$': '<rootDir>/src/constructs/kubernetes/index.ts',
  },
};
