import type { Cursor } from './cursor.js';
import { Keyword } from './keywords.js';
import { Scope } from './open-statements.js';
import { parseExpression, parseIndexItem, parseSet } from './parse-expression.js';
import { expectName } from './parse-statements.js';
import { parseDesignator, parseScalarType } from './parse-type.js';
import { Token } from './tokens.js';
import { IN_BRACKETS, Node } from './tree.js';

/** Opens a statement that ends with blocks. */
function own(cursor: Cursor, node: number): void {
  cursor.push(node, Scope.Owner);
}

/** Opens a block in braces, or the single statement that stands for one. */
function openBody(cursor: Cursor): void {
  const { offset, length } = cursor;
  const block = cursor.tree.add(Node.Block, 0, offset, length);
  const isBlock = cursor.accept(Token.OpenBrace);
  if (!isBlock && cursor.at(Token.Semicolon)) {
    cursor.fail('expected a statement, found `;`', 'write { } for nothing');
  }
  cursor.push(block, isBlock ? Scope.Block : Scope.Single);
}

/** Opens a block that must have braces. */
export function openBlock(cursor: Cursor, what: string): void {
  const { offset, length } = cursor;
  if (!cursor.at(Token.OpenBrace)) cursor.fail(`expected ${what}, found ${cursor.found()}`);
  cursor.advance();
  cursor.push(cursor.tree.add(Node.Block, 0, offset, length), Scope.Block);
}

/** Opens the block of a statement. */
export function openOwnBlock(cursor: Cursor, node: number, what: string): void {
  own(cursor, node);
  openBlock(cursor, what);
}

function parseCondition(cursor: Cursor): void {
  cursor.expect(Token.OpenParen, '"("');
  parseExpression(cursor);
  cursor.expect(Token.CloseParen, '")"');
}

function start(cursor: Cursor, kind: (typeof Node)[keyof typeof Node]): number {
  const { tree, offset, length } = cursor;
  const node = tree.add(kind, 0, offset, length);
  cursor.advance();
  return node;
}

/** `if (condition) … else …` */
export function parseIfElse(cursor: Cursor): void {
  const node = start(cursor, Node.IfElse);
  parseCondition(cursor);
  own(cursor, node);
  openBody(cursor);
}

/** `while (condition) …` */
export function parseWhile(cursor: Cursor): void {
  const node = start(cursor, Node.While);
  parseCondition(cursor);
  own(cursor, node);
  openBody(cursor);
}

/** `for int i in [0:3] …` */
export function parseFor(cursor: Cursor): void {
  const { tree } = cursor;
  const node = start(cursor, Node.For);
  parseScalarType(cursor);
  const { offset, length } = cursor;
  tree.setName(node, expectName(cursor, 'a name for the variable'), offset, length);
  if (!cursor.isWord(Keyword.in)) cursor.fail(`expected "in", found ${cursor.found()}`);
  cursor.advance();
  if (cursor.at(Token.OpenBrace)) parseSet(cursor);
  else if (cursor.accept(Token.OpenBracket)) {
    const range = tree.size;
    parseIndexItem(cursor);
    tree.setData(range, IN_BRACKETS);
    if (tree.kind(tree.size - 1) !== Node.Range) {
      cursor.fail(`expected ":" and the end of the range, found ${cursor.found()}`);
    }
    cursor.expect(Token.CloseBracket, '"]"');
  } else parseExpression(cursor);
  own(cursor, node);
  openBody(cursor);
}

/** `switch (value) { case 0, 1 { … } default { … } }` */
export function parseSwitch(cursor: Cursor): void {
  const node = start(cursor, Node.Switch);
  parseCondition(cursor);
  cursor.expect(Token.OpenBrace, '"{" and the cases');
  cursor.push(node, Scope.Cases);
}

/** One case of a `switch`. */
export function parseCase(cursor: Cursor): void {
  const isCase = cursor.isWord(Keyword.case);
  if (!isCase && !cursor.isWord(Keyword.default)) {
    cursor.fail(`expected "case", "default" or "}", found ${cursor.found()}`);
  }
  const node = start(cursor, Node.Case);
  if (isCase) {
    do parseExpression(cursor);
    while (cursor.acceptComma(Token.OpenBrace));
  }
  openOwnBlock(cursor, node, '"{" and the statements of the case');
}

/** `box[duration] { … }` */
export function parseBox(cursor: Cursor): void {
  const node = start(cursor, Node.Box);
  if (cursor.at(Token.OpenBracket)) parseDesignator(cursor);
  openOwnBlock(cursor, node, '"{"');
}

/**
 * Closes the statements that end where the one at hand does: owners of single statements, and those whose last block
 * it was. An `else` that follows opens the other block of its `if`.
 */
export function closeOwners(cursor: Cursor): void {
  const { open, tree } = cursor;
  for (;;) {
    if (open.scope === Scope.Single) tree.close(open.pop());
    else if (open.scope !== Scope.Owner) return;
    else if (tree.kind(open.node) === Node.IfElse && continueIf(cursor)) return;
    else tree.close(open.pop());
  }
}

function continueIf(cursor: Cursor): boolean {
  const { open, tree } = cursor;
  if (!cursor.isWord(Keyword.else)) return false;
  const then = tree.extent(open.node + 1);
  if (tree.extent(then) < tree.size) return false;
  cursor.advance();
  openBody(cursor);
  return true;
}
