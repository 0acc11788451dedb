// Ending a thread or a process while simulators are at work: no hang, no signal. bench/shutdown.mjs does the same
// hundreds of times.

import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

const BUSY = join(process.cwd(), 'test', 'lifetime', 'busy.mjs');
/** Guards against a hang; ending takes milliseconds. */
const PATIENCE = 60_000;

async function startWorker(): Promise<Worker> {
  const worker = new Worker(BUSY, { stdout: true, workerData: {} });
  await once(worker, 'message');
  return worker;
}

describe('worker threads', () => {
  it(
    'end at any moment of their work',
    async () => {
      for (let round = 0; round < 8; round++) {
        const worker = await startWorker();
        await pause(10 * round);
        expect(await worker.terminate()).toBe(1);
      }
    },
    PATIENCE,
  );

  it(
    'end at any moment of their start',
    async () => {
      for (let round = 0; round < 8; round++) {
        const worker = new Worker(BUSY, { stdout: true, workerData: {} });
        await pause(15 * round);
        // 0 if it had not begun.
        expect([0, 1]).toContain(await worker.terminate());
      }
    },
    PATIENCE,
  );

  it(
    'work and end side by side',
    async () => {
      const workers = await Promise.all([startWorker(), startWorker(), startWorker()]);
      await pause(50);
      expect(await Promise.all(workers.map((worker) => worker.terminate()))).toEqual([1, 1, 1]);
    },
    PATIENCE,
  );
});

describe('processes', () => {
  it.each([0, 1, 10, 50, 150])(
    'process.exit %d ms into the work ends with its code',
    async (exitAfter) => {
      const child = spawn(process.execPath, [BUSY, JSON.stringify({ exitAfter })], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      expect(await once(child, 'exit')).toEqual([7, null]);
    },
    PATIENCE,
  );

  it(
    'a process without work in flight ends by itself',
    async () => {
      const program = `
        import { circuit, Simulator } from ${JSON.stringify(join(process.cwd(), 'dist', 'index.js'))};
        await Simulator.create();
        await circuit(2, 2).h(0).cx(0, 1).measureAll().run();
        (await circuit(2).h(0).state()).toDirac();`;
      const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      expect(await once(child, 'exit')).toEqual([0, null]);
    },
    PATIENCE,
  );
});
