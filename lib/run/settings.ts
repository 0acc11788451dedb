import { checkChoice, checkInteger, checkOptions } from '../circuit/arguments.js';
import { QuantumError } from '../errors.js';

/** Names of devices: `'auto'` takes the fastest one that is present. */
export const DEVICES = ['auto', 'cpu', 'gpu', 'mlx-cpu'] as const;

/**
 * Where to compute: `'cpu'` is the built-in engine, `'gpu'` a GPU and `'mlx-cpu'` the CPU through MLX;
 * `'auto'` takes the fastest one that is present.
 */
export type Device = (typeof DEVICES)[number];

/** Most threads of one engine. */
const MAXIMUM_THREADS = 1024;

/** What `configure` takes. */
export interface Configuration {
  /** Where to compute; `'auto'` if nothing says otherwise. */
  readonly device?: Device | undefined;
  /** Threads of the CPU engine, 1 to 1,024; one for each processor if nothing says otherwise. */
  readonly threads?: number | undefined;
}

/** A checked device and number of threads; 0 threads mean the engine's own choice. */
export interface Settings {
  readonly device: Device;
  readonly threads: number;
}

let configured: Configuration = {};

/** Checks a device name. */
export function checkDevice(value: unknown, argument: string): Device {
  return checkChoice(value, argument, DEVICES);
}

/** Checks a number of threads. */
export function checkThreads(value: unknown, argument: string): number {
  return checkInteger(value, argument, 1, MAXIMUM_THREADS);
}

/**
 * Sets defaults for the whole process. Options of a call win over them; they win over the environment
 * variables `QMLX_DEVICE` and `QMLX_THREADS`. An option that is `undefined` goes back to the environment's;
 * one that is absent stays as it was.
 *
 * @throws QuantumError ERR_INVALID_ARGUMENT for another device, number of threads, or option.
 *
 * @example
 * ```ts
 * import { circuit, configure } from 'qmlx';
 *
 * configure({ device: 'cpu', threads: 2 });
 * const result = await circuit(1, 1).x(0).measureAll().run();
 * result.device; // => 'cpu'
 * ```
 */
export function configure(configuration: Configuration): void {
  const given = checkOptions(configuration, 'configuration', ['device', 'threads']);
  if (given.device !== undefined) checkDevice(given.device, 'device');
  if (given.threads !== undefined) checkThreads(given.threads, 'threads');
  configured = { ...configured, ...configuration };
}

function fromEnvironment<Value>(
  name: string,
  read: (text: string) => Value,
  expected: string,
): Value | undefined {
  const text = process.env[name];
  if (text === undefined || text === '') return undefined;
  try {
    return read(text);
  } catch (cause) {
    throw new QuantumError(
      'ERR_INVALID_ARGUMENT',
      `Expected the environment variable ${name} to be ${expected}, received ${JSON.stringify(text)}. Correct it or unset it.`,
      { argument: name, received: text, cause },
    );
  }
}

function deviceFromEnvironment(): Device | undefined {
  const read = (text: string): Device => checkDevice(text, 'QMLX_DEVICE');
  return fromEnvironment('QMLX_DEVICE', read, `one of ${DEVICES.join(', ')}`);
}

function threadsFromEnvironment(): number | undefined {
  const read = (text: string): number =>
    checkThreads(/^\d+$/.test(text) ? Number(text) : text, 'QMLX_THREADS');
  return fromEnvironment('QMLX_THREADS', read, `a whole number from 1 to ${MAXIMUM_THREADS}`);
}

/** The device and threads for a call with these options, checked. */
export function settingsFor({ device, threads }: Configuration): Settings {
  return {
    device:
      device === undefined
        ? (configured.device ?? deviceFromEnvironment() ?? 'auto')
        : checkDevice(device, 'device'),
    threads:
      threads === undefined
        ? (configured.threads ?? threadsFromEnvironment() ?? 0)
        : checkThreads(threads, 'threads'),
  };
}
