// How commands fail, and the exit codes they fail with.

import { QuantumError, type ErrorCode } from '../index.js';

/** Exit codes of the command line, which docs/cli.md promises. */
export const EXIT = { ok: 0, failed: 1, usage: 2, unavailable: 3 } as const;

/** Ends a command. Without a message everything was said already. */
export class CommandError extends Error {
  constructor(
    readonly exit: Exclude<keyof typeof EXIT, 'ok'>,
    message = '',
  ) {
    super(message);
  }
}

/** Refusals of what the command line asked for. */
const USAGE: ReadonlySet<ErrorCode> = new Set(['ERR_INVALID_ARGUMENT', 'ERR_PARAMETER']);
const UNAVAILABLE: ReadonlySet<ErrorCode> = new Set([
  'ERR_BACKEND_UNAVAILABLE',
  'ERR_ABI_MISMATCH',
]);

/** The exit code for anything a command may throw, and what to say. */
export function describeFailure(error: unknown): { exit: number; message: string } {
  if (error instanceof CommandError) return { exit: EXIT[error.exit], message: error.message };
  if (!QuantumError.is(error)) throw error;
  const { code, message } = error;
  if (USAGE.has(code)) return { exit: EXIT.usage, message };
  return { exit: UNAVAILABLE.has(code) ? EXIT.unavailable : EXIT.failed, message };
}
