import type { Cursor } from './cursor.js';
import { SyntaxFault } from './cursor.js';
import { Keyword } from './keywords.js';
import { Scope } from './open-statements.js';
import { parseExpression, parseIndexItem, parseSet } from './parse-expression.js';
import { quoted } from './printable.js';
import { Token } from './tokens.js';
import { Included, Node, SAME_BRACKETS } from './tree.js';

/** Files that are served from memory. */
const BUILT_IN = new Map([
  ['qelib1.inc', Included.Qelib1],
  ['stdgates.inc', Included.Stdgates],
]);

/** `include "name";` */
export function parseInclude(cursor: Cursor): void {
  if (cursor.open.length > 0) cursor.fail('a file cannot be included inside another statement');
  cursor.advance();
  const { offset, length } = cursor;
  const quotedName = cursor.lexer.text;
  cursor.expect(Token.String, 'the name of a file in quotes', 'include "qelib1.inc";');
  // The lexer has reported a string without end.
  if (quotedName.length === 1 || quotedName.at(-1) !== quotedName[0]) throw new SyntaxFault();
  const name = quotedName.slice(1, -1);
  cursor.endStatement();
  const builtIn = BUILT_IN.get(name);
  cursor.tree.add(Node.Include, builtIn ?? Included.File, offset, length);
  if (builtIn !== undefined) return;
  const text: unknown = cursor.resolve?.(name);
  if (typeof text === 'string') {
    cursor.enter(name, text, { offset, length });
    return;
  }
  const message = `cannot include ${quoted(name)}`;
  const hint =
    cursor.resolve === undefined
      ? 'qelib1.inc and stdgates.inc are built in; pass the option `include` to serve other files'
      : 'the option `include` returned no text for this name';
  cursor.diagnostics.error('ERR_QASM_SEMANTIC', offset, length, message, hint);
}

/** `qreg name[size];` or `creg name[size];` */
export function parseRegister(cursor: Cursor): void {
  const isQuantum = cursor.isWord(Keyword.qreg);
  cursor.advance();
  const { tree, offset, length } = cursor;
  const name = expectName(cursor, 'a name for the register');
  const kind = isQuantum ? Node.QuantumRegister : Node.ClassicalRegister;
  const node = tree.add(kind, name, offset, length);
  if (cursor.version === 2 && !cursor.at(Token.OpenBracket)) {
    cursor.fail(`expected the size in brackets, found ${cursor.found()}`, 'qreg q[2];');
  }
  parseIndex(cursor);
  tree.close(node);
  cursor.endStatement();
}

/** Takes a name that may be declared and returns its number; `what` completes "expected …". */
export function expectName(cursor: Cursor, what: string): number {
  if (!cursor.at(Token.Identifier)) cursor.fail(`expected ${what}, found ${cursor.found()}`);
  const { name } = cursor;
  if (cursor.isReserved(name)) {
    cursor.fail(`${cursor.found()} is a word of OpenQASM ${cursor.version} and cannot be ${what}`);
  }
  cursor.advance();
  return name;
}

/** `[size]` or, in OpenQASM 2, `[index]`, if it is there, as an Expression. */
export function parseIndex(cursor: Cursor): void {
  if (!cursor.accept(Token.OpenBracket)) return;
  if (cursor.version === 2 && !cursor.at(Token.Integer)) {
    cursor.fail(`expected an integer, found ${cursor.found()}`);
  }
  parseExpression(cursor);
  cursor.expect(Token.CloseBracket, '"]"');
}

/** The indices of OpenQASM 3: any number of brackets with lists, ranges or one set in them. */
function parseIndices(cursor: Cursor): void {
  const { tree } = cursor;
  while (cursor.accept(Token.OpenBracket)) {
    if (cursor.at(Token.OpenBrace)) parseSet(cursor);
    else {
      parseIndexItem(cursor);
      while (cursor.acceptComma(Token.CloseBracket)) {
        const next = tree.size;
        parseIndexItem(cursor);
        tree.setData(next, SAME_BRACKETS);
      }
    }
    cursor.expect(Token.CloseBracket, '"]"');
  }
}

/** A register or a part of it. */
export function parseOperand(cursor: Cursor, what: string): void {
  const { tree, offset, length, name: hardware } = cursor;
  if (cursor.version === 3 && what !== 'a bit' && cursor.accept(Token.HardwareQubit)) {
    tree.add(Node.Operand, hardware, offset, length);
    return;
  }
  const name = expectName(cursor, what);
  finishOperand(cursor, tree.add(Node.Operand, name, offset, length));
}

/** The index of an operand whose name is read, and its extent. */
export function finishOperand(cursor: Cursor, node: number): void {
  const { tree, version } = cursor;
  if (cursor.at(Token.OpenBracket)) {
    if (version === 2) parseIndex(cursor);
    else parseIndices(cursor);
    tree.setLength(node, cursor.previousEnd - tree.offset(node));
  }
  tree.close(node);
}

