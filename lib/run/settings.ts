import { checkChoice, checkInteger, checkOptions } from '../circuit/arguments.js';
import { QuantumError } from '../errors.js';

/** Names of devices: `'auto'` takes the fastest one that is present. */
export const DEVICES = ['auto', 'cpu', 'gpu', 'mlx-cpu'] as const;

/**
 * Where to compute: `'cpu'` is the built-in engine, `'gpu'` a GPU and `'mlx-cpu'` the CPU through MLX;
 * `'auto'` takes the fastest one that is present.
 */
export type Device = (typeof DEVICES)[number];

/** Names of precisions. */
export const PRECISIONS = ['complex64', 'complex128'] as const;

/**
 * What an amplitude is made of: two float32 numbers, or two float64 numbers, which take twice the memory and time
 * and which the CPU engine alone computes with.
 */
export type Precision = (typeof PRECISIONS)[number];

/** Most threads of one engine. */
const MAXIMUM_THREADS = 1024;

/** What `configure` takes. */
export interface Configuration {
  /** Where to compute; `'auto'` if nothing says otherwise. */
  readonly device?: Device | undefined;
  /** Threads of the CPU engine, 1 to 1,024; one for each processor if nothing says otherwise. */
  readonly threads?: number | undefined;
  /** Of the amplitudes: `'complex64'` if nothing says otherwise; `'complex128'` on the CPU engine only. */
  readonly precision?: Precision | undefined;
}

/** Checked settings; 0 threads mean the engine's own choice. With `complex128` the device is the CPU. */
export interface Settings {
  readonly device: Device;
  readonly threads: number;
  readonly precision: Precision;
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

/** Checks the name of a precision. */
export function checkPrecision(value: unknown, argument: string): Precision {
  return checkChoice(value, argument, PRECISIONS);
}

/**
 * Sets defaults for the whole process. Options of a call win over them; they win over the environment
 * variables `QMLX_DEVICE`, `QMLX_THREADS` and `QMLX_PRECISION`. An option that is `undefined` goes back to the
 * environment's; one that is absent stays as it was.
 *
 * @throws QuantumError ERR_INVALID_ARGUMENT for another device, number of threads, precision, or option.
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
  const given = checkOptions(configuration, 'configuration', ['device', 'threads', 'precision']);
  if (given.device !== undefined) checkDevice(given.device, 'device');
  if (given.threads !== undefined) checkThreads(given.threads, 'threads');
  if (given.precision !== undefined) checkPrecision(given.precision, 'precision');
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

function precisionFromEnvironment(): Precision | undefined {
  const read = (text: string): Precision => checkPrecision(text, 'QMLX_PRECISION');
  return fromEnvironment('QMLX_PRECISION', read, `one of ${PRECISIONS.join(', ')}`);
}

/** The precision for a call that asks for this one, checked. */
export function precisionFor(precision: unknown): Precision {
  return precision === undefined
    ? (configured.precision ?? precisionFromEnvironment() ?? 'complex64')
    : checkPrecision(precision, 'precision');
}

/**
 * The settings for a call with these options, checked.
 *
 * @throws QuantumError ERR_UNSUPPORTED for `complex128` on a device that does not compute in it.
 */
export function settingsFor({ device, threads, precision: wanted }: Configuration): Settings {
  const precision = precisionFor(wanted);
  const named =
    device === undefined
      ? (configured.device ?? deviceFromEnvironment() ?? 'auto')
      : checkDevice(device, 'device');
  return {
    device: precision === 'complex128' ? deviceOfComplex128(named) : named,
    precision,
    threads:
      threads === undefined
        ? (configured.threads ?? threadsFromEnvironment() ?? 0)
        : checkThreads(threads, 'threads'),
  };
}

function deviceOfComplex128(device: Device): Device {
  if (device === 'auto' || device === 'cpu') return 'cpu';
  throw new QuantumError(
    'ERR_UNSUPPORTED',
    `The device '${device}' computes in complex64, and complex128 was asked for. Use the device 'cpu' or 'auto', or the precision 'complex64'.`,
    { feature: `complex128 on the device '${device}'` },
  );
}
