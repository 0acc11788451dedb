import { isUnitaryList, writesBits, type Operation } from '../circuit/operation.js';
import { QuantumError } from '../errors.js';
import { callNative, loadAddon, type NativeProgram } from '../native.js';
import { encode, type CircuitLike } from '../program/encode.js';

/** A circuit in the form that engines take, with what options are checked against. */
export interface Compiled {
  readonly native: NativeProgram;
  readonly qubits: number;
  readonly bits: number;
  readonly parameters: readonly string[];
  /** Whether classical bits are written, so that there is something to count. */
  readonly measured: boolean;
  /** Whether there is one final state. */
  readonly unitary: boolean;
}

// A circuit's list of operations is a snapshot: a circuit that has grown has another list.
const compiledBy = new WeakMap<readonly Operation[], Compiled>();

/** The compiled form of a circuit, made once until the circuit changes. */
export function compile(circuit: CircuitLike): Compiled {
  const { operations } = circuit;
  let compiled = compiledBy.get(operations);
  if (compiled === undefined) {
    compiled = build(circuit);
    compiledBy.set(operations, compiled);
  }
  return compiled;
}

function build(circuit: CircuitLike): Compiled {
  const { NativeProgram } = loadAddon();
  const { words, angles, angleCode, code, codeConstants, codeIntegers } = encode(circuit);
  return Object.freeze({
    native: callNative(
      () => new NativeProgram(words, angles, angleCode, code, codeConstants, codeIntegers),
    ),
    qubits: circuit.qubits,
    bits: circuit.bits,
    parameters: Object.freeze([...circuit.parameters]),
    measured: writesBits(circuit.operations),
    unitary: isUnitaryList(circuit.operations),
  });
}

/** Refuses a circuit that measures where a final state is asked for. */
export function refuseMeasured(compiled: Compiled, what: string): void {
  if (compiled.unitary) return;
  throw new QuantumError(
    'ERR_MEASURED',
    `A circuit that measures, resets or decides has no single final state, so it has no ${what}. ` +
      'Use withoutMeasurements(), run() for counts, trajectory(i) of its result for the state of one shot, or steps().',
  );
}
