import { LIMITS } from '../limits.js';
import type { Cursor } from './cursor.js';
import { Keyword } from './keywords.js';
import { parseExpression } from './parse-expression.js';
import {
  expectName,
  finishOperand,
  parseAngles,
  parseOperand,
  parseOperands,
} from './parse-statements.js';
import { parseDesignator } from './parse-type.js';
import { Token, type TokenKind } from './tokens.js';
import { Node } from './tree.js';

/** Binary operators by the text of a compound assignment. */
const COMPOUND: ReadonlyMap<string, TokenKind> = new Map<string, TokenKind>([
  ['+=', Token.Plus],
  ['-=', Token.Minus],
  ['*=', Token.Asterisk],
  ['/=', Token.Slash],
  ['&=', Token.Ampersand],
  ['|=', Token.Pipe],
  ['^=', Token.Caret],
  ['<<=', Token.ShiftLeft],
  ['>>=', Token.ShiftRight],
  ['%=', Token.Percent],
  ['**=', Token.DoubleAsterisk],
]);

/** Whether a qubit can begin here. */
export function atOperand(cursor: Cursor): boolean {
  if (cursor.at(Token.HardwareQubit)) return true;
  return cursor.at(Token.Identifier) && !cursor.isReserved(cursor.name);
}

/** A statement that begins with a name: a gate or subroutine call, an assignment, or an expression. */
export function parseNamed(cursor: Cursor): void {
  const { tree, lexer, offset, length } = cursor;
  const { kind, start, end, afterLineEnd } = lexer;
  const { size } = tree;
  const name = expectName(cursor, 'a statement');
  // Most calls and assignments show what they are with the second token.
  if (cursor.at(Token.Equals) || cursor.at(Token.CompoundAssignment)) {
    const node = tree.add(Node.Assign, 0, offset, length);
    tree.close(tree.add(Node.Operand, name, offset, length));
    finishAssignment(cursor, node);
    return;
  }
  if (atOperand(cursor)) {
    finishCall(cursor, tree.add(Node.GateCall, name, offset, length));
    return;
  }
  const isCall = cursor.at(Token.OpenParen);
  const isStatement = isCall
    ? cursor.tentatively(() => finishCall(cursor, tree.add(Node.GateCall, name, offset, length)))
    : parseIndexed(cursor, name, offset, length);
  if (isStatement) return;
  tree.truncate(size);
  Object.assign(lexer, { kind, start, end, afterLineEnd });
  parseEvaluation(cursor);
}

/** An expression whose value nobody uses. */
export function parseEvaluation(cursor: Cursor): void {
  const { tree, offset, length } = cursor;
  const node = tree.add(Node.Evaluate, 0, offset, length);
  parseExpression(cursor);
  tree.close(node);
  cursor.endStatement();
}

/** What follows a name must make it a statement, or continue an expression. */
function refuseNamed(cursor: Cursor): false {
  if (cursor.at(Token.Identifier) || cursor.at(Token.Integer) || cursor.at(Token.End)) {
    cursor.fail(`expected a qubit, found ${cursor.found()}`);
  }
  return false;
}

/** The angles and qubits of a call; false where it is an expression. */
function finishCall(cursor: Cursor, node: number): boolean {
  const { tree } = cursor;
  parseAngles(cursor);
  if (cursor.at(Token.OpenBracket)) {
    if (!isBeforeOperand(cursor)) return false;
    parseCallDesignator(cursor);
  }
  if (!atOperand(cursor)) return false;
  parseOperands(cursor);
  if (cursor.accept(Token.Arrow)) {
    const { offset, length } = cursor;
    const target = tree.add(Node.Target, 0, offset, length);
    parseOperand(cursor, 'a bit');
    tree.close(target);
  }
  tree.close(node);
  cursor.endStatement();
  return true;
}

/** Whether brackets stand between here and a qubit: then they hold the duration of a call, else they are an index. */
function isBeforeOperand(cursor: Cursor): boolean {
  const seen: boolean[] = [];
  cursor.tentatively(() => {
    finishOperand(cursor, cursor.tree.add(Node.Operand, 0, cursor.offset, 0));
    seen.push(atOperand(cursor));
    return false;
  });
  return seen.includes(true);
}

/** `name[…] = …`, or a gate call with a duration; false where it is an expression. */
function parseIndexed(cursor: Cursor, name: number, offset: number, length: number): boolean {
  const { tree } = cursor;
  if (!cursor.at(Token.OpenBracket)) return refuseNamed(cursor);
  const seen: boolean[] = [];
  const isAssignment = cursor.tentatively(() => {
    const node = tree.add(Node.Assign, 0, offset, length);
    finishOperand(cursor, tree.add(Node.Operand, name, offset, length));
    const { kind } = cursor;
    seen.push(atOperand(cursor));
    if (kind !== Token.Equals && kind !== Token.CompoundAssignment) return false;
    return finishAssignment(cursor, node);
  });
  if (isAssignment) return true;
  // A qubit follows where the brackets hold the duration of a call.
  return seen.includes(true) && finishCall(cursor, tree.add(Node.GateCall, name, offset, length));
}

