import type { Cursor } from './cursor.js';
import { Keyword } from './keywords.js';
import { Token, type TokenKind } from './tokens.js';
import { Node } from './tree.js';

/** Seconds of the units of time; `dt`, whose length nobody knows, counts as itself. */
const UNITS: readonly (readonly [string, number])[] = [
  ['dt', 1],
  ['ns', 1e-9],
  ['us', 1e-6],
  ['µs', 1e-6],
  ['μs', 1e-6],
  ['ms', 1e-3],
  ['s', 1],
];

const READERS: ReadonlyMap<TokenKind, (cursor: Cursor) => void> = new Map<
  TokenKind,
  (cursor: Cursor) => void
>([
  [Token.Integer, readNumber],
  [Token.Real, readNumber],
  [Token.Imaginary, readImaginary],
  [Token.Timing, readTiming],
  [Token.String, readBitString],
  [Token.HardwareQubit, readHardwareQubit],
]);

/** Reads a literal into a postfix item; false where there is none. */
export function readLiteral(cursor: Cursor): boolean {
  const { kind, version } = cursor;
  if (kind === Token.Integer || kind === Token.Real) readNumber(cursor);
  else {
    const reader = version === 3 ? READERS.get(kind) : undefined;
    if (reader === undefined) return false;
    reader(cursor);
  }
  return true;
}

function add(cursor: Cursor, kind: (typeof Node)[keyof typeof Node], value: number): void {
  const { tree, offset, length } = cursor;
  tree.item(kind, tree.numbers.length, offset, length, 0);
  tree.numbers.push(value);
  cursor.advance();
}

function numberOf(text: string): number {
  return Number(text.includes('_') ? text.replaceAll('_', '') : text);
}

function readNumber(cursor: Cursor): void {
  const kind = cursor.at(Token.Integer) ? Node.Integer : Node.Real;
  add(cursor, kind, numberOf(cursor.lexer.text));
}

function readImaginary(cursor: Cursor): void {
  add(cursor, Node.Imaginary, numberOf(cursor.lexer.text.slice(0, -2).trim()));
}

function readTiming(cursor: Cursor): void {
  const { text } = cursor.lexer;
  const [unit, seconds] = UNITS.find(([name]) => text.endsWith(name)) as readonly [string, number];
  add(cursor, Node.Timing, numberOf(text.slice(0, -unit.length).trim()) * seconds);
}

function readBitString(cursor: Cursor): void {
  const { tree, offset, length } = cursor;
  if (!/^"[01](?:_?[01])*"$/.test(cursor.lexer.text)) {
    cursor.fail(`expected a number or a name, found ${cursor.found()}`);
  }
  tree.item(Node.BitString, cursor.name, offset, length, 0);
  cursor.advance();
}

function readHardwareQubit(cursor: Cursor): void {
  const { tree, offset, length } = cursor;
  tree.item(Node.HardwareQubit, cursor.name, offset, length, 0);
  cursor.advance();
}

/** Reads `durationof({ … })`. The block is skipped: nothing here has a known duration. */
export function parseDurationOf(cursor: Cursor): void {
  const { tree, offset, length } = cursor;
  cursor.advance();
  cursor.expect(Token.OpenParen, '"("');
  if (!cursor.at(Token.OpenBrace)) cursor.fail(`expected a block, found ${cursor.found()}`);
  let depth = 0;
  do {
    if (cursor.at(Token.OpenBrace)) depth += 1;
    else if (cursor.at(Token.CloseBrace)) depth -= 1;
    else if (cursor.at(Token.End)) cursor.fail('expected "}", found the end of the text');
    cursor.advance();
  } while (depth > 0);
  cursor.expect(Token.CloseParen, '")"');
  tree.item(Node.DurationOf, Keyword.durationof, offset, length, 0);
}
