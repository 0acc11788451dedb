import { VERSION, callNative, type NativeDescription } from '../native.js';
import { PRESENT_DEVICES, sharedEngine, type Engine, type EngineDevice } from './engines.js';
import { settingsFor } from './settings.js';

/** What an engine is and what it can use. */
export interface EngineInformation {
  /** The name under which runs ask for it. */
  readonly device: EngineDevice;
  /** The processor or GPU. */
  readonly name: string;
  /** The instruction set in use. */
  readonly variant: string;
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
  /** The device of a run that names none. */
  readonly device: EngineDevice;
  /** Every engine that is present. */
  readonly engines: readonly EngineInformation[];
}

/** What an engine says of itself. */
export function describeEngine({ device, native }: Engine): EngineInformation {
  const { name, variant, version, threads, memoryBytes, availableBytes }: NativeDescription =
    callNative(() => native.describe());
  return { device, name, variant, version, threads, memoryBytes, availableBytes };
}

/**
 * Versions, platform, and the engines present with their memory.
 *
 * @throws QuantumError ERR_BACKEND_UNAVAILABLE if the native part cannot be loaded or the default device has no
 *   engine, ERR_INVALID_ARGUMENT if QMLX_DEVICE or QMLX_THREADS makes no sense.
 *
 * @example
 * ```ts
 * import { info } from 'qmlx';
 *
 * info().engines.map(({ device }) => device); // => ['cpu']
 * ```
 */
export function info(): Information {
  const settings = settingsFor({});
  return {
    versions: { qmlx: VERSION, node: process.versions.node },
    platform: `${process.platform}-${process.arch}`,
    device: sharedEngine(settings).device,
    engines: PRESENT_DEVICES.map((device) =>
      describeEngine(sharedEngine({ device, threads: settings.threads })),
    ),
  };
}
