import { invalidArgument } from '../circuit/arguments.js';
import { checkAmplitudes, type ComplexInput } from '../circuit/data-checks.js';
import { StateVector } from '../results/state.js';

/** A state to start from. */
export type InitialState = StateVector | readonly ComplexInput[] | Float32Array | Float64Array;

/** The amplitudes of `initialState`, copied, as engines take them. */
export function checkInitialState(value: unknown, qubits: number): Float32Array | undefined {
  if (value === undefined) return undefined;
  if (!(value instanceof StateVector)) return checkAmplitudes(value, qubits, 'initialState');
  if (value.qubits === qubits) return value.data.slice();
  throw invalidArgument('initialState', `a state of ${qubits} qubits`, value);
}
