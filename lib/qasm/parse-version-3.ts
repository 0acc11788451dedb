import type { Cursor } from './cursor.js';
import { Keyword } from './keywords.js';
import {
  openOwnBlock,
  parseBox,
  parseFor,
  parseIfElse,
  parseSwitch,
  parseWhile,
} from './parse-blocks.js';
import { parseCalibration, parseCalibrationGrammar } from './parse-calibration.js';
import { parseExpression } from './parse-expression.js';
import {
  atOperand,
  parseEvaluation,
  parseModified,
  parseValue,
  parseValueOrArray,
} from './parse-named.js';
import { expectName, parseIndex, parseOperands } from './parse-statements.js';
import {
  parseClassicalType,
  parseDesignator,
  parseFormalType,
  parseScalarType,
} from './parse-type.js';
import { Token } from './tokens.js';
import { Node } from './tree.js';

type StatementParser = (cursor: Cursor) => void;

/** Statements of OpenQASM 3 by the number of their first word. */
export const STATEMENTS_3: readonly (readonly [number, StatementParser])[] = [
  [Keyword.if, parseIfElse],
  [Keyword.for, parseFor],
  [Keyword.while, parseWhile],
  [Keyword.switch, parseSwitch],
  [Keyword.box, parseBox],
  [Keyword.qubit, parseQubits],
  ...(
    ['bit', 'int', 'uint', 'float', 'angle', 'bool', 'complex', 'duration', 'stretch'] as const
  ).map((type) => [Keyword[type], parseVariable] as const),
  [Keyword.array, parseVariable],
  [Keyword.const, parseConstant],
  [Keyword.input, parsePort],
  [Keyword.output, parsePort],
  [Keyword.let, parseAlias],
  [Keyword.def, parseDef],
  [Keyword.extern, parseExtern],
  [Keyword.return, parseReturn],
  [Keyword.break, parseJump],
  [Keyword.continue, parseJump],
  [Keyword.end, parseJump],
  [Keyword.nop, parseNop],
  [Keyword.delay, parseDelay],
  [Keyword.inv, parseModified],
  [Keyword.pow, parseModified],
  [Keyword.ctrl, parseModified],
  [Keyword.negctrl, parseModified],
  [Keyword.gphase, parseModified],
  [Keyword.cal, parseCalibration],
  [Keyword.defcal, parseCalibration],
  [Keyword.defcalgrammar, parseCalibrationGrammar],
  [Keyword.durationof, parseEvaluation],
  [Keyword.true, parseEvaluation],
  [Keyword.false, parseEvaluation],
];

function add(cursor: Cursor, kind: (typeof Node)[keyof typeof Node]): number {
  const { tree, offset, length } = cursor;
  return tree.add(kind, 0, offset, length);
}

function finish(cursor: Cursor, node: number): void {
  cursor.tree.close(node);
  cursor.endStatement();
}

/** Reads the name of a declaration into its node. */
function nameNode(cursor: Cursor, node: number, what: string): void {
  const { offset, length } = cursor;
  cursor.tree.setName(node, expectName(cursor, what), offset, length);
}

/** `qubit[size] name;` */
function parseQubits(cursor: Cursor): void {
  const node = add(cursor, Node.QuantumRegister);
  cursor.advance();
  parseIndex(cursor);
  nameNode(cursor, node, 'a name for the register');
  finish(cursor, node);
}

/** `int[8] name = value;`, or an expression that begins with a cast. */
function parseVariable(cursor: Cursor): void {
  const { tree } = cursor;
  const isVariable = cursor.tentatively(() => {
    const node = add(cursor, Node.Variable);
    parseClassicalType(cursor);
    if (cursor.at(Token.OpenParen)) return false;
    const type = tree.data(node + 1);
    nameNode(
      cursor,
      node,
      type === Keyword.bit ? 'a name for the register' : 'a name for the variable',
    );
    if (cursor.accept(Token.Equals)) parseValueOrArray(cursor);
    finish(cursor, node);
    return true;
  });
  if (!isVariable) parseEvaluation(cursor);
}

/** `const int name = value;` */
function parseConstant(cursor: Cursor): void {
  const node = add(cursor, Node.Constant);
  cursor.advance();
  parseScalarType(cursor);
  nameNode(cursor, node, 'a name for the constant');
  cursor.expect(Token.Equals, '"=" and a value');
  parseValueOrArray(cursor);
  finish(cursor, node);
}

