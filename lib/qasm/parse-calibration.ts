import type { Cursor } from './cursor.js';
import { SyntaxFault } from './cursor.js';
import { Keyword } from './keywords.js';
import { parseExpression } from './parse-expression.js';
import { expectName } from './parse-statements.js';
import { atScalarType, parseFormalType, parseScalarType } from './parse-type.js';
import { Token } from './tokens.js';
import { Node } from './tree.js';

/** `cal { … }` or `defcal name(arguments) qubits -> type { … }`; what stands in the braces is not read. */
export function parseCalibration(cursor: Cursor): void {
  const { tree, name, offset, length } = cursor;
  const node = tree.add(Node.Calibration, name, offset, length);
  cursor.advance();
  if (name === Keyword.defcal) parseSignature(cursor);
  if (!cursor.at(Token.OpenBrace)) {
    cursor.fail(`expected "{" and the calibration, found ${cursor.found()}`);
  }
  if (!cursor.lexer.takeBraces()) cursor.fail('expected "}" at the end of this calibration');
  tree.close(node);
  cursor.advance();
}

const TARGETS: ReadonlySet<number> = new Set([Keyword.measure, Keyword.reset, Keyword.delay]);

function parseSignature(cursor: Cursor): void {
  const { tree } = cursor;
  const { size } = tree;
  if (cursor.at(Token.Identifier) && TARGETS.has(cursor.name)) cursor.advance();
  else expectName(cursor, 'the name of a gate');
  if (cursor.accept(Token.OpenParen)) {
    if (!cursor.at(Token.CloseParen)) {
      do parseArgument(cursor);
      while (cursor.acceptComma(Token.CloseParen));
    }
    cursor.expect(Token.CloseParen, '")"');
  }
  do {
    if (!cursor.accept(Token.HardwareQubit)) expectName(cursor, 'a qubit');
  } while (cursor.acceptComma(Token.OpenBrace) && !cursor.at(Token.Arrow));
  if (cursor.accept(Token.Arrow)) parseScalarType(cursor);
  // Nobody looks at the parts of a calibration.
  tree.truncate(size);
}

/** An argument with its type, or a value that it must have. */
function parseArgument(cursor: Cursor): void {
  if (atScalarType(cursor) || cursor.isWord(Keyword.qubit) || cursor.isWord(Keyword.readonly)) {
    parseFormalType(cursor);
    expectName(cursor, 'a name for the argument');
  } else parseExpression(cursor);
}

/** `defcalgrammar "name";` */
export function parseCalibrationGrammar(cursor: Cursor): void {
  const { tree, name, offset, length } = cursor;
  tree.add(Node.Calibration, name, offset, length);
  cursor.advance();
  const { text } = cursor.lexer;
  cursor.expect(Token.String, 'the name of a grammar in quotes', 'defcalgrammar "openpulse";');
  if (text.length === 1) throw new SyntaxFault();
  cursor.endStatement();
}
