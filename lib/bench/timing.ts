// Repeats and statistics.

import { types } from 'node:util';

/** Times of one piece of work in milliseconds. */
export interface Times {
  readonly min: number;
  readonly median: number;
  /** Runs that were timed. */
  readonly repeats: number;
}

/** How long to measure. */
export interface Patience {
  /** Fewest measurements. */
  readonly repeats: number;
  /** Milliseconds after which no further one begins. */
  readonly budget: number;
}

/** Shortest time that the clock measures well, in milliseconds. */
const SHORTEST = 0.2;

/** Milliseconds of one call. */
export async function timeOf(work: () => unknown): Promise<number> {
  const start = performance.now();
  const result = work();
  if (types.isPromise(result)) await result;
  return performance.now() - start;
}

/** Repeats work; what is too short to time alone is timed in blocks of calls. */
export async function repeatedly(
  work: () => unknown,
  { repeats, budget }: Patience,
): Promise<Times> {
  const calls = Math.ceil(SHORTEST / Math.max(await timeOf(work), 1e-4));
  const block = async (): Promise<void> => {
    for (let call = 0; call < calls; call++) {
      const result = work();
      if (types.isPromise(result)) await result;
    }
  };
  const times: number[] = [];
  const start = performance.now();
  while (times.length < repeats || performance.now() - start < budget) {
    times.push((await timeOf(block)) / calls);
  }
  return { min: Math.min(...times), median: median(times), repeats: times.length * calls };
}

function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
