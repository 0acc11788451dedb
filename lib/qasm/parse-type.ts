import type { Cursor } from './cursor.js';
import { Keyword } from './keywords.js';
import { parseExpression } from './parse-expression.js';
import { hasWidth, isScalarType } from './scalar-types.js';
import { Token } from './tokens.js';
import { Node } from './tree.js';

/** `[expression]` */
export function parseDesignator(cursor: Cursor): void {
  cursor.expect(Token.OpenBracket, '"["');
  parseExpression(cursor);
  cursor.expect(Token.CloseBracket, '"]"');
}

/** Whether a classical type begins here. */
export function atScalarType(cursor: Cursor): boolean {
  return cursor.at(Token.Identifier) && isScalarType(cursor.name);
}

/** A classical type such as `int[8]` or `complex[float]`. */
export function parseScalarType(cursor: Cursor): void {
  if (!atScalarType(cursor)) cursor.fail(`expected a type, found ${cursor.found()}`);
  const { tree, name, offset, length } = cursor;
  const node = tree.add(Node.Type, name, offset, length);
  cursor.advance();
  if (name === Keyword.complex) {
    if (cursor.accept(Token.OpenBracket)) {
      if (cursor.isWord(Keyword.complex)) cursor.fail('a complex number has no complex parts');
      parseScalarType(cursor);
      cursor.expect(Token.CloseBracket, '"]"');
    }
  } else if (cursor.at(Token.OpenBracket) && hasWidth(name)) parseDesignator(cursor);
  tree.close(node);
}

/** A classical type, arrays included: `array[int[8], 2, 3]`. */
export function parseClassicalType(cursor: Cursor): void {
  if (!cursor.isWord(Keyword.array)) {
    parseScalarType(cursor);
    return;
  }
  const { tree, name, offset, length } = cursor;
  const node = tree.add(Node.Type, name, offset, length);
  openArray(cursor);
  parseSizes(cursor);
  cursor.expect(Token.CloseBracket, '"]"');
  tree.close(node);
}

/** `array[type,` */
function openArray(cursor: Cursor): void {
  cursor.advance();
  cursor.expect(Token.OpenBracket, '"[" and the type of the elements');
  parseScalarType(cursor);
  cursor.expect(Token.Comma, '"," and a size');
}

function parseSizes(cursor: Cursor): void {
  do parseExpression(cursor);
  while (cursor.acceptComma(Token.CloseBracket));
}

/** `readonly array[int[8], 4]` or `mutable array[int[8], #dim = 1]` */
export function parseArrayReference(cursor: Cursor): void {
  const { tree, name, offset, length } = cursor;
  const node = tree.add(Node.ArrayReference, name, offset, length);
  cursor.advance();
  if (!cursor.isWord(Keyword.array)) cursor.fail(`expected an array, found ${cursor.found()}`);
  openArray(cursor);
  if (cursor.at(Token.Dim)) {
    const dimensions = tree.add(Node.Dimensions, 0, cursor.offset, cursor.length);
    cursor.advance();
    cursor.expect(Token.Equals, '"="');
    parseExpression(cursor);
    tree.close(dimensions);
  } else parseSizes(cursor);
  cursor.expect(Token.CloseBracket, '"]"');
  tree.close(node);
}

/** A type that a subroutine or an external function takes; an old-style one has its size after the name. */
export function parseFormalType(cursor: Cursor): void {
  const { tree, offset, length } = cursor;
  if (cursor.isWord(Keyword.readonly) || cursor.isWord(Keyword.mutable)) {
    parseArrayReference(cursor);
    return;
  }
  if (!cursor.isWord(Keyword.qubit)) {
    parseScalarType(cursor);
    return;
  }
  const node = tree.add(Node.Type, Keyword.qubit, offset, length);
  cursor.advance();
  if (cursor.at(Token.OpenBracket)) parseDesignator(cursor);
  tree.close(node);
}
