import base from './jest.config.js';

/** `npm run check:coverage`: the front end of OpenQASM, every branch of which its own tests must take. */
export default {
  ...base,
  testMatch: [
    '**/unit/qasm/*.test.ts',
    '**/property/qasm-*.test.ts',
    '**/conformance/qasm-*.test.ts',
  ],
  collectCoverage: true,
  // Counts the branches of the source, also those without a statement of their own.
  coverageProvider: 'babel',
  collectCoverageFrom: ['lib/qasm/**/*.ts'],
  coverageReporters: ['json', ['text', { skipFull: true }]],
  coverageThreshold: { global: { branches: 100 } },
};
