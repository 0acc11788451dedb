import { basename } from 'node:path';
import { startPlay } from '../play/server.js';
import { CommandError } from './failure.js';
import { readSource, sourceName } from './input.js';
import { writeLine, type Terminal } from './terminal.js';

/** Options of `qmlx play`. */
export interface PlayCommandOptions {
  readonly port: number;
}

/** Serves a page for a file, or for what a link shares, until it is interrupted. */
export async function playFile(
  file: string,
  { port }: PlayCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const shared = sharedSource(file);
  const source = shared ?? (await readSource(file, terminal));
  const name = shared === undefined ? basename(sourceName(file)) : 'shared.qasm';
  const server = await startPlay({ name, source, port }).catch((error: unknown) => {
    throw new CommandError('failed', `Cannot listen on port ${port}: ${(error as Error).message}`);
  });
  writeLine(terminal.stdout, server.url);
  writeLine(terminal.stderr, 'Open this page in a browser of this machine; Ctrl+C ends it.');
  await interruption();
  await server.close();
}

/** The text in a link that the page's "Share" gave; `undefined` for anything else. */
function sharedSource(file: string): string | undefined {
  if (!/^https?:\/\//.test(file)) return undefined;
  const code = new URLSearchParams(new URL(file).hash.slice(1)).get('code');
  if (code === null) throw new CommandError('usage', 'This link holds no circuit.');
  return Buffer.from(code, 'base64url').toString('utf8');
}

function interruption(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
