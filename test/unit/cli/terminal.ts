// A terminal whose streams are in memory.

import { Readable } from 'node:stream';
import { runCommandLine } from '../../../lib/cli/command-line.js';

/** How a command ended and what it wrote. */
export interface Outcome {
  code: number;
  out: string;
  err: string;
}

/** What a command is given. */
export interface Setting {
  input?: string;
  isTTY?: boolean;
  env?: Record<string, string>;
}

/** Runs a command line. */
export async function qmlx(
  args: string[],
  { input = '', isTTY = false, env = {} }: Setting = {},
): Promise<Outcome> {
  const outcome: Outcome = { code: 0, out: '', err: '' };
  outcome.code = await runCommandLine(args, {
    stdout: { isTTY, write: (text) => (outcome.out += text) },
    stderr: { isTTY, write: (text) => (outcome.err += text) },
    stdin: Readable.from([Buffer.from(input)]),
    env,
  });
  return outcome;
}
