import { LIMITS } from '../limits.js';
import type { Cursor } from './cursor.js';
import { Keyword } from './keywords.js';
import { parseDurationOf, readLiteral } from './parse-literal.js';
import { hasWidth, isScalarType } from './scalar-types.js';
import { Token, type TokenKind } from './tokens.js';
import { Node } from './tree.js';

/** How tightly the binary operators bind; the powers are the only ones that group from the right. */
const POWER = 14;
const UNARY = 13;
const PRECEDENCE_3 = precedences([
  [POWER, [Token.DoubleAsterisk]],
  [12, [Token.Asterisk, Token.Slash, Token.Percent]],
  [11, [Token.Plus, Token.Minus]],
  [10, [Token.ShiftLeft, Token.ShiftRight]],
  [9, [Token.Less, Token.LessEquals, Token.Greater, Token.GreaterEquals]],
  [8, [Token.DoubleEquals, Token.NotEquals]],
  [7, [Token.Ampersand]],
  [6, [Token.Caret]],
  [5, [Token.Pipe]],
  [4, [Token.DoubleAmpersand]],
  [3, [Token.DoublePipe]],
]);
const PRECEDENCE_2 = precedences([
  [POWER, [Token.Caret]],
  [12, [Token.Asterisk, Token.Slash]],
  [11, [Token.Plus, Token.Minus]],
]);

/** Entries of the stack that are not operators. */
const PAREN = -1;
const CALL = -2;
/** Brackets after a value. */
const INDEX = -3;
/** Braces: an index set. */
const SET = -4;
const CAST = -5;
/** The bottom of the stack where the expression may be a range. */
const RANGE = -6;
/** Brackets after the type of a cast. */
const WIDTH = -7;

/** Tokens that end what such an entry opens; operators and the bottom have none. */
const CLOSERS = new Map<number, TokenKind>([
  [PAREN, Token.CloseParen],
  [CALL, Token.CloseParen],
  [CAST, Token.CloseParen],
  [INDEX, Token.CloseBracket],
  [WIDTH, Token.CloseBracket],
  [SET, Token.CloseBrace],
]);
const CLOSER_TEXTS = new Map<TokenKind | undefined, string>([
  [Token.CloseBracket, ']'],
  [Token.CloseBrace, '}'],
]);

function precedences(rows: readonly (readonly [number, readonly TokenKind[]])[]): Uint8Array {
  const table = new Uint8Array(64);
  for (const [precedence, tokens] of rows) for (const token of tokens) table[token] = precedence;
  return table;
}

/** Operators and brackets that wait for their operands. */
interface Pending {
  /** Precedence of an operator, or one of the negative entries. */
  readonly rank: number;
  /** Token of the operator, the name that is called or the type of a cast. */
  readonly data: number;
  readonly offset: number;
  readonly length: number;
  /** Operands of an operator; complete arguments or indices; operands of a cast. */
  arity: number;
  /** Colons of the index at hand; of the width of a cast, brackets that are open around it. */
  colons: number;
}

/**
 * Reads one expression by operator precedence with a stack of its own and writes its postfix form into the tree. The
 * expression ends before the first token that cannot continue it.
 */
export function parseExpression(cursor: Cursor): void {
  parse(cursor, []);
}

/** Reads an expression or a range, as it may stand in brackets. */
export function parseIndexItem(cursor: Cursor): void {
  const { offset } = cursor;
  parse(cursor, [{ rank: RANGE, data: 0, offset, length: 0, arity: 0, colons: 0 }]);
}

/** Reads a set `{a, b}`. */
export function parseSet(cursor: Cursor): void {
  const { tree, offset } = cursor;
  const node = tree.add(Node.Expression, 0, offset, 0);
  const pending: Pending[] = [];
  push(cursor, pending, SET, 0, 0);
  readOperand(cursor, pending);
  while (readOperator(cursor, pending)) readOperand(cursor, pending);
  finish(cursor, node, pending);
}

function parse(cursor: Cursor, pending: Pending[]): void {
  const { tree, offset } = cursor;
  const node = tree.add(Node.Expression, 0, offset, 0);
  readOperand(cursor, pending);
  while (readOperator(cursor, pending)) readOperand(cursor, pending);
  finish(cursor, node, pending);
}

function finish(cursor: Cursor, node: number, pending: Pending[]): void {
  const { tree } = cursor;
  unwind(cursor, pending, 0);
  const [bottom] = pending;
  if (bottom?.rank === RANGE && pending.length === 1) endItem(cursor, bottom);
  else if (pending.length > 0) {
    const closer = CLOSERS.get((pending.at(-1) as Pending).rank);
    cursor.fail(`expected "${CLOSER_TEXTS.get(closer) ?? ')'}", found ${cursor.found()}`);
  }
  tree.setLength(node, cursor.previousEnd - tree.offset(node));
  tree.close(node);
}

