/** Code points that a terminal or an editor would obey instead of showing. */
function isInvisible(code: number): boolean {
  if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return true;
  if (code >= 0xd800 && code <= 0xdfff) return true;
  if (code === 0xad || code === 0x61c || code === 0xfeff) return true;
  if (code >= 0x200b && code <= 0x200f) return true;
  if (code >= 0x2028 && code <= 0x202e) return true;
  return (code >= 0x2060 && code <= 0x206f) || (code >= 0xe0000 && code <= 0xe007f);
}

/**
 * Makes text from a source safe to print: control characters, bidirectional controls, invisible characters and lone
 * surrogates become `\u{…}`, so that a source cannot forge lines of a log or reorder a message.
 */
export function printable(text: string, maximum = 60): string {
  let result = '';
  let shown = 0;
  for (const character of text) {
    if (shown === maximum) return `${result}…`;
    const code = character.codePointAt(0) as number;
    result += isInvisible(code) ? `\\u{${code.toString(16).toUpperCase()}}` : character;
    shown += 1;
  }
  return result;
}

/** `text` in the quotes that all messages use for pieces of source. */
export function quoted(text: string): string {
  return `\`${printable(text)}\``;
}
