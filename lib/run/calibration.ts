// What was measured on this machine once, kept in a small file. What is chosen by it never changes the result of a
// device: geometry and merging, which round differently, do not depend on it.

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { platformCacheFolder } from '../cache.js';
import { LIMITS } from '../limits.js';
import { VERSION } from '../native.js';

/**
 * Qubits from which `'auto'` takes a GPU where nothing was measured: below, a launch on the GPU costs more than the
 * circuit costs on the processor (docs/benchmarks.md).
 */
export const GPU_QUBITS = 17;

/** What `calibrate` measured. */
export interface Calibration {
  /** Qubits from which `'auto'` takes the GPU; one more than any circuit has where the GPU was never faster. */
  readonly gpuFromQubits: number;
}

/** Where a calibration is kept, and whether this process goes by it. */
export interface CalibrationStatus extends Calibration {
  readonly file: string;
  /** `'used'`; `'none'` without a file; `'ignored'` if it is damaged or from another machine or version. */
  readonly state: 'used' | 'none' | 'ignored';
  /** Why the file is ignored. */
  readonly reason?: string;
}

interface CalibrationFile extends Calibration {
  readonly machine: Readonly<Record<string, unknown>>;
}

let known: CalibrationStatus | undefined;

/** What this process goes by; read once. */
export function calibrationStatus(): CalibrationStatus {
  return (known ??= readCalibration());
}

/** Keeps what was measured; this process goes by it from now on. */
export function keepCalibration(calibration: Calibration): CalibrationStatus {
  const file = calibrationFile();
  const content: CalibrationFile = { machine: fingerprint(), ...calibration };
  mkdirSync(dirname(file), { recursive: true });
  // A reader sees the old file or the new one, never half of one.
  const written = `${file}.${process.pid}`;
  writeFileSync(written, `${JSON.stringify(content, null, 2)}\n`);
  renameSync(written, file);
  return (known = readCalibration());
}

function calibrationFile(): string {
  return join(platformCacheFolder(), 'qmlx', 'calibration.json');
}

/** What a calibration belongs to. */
function fingerprint(): CalibrationFile['machine'] {
  return {
    qmlx: VERSION,
    platform: `${process.platform}-${process.arch}`,
    processor: cpus()[0]?.model ?? '',
    threads: availableParallelism(),
  };
}

/** Reads the file anew. */
export function readCalibration(): CalibrationStatus {
  const file = calibrationFile();
  const without = (reason?: string): CalibrationStatus => ({
    gpuFromQubits: GPU_QUBITS,
    file,
    ...(reason === undefined ? { state: 'none' } : { state: 'ignored', reason }),
  });
  try {
    const { machine, gpuFromQubits } = checkedFile(JSON.parse(readFileSync(file, 'utf8')));
    const here = fingerprint();
    const other = Object.keys(here).find((key) => machine[key] !== here[key]);
    if (other === undefined) return { gpuFromQubits, file, state: 'used' };
    return without(
      `It was made for ${other} ${JSON.stringify(machine[other])}, this is ${JSON.stringify(here[other])}.`,
    );
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return without(code === 'ENOENT' || code === 'ENOTDIR' ? undefined : message);
  }
}

function checkedFile(value: unknown): CalibrationFile {
  const { machine, gpuFromQubits: from } = (value ?? {}) as Record<keyof CalibrationFile, unknown>;
  if (typeof machine !== 'object' || machine === null || !isQubits(from)) {
    throw new SyntaxError('It does not hold what qmlx bench --calibrate writes.');
  }
  return { machine: machine as CalibrationFile['machine'], gpuFromQubits: from };
}

function isQubits(value: unknown): value is number {
  return (
    Number.isInteger(value) && (value as number) >= 1 && (value as number) <= LIMITS.qubits + 1
  );
}
