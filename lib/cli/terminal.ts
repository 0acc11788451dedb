// The streams a command talks to, so that tests can be the terminal.

import { styleText } from 'node:util';

/** A style of `util.styleText`. */
type Style = Parameters<typeof styleText>[0];

/** Where output goes. */
export interface OutputStream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
}

/** What a command line is given to work with. */
export interface Terminal {
  /** Data and nothing else. */
  readonly stdout: OutputStream;
  /** Messages and progress. */
  readonly stderr: OutputStream;
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Writes a line. */
export function writeLine(stream: OutputStream, text: string): void {
  stream.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Colours a text for a stream that shows colours, unless NO_COLOR is set. */
export function styled(
  { env }: Terminal,
  stream: OutputStream,
  style: Style,
  text: string,
): string {
  if (!stream.isTTY || env['NO_COLOR']) return text;
  return styleText(style, text, { validateStream: false });
}
