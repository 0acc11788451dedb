import { VERSION, callNative, type NativeDescription } from '../native.js';
import { calibrationStatus, type CalibrationStatus } from './calibration.js';
import { presentDevices, sharedEngine, type Engine, type EngineDevice } from './engines.js';
import { settingsFor } from './settings.js';

/** What an engine is and what it can use. */
export interface EngineInformation {
  /** The name under which runs ask for it. */
  readonly device: EngineDevice;
  /** The processor or GPU. */
  readonly name: string;
  /** The instruction set in use, or how a GPU updates states: `'in-place'` or `'out-of-place'`. */
  readonly variant: string;
  /** Outcome of the start-up test of a GPU: `'passed'`, or what did not pass before it did. Empty for others. */
  readonly selfTest: string;
  /** The version of the library behind the engine; empty for the built-in one. */
  readonly version: string;
  /** Worker threads. */
  readonly threads: number;
  /** Memory of the device in bytes. */
  readonly memoryBytes: number;
  /** Bytes that new states may take now. */
  readonly availableBytes: number;
}

/** What `info` gives. */
export interface Information {
  readonly versions: { readonly qmlx: string; readonly node: string };
  /** Operating system and processor, such as `'linux-x64'`. */
  readonly platform: string;
  /** The device of a large run that names none; small ones run on the CPU unless a device is named. */
  readonly device: EngineDevice;
  /** Every engine that is present, the fastest for large circuits first. */
  readonly engines: readonly EngineInformation[];
  /** Devices that cannot be used here, with the reason. */
  readonly absent: readonly { readonly device: EngineDevice; readonly reason: string }[];
  /** From which size `'auto'` takes a GPU, and whether that was measured here (`calibrate`). */
  readonly calibration: CalibrationStatus;
}

/** What an engine says of itself. */
export function describeEngine({ device, native }: Engine): EngineInformation {
  const description: NativeDescription = callNative(() => native.describe(), device);
  const { name, variant, selfTest, version, threads, memoryBytes, availableBytes } = description;
  return { device, name, variant, selfTest, version, threads, memoryBytes, availableBytes };
}

/**
 * Versions, platform, and the engines present with their memory.
 *
 * @throws QuantumError ERR_BACKEND_UNAVAILABLE if the default device has no engine, ERR_INVALID_ARGUMENT if
 *   QMLX_DEVICE or QMLX_THREADS makes no sense.
 *
 * @example
 * ```ts
 * import { info } from 'qmlx';
 *
 * info().engines.some(({ device }) => device === 'cpu'); // => true
 * ```
 */
export function info(): Information {
  const settings = settingsFor({});
  const { present, absent } = presentDevices();
  return {
    versions: { qmlx: VERSION, node: process.versions.node },
    platform: `${process.platform}-${process.arch}`,
    device:
      settings.device === 'auto' ? (present[0] as EngineDevice) : sharedEngine(settings, 0).device,
    engines: present.map((device) =>
      describeEngine(
        sharedEngine({ device, threads: settings.threads, precision: 'complex64' }, 0),
      ),
    ),
    absent: Array.from(absent, ([device, { message }]) => ({ device, reason: message })),
    calibration: calibrationStatus(),
  };
}
