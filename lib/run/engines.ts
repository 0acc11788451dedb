import { QuantumError } from '../errors.js';
import { callNative, loadAddon, VERSION, type NativeSimulator } from '../native.js';
import type { Device, Settings } from './settings.js';

/** An engine that is ready to run: shared by the process, or a simulator's own. */
export interface Engine {
  readonly device: EngineDevice;
  readonly native: NativeSimulator;
  /** Versions of qmlx and, where the engine stands on a library, of that library. */
  readonly versions: Readonly<Record<string, string>>;
}

/** A device that is not `'auto'`. */
export type EngineDevice = Exclude<Device, 'auto'>;

/** Devices that have an engine in this build, the fastest first. */
export const PRESENT_DEVICES: readonly EngineDevice[] = Object.freeze(['cpu']);

function presentDevice(device: Device): EngineDevice {
  if (device === 'auto') return PRESENT_DEVICES[0] as EngineDevice;
  if (PRESENT_DEVICES.includes(device)) return device;
  throw new QuantumError(
    'ERR_BACKEND_UNAVAILABLE',
    `The device '${device}' has no engine in this version of qmlx: use 'cpu' or 'auto'.`,
    { device },
  );
}

/** Makes an engine of its own, with its own thread. A memory limit in bytes of 0 means none. */
export function openEngine(settings: Settings, memoryLimit: number): Engine {
  const device = presentDevice(settings.device);
  const { NativeSimulator } = loadAddon();
  const options = { threads: settings.threads, memoryLimit };
  const native = callNative(() => new NativeSimulator(device, options));
  const { version } = callNative(() => native.describe());
  const versions = { qmlx: VERSION, ...(version === '' ? {} : { [device]: version }) };
  return { device, native, versions: Object.freeze(versions) };
}

const shared = new Map<string, Engine>();

/** The engine that circuits share unless they run in a `Simulator`: one a device and number of threads. */
export function sharedEngine(settings: Settings): Engine {
  const device = presentDevice(settings.device);
  const key = `${device} ${settings.threads}`;
  let engine = shared.get(key);
  if (engine === undefined) {
    engine = openEngine({ device, threads: settings.threads }, 0);
    shared.set(key, engine);
  }
  return engine;
}
