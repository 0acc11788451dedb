import { blocksOf, type AmplitudeSource } from '../results/amplitudes.js';
import { basisLabel } from '../results/basis.js';
import { Largest } from '../results/largest.js';
import type { StateProbability } from '../results/likeliest.js';

/** Longest time at a stretch that the event loop waits, in milliseconds. */
const STRETCH = 4;

/** The `top` likeliest basis states of a state of any size, found without stopping the event loop. */
export async function likeliestInTurns(
  source: AmplitudeSource,
  top: number,
): Promise<StateProbability[]> {
  const largest = new Largest(top);
  let paused = performance.now();
  for (const { first, data } of blocksOf(source)) {
    for (let k = 0; k < data.length; k += 2) {
      largest.offer(first + k / 2, (data[k] as number) ** 2 + (data[k + 1] as number) ** 2);
    }
    if (performance.now() - paused < STRETCH) continue;
    await new Promise((resolve) => setImmediate(resolve));
    paused = performance.now();
  }
  return largest
    .sorted()
    .filter(({ weight }) => weight > 0)
    .map(({ index, weight }) => ({
      state: basisLabel(index, source.qubits),
      probability: weight,
    }));
}
