// The engines of this build in many configurations, opened below the public interface: tiny tiles make small
// circuits pass through every part of the scheduler.

import { QuantumError, type Amplitudes, type Precision } from 'qmlx';
import {
  callNative,
  loadAddon,
  type NativeOptions,
  type NativeSimulator,
} from '../../lib/native.js';
import { encode } from '../../lib/program/encode.js';
import { presentDevices, type EngineDevice } from '../../lib/run/engines.js';
import type { RandomCircuit } from '../reference/random-circuit.js';

type Runnable = Pick<RandomCircuit, 'qubits' | 'circuit' | 'params'>;

/** One engine, set up in one way. */
export interface ConfiguredEngine {
  readonly name: string;
  readonly precision: Precision;
  /**
   * How many operations one step of a gate may become: a phase that holds a single register qubit changes
   * basis around every two-qubit rotation.
   */
  readonly growth: number;
  /** All amplitudes of the final state, interleaved re, im. */
  run(made: Runnable): Amplitudes;
}

const forms: readonly NativeOptions[] = [
  { threads: 1 },
  { threads: 2 },
  { threads: 1, tileBits: 3, rowBits: 1, registerBits: 1 },
  { threads: 2, tileBits: 4, rowBits: 2, registerBits: 2 },
  { threads: 1, tileBits: 6, rowBits: 3, registerBits: 3 },
  { threads: 2, tileBits: 8, rowBits: 4, registerBits: 4 },
  { threads: 1, variant: 'portable' },
  { threads: 2, variant: 'avx2' },
];

const cpuConfigurations = forms.flatMap((options): NativeOptions[] => [
  options,
  { ...options, precision: 'complex128' },
]);

// The walker of GPUs needs phases of at least two registers.
const walkerConfigurations: readonly NativeOptions[] = [
  { variant: 'in-place' },
  { variant: 'out-of-place' },
  { variant: 'in-place', tileBits: 5, rowBits: 2, registerBits: 2 },
  { variant: 'out-of-place', tileBits: 6, rowBits: 2, registerBits: 3 },
  { variant: 'in-place', tileBits: 8, rowBits: 4, registerBits: 4 },
];

const configurations: Readonly<Record<EngineDevice, readonly NativeOptions[]>> = {
  cpu: cpuConfigurations,
  'mlx-cpu': [{ threads: 2 }, ...walkerConfigurations],
  gpu: walkerConfigurations,
};

/** Every present engine in every configuration that this processor can run. */
export function configuredEngines(): readonly ConfiguredEngine[] {
  return presentDevices().present.flatMap((device) =>
    configurations[device].flatMap((options) => {
      const simulator = open(device, options);
      if (simulator === undefined) return [];
      const name = [device, ...Object.entries(options).map(([key, value]) => `${key} ${value}`)];
      const growth = options.registerBits === 1 ? 5 : 1;
      const { precision = 'complex64' } = options;
      const run = (made: Runnable) => evolve(simulator, made, precision);
      return [{ name: name.join(', '), precision, growth, run }];
    }),
  );
}

/** An engine, or nothing where the processor lacks the instruction set asked for. */
function open(device: string, options: NativeOptions): NativeSimulator | undefined {
  const { NativeSimulator } = loadAddon();
  try {
    return callNative(() => new NativeSimulator(device, options));
  } catch (error) {
    const lacking = error instanceof QuantumError && error.code === 'ERR_UNSUPPORTED';
    if (options.variant !== undefined && lacking) return undefined;
    throw error;
  }
}

function evolve(
  simulator: NativeSimulator,
  { qubits, circuit, params }: Runnable,
  precision: Precision,
): Amplitudes {
  const { NativeProgram } = loadAddon();
  const { words, angles, angleCode, code, codeConstants, codeIntegers } = encode(circuit);
  const program = new NativeProgram(words, angles, angleCode, code, codeConstants, codeIntegers);
  const state = simulator.createState(program);
  try {
    state.evolve(Float64Array.from(circuit.parameters, (name) => params[name] as number));
    const Kind = precision === 'complex128' ? Float64Array : Float32Array;
    return state.amplitudes(0, new Kind(2 * 2 ** qubits));
  } finally {
    state.dispose();
  }
}
