// jest gives every test file its own JavaScript realm, but the native addon creates its arrays and
// errors in the main one. Sharing the constructors keeps `instanceof` true, as it is for users.
import { TestEnvironment as NodeEnvironment } from 'jest-environment-node';

const shared = [
  ...['Float32Array', 'Float64Array', 'Int32Array', 'Uint32Array', 'Uint8Array', 'BigUint64Array'],
  ...['ArrayBuffer', 'Error', 'TypeError', 'RangeError', 'Map', 'Promise'],
];

export default class extends NodeEnvironment {
  constructor(config, context) {
    super(config, context);
    for (const name of shared) this.global[name] = globalThis[name];
    Object.assign(this.global.process.env, config.projectConfig.testEnvironmentOptions.variables);
  }
}
