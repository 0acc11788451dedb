// Other programs: pip, CMake.

import { spawn } from 'node:child_process';

/** Lines of a program's messages that are worth repeating. */
const TOLD_LINES = 8;

/** What became of a program. */
export interface Ended {
  /** False where there is no such program. */
  readonly started: boolean;
  readonly code: number | null;
  /** The end of what it said. */
  readonly messages: string;
}

/** Runs a program to its end; what it says is not shown but given back. */
export function runProgram(
  program: string,
  args: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal && { signal }),
    });
    let messages = '';
    const keep = (text: string): void => void (messages = (messages + text).slice(-8000));
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.name === 'AbortError') reject(error);
      else resolve({ started: false, code: null, messages: error.message });
    });
    child.once('close', (code) => resolve({ started: true, code, messages }));
  });
}

/** The last lines of what a program said. */
export function lastLines({ messages }: Ended): string {
  const lines = messages.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(-TOLD_LINES).join('\n');
}
