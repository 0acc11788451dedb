// How commands fail, and the exit codes they fail with.

import { QuantumError } from '../index.js';

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

/** The exit code for anything a command may throw, and what to say. */
export function describeFailure(error: unknown): { exit: number; message: string } {
  if (error instanceof CommandError) return { exit: EXIT[error.exit], message: error.message };
  if (!QuantumError.is(error)) throw error;
  return { exit: exitOf(error), message: error.message };
}

function exitOf({ code }: QuantumError): number {
  switch (code) {
    case 'ERR_INVALID_ARGUMENT':
    case 'ERR_PARAMETER':
      return EXIT.usage;
    case 'ERR_BACKEND_UNAVAILABLE':
    case 'ERR_ABI_MISMATCH':
      return EXIT.unavailable;
    default:
      return EXIT.failed;
  }
}
