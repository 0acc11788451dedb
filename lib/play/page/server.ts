// Talks to the server. Of each kind of question only the latest counts: an older one that is still waiting is given up.

import {
  ASKED_AGAIN,
  type Failure,
  type QuestionName,
  type Questions,
  type StartAnswer,
} from '../protocol.js';

const token = new URLSearchParams(location.search).get('token') ?? '';
const waiting = new Map<QuestionName, AbortController>();

/** A question that the server refused or that the engine failed on. */
export class Refusal extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

let noticed: () => void = () => undefined;

/** Sets what is called when the engine stopped at a question and was asked again. */
export function onAskedAgain(notice: () => void): void {
  noticed = notice;
}

/** Gives up a question that is still waiting; it is answered with `undefined`. */
export function giveUp(name: QuestionName): void {
  waiting.get(name)?.abort();
}

/** Whether an error means that the server cannot be reached. */
export function isLost(error: unknown): boolean {
  return error instanceof TypeError;
}

/** Asks; `undefined` where a later question of the same kind took its place. */
export async function ask<N extends QuestionName>(
  name: N,
  question: Questions[N]['question'],
): Promise<Questions[N]['answer'] | undefined> {
  giveUp(name);
  const controller = new AbortController();
  waiting.set(name, controller);
  try {
    const body = JSON.stringify(question);
    return await call<Questions[N]['answer']>(`/api/${name}`, {
      method: 'POST',
      body,
      signal: controller.signal,
    });
  } catch (error) {
    if (controller.signal.aborted) return undefined;
    throw error;
  }
}

/** What the page begins with. */
export function start(): Promise<StartAnswer> {
  return call<StartAnswer>('/api/start', {});
}

async function call<Answer>(path: string, options: RequestInit): Promise<Answer> {
  const response = await fetch(path, { ...options, headers: { 'X-Qmlx-Token': token } });
  if (response.headers.has(ASKED_AGAIN)) noticed();
  const answer: unknown = await response.json();
  if (!response.ok) throw new Refusal(answer as Failure);
  return answer as Answer;
}