function push(
  cursor: Cursor,
  pending: Pending[],
  rank: number,
  data: number,
  arity: number,
  place: { readonly offset: number; readonly length: number } = cursor,
): Pending {
  const { offset, length } = place;
  const entry = { rank, data, offset, length, arity, colons: 0 };
  pending.push(entry);
  cursor.advance();
  if (pending.length <= LIMITS.expressionDepth) return entry;
  const maximum = LIMITS.expressionDepth;
  const message = `an expression may nest ${maximum} deep; this one goes deeper`;
  const figures = { limit: 'expressionDepth', maximum, received: pending.length };
  return cursor.diagnostics.exceed(offset, length, message, figures);
}

/** Reads what opens an operand and the operand itself. */
function readOperand(cursor: Cursor, pending: Pending[]): void {
  for (;;) {
    const { kind } = cursor;
    if (kind === Token.Identifier) {
      if (readWord(cursor, pending)) return;
    } else if (kind === Token.OpenParen) {
      push(cursor, pending, PAREN, 0, 0);
    } else if (isPrefix(cursor)) {
      push(cursor, pending, UNARY, kind, 1);
    } else if (readLiteral(cursor) || readMissing(cursor, pending)) {
      return;
    } else {
      cursor.fail(`expected a number or a name, found ${cursor.found()}`);
    }
  }
}

function isPrefix({ kind, version }: Cursor): boolean {
  if (kind === Token.Minus) return true;
  if (version === 2) return kind === Token.Plus;
  return kind === Token.Tilde || kind === Token.Exclamation;
}

/** A part of a range that is left out. */
function readMissing(cursor: Cursor, pending: readonly Pending[]): boolean {
  const top = pending[pending.length - 1];
  if (top?.rank !== INDEX && top?.rank !== RANGE) return false;
  const ends = cursor.at(Token.CloseBracket) || cursor.at(Token.Comma);
  const isMissing = cursor.at(Token.Colon) ? top.colons < 2 : ends && top.colons === 1;
  if (isMissing) cursor.tree.item(Node.Missing, 0, cursor.offset, 0, 0);
  return isMissing;
}

/** Reads a name, or the start of a call or cast; true when an operand is complete. */
function readWord(cursor: Cursor, pending: Pending[]): boolean {
  const { tree, name, offset, length } = cursor;
  if (cursor.version === 3 && cursor.isReserved(name)) return readKeyword(cursor, pending);
  cursor.advance();
  if (cursor.at(Token.OpenParen)) return openCall(cursor, pending, name, { offset, length });
  tree.item(Node.Name, name, offset, length, 0);
  return true;
}

/** Opens the arguments of a call; true when there are none. */
function openCall(
  cursor: Cursor,
  pending: Pending[],
  name: number,
  place: { readonly offset: number; readonly length: number },
): boolean {
  push(cursor, pending, CALL, name, 0, place);
  if (!cursor.accept(Token.CloseParen)) return false;
  pending.pop();
  cursor.tree.item(Node.Call, name, place.offset, place.length, 0);
  return true;
}

/** Reads `true`, a cast, `durationof` or `pow`; true when an operand is complete. */
function readKeyword(cursor: Cursor, pending: Pending[]): boolean {
  const { tree, name, offset, length } = cursor;
  if (name === Keyword.true || name === Keyword.false) {
    tree.item(Node.Boolean, name === Keyword.true ? 1 : 0, offset, length, 0);
    cursor.advance();
    return true;
  }
  if (name === Keyword.durationof) {
    parseDurationOf(cursor);
    return true;
  }
  const isPower = name === Keyword.pow;
  if (!isPower && !isScalarType(name)) {
    cursor.fail(`expected a number or a name, found ${cursor.found()}`);
  }
  cursor.advance();
  if (!isPower) return openCast(cursor, pending, name, { offset, length });
  if (!cursor.at(Token.OpenParen)) cursor.fail(`expected "(", found ${cursor.found()}`);
  return openCall(cursor, pending, name, { offset, length });
}

/** Opens the width of a cast, or its operand. */
function openCast(
  cursor: Cursor,
  pending: Pending[],
  type: number,
  place: { readonly offset: number; readonly length: number },
): false {
  let open = 1;
  if (type === Keyword.complex && cursor.accept(Token.OpenBracket)) {
    if (!cursor.at(Token.Identifier) || !isScalarType(cursor.name)) {
      cursor.fail(`expected a type, found ${cursor.found()}`);
    }
    cursor.advance();
    open = 2;
    if (!cursor.at(Token.OpenBracket)) cursor.expect(Token.CloseBracket, '"]"');
  }
  if (cursor.at(Token.OpenBracket) && hasWidth(type))
    push(cursor, pending, WIDTH, type, 0, place).colons = open;
  else openCastOperand(cursor, pending, type, 1, place);
  return false;
}

