// The engine as the server sees it: a process that answers, and that is started again when it ends.

import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Failure, QuestionName, Questions } from './protocol.js';

/** What the server sends. */
export type EngineCall =
  | { readonly id: number; readonly name: 'cancel' }
  | {
      readonly id: number;
      readonly name: QuestionName;
      readonly question: Questions[QuestionName]['question'];
    };

/** What it is sent. */
export type EngineReply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: Failure };

const STOPPED: Failure = {
  code: 'ERR_BACKEND_FAILED',
  message:
    'The engine stopped and was started again. Try a smaller circuit if it was short of memory.',
};

/** A process that answers questions. A question that it dies of is answered with a failure. */
export class EngineProcess {
  readonly #waiting = new Map<number, (reply: EngineReply) => void>();
  #child: ChildProcess | undefined;
  #count = 0;

  /** Number of the running process; `undefined` before the first question. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Asks; the signal gives the question up, which is then answered with a failure or in vain. */
  ask(
    name: QuestionName,
    question: Questions[QuestionName]['question'],
    signal: AbortSignal,
  ): Promise<EngineReply> {
    this.#child ??= this.#start();
    const child = this.#child;
    const id = this.#count++;
    const call: EngineCall = { id, name, question };
    return new Promise((resolve) => {
      const giveUp = (): void => void child.send({ id, name: 'cancel' } satisfies EngineCall);
      signal.addEventListener('abort', giveUp, { once: true });
      this.#waiting.set(id, (reply) => {
        signal.removeEventListener('abort', giveUp);
        resolve(reply);
      });
      child.send(call);
    });
  }

  /** Ends the process. */
  close(): void {
    this.#child?.kill();
  }

  #start(): ChildProcess {
    const child = fork(fileURLToPath(new URL('./engine.js', import.meta.url)));
    child.on('message', (message) => {
      const reply = message as EngineReply;
      this.#waiting.get(reply.id)?.(reply);
      this.#waiting.delete(reply.id);
    });
    const lost = (): void => {
      if (this.#child !== child) return;
      this.#child = undefined;
      for (const [id, answer] of this.#waiting) answer({ id, failure: STOPPED });
      this.#waiting.clear();
    };
    child.on('exit', lost);
    // Sending to a process that is about to end fails; its end is what counts.
    child.on('error', lost);
    return child;
  }
}
