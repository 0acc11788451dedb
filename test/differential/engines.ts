// The engines of this build in many configurations, opened below the public interface: tiny tiles make small
// circuits pass through every part of the scheduler.

import { loadAddon, type NativeOptions, type NativeSimulator } from '../../lib/native.js';
import { encode } from '../../lib/program/encode.js';
import { PRESENT_DEVICES } from '../../lib/run/engines.js';
import type { RandomCircuit } from '../reference/random-circuit.js';

/** One engine, set up in one way. */
export interface ConfiguredEngine {
  readonly name: string;
  /**
   * How many operations one step of a gate may become: a phase that holds a single register qubit changes
   * basis around every two-qubit rotation.
   */
  readonly growth: number;
  /** All amplitudes of the final state, interleaved re, im. */
  run(made: Pick<RandomCircuit, 'qubits' | 'circuit' | 'params'>): Float32Array;
}

const configurations: readonly NativeOptions[] = [
  { threads: 1 },
  { threads: 2 },
  { threads: 1, tileBits: 3, rowBits: 1, registerBits: 1 },
  { threads: 2, tileBits: 4, rowBits: 2, registerBits: 2 },
  { threads: 1, tileBits: 6, rowBits: 3, registerBits: 3 },
  { threads: 2, tileBits: 8, rowBits: 4, registerBits: 4 },
  { threads: 1, variant: 'portable' },
];

/** Every present engine in every configuration. */
export function configuredEngines(): readonly ConfiguredEngine[] {
  return PRESENT_DEVICES.flatMap((device) =>
    configurations.map((options) => {
      const { NativeSimulator } = loadAddon();
      const simulator = new NativeSimulator(device, options);
      const name = [device, ...Object.entries(options).map(([key, value]) => `${key} ${value}`)];
      const growth = options.registerBits === 1 ? 5 : 1;
      return { name: name.join(', '), growth, run: (made) => evolve(simulator, made) };
    }),
  );
}

function evolve(
  simulator: NativeSimulator,
  { qubits, circuit, params }: Pick<RandomCircuit, 'qubits' | 'circuit' | 'params'>,
): Float32Array {
  const { NativeProgram } = loadAddon();
  const { words, angles, angleCode, code, codeConstants } = encode(circuit);
  const program = new NativeProgram(words, angles, angleCode, code, codeConstants);
  const state = simulator.createState(program);
  try {
    state.evolve(Float64Array.from(circuit.parameters, (name) => params[name] as number));
    return state.amplitudes(0, new Float32Array(2 * 2 ** qubits));
  } finally {
    state.dispose();
  }
}
