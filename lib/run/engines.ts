import { QuantumError } from '../errors.js';
import {
  callNative,
  fromNative,
  hasNewLibmlx,
  loadAddon,
  loadMlx,
  VERSION,
  type NativeOptions,
  type NativeSimulator,
} from '../native.js';
import { calibrationStatus } from './calibration.js';
import { stateBytes } from './memory.js';
import type { Device, Precision, Settings } from './settings.js';

/** A device that is not `'auto'`. */
export type EngineDevice = Exclude<Device, 'auto'>;

/** An engine that is ready to run: shared by the process, or a simulator's own. */
export interface Engine {
  readonly device: EngineDevice;
  readonly precision: Precision;
  readonly native: NativeSimulator;
  /** Versions of qmlx and, where the engine stands on a library, of that library. */
  readonly versions: Readonly<Record<string, string>>;
}

/** All devices with an engine of their own, the fastest for large circuits first. */
const ENGINE_DEVICES: readonly EngineDevice[] = ['gpu', 'cpu', 'mlx-cpu'];

/** Engines by device, threads and precision. */
const shared = new Map<string, Engine>();
const opening = new Map<string, Promise<Engine>>();
/** Why a device has no engine. */
const refused = new Map<EngineDevice, QuantumError>();

/** Makes an engine of its own, with its own thread. A memory limit in bytes of 0 means none. */
export function openEngine(device: EngineDevice, options: NativeOptions): Engine {
  requireLibrary(device);
  const { NativeSimulator } = loadAddon();
  try {
    return readyEngine(device, options, new NativeSimulator(device, options));
  } catch (error) {
    throw refusal(device, error, options);
  }
}

/** The same without blocking this thread: a GPU takes a second to begin with. */
export function openEngineSoon(device: EngineDevice, options: NativeOptions): Promise<Engine> {
  return new Promise((resolve, reject) => {
    requireLibrary(device);
    const { NativeSimulator } = loadAddon();
    NativeSimulator.open(device, options, (error, native) => {
      if (native === undefined) reject(refusal(device, error, options));
      else resolve(readyEngine(device, options, native));
    });
  });
}

/** An engine for a simulator; `'auto'` is the GPU where there is one. */
export async function openOwnEngine(
  { device, threads, precision }: Settings,
  memoryLimit: number,
): Promise<Engine> {
  const options = { threads, memoryLimit, precision };
  if (device !== 'auto') return openEngineSoon(device, options);
  const gpu = mayHaveGpu()
    ? await openEngineSoon('gpu', options).catch(warnUnlessAbsent)
    : undefined;
  return gpu ?? openEngine('cpu', options);
}

/** The engine that circuits share unless they run in a `Simulator`: one for each settings. */
export function sharedEngine({ device, threads, precision }: Settings, qubits: number): Engine {
  if (device !== 'auto') return sharedOf(device, threads, precision);
  if (mayHaveGpu() && qubits >= calibrationStatus().gpuFromQubits) {
    const engine = attempt(() => sharedOf('gpu', 0));
    if (engine !== undefined && holds(engine, qubits)) return engine;
  }
  return sharedOf('cpu', threads);
}

/** The same without blocking this thread; a promise only while an engine is being opened. */
export function sharedEngineSoon(
  { device, threads, precision }: Settings,
  qubits: number,
): Engine | Promise<Engine> {
  if (device !== 'auto') return sharedSoon(device, threads, precision);
  if (!mayHaveGpu() || qubits < calibrationStatus().gpuFromQubits) return sharedOf('cpu', threads);
  const choose = (gpu: Engine | undefined): Engine =>
    gpu !== undefined && holds(gpu, qubits) ? gpu : sharedOf('cpu', threads);
  const gpu = shared.get(keyOf('gpu', 0, 'complex64'));
  return gpu ? choose(gpu) : sharedGpuIfThere().then(choose);
}

async function sharedGpuIfThere(): Promise<Engine | undefined> {
  try {
    return await sharedSoon('gpu', 0);
  } catch (error) {
    return warnUnlessAbsent(error);
  }
}

/** Devices that this process can compute on, the fastest for large circuits first, and why not on others. */
export function presentDevices(): {
  readonly present: readonly EngineDevice[];
  readonly absent: ReadonlyMap<EngineDevice, QuantumError>;
} {
  const present = ENGINE_DEVICES.filter(
    (device) => attempt(() => sharedOf(device, 0)) !== undefined,
  );
  return { present, absent: refused };
}