/** `input float name;` or `output bit name;` */
function parsePort(cursor: Cursor): void {
  const node = add(cursor, cursor.isWord(Keyword.input) ? Node.Input : Node.Output);
  cursor.advance();
  parseClassicalType(cursor);
  nameNode(cursor, node, 'a name for the variable');
  finish(cursor, node);
}

/** `let name = a[0:1] ++ b;` */
function parseAlias(cursor: Cursor): void {
  const node = add(cursor, Node.Alias);
  cursor.advance();
  nameNode(cursor, node, 'a name for the alias');
  cursor.expect(Token.Equals, '"="');
  do parseExpression(cursor);
  while (cursor.accept(Token.DoublePlus));
  finish(cursor, node);
}

/** `def name(int[8] a, qubit q) -> bit { … }` */
function parseDef(cursor: Cursor): void {
  const node = add(cursor, Node.Def);
  cursor.advance();
  nameNode(cursor, node, 'a name for the subroutine');
  cursor.expect(Token.OpenParen, '"("');
  if (!cursor.at(Token.CloseParen)) {
    do parseFormal(cursor);
    while (cursor.acceptComma(Token.CloseParen));
  }
  cursor.expect(Token.CloseParen, '")"');
  if (cursor.accept(Token.Arrow)) parseScalarType(cursor);
  openOwnBlock(cursor, node, '"{" and the body of the subroutine');
}

function parseFormal(cursor: Cursor): void {
  const { tree } = cursor;
  const node = add(cursor, Node.Formal);
  const isOld = cursor.isWord(Keyword.creg) || cursor.isWord(Keyword.qreg);
  if (!isOld) {
    parseFormalType(cursor);
    nameNode(cursor, node, 'a name for the argument');
  } else {
    const type = add(cursor, Node.Type);
    tree.setData(type, cursor.isWord(Keyword.qreg) ? Keyword.qubit : Keyword.bit);
    cursor.advance();
    nameNode(cursor, node, 'a name for the argument');
    if (cursor.at(Token.OpenBracket)) parseDesignator(cursor);
    tree.close(type);
  }
  tree.close(node);
}

/** `extern name(int[8], creg[2]) -> bit;` */
function parseExtern(cursor: Cursor): void {
  const { tree } = cursor;
  const node = add(cursor, Node.Extern);
  cursor.advance();
  nameNode(cursor, node, 'a name for the function');
  cursor.expect(Token.OpenParen, '"("');
  if (!cursor.at(Token.CloseParen)) {
    do parseExternArgument(cursor);
    while (cursor.acceptComma(Token.CloseParen));
  }
  cursor.expect(Token.CloseParen, '")"');
  if (cursor.at(Token.Arrow)) {
    const result = add(cursor, Node.Result);
    cursor.advance();
    parseScalarType(cursor);
    tree.close(result);
  }
  finish(cursor, node);
}

function parseExternArgument(cursor: Cursor): void {
  if (!cursor.isWord(Keyword.creg)) {
    if (cursor.isWord(Keyword.qubit)) cursor.fail(`expected a type, found ${cursor.found()}`);
    parseFormalType(cursor);
    return;
  }
  const type = add(cursor, Node.Type);
  cursor.tree.setData(type, Keyword.bit);
  cursor.advance();
  if (cursor.at(Token.OpenBracket)) parseDesignator(cursor);
  cursor.tree.close(type);
}

/** `return value;` */
function parseReturn(cursor: Cursor): void {
  const node = add(cursor, Node.Return);
  cursor.advance();
  if (!cursor.at(Token.Semicolon)) parseValue(cursor);
  finish(cursor, node);
}

/** `break;`, `continue;` or `end;` */
function parseJump(cursor: Cursor): void {
  const node = add(cursor, Node.Jump);
  cursor.tree.setData(node, cursor.name);
  cursor.advance();
  finish(cursor, node);
}

/** `nop q;` */
function parseNop(cursor: Cursor): void {
  const node = add(cursor, Node.Nop);
  cursor.advance();
  if (atOperand(cursor)) parseOperands(cursor);
  finish(cursor, node);
}

/** `delay[duration] q;` */
function parseDelay(cursor: Cursor): void {
  const node = add(cursor, Node.Delay);
  cursor.advance();
  parseDesignator(cursor);
  if (atOperand(cursor)) parseOperands(cursor);
  finish(cursor, node);
}
