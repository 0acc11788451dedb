// How fast this machine copies memory: the yardstick of passes over a state, which read and write it once.

import { Worker } from 'node:worker_threads';

/** A copy of fewer bytes is not worth several threads. */
const LEAST_SHARED = 2 ** 17;

/** Copies of more bytes are as fast: they fit in no cache. */
const MOST = 2 ** 27;

/** Milliseconds that a measurement takes at least, so that waking threads does not count. */
const LEAST_TIME = 2;

const COPIES = 7;

/** Places in the words that threads share. */
const [TURN, DONE, TIMES, BYTES] = [0, 1, 2, 3] as const;

// Each worker copies its own part as often as it is told, then waits for its next turn. It counts turns itself, so that
// it misses none that begins before it waits.
const WORKER = `
  const { workerData } = require('node:worker_threads');
  const { words, from, to, part, parts } = workerData;
  const [turns, source, target] = [new Int32Array(words), new Uint8Array(from), new Uint8Array(to)];
  for (let turn = 0; ; turn++) {
    Atomics.wait(turns, ${TURN}, turn);
    const size = Math.floor(turns[${BYTES}] / parts);
    const piece = source.subarray(part * size, (part + 1) * size);
    for (let k = turns[${TIMES}]; k > 0; k--) target.set(piece, part * size);
    Atomics.add(turns, ${DONE}, 1);
    Atomics.notify(turns, ${DONE});
  }`;

/** Copies memory with several threads. */
export class MemoryCopy {
  readonly #from: SharedArrayBuffer;
  readonly #to: SharedArrayBuffer;
  readonly #words = new SharedArrayBuffer(16);
  readonly #workers: readonly Worker[];

  /** For copies of up to `bytes`. */
  constructor(bytes: number, threads: number) {
    const size = Math.min(bytes, MOST);
    this.#from = new SharedArrayBuffer(size);
    this.#to = new SharedArrayBuffer(size);
    new Uint8Array(this.#from).fill(1);
    new Uint8Array(this.#to).fill(2);
    const shared = { words: this.#words, from: this.#from, to: this.#to, parts: threads };
    this.#workers = Array.from(
      { length: bytes < LEAST_SHARED ? 0 : threads - 1 },
      (_, k) => new Worker(WORKER, { eval: true, workerData: { ...shared, part: k + 1 } }),
    );
    for (const worker of this.#workers) worker.unref();
  }

  /** Bytes read and written a second while so many are copied. */
  bandwidth(bytes: number): number {
    const size = Math.min(bytes, this.#from.byteLength);
    // The first copy also starts the threads.
    this.#copy(size, 1);
    const once = this.#copy(size, 1);
    const times = Math.ceil(LEAST_TIME / Math.max(once, 1e-4));
    const measured = Array.from({ length: COPIES }, () => this.#copy(size, times) / times);
    return (2 * size) / (Math.min(...measured) / 1e3);
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  /** Milliseconds of so many copies. */
  #copy(bytes: number, times: number): number {
    const turns = new Int32Array(this.#words);
    const helpers = bytes < LEAST_SHARED ? 0 : this.#workers.length;
    const size = Math.floor(bytes / (helpers + 1));
    const [source, target] = [new Uint8Array(this.#from, 0, size), new Uint8Array(this.#to)];
    const start = performance.now();
    if (helpers > 0) {
      turns[DONE] = 0;
      turns[TIMES] = times;
      turns[BYTES] = bytes;
      Atomics.add(turns, TURN, 1);
      Atomics.notify(turns, TURN);
    }
    for (let k = 0; k < times; k++) target.set(source);
    for (let done = 0; (done = Atomics.load(turns, DONE)) < helpers;) {
      Atomics.wait(turns, DONE, done);
    }
    return performance.now() - start;
  }
}
