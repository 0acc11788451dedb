import { LIMITS } from '../limits.js';
import type { Cursor } from './cursor.js';
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

function precedences(rows: readonly (readonly [number, readonly TokenKind[]])[]): Uint8Array {
  const table = new Uint8Array(64);
  for (const [precedence, tokens] of rows) for (const token of tokens) table[token] = precedence;
  return table;
}

/** Operators and parentheses that wait for their operands. */
interface Pending {
  /** Precedence of an operator, `PAREN` or `CALL`. */
  readonly rank: number;
  /** Token of the operator, or the name that is called. */
  readonly data: number;
  readonly offset: number;
  readonly length: number;
  /** Operands of an operator; arguments read so far of a call. */
  arity: number;
}

/**
 * Reads one expression by operator precedence with a stack of its own and writes its postfix form into the tree. The
 * expression ends before the first token that cannot continue it.
 */
export function parseExpression(cursor: Cursor): void {
  const { tree, offset } = cursor;
  const node = tree.add(Node.Expression, 0, offset, 0);
  const pending: Pending[] = [];
  readOperand(cursor, pending);
  while (readOperator(cursor, pending)) readOperand(cursor, pending);
  unwind(cursor, pending, 0);
  if (pending.length > 0) cursor.fail(`expected ")", found ${cursor.found()}`);
  tree.setLength(node, cursor.previousEnd - offset);
  tree.close(node);
}

function push(cursor: Cursor, pending: Pending[], entry: Pending): void {
  pending.push(entry);
  if (pending.length <= LIMITS.expressionDepth) return;
  const maximum = LIMITS.expressionDepth;
  const message = `an expression may nest ${maximum} deep; this one goes deeper`;
  const figures = { limit: 'expressionDepth', maximum, received: pending.length };
  cursor.diagnostics.exceed(entry.offset, entry.length, message, figures);
}

/** Reads what opens an operand and the operand itself. */
function readOperand(cursor: Cursor, pending: Pending[]): void {
  for (;;) {
    const { kind, offset, length } = cursor;
    if (kind === Token.OpenParen) {
      push(cursor, pending, { rank: PAREN, data: 0, offset, length, arity: 0 });
      cursor.advance();
    } else if (isPrefix(cursor)) {
      push(cursor, pending, { rank: UNARY, data: kind, offset, length, arity: 1 });
      cursor.advance();
    } else if (kind === Token.Identifier) {
      if (readWord(cursor, pending)) return;
    } else if (kind === Token.Integer || kind === Token.Real) {
      readNumber(cursor);
      return;
    } else {
      refuseOperand(cursor);
    }
  }
}

function isPrefix(cursor: Cursor): boolean {
  const { kind, version } = cursor;
  if (kind === Token.Minus) return true;
  if (version === 2) return kind === Token.Plus;
  return kind === Token.Tilde || kind === Token.Exclamation;
}

/** Reads a name, or the start of a call; true when an operand is complete. */
function readWord(cursor: Cursor, pending: Pending[]): boolean {
  const { tree, name, offset, length } = cursor;
  cursor.advance();
  if (!cursor.at(Token.OpenParen)) {
    if (cursor.version === 3 && cursor.at(Token.OpenBracket)) {
      cursor.unsupported('indices in expressions');
    }
    tree.item(Node.Name, name, offset, length, 0);
    return true;
  }
  push(cursor, pending, { rank: CALL, data: name, offset, length, arity: 0 });
  cursor.advance();
  if (!cursor.at(Token.CloseParen)) return false;
  cursor.advance();
  pending.pop();
  tree.item(Node.Call, name, offset, length, 0);
  return true;
}

function readNumber(cursor: Cursor): void {
  const { tree, offset, length } = cursor;
  const kind = cursor.at(Token.Integer) ? Node.Integer : Node.Real;
  const text = cursor.lexer.text;
  const value = Number(text.includes('_') ? text.replaceAll('_', '') : text);
  tree.item(kind, tree.numbers.length, offset, length, 0);
  tree.numbers.push(value);
  cursor.advance();
}

const UNSUPPORTED_OPERANDS = new Map<TokenKind, string>([
  [Token.Imaginary, 'complex numbers'],
  [Token.Timing, 'durations'],
  [Token.String, 'bit strings'],
  [Token.HardwareQubit, 'hardware qubits'],
]);

function refuseOperand(cursor: Cursor): never {
  const construct = cursor.version === 3 ? UNSUPPORTED_OPERANDS.get(cursor.kind) : undefined;
  if (construct !== undefined) cursor.unsupported(construct);
  cursor.fail(`expected a number or a name, found ${cursor.found()}`);
}

/** Reads what follows an operand; true when another operand must come. */
function readOperator(cursor: Cursor, pending: Pending[]): boolean {
  const precedences = cursor.version === 2 ? PRECEDENCE_2 : PRECEDENCE_3;
  for (;;) {
    const { kind, offset, length } = cursor;
    const rank = precedences[kind] as number;
    if (rank > 0) {
      unwind(cursor, pending, rank === POWER ? rank + 1 : rank);
      push(cursor, pending, { rank, data: kind, offset, length, arity: 2 });
      cursor.advance();
      return true;
    }
    if (kind !== Token.CloseParen && kind !== Token.Comma) return false;
    unwind(cursor, pending, 0);
    const opener = pending[pending.length - 1];
    if (opener === undefined) return false;
    if (kind === Token.Comma) {
      if (opener.rank === PAREN) return false;
      opener.arity += 1;
      cursor.advance();
      return true;
    }
    pending.pop();
    cursor.advance();
    if (opener.rank === CALL) {
      const { data, arity } = opener;
      cursor.tree.item(Node.Call, data, opener.offset, opener.length, arity + 1);
    }
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
