// Work that can be done at once or in turns with the rest of the program.

/** Stops wherever it may be interrupted; its value comes at the end. */
export type Work<Value> = Generator<void, Value>;

/** Milliseconds until other work gets its turn. */
const TURN = 8;

/** Does the work at once. */
export function atOnce<Value>(work: Work<Value>): Value {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Does the work without keeping the event loop for long; rejects once `cancelled` says so. */
export async function inTurns<Value>(work: Work<Value>, cancelled: () => boolean): Promise<Value> {
  for (;;) {
    await new Promise((resolve) => setImmediate(resolve));
    const end = performance.now() + TURN;
    do {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- what the addon reports, too
      if (cancelled()) throw { code: 'ERR_CANCELLED', message: 'Cancelled.' };
      const { done, value } = work.next();
      if (done) return value;
    } while (performance.now() < end);
  }
}