function finishAssignment(cursor: Cursor, node: number): true {
  const { tree } = cursor;
  const operator = COMPOUND.get(cursor.lexer.text) ?? Token.Equals;
  tree.setData(node, operator);
  cursor.advance();
  parseValue(cursor);
  tree.close(node);
  cursor.endStatement();
  return true;
}

/** A gate call with modifiers, or of `gphase`. */
export function parseModified(cursor: Cursor): void {
  const { tree } = cursor;
  const node = tree.add(Node.GateCall, 0, cursor.offset, cursor.length);
  while (isModifier(cursor)) parseModifier(cursor);
  const { offset, length } = cursor;
  if (cursor.isWord(Keyword.gphase)) {
    tree.setName(node, Keyword.gphase, offset, length);
    cursor.advance();
    parseAngles(cursor);
    if (cursor.at(Token.OpenBracket)) parseCallDesignator(cursor);
    if (atOperand(cursor)) parseOperands(cursor);
  } else {
    tree.setName(node, expectName(cursor, 'the name of a gate'), offset, length);
    parseAngles(cursor);
    if (cursor.at(Token.OpenBracket)) parseCallDesignator(cursor);
    parseOperands(cursor);
  }
  tree.close(node);
  cursor.endStatement();
}

function parseCallDesignator(cursor: Cursor): void {
  const { tree, offset, length } = cursor;
  const designator = tree.add(Node.Designator, 0, offset, length);
  parseDesignator(cursor);
  tree.close(designator);
}

function isModifier(cursor: Cursor): boolean {
  if (!cursor.at(Token.Identifier)) return false;
  const { name } = cursor;
  return MODIFIERS.has(name);
}

const MODIFIERS: ReadonlySet<number> = new Set([
  Keyword.inv,
  Keyword.pow,
  Keyword.ctrl,
  Keyword.negctrl,
]);

function parseModifier(cursor: Cursor): void {
  const { tree, name, offset, length } = cursor;
  const node = tree.add(Node.Modifier, name, offset, length);
  cursor.advance();
  if (name === Keyword.pow && !cursor.at(Token.OpenParen)) {
    cursor.fail(`expected "(" and an exponent, found ${cursor.found()}`, 'pow(2) @ x q;');
  }
  if (name !== Keyword.inv && cursor.accept(Token.OpenParen)) {
    parseExpression(cursor);
    cursor.expect(Token.CloseParen, '")"');
  }
  tree.close(node);
  if (cursor.lexer.atAnnotation) {
    cursor.fail('expected "@" alone, found an annotation', 'put a space after "@"');
  }
  cursor.expect(Token.At, '"@"');
}

/** The value of an assignment: an expression, a measurement, or a call of a subroutine on qubits. */
export function parseValue(cursor: Cursor): void {
  const { tree, offset, length, name } = cursor;
  if (cursor.isWord(Keyword.measure)) {
    const node = tree.add(Node.MeasureValue, 0, offset, length);
    cursor.advance();
    parseOperand(cursor, 'a qubit');
    tree.close(node);
    return;
  }
  const isCall =
    atOperand(cursor) &&
    cursor.tentatively(() => {
      parseExpression(cursor);
      const last = tree.kind(tree.size - 1);
      return !(atOperand(cursor) && (last === Node.Call || last === Node.Name));
    });
  if (isCall) return;
  if (!atOperand(cursor)) {
    parseExpression(cursor);
    return;
  }
  expectName(cursor, 'the name of a subroutine');
  const node = tree.add(Node.GateCall, name, offset, length);
  parseAngles(cursor);
  parseOperands(cursor);
  tree.close(node);
}

/** A value, or the values of an array in braces. Nothing recurses, however deep the braces nest. */
export function parseValueOrArray(cursor: Cursor): void {
  if (!cursor.at(Token.OpenBrace)) {
    parseValue(cursor);
    return;
  }
  const { tree } = cursor;
  const open: number[] = [];
  do {
    if (cursor.at(Token.OpenBrace)) {
      open.push(tree.add(Node.ArrayLiteral, 0, cursor.offset, cursor.length));
      if (open.length > LIMITS.expressionDepth) refuseDepth(cursor, open.length);
      cursor.advance();
      if (!cursor.at(Token.CloseBrace)) continue;
    } else parseExpression(cursor);
    while (open.length > 0 && !takeComma(cursor)) {
      cursor.expect(Token.CloseBrace, '"}" or ","');
      tree.close(open.pop() as number);
    }
  } while (open.length > 0);
}

function refuseDepth({ diagnostics, offset, length }: Cursor, received: number): never {
  const maximum = LIMITS.expressionDepth;
  const message = `values in braces may nest ${maximum} deep; these go deeper`;
  return diagnostics.exceed(offset, length, message, {
    limit: 'expressionDepth',
    maximum,
    received,
  });
}

/** Takes a comma that another value follows. */
function takeComma(cursor: Cursor): boolean {
  return cursor.accept(Token.Comma) && !cursor.at(Token.CloseBrace);
}
