const { CHROMIUM } = require('./test/support/chromium.cjs');

/** Unit specs sit beside pure code (src), end-to-end and browser specs in test/; all run in CommonJS with SWC. */
const shared = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: { '^.+\\.(t|j)s$': '@swc/jest' },
  // Nest 12, the OpenAPI validator and the OpenID client ship ES modules only; Jest's CommonJS runtime needs them transformed.
  transformIgnorePatterns: ['/node_modules/(?!(@nestjs|@seriousme|openid-client|oauth4webapi|jose)/)'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
};

const onRealPostgres = {
  ...shared,
  roots: ['<rootDir>/test'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  setupFilesAfterEnv: [
    '<rootDir>/test/support/pauses-of-jobs.ts',
    '<rootDir>/test/support/matchers.ts',
    '<rootDir>/test/support/second-chance.ts',
  ],
};

/** Those who have no Chromium can run the other tests; continuous integration must not pass without these. */
if (!CHROMIUM && !process.env.JEST_WORKER_ID) {
  const message =
    'There is no Chromium (the package chromium-headless-shell or chromium, or CHROMIUM=<path>): the browser tests are left out';
  if (process.env.CI === 'true') throw new Error(message);
  console.warn(`\n  ************ ${message} ************\n`);
}

/** @type {import('jest').Config} */
module.exports = {
  // Most of a browser test is waiting: a third worker fills the two cores of a small machine.
  maxWorkers: 3,
  // Only what hangs may fail by the clock: machines are shared, and slow at times.
  testTimeout: 90_000,
  projects: [
    { ...shared, displayName: 'unit', roots: ['<rootDir>/src'], testMatch: ['**/*.spec.ts'] },
    { ...onRealPostgres, displayName: 'e2e', testMatch: ['**/*.e2e-spec.ts'] },
    ...(CHROMIUM ? [{ ...onRealPostgres, displayName: 'browser', testMatch: ['**/*.browser-spec.ts'] }] : []),
  ],
};
