// The process that reads, draws and runs circuits for the server, so that nothing it does keeps the server waiting
// and the server outlives it.

import { QuantumError } from '../index.js';
import { answer } from './answers.js';
import type { EngineCall, EngineReply } from './engine-process.js';

const running = new Map<number, AbortController>();

/** Settles when the engine is free: steps throw `ERR_BUSY` while a run is under way. */
let free: Promise<unknown> = Promise.resolve();

async function reply(call: EngineCall): Promise<void> {
  if (call.name === 'cancel') {
    running.get(call.id)?.abort();
    return;
  }
  const { id, name, question } = call;
  const controller = new AbortController();
  running.set(id, controller);
  const { signal } = controller;
  const ready = name === 'circuit' ? Promise.resolve() : free;
  const answered = ready.then(() => {
    signal.throwIfAborted();
    return answer(name, question, signal);
  });
  if (name !== 'circuit') free = answered.catch(() => undefined);
  const message: EngineReply = await answered.then(
    (value) => ({ id, value }),
    (error: unknown) => ({ id, failure: failureOf(error) }),
  );
  running.delete(id);
  process.send?.(message);
}

function failureOf(error: unknown): { code: string; message: string } {
  const code = QuantumError.is(error) ? error.code : 'ERR_INTERNAL';
  return { code, message: error instanceof Error ? error.message : String(error) };
}

process.on('message', (call) => void reply(call as EngineCall));
// The server is gone: there is nobody to answer.
process.on('disconnect', () => process.exit());
