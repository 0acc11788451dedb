// Gives circuits the engines to run on. The entry of the package imports this file for its effect.

import { setExecutor, type CompileOptions } from '../circuit/executor.js';
import type { CircuitLike } from '../program/encode.js';
import { CircuitRunner } from './circuits.js';
import { compile } from './compiled.js';
import { sharedEngine, sharedEngineSoon } from './engines.js';
import { CALL_OPTIONS, checkCallOptions } from './options.js';
import { Program } from './program.js';
import { precisionFor, settingsFor } from './settings.js';

const runner = new CircuitRunner(
  {
    precision: ({ precision }) => precisionFor(precision),
    now: (options, qubits) => sharedEngine(settingsFor(options), qubits),
    soon: (options, qubits) => sharedEngineSoon(settingsFor(options), qubits),
  },
  CALL_OPTIONS,
);

function compileFor(circuit: CircuitLike, options: CompileOptions): Program {
  checkCallOptions(options, ['device', 'threads', 'precision', 'memoryLimit']);
  const compiled = compile(circuit);
  const engine = sharedEngine(settingsFor(options), compiled.qubits);
  return new Program(compiled, engine, options.memoryLimit);
}

setExecutor({
  run: (circuit, options) => runner.run(circuit, options),
  state: (circuit, options) => runner.state(circuit, options),
  probabilities: (circuit, options) => runner.probabilities(circuit, options),
  expectation: (circuit, observable, options) => runner.expectation(circuit, observable, options),
  exactDistribution: (circuit, options) => runner.exactDistribution(circuit, options),
  steps: (circuit, options) => runner.steps(circuit, options),
  stateNow: (circuit, options) => runner.stateNow(circuit, options),
  unitary: (circuit, options) => runner.unitary(circuit, options),
  sweep: (circuit, values) => runner.sweep(circuit, values),
  compile: compileFor,
  explain: (circuit, options) => compileFor(circuit, options).explain(),
});
