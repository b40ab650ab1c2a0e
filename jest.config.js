/** One transformer for every suite; `unit` needs no server and no Terraform, the others say what they need. */
const common = {
  testEnvironment: 'node',
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        // `import()` stays what it is: some packages are ES modules only. Node needs --experimental-vm-modules for it.
        module: { type: 'commonjs', ignoreDynamic: true },
      },
    ],
  },
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.local/', '<rootDir>/cdktf.out/'],
};

/** @type {import('jest').Config} */
module.exports = {
  testSequencer: '<rootDir>/tools/longest-first.mjs',
  // The main process only waits for them.
  maxWorkers: '100%',
  workerIdleMemoryLimit: '1GB',
  // No test says how fast a machine is: this only ends what hangs.
  testTimeout: 600_000,
  // Of tests that say so: platforms that wait for each other as much as they compute.
  maxConcurrency: 2,
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: [
        ...common.testPathIgnorePatterns,
        '<rootDir>/test/(control-plane|emulator|live|schemas)/',
      ],
    },
    { ...common, displayName: 'schemas', testMatch: ['<rootDir>/test/schemas/**/*.test.ts'] },
    { ...common, displayName: 'emulator', testMatch: ['<rootDir>/test/emulator/**/*.test.ts'] },
    {
      ...common,
      displayName: 'control-plane',
      testMatch: ['<rootDir>/test/control-plane/**/*.test.ts'],
      globalSetup: '<rootDir>/test/control-plane/support/build-once.ts',
    },
    {
      ...common,
      displayName: 'live',
      testMatch: ['<rootDir>/test/live/**/*.test.ts'],
      globalSetup: '<rootDir>/test/live/support/global-setup.ts',
      globalTeardown: '<rootDir>/test/live/support/global-teardown.ts',
    },
  ],
};
