import {
  fromNative,
  type NativeOutcome,
  type NativeProgram,
  type NativeRequest,
  type NativeSimulator,
} from '../native.js';
import type { Progress } from './options.js';

/** How a caller watches and stops a run. */
export interface Watch {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * Queues a run on the simulator's thread. An abort rejects at once with the signal's reason, while the thread
 * stops at its next look at the cancel flag, milliseconds later.
 */
export function submit(
  simulator: NativeSimulator,
  program: NativeProgram,
  request: NativeRequest,
  { signal, onProgress }: Watch,
): Promise<NativeOutcome> {
  return new Promise((resolve, reject) => {
    let stopped = false;
    const stop = (reason: unknown): void => {
      stopped = true;
      simulator.cancel(run);
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the caller's own reason
      reject(reason);
    };
    const abort = (): void => stop(signal?.reason);
    const done = (error: unknown, outcome?: NativeOutcome): void => {
      signal?.removeEventListener('abort', abort);
      // The run may have ended before it saw that it was to stop.
      if (stopped) (outcome?.state ?? outcome?.batch)?.dispose();
      else if (outcome === undefined) reject(fromNative(error, simulator.device));
      else resolve(outcome);
    };
    const progress = onProgress && watching(onProgress, () => stopped, stop);
    if (signal?.aborted) {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the caller's own reason
      reject(signal.reason);
      return;
    }
    let run: number;
    try {
      run = simulator.run(program, request, done, progress);
    } catch (error) {
      reject(fromNative(error, simulator.device));
      return;
    }
    signal?.addEventListener('abort', abort, { once: true });
  });
}

function watching(
  onProgress: (progress: Progress) => void,
  stopped: () => boolean,
  stop: (reason: unknown) => void,
) {
  return (phase: Progress['phase'], done: number, total: number): void => {
    if (stopped()) return;
    try {
      onProgress({ phase, done, total });
    } catch (error) {
      stop(error);
    }
  };
}
