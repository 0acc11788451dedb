import base from './jest.config.js';

/** What every engine must do, once more without the addon, so that the engine in TypeScript does it. */
export default {
  ...base,
  testEnvironmentOptions: { variables: { QMLX_PREBUILD: '/nowhere' } },
  testMatch: [
    '**/conformance/{batches,behaviour,decisions,frozen-vectors}.test.ts',
    '**/property/decisions.test.ts',
    '**/unit/run/{abort,data-operations,decisions,initial-state,program,steps,unitary}.test.ts',
    '**/validation/*.test.ts',
  ],
};
