/**
 * Unit tests are `*.spec.ts`; those that need a real Kafka or Postgres are `*.int.spec.ts`; those that drive a browser
 * through the whole platform are `*.browser.spec.ts`.
 */
const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2022',
        },
        module: { type: 'es6' },
      },
    ],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // Our packages are tested from their source.
  testEnvironmentOptions: { customExportConditions: ['baton-source', 'node', 'node-addons'] },
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/deploy'],
  modulePathIgnorePatterns: ['/dist/'],
};

const withServers = {
  globalSetup: '<rootDir>/libs/testing/jest/global-setup.mjs',
  globalTeardown: '<rootDir>/libs/testing/jest/global-teardown.mjs',
  setupFilesAfterEnv: ['<rootDir>/libs/testing/jest/patience.mjs'],
};

export default {
  // Beside the linter and the compiler a second's work takes many.
  testTimeout: 30_000,
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['**/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.(int|browser)\\.spec\\.ts$'],
    },
    { ...common, ...withServers, displayName: 'integration', testMatch: ['**/*.int.spec.ts'] },
    { ...common, ...withServers, displayName: 'browser', testMatch: ['**/*.browser.spec.ts'] },
  ],
};
