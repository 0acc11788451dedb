import { isUnitaryList, writesBits, type Operation } from '../circuit/operation.js';
import { QuantumError } from '../errors.js';
import { callNative, loadAddon, type NativeProgram } from '../native.js';
import type { Register } from '../circuit/registers.js';
import { encode, type CircuitLike, type EncodedProgram, type Source } from '../program/encode.js';

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
  /** Whether one evolution serves all shots: gates, then measurements. */
  readonly evolves: boolean;
  readonly bitRegisters: readonly Register[];
  /** Names of the snapshots in the circuit. */
  readonly snapshots: readonly string[];
  /** The circuit operation by operation, made when it is first asked for. */
  readonly stepwise: () => Stepwise;
}

/** A circuit in the form that is stepped through. */
export interface Stepwise {
  readonly native: NativeProgram;
  readonly sources: readonly Source[];
  readonly snapshots: readonly string[];
}

// A circuit's list of operations is a snapshot: a circuit that has grown has another list.
const fromZero = new WeakMap<readonly Operation[], Compiled>();
const fromAnywhere = new WeakMap<readonly Operation[], Compiled>();

/**
 * The compiled form of a circuit, made once until the circuit changes. One that starts from |0…0> need not reset
 * the qubits that it initializes first.
 */
export function compile(circuit: CircuitLike, startsAtZero = true): Compiled {
  const { operations } = circuit;
  const resets = !startsAtZero && operations.some(({ kind }) => kind === 'initialize');
  const compiledBy = resets ? fromAnywhere : fromZero;
  let compiled = compiledBy.get(operations);
  if (compiled === undefined) {
    compiled = build(circuit, !resets);
    compiledBy.set(operations, compiled);
  }
  return compiled;
}

function nativeProgram(encoded: EncodedProgram, stepwise: boolean): NativeProgram {
  const { NativeProgram } = loadAddon();
  const { words, angles, angleCode, code, codeConstants, codeIntegers } = encoded;
  return callNative(
    () => new NativeProgram(words, angles, angleCode, code, codeConstants, codeIntegers, stepwise),
  );
}

function build(circuit: CircuitLike, startsAtZero: boolean): Compiled {
  const { qubits, bits, operations, bitRegisters } = circuit;
  const parameters = Object.freeze([...circuit.parameters]);
  const encoded = encode(circuit, { startsAtZero });
  const firstOther = encoded.sources.findIndex(({ role }) => role !== 'gate');
  const tail = firstOther < 0 ? [] : encoded.sources.slice(firstOther);
  let stepwise: Stepwise | undefined;
  return Object.freeze({
    native: nativeProgram(encoded, false),
    qubits,
    bits,
    parameters,
    measured: writesBits(operations),
    unitary: startsAtZero && isUnitaryList(operations),
    evolves: tail.every(({ operation }) => operation.kind === 'measure'),
    bitRegisters,
    snapshots: encoded.snapshots,
    stepwise: () =>
      (stepwise ??= stepwiseOf(
        { qubits, bits, parameters, operations, bitRegisters },
        startsAtZero,
      )),
  });
}

function stepwiseOf(circuit: CircuitLike, startsAtZero: boolean): Stepwise {
  const encoded = encode(circuit, { stepwise: true, startsAtZero });
  const { sources, snapshots } = encoded;
  return { native: nativeProgram(encoded, true), sources, snapshots };
}

/** Refuses a circuit that measures where a final state is asked for. */
export function refuseMeasured(compiled: Pick<Compiled, 'unitary'>, what: string): void {
  if (compiled.unitary) return;
  throw new QuantumError(
    'ERR_MEASURED',
    `A circuit that measures, resets or decides has no single final state, so it has no ${what}. ` +
      'Use withoutMeasurements(), run() for counts, trajectory(i) of its result for the state of one shot, or steps().',
  );
}