/** Threads are of processors only. */
function keyOf(device: EngineDevice, threads: number, precision: Precision): string {
  return device === 'gpu' ? device : `${device} ${threads} ${precision}`;
}

function sharedOf(
  device: EngineDevice,
  threads: number,
  precision: Precision = 'complex64',
): Engine {
  const key = keyOf(device, threads, precision);
  let engine = shared.get(key);
  if (engine === undefined) {
    engine = openEngine(device, { threads, precision });
    shared.set(key, engine);
  }
  return engine;
}

function sharedSoon(
  device: EngineDevice,
  threads: number,
  precision: Precision = 'complex64',
): Engine | Promise<Engine> {
  const key = keyOf(device, threads, precision);
  const engine = shared.get(key);
  if (engine !== undefined) return engine;
  // A processor's engine is there at once.
  if (device === 'cpu') return sharedOf(device, threads, precision);
  let promise = opening.get(key);
  if (promise === undefined) {
    promise = openEngineSoon(device, { threads, precision })
      .then((opened) => {
        const first = shared.get(key) ?? opened;
        shared.set(key, first);
        return first;
      })
      .finally(() => opening.delete(key));
    opening.set(key, promise);
  }
  return promise;
}

function readyEngine(
  device: EngineDevice,
  { precision = 'complex64' }: NativeOptions,
  native: NativeSimulator,
): Engine {
  const { version, selfTest } = callNative(() => native.describe(), device);
  if (selfTest !== '' && selfTest !== 'passed') warn(`The GPU does not work in place: ${selfTest}`);
  const versions = { qmlx: VERSION, ...(version === '' ? {} : { mlx: version }) };
  return { device, precision, native, versions: Object.freeze(versions) };
}

function requireLibrary(device: EngineDevice): void {
  if (device !== 'cpu' && hasNewLibmlx()) refused.clear();
  const known = refused.get(device);
  if (known !== undefined) throw known;
  if (device === 'cpu') return;
  const problem = loadMlx();
  if (problem === undefined) return;
  if (problem.cause?.code === 'ERR_ABI_MISMATCH') throw remember(device, problem.cause);
  throw remember(device, unavailable(device, problem.message, problem.cause));
}

function unavailable(device: EngineDevice, reason: string, cause: unknown): QuantumError {
  // Some end with a command.
  const end = /[.!?]$/.test(reason) ? '' : '.';
  return new QuantumError(
    'ERR_BACKEND_UNAVAILABLE',
    `The device '${device}' cannot be used: ${reason}${end} Use the device 'cpu' or 'auto'.`,
    { device, cause },
  );
}

/** The error for an engine that could not be opened. A device that is not there or does not work stays so. */
function refusal(device: EngineDevice, reason: unknown, { variant }: NativeOptions): QuantumError {
  const error = fromNative(reason, device);
  if (error.code === 'ERR_BACKEND_UNAVAILABLE') {
    return remember(device, unavailable(device, error.message, error));
  }
  const broken = error.code === 'ERR_BACKEND_FAILED' && variant === undefined;
  return broken ? remember(device, error) : error;
}

function remember(device: EngineDevice, error: QuantumError): QuantumError {
  refused.set(device, error);
  return error;
}

function mayHaveGpu(): boolean {
  return !refused.has('gpu') || hasNewLibmlx();
}

function holds(engine: Engine, qubits: number): boolean {
  return engine.native.describe().availableBytes >= stateBytes(qubits, engine.precision);
}

function attempt(open: () => Engine): Engine | undefined {
  try {
    return open();
  } catch (error) {
    return warnUnlessAbsent(error);
  }
}

/** A device that is simply not there needs no words; one that should have worked does. */
function warnUnlessAbsent(error: unknown): Engine | undefined {
  if (!QuantumError.is(error)) throw error;
  const absent = error.code === 'ERR_BACKEND_UNAVAILABLE' && loadMlx()?.unexpected !== true;
  if (!absent) warn(error.message);
  return undefined;
}

let warned = false;

function warn(message: string): void {
  if (warned) return;
  warned = true;
  process.emitWarning(message, { type: 'QmlxWarning' });
}
