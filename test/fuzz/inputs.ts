// The child's side of run.mjs: checks one input after another and tells the parent how far it is.

import { inspect } from 'node:util';

/** Checks one input, and throws where something is wrong with it. */
export type Check = (input: number) => void | Promise<void>;

interface Progress {
  readonly at: number;
  readonly slowest: number;
  readonly grown: number;
}

const EVERY = 100;

/** Checks the inputs that the arguments of the process name. */
export async function checkInputs(check: Check): Promise<void> {
  const [first, count, until] = process.argv.slice(2).map(Number) as [number, number, number];
  // What the process needs for itself is there after some inputs.
  let before: number | undefined;
  let slowest = 0;
  const progress = (at: number): Progress => {
    const { rss } = process.memoryUsage();
    before ??= rss;
    return { at, slowest, grown: Math.max(0, rss - before) };
  };
  for (let input = first; input < first + count; input += 1) {
    const start = performance.now();
    try {
      await check(input);
    } catch (error) {
      send({ failure: `input ${input}: ${inspect(error)}` });
      return;
    }
    slowest = Math.max(slowest, performance.now() - start);
    if ((input - first) % EVERY !== EVERY - 1) continue;
    send(progress(input + 1));
    // Messages leave between two turns of the event loop.
    await new Promise(setImmediate);
    if (Date.now() > until) break;
  }
  if (count % EVERY !== 0 && Date.now() <= until) send(progress(first + count));
  process.disconnect();
}

function send(message: Progress | { readonly failure: string }): void {
  process.send?.(message);
}