/** A list of qubits. */
export function parseOperands(cursor: Cursor): void {
  do parseOperand(cursor, 'a qubit');
  while (cursor.acceptComma(Token.Semicolon));
}

/** `measure q -> c;` */
export function parseMeasure(cursor: Cursor): void {
  const { tree, offset, length } = cursor;
  const node = tree.add(Node.Measure, 0, offset, length);
  cursor.advance();
  parseOperand(cursor, 'a qubit');
  if (cursor.version === 2 || !cursor.at(Token.Semicolon)) {
    cursor.expect(Token.Arrow, '"->" and a bit for the result', 'measure q -> c;');
    parseOperand(cursor, 'a bit');
  }
  tree.close(node);
  cursor.endStatement();
}

/** `reset q;` */
export function parseReset(cursor: Cursor): void {
  const { tree, offset, length } = cursor;
  const node = tree.add(Node.Reset, 0, offset, length);
  cursor.advance();
  parseOperand(cursor, 'a qubit');
  tree.close(node);
  cursor.endStatement();
}

/** `barrier a, b;`; without operands it means all qubits. */
export function parseBarrier(cursor: Cursor): void {
  const { tree, offset, length } = cursor;
  const node = tree.add(Node.Barrier, 0, offset, length);
  cursor.advance();
  if (!cursor.at(Token.Semicolon)) parseOperands(cursor);
  tree.close(node);
  cursor.endStatement();
}

/** `if (c == 1) …`, in OpenQASM 2: one register, one number, one operation. */
export function parseIf(cursor: Cursor): void {
  const { tree, offset, length } = cursor;
  const node = tree.add(Node.If, 0, offset, length);
  cursor.advance();
  cursor.expect(Token.OpenParen, '"(" after "if"');
  const register = { offset: cursor.offset, length: cursor.length };
  const name = expectName(cursor, 'a register of bits');
  tree.add(Node.Operand, name, register.offset, register.length);
  cursor.expect(Token.DoubleEquals, '"=="', 'OpenQASM 2 compares a whole register: if (c == 1)');
  if (!cursor.at(Token.Integer)) cursor.fail(`expected an integer, found ${cursor.found()}`);
  parseExpression(cursor);
  cursor.expect(Token.CloseParen, '")"');
  cursor.push(node, Scope.Single);
}

/** `gate name(angles) qubits {`; the body follows as statements. */
export function parseGate(cursor: Cursor): void {
  cursor.advance();
  const node = parseSignature(cursor, Node.Gate);
  cursor.expect(Token.OpenBrace, '"{" and the body of the gate');
  cursor.push(node, Scope.Block);
}

/** `opaque name(angles) qubits;` */
export function parseOpaque(cursor: Cursor): void {
  cursor.advance();
  const node = parseSignature(cursor, Node.Opaque);
  cursor.tree.close(node);
  cursor.endStatement();
}

function parseSignature(cursor: Cursor, kind: typeof Node.Gate | typeof Node.Opaque): number {
  const { tree, offset, length } = cursor;
  const name = expectName(cursor, 'a name for the gate');
  const node = tree.add(kind, name, offset, length);
  if (cursor.accept(Token.OpenParen)) {
    if (!cursor.at(Token.CloseParen)) parseDeclared(cursor, Node.Parameter, Token.CloseParen);
    cursor.expect(Token.CloseParen, '")"');
  }
  parseDeclared(cursor, Node.Argument, Token.OpenBrace);
  return node;
}

function parseDeclared(
  cursor: Cursor,
  kind: typeof Node.Parameter | typeof Node.Argument,
  close: typeof Token.CloseParen | typeof Token.OpenBrace,
): void {
  const what = kind === Node.Parameter ? 'a name for an angle' : 'a name for a qubit';
  do {
    const { offset, length } = cursor;
    cursor.tree.add(kind, expectName(cursor, what), offset, length);
  } while (cursor.acceptComma(close));
}

/** `name(angles) qubits;` in OpenQASM 2. */
export function parseGateCall(cursor: Cursor): void {
  const { tree, name, offset, length } = cursor;
  cursor.advance();
  const node = tree.add(Node.GateCall, name, offset, length);
  parseAngles(cursor);
  parseOperands(cursor);
  tree.close(node);
  cursor.endStatement();
}

/** `(angle, angle)`, if it is there. */
export function parseAngles(cursor: Cursor): void {
  if (!cursor.accept(Token.OpenParen)) return;
  if (!cursor.at(Token.CloseParen)) {
    do parseExpression(cursor);
    while (cursor.acceptComma(Token.CloseParen));
  }
  cursor.expect(Token.CloseParen, '")"');
}