function openCastOperand(
  cursor: Cursor,
  pending: Pending[],
  type: number,
  arity: number,
  place: { readonly offset: number; readonly length: number },
): void {
  if (!cursor.at(Token.OpenParen)) cursor.fail(`expected "(", found ${cursor.found()}`);
  push(cursor, pending, CAST, type, arity, place);
}

/** Reads what follows an operand; true when another operand must come. */
function readOperator(cursor: Cursor, pending: Pending[]): boolean {
  const precedences = cursor.version === 2 ? PRECEDENCE_2 : PRECEDENCE_3;
  for (;;) {
    const { kind } = cursor;
    const rank = precedences[kind] as number;
    if (rank > 0) {
      unwind(cursor, pending, rank === POWER ? rank + 1 : rank);
      push(cursor, pending, rank, kind, 2);
      return true;
    }
    if (kind === Token.OpenBracket && cursor.version === 3) {
      push(cursor, pending, INDEX, 0, 1);
      if (cursor.at(Token.OpenBrace)) push(cursor, pending, SET, 0, 0);
      return true;
    }
    if (!CONTINUES[kind]) return false;
    unwind(cursor, pending, 0);
    const opener = pending[pending.length - 1];
    if (opener === undefined) return false;
    if (kind === Token.Colon) return readColon(cursor, opener);
    if (kind === Token.Comma) {
      if (!readComma(cursor, opener)) return false;
      if (!cursor.at(CLOSERS.get(opener.rank) as TokenKind)) return true;
    } else {
      if (CLOSERS.get(opener.rank) !== kind) return false;
      endItem(cursor, opener);
    }
    if (close(cursor, pending)) return true;
    if (opener.rank === SET && pending.length === 0) return false;
  }
}

const CONTINUES = new Uint8Array(64);
for (const token of [Token.CloseParen, Token.CloseBracket, Token.CloseBrace]) CONTINUES[token] = 1;
for (const token of [Token.Comma, Token.Colon]) CONTINUES[token] = 1;

/** Goes on to the next part of a range. */
function readColon(cursor: Cursor, opener: Pending): boolean {
  const isIndex = opener.rank === INDEX || opener.rank === RANGE;
  if (!isIndex || opener.colons === 2) return false;
  opener.colons += 1;
  cursor.advance();
  return true;
}

/** Goes on to the next part of a list; false where there is none. */
function readComma(cursor: Cursor, opener: Pending): boolean {
  const { rank } = opener;
  if (rank !== CALL && rank !== INDEX && rank !== SET) return false;
  endItem(cursor, opener);
  cursor.advance();
  return true;
}

/** Completes an argument, an index or a part of a set. */
function endItem({ tree }: Cursor, opener: Pending): void {
  const { offset, length, rank, colons } = opener;
  if (rank === CALL || rank === INDEX || rank === SET) opener.arity += 1;
  if (rank === WIDTH || colons === 0) return;
  tree.item(Node.Range, 0, offset, length, colons + 1);
  opener.colons = 0;
}

/** Takes a closing token; true when an operand must follow, that of a cast. */
function close(cursor: Cursor, pending: Pending[]): boolean {
  const { tree } = cursor;
  const { rank, data, arity, offset, length, colons } = pending.pop() as Pending;
  cursor.advance();
  switch (rank) {
    case CALL:
      tree.item(Node.Call, data, offset, length, arity);
      return false;
    case INDEX:
      tree.item(Node.Index, 0, offset, length, arity);
      return false;
    case CAST:
      tree.item(Node.Cast, data, offset, length, arity);
      return false;
    case SET:
      tree.item(Node.Set, 0, offset, length, arity);
      if (pending.at(-1)?.rank === INDEX && !cursor.at(Token.CloseBracket)) {
        cursor.fail(`expected "]", found ${cursor.found()}`);
      }
      return false;
    case WIDTH:
      if (colons === 2) cursor.expect(Token.CloseBracket, '"]"');
      openCastOperand(cursor, pending, data, 2, { offset, length });
      return true;
    default:
      return false;
  }
}

/** Writes the waiting operators that bind at least as tightly as `rank`, down to a parenthesis. */
function unwind(cursor: Cursor, pending: Pending[], rank: number): void {
  for (;;) {
    const top = pending[pending.length - 1];
    if (top === undefined || top.rank < 0 || top.rank < rank) return;
    const kind = top.rank === UNARY ? Node.Unary : Node.Binary;
    cursor.tree.item(kind, top.data, top.offset, top.length, top.arity);
    pending.pop();
  }
}
