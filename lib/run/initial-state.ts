import { invalidArgument } from '../circuit/arguments.js';
import { checkAmplitudes, type ComplexInput } from '../circuit/data-checks.js';
import type { Amplitudes } from '../results/amplitudes.js';
import { StateVector } from '../results/state.js';
import type { Precision } from './settings.js';

/** A state to start from. */
export type InitialState = StateVector | readonly ComplexInput[] | Float32Array | Float64Array;

/** The amplitudes of `initialState`, copied, as engines of the precision take them. */
export function checkInitialState(
  value: unknown,
  qubits: number,
  precision: Precision,
): Amplitudes {
  const Kind = precision === 'complex128' ? Float64Array : Float32Array;
  if (!(value instanceof StateVector)) return checkAmplitudes(value, qubits, 'initialState', Kind);
  if (value.qubits === qubits) {
    // The norm of a state in complex64 is not 1 to float64.
    const { data } = value;
    return data instanceof Kind
      ? data.slice()
      : checkAmplitudes(data, qubits, 'initialState', Kind);
  }
  throw invalidArgument('initialState', `a state of ${qubits} qubits`, value);
}
