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
    'The engine stopped at this question twice, and was started again. Try a smaller circuit if it was short of memory.',
};

/** An answer, and whether the engine had to be asked again for it. */
export type EngineAnswer = EngineReply & { readonly askedAgain: boolean };

interface Waiting {
  readonly call: EngineCall;
  readonly answer: (reply: EngineReply) => void;
  askedAgain: boolean;
}

/** A process that answers questions. One that it dies of is asked again, and when it dies again, answered with a failure. */
export class EngineProcess {
  readonly #waiting = new Map<number, Waiting>();
  #child: ChildProcess | undefined;
  #count = 0;
  #closed = false;

  /** Number of the running process; `undefined` before the first question. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Asks; the signal gives the question up, which is then answered with a failure or in vain. */
  ask(
    name: QuestionName,
    question: Questions[QuestionName]['question'],
    signal: AbortSignal,
  ): Promise<EngineAnswer> {
    const id = this.#count++;
    const call: EngineCall = { id, name, question };
    return new Promise((resolve) => {
      const waiting: Waiting = { call, askedAgain: false, answer };
      const giveUp = (): void => this.#giveUp(waiting);
      signal.addEventListener('abort', giveUp, { once: true });
      function answer(reply: EngineReply): void {
        signal.removeEventListener('abort', giveUp);
        resolve({ ...reply, askedAgain: waiting.askedAgain });
      }
      this.#waiting.set(id, waiting);
      this.#send(call);
    });
  }

  /** Ends the process. */
  close(): void {
    this.#closed = true;
    this.#child?.kill();
  }

  #send(call: EngineCall): void {
    this.#child ??= this.#start();
    this.#child.send(call);
  }

  /** Nobody waits for the answer any more: a process that died of it is not asked again. */
  #giveUp(waiting: Waiting): void {
    const { id } = waiting.call;
    waiting.askedAgain = true;
    this.#child?.send({ id, name: 'cancel' } satisfies EngineCall);
  }

  #start(): ChildProcess {
    const child = fork(fileURLToPath(new URL('./engine.js', import.meta.url)));
    child.on('message', (message) => {
      const reply = message as EngineReply;
      this.#waiting.get(reply.id)?.answer(reply);
      this.#waiting.delete(reply.id);
    });
    const lost = (): void => {
      if (this.#child !== child) return;
      this.#child = undefined;
      this.#askAgain();
    };
    child.on('exit', lost);
    // Sending to a process that is about to end fails; its end is what counts.
    child.on('error', lost);
    return child;
  }

  #askAgain(): void {
    for (const [id, waiting] of [...this.#waiting]) {
      if (waiting.askedAgain || this.#closed) {
        this.#waiting.delete(id);
        waiting.answer({ id, failure: STOPPED });
      } else {
        waiting.askedAgain = true;
        this.#send(waiting.call);
      }
    }
  }
}
