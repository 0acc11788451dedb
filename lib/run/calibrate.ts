import { setImmediate } from 'node:timers/promises';
import { circuit } from '../circuit/create.js';
import type { Circuit } from '../circuit/circuit.js';
import { LIMITS } from '../limits.js';
import { callNative } from '../native.js';
import { keepCalibration, type CalibrationStatus } from './calibration.js';
import { compile } from './compiled.js';
import { sharedEngine, sharedEngineSoon, type EngineDevice } from './engines.js';

/** Sizes at which a GPU is compared with the processor. Above, one that has not won by then does not win. */
const SIZES = Array.from({ length: 17 }, (_, k) => 8 + k);
const LAYERS = 5;
/** Runs of each kind, and milliseconds after which there are no further ones. */
const REPEATS = 20;
const BUDGET = 60;

const NO_VALUES = new Float64Array(0);

/**
 * Measures once from which size the GPU of this machine is faster than its processor, and keeps that in the
 * platform's cache folder, so that the device `'auto'` goes by it: in this process and in later ones, while
 * processor, number of threads and version of qmlx are the same. Without it, `'auto'` takes the GPU from 17 qubits.
 * Takes seconds; results of a device do not depend on it.
 *
 * @returns the sizes that hold now, and the file.
 * @throws QuantumError ERR_BACKEND_UNAVAILABLE without a GPU: there is nothing to choose then.
 *
 * @example
 * ```ts
 * import { calibrate, info } from 'qmlx';
 *
 * const { engines, calibration } = info();
 * calibration.gpuFromQubits >= 1; // => true
 * if (engines.some(({ device }) => device === 'gpu')) await calibrate();
 * ```
 */
export async function calibrate(): Promise<CalibrationStatus> {
  await sharedEngineSoon({ device: 'gpu', threads: 0, precision: 'complex64' }, LIMITS.qubits);
  let gpuFromQubits = LIMITS.qubits + 1;
  // From the largest size down: a win below a loss is chance, or too small to count.
  for (const qubits of SIZES.toReversed()) {
    await setImmediate();
    const [processor, gpu] = compareDevices(qubits);
    if (gpu >= processor) break;
    gpuFromQubits = qubits;
  }
  return keepCalibration({ gpuFromQubits });
}

/** Shortest milliseconds of the same circuit on the processor and on the GPU, in turn. */
function compareDevices(qubits: number): [processor: number, gpu: number] {
  const ansatz = layers(qubits);
  const runs = [runOn('cpu', ansatz), runOn('gpu', ansatz)] as const;
  const best: [number, number] = [Infinity, Infinity];
  try {
    const start = performance.now();
    for (let k = 0; k < REPEATS && (k < 3 || performance.now() - start < BUDGET); k++) {
      runs.forEach(({ time }, which) => (best[which] = Math.min(best[which]!, time())));
    }
  } finally {
    for (const { dispose } of runs) dispose();
  }
  return best;
}

function runOn(device: EngineDevice, of: Circuit): { time: () => number; dispose: () => void } {
  const { native } = compile(of);
  const engine = sharedEngine({ device, threads: 0, precision: 'complex64' }, of.qubits);
  const state = callNative(() => engine.native.createState(native), device);
  const run = (): void => callNative(() => state.evolve(NO_VALUES), device);
  const time = (): number => {
    const start = performance.now();
    run();
    return performance.now() - start;
  };
  time();
  return { time, dispose: () => state.dispose() };
}

/** Layers of rotations and a chain of CX, as variational circuits have them. */
function layers(qubits: number): Circuit {
  const built: Circuit = circuit(qubits);
  for (let layer = 0; layer < LAYERS; layer++) {
    for (let qubit = 0; qubit < qubits; qubit++) {
      built.ry(0.1 + layer + qubit, qubit).rz(0.3 + layer - qubit, qubit);
    }
    built.cxChain();
  }
  return built;
}
