// Ends worker threads and processes at random moments of their work and counts those that do not end cleanly.
// Usage: node bench/shutdown.mjs [rounds]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

const rounds = Number(process.argv[2] ?? 200);
const busy = fileURLToPath(new URL('../test/lifetime/busy.mjs', import.meta.url));
const HANG = 20_000;

const patient = (promise) => Promise.race([promise, pause(HANG, 'hang', { ref: false })]);

async function campaign(name, round) {
  const failures = new Map();
  let longest = 0;
  for (let k = 0; k < rounds; k++) {
    const { outcome, took } = await round();
    longest = Math.max(longest, took);
    if (outcome !== 'clean') failures.set(outcome, (failures.get(outcome) ?? 0) + 1);
  }
  const bad = [...failures].map(([outcome, count]) => `${count} × ${outcome}`).join(', ');
  console.log(
    `${name}: ${rounds} rounds, ${bad || 'all clean'}, longest end ${longest.toFixed(0)} ms`,
  );
  return failures.size === 0;
}

async function terminateWorker() {
  const worker = new Worker(busy, { stdout: true, workerData: {} });
  if (Math.random() < 0.7) await once(worker, 'message');
  await pause(Math.random() * 150);
  const start = performance.now();
  const code = await patient(worker.terminate());
  // 0 if it had not begun to run.
  const clean = code === 0 || code === 1;
  return { outcome: clean ? 'clean' : String(code), took: performance.now() - start };
}

async function exitProcess() {
  const exitAfter = Math.floor(Math.random() * 150);
  const child = spawn(process.execPath, [busy, JSON.stringify({ exitAfter })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const start = performance.now();
  const ended = await patient(once(child, 'exit'));
  const took = Math.max(0, performance.now() - start - exitAfter);
  if (ended === 'hang') child.kill('SIGKILL');
  return { outcome: String(ended) === '7,' ? 'clean' : String(ended), took };
}

const clean = [
  await campaign('worker.terminate()', terminateWorker),
  await campaign('process.exit()', exitProcess),
];
process.exitCode = clean.every(Boolean) ? 0 : 1;
