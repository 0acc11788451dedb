import type { Cursor } from './cursor.js';
import { Keyword, type KeywordText } from './keywords.js';
import {
  expectName,
  finishGateCall,
  finishOperand,
  parseIndex,
  parseOperand,
} from './parse-statements.js';
import { Token } from './tokens.js';
import { BITS_FIRST, Node } from './tree.js';

/** Constructs of OpenQASM 3 that begin with a word of their own and are not read, with the words. */
const CONSTRUCTS: readonly (readonly [string, readonly KeywordText[]])[] = [
  ['classical variables', ['bool', 'int', 'uint', 'float', 'angle', 'complex', 'array']],
  ['constants (`const`)', ['const']],
  ['inputs and outputs', ['input', 'output']],
  ['aliases (`let`)', ['let']],
  ['subroutines (`def`)', ['def', 'return']],
  ['external functions (`extern`)', ['extern']],
  ['control flow (`if`)', ['if', 'else']],
  ['control flow (`for`)', ['for']],
  ['control flow (`while`)', ['while']],
  ['control flow (`switch`)', ['switch', 'case', 'default']],
  ['control flow (`break`, `continue`, `end`)', ['break', 'continue', 'end']],
  ['gate modifiers', ['inv', 'pow', 'ctrl', 'negctrl']],
  ['durations and stretches', ['duration', 'stretch', 'durationof']],
  ['timing (`delay`, `box`)', ['delay', 'box']],
  ['`nop`', ['nop']],
  ['calibrations', ['cal', 'defcal', 'defcalgrammar']],
  ['pragmas', ['pragma']],
];

/** Statements that are refused, by the number of their first word. */
export const UNSUPPORTED: readonly (readonly [number, (cursor: Cursor) => void])[] =
  CONSTRUCTS.flatMap(([construct, words]) =>
    words.map(
      (word) => [Keyword[word], (cursor: Cursor) => refuseStatement(cursor, construct)] as const,
    ),
  );

function refuseStatement(cursor: Cursor, construct: string): void {
  if (cursor.isWord(Keyword.pragma)) refuseLine(cursor, construct);
  else cursor.unsupported(construct);
}

/** Reports a construct that takes a whole line, without `;`. */
export function refuseLine(cursor: Cursor, construct: string): void {
  cursor.lexer.takeLine();
  cursor.reportUnsupported(cursor.offset, cursor.length, construct);
  cursor.isComplete = false;
  cursor.advance();
}

/** `qubit[size] name;` or `bit[size] name;`, the latter also with `= measure q`. */
export function parseDeclaration(cursor: Cursor): void {
  const isQuantum = cursor.isWord(Keyword.qubit);
  const { tree } = cursor;
  cursor.advance();
  const node = tree.add(isQuantum ? Node.QuantumRegister : Node.ClassicalRegister, 0, 0, 0);
  parseIndex(cursor);
  tree.close(node);
  const { offset, length } = cursor;
  const name = expectName(cursor, 'a name for the register');
  tree.setName(node, name, offset, length);
  if (!isQuantum && cursor.at(Token.Equals)) {
    const measure = tree.add(Node.Measure, BITS_FIRST, offset, length);
    tree.add(Node.Operand, name, offset, length);
    parseMeasuredValue(cursor, measure);
  }
  cursor.endStatement();
}

/** A statement that begins with a name: a gate call, or `bits = measure qubits`. */
export function parseNamed(cursor: Cursor): void {
  const { tree, name, offset, length } = cursor;
  cursor.advance();
  if (cursor.at(Token.CompoundAssignment)) cursor.unsupported('arithmetic on variables');
  if (!cursor.at(Token.OpenBracket) && !cursor.at(Token.Equals)) {
    finishGateCall(cursor, name, offset, length);
    return;
  }
  const measure = tree.add(Node.Measure, BITS_FIRST, offset, length);
  finishOperand(cursor, tree.add(Node.Operand, name, offset, length));
  if (cursor.at(Token.Identifier)) cursor.unsupportedAt(offset, length, 'durations of gates');
  if (cursor.at(Token.CompoundAssignment)) cursor.unsupported('arithmetic on variables');
  if (!cursor.at(Token.Equals)) cursor.fail(`expected "=", found ${cursor.found()}`);
  parseMeasuredValue(cursor, measure);
  cursor.endStatement();
}

/** `= measure qubits` */
function parseMeasuredValue(cursor: Cursor, measure: number): void {
  cursor.advance();
  if (!cursor.isWord(Keyword.measure)) cursor.unsupported('assignments other than measurements');
  cursor.advance();
  parseOperand(cursor, 'a qubit');
  cursor.tree.close(measure);
}
