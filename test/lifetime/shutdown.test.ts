// Ending a thread or a process while simulators are at work: no hang, no signal. bench/shutdown.mjs does the same
// hundreds of times.

import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { presentDevices, type EngineDevice } from '../../lib/run/engines.js';

const BUSY = join(process.cwd(), 'test', 'lifetime', 'busy.mjs');
/** Guards against a hang; ending takes milliseconds. */
const PATIENCE = 60_000;

const { present } = presentDevices();

async function startWorker(device: EngineDevice): Promise<Worker> {
  const worker = new Worker(BUSY, { stdout: true, workerData: { device } });
  await once(worker, 'message');
  return worker;
}

describe.each(present)('worker threads on %s', (device) => {
  it(
    'end at any moment of their work',
    async () => {
      for (let round = 0; round < 8; round++) {
        const worker = await startWorker(device);
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
        const worker = new Worker(BUSY, { stdout: true, workerData: { device } });
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
      const workers = await Promise.all([1, 2, 3].map(() => startWorker(device)));
      await pause(50);
      expect(await Promise.all(workers.map((worker) => worker.terminate()))).toEqual([1, 1, 1]);
    },
    PATIENCE,
  );
});

describe.each(present)('processes on %s', (device) => {
  it.each([0, 1, 10, 50, 150])(
    'process.exit %d ms into the work ends with its code',
    async (exitAfter) => {
      const child = spawn(process.execPath, [BUSY, JSON.stringify({ exitAfter, device })], {
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
        const device = '${device}';
        await Simulator.create({ device });
        await circuit(2, 2).h(0).cx(0, 1).measureAll().run({ device });
        (await circuit(2).h(0).state({ device })).toDirac();`;
      const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      expect(await once(child, 'exit')).toEqual([0, null]);
    },
    PATIENCE,
  );
});
