import type { Cursor } from './cursor.js';
import { SyntaxFault } from './cursor.js';
import { Halt } from './diagnostics.js';
import { Keyword } from './keywords.js';
import { Scope } from './open-statements.js';
import { closeOwners, openBlock, parseCase } from './parse-blocks.js';
import { parseEvaluation, parseNamed } from './parse-named.js';
import {
  parseBarrier,
  parseGate,
  parseGateCall,
  parseIf,
  parseInclude,
  parseMeasure,
  parseOpaque,
  parseRegister,
  parseReset,
} from './parse-statements.js';
import { STATEMENTS_3 } from './parse-version-3.js';
import { quoted } from './printable.js';
import { Token, type TokenKind } from './tokens.js';
import { Node } from './tree.js';

/** Tokens after an error that may be skipped in search of the next statement; then reading ends. */
const MOST_SKIPPED = 2 ** 18;

type StatementParser = (cursor: Cursor) => void;

/** Statements by the number of their first word. */
const COMMON: readonly (readonly [number, StatementParser])[] = [
  [Keyword.OPENQASM, refuseLateVersion],
  [Keyword.include, parseInclude],
  [Keyword.qreg, parseRegister],
  [Keyword.creg, parseRegister],
  [Keyword.gate, parseGate],
  [Keyword.measure, parseMeasure],
  [Keyword.reset, parseReset],
  [Keyword.barrier, parseBarrier],
];
const STATEMENTS: { readonly [version in 2 | 3]: ReadonlyMap<number, StatementParser> } = {
  2: new Map([...COMMON, [Keyword.opaque, parseOpaque], [Keyword.if, parseIf]]),
  3: new Map([...COMMON, ...STATEMENTS_3, [Keyword.pragma, skipLine]]),
};

/** First words that only OpenQASM 3 has; a text that starts with one needs no header to tell. */
const ONLY_VERSION_3: ReadonlySet<number> = new Set(
  [...STATEMENTS[3].keys()].filter((word) => !STATEMENTS[2].has(word)),
);

/** Tokens with which an expression can begin that no word does. */
const EXPRESSIONS: ReadonlySet<TokenKind> = new Set<TokenKind>([
  Token.Integer,
  Token.Real,
  Token.Imaginary,
  Token.Timing,
  Token.String,
  Token.HardwareQubit,
  Token.OpenParen,
  Token.Minus,
  Token.Tilde,
  Token.Exclamation,
]);

/**
 * Reads a program into the tree of the cursor. Errors end up in its diagnostics; after each one, reading goes on
 * with the next statement.
 */
export function parseProgram(cursor: Cursor): void {
  guard(cursor, parseVersion);
  for (;;) {
    if (cursor.at(Token.End)) {
      if (cursor.leave()) continue;
      break;
    }
    guard(cursor, parserOf(cursor));
  }
  if (cursor.open.length === 0) return;
  cursor.isComplete = false;
  const missing = cursor.open.scope === Scope.Single ? 'a statement' : '"}"';
  const message = `expected ${missing} before the end of the text`;
  cursor.diagnostics.error('ERR_QASM_SYNTAX', cursor.offset, 0, message);
}

/** Runs a parser; after a syntax fault, drops what it built and skips to the next statement. */
function guard(cursor: Cursor, parser: StatementParser): void {
  const { tree, open } = cursor;
  const size = tree.size;
  const depth = open.length;
  const place = cursor.offset;
  try {
    parser(cursor);
    if (open.length <= depth) closeOwners(cursor);
  } catch (fault) {
    if (!(fault instanceof SyntaxFault)) throw fault;
    cursor.isComplete = false;
    tree.truncate(size);
    open.cut(depth);
    recover(cursor, place);
    dropOwners(cursor);
  }
}

/** Forgets the owners of a statement that could not be read. */
function dropOwners(cursor: Cursor): void {
  const { open, tree } = cursor;
  while (open.scope === Scope.Single || open.scope === Scope.Owner) tree.truncate(open.pop());
}

/** What comes next inside the statements at hand. */
function parserOf(cursor: Cursor): StatementParser {
  const { scope } = cursor.open;
  const isBlock = scope === Scope.Block || scope === Scope.Cases;
  if (isBlock && cursor.at(Token.CloseBrace)) return closeBlock;
  return scope === Scope.Cases ? parseCase : parseStatement;
}

function closeBlock(cursor: Cursor): void {
  cursor.tree.close(cursor.open.pop());
  cursor.advance();
}

/** Skips to where a statement may begin: after `;` or a block, before `}`, or at a statement's word on a new line. */
function recover(cursor: Cursor, place: number): void {
  let depth = 0;
  if (cursor.offset === place && !isClosing(cursor)) depth += skipOne(cursor);
  for (let skipped = 0; !cursor.at(Token.End); skipped += 1) {
    if (skipped > MOST_SKIPPED) throw new Halt('too much text that cannot be read');
    const { kind } = cursor;
    if (depth === 0 && kind === Token.CloseBrace && cursor.open.length > 0) return;
    if (depth === 0 && cursor.lexer.afterLineEnd && startsStatement(cursor)) return;
    depth += skipOne(cursor);
    if (depth > 0) continue;
    if (kind === Token.Semicolon) return;
    if (kind === Token.CloseBrace && !continuesAfterBrace(cursor)) return;
  }
}

function isClosing(cursor: Cursor): boolean {
  return cursor.at(Token.Semicolon) || cursor.at(Token.CloseBrace);
}

/** Whether a brace that closed was part of a statement, such as the set of `q[{0, 1}]`. */
function continuesAfterBrace(cursor: Cursor): boolean {
  const { kind } = cursor;
  if (kind === Token.Semicolon) return true;
  return kind === Token.CloseBracket || kind === Token.CloseParen || kind === Token.Comma;
}

/** Takes one token and returns how much deeper in braces it leads. */
function skipOne(cursor: Cursor): number {
  const { kind } = cursor;
  cursor.advance();
  if (kind === Token.OpenBrace) return 1;
  return kind === Token.CloseBrace ? -1 : 0;
}

function startsStatement(cursor: Cursor): boolean {
  return cursor.at(Token.Identifier) && STATEMENTS[cursor.version].has(cursor.name);
}

function parseStatement(cursor: Cursor): void {
  const { kind, version } = cursor;
  if (kind === Token.Identifier) {
    const parser = STATEMENTS[version].get(cursor.name);
    if (parser !== undefined) parser(cursor);
    else if (version === 2) parseGateCall(cursor);
    else parseNamed(cursor);
  } else if (kind === Token.Semicolon && version === 2 && cursor.open.scope !== Scope.Single) {
    cursor.diagnostics.warn(cursor.offset, 1, 'an empty statement');
    while (cursor.accept(Token.Semicolon));
  } else if (version === 3) {
    parseSymbol(cursor);
  } else {
    cursor.fail(`expected a statement, found ${cursor.found()}`);
  }
}

/** Statements of OpenQASM 3 that begin with a symbol. */
function parseSymbol(cursor: Cursor): void {
  if (cursor.at(Token.Pragma)) skipLine(cursor);
  else if (cursor.lexer.atAnnotation) parseAnnotation(cursor);
  else if (cursor.at(Token.OpenBrace)) openBlock(cursor, '"{"');
  else if (EXPRESSIONS.has(cursor.kind)) parseEvaluation(cursor);
  else cursor.fail(`expected a statement, found ${cursor.found()}`);
}

/** Skips what takes a whole line, without `;`. */
function skipLine(cursor: Cursor): void {
  cursor.lexer.takeLine();
  cursor.advance();
}

/** Annotations mean nothing here, but must stand before a statement. */
function parseAnnotation(cursor: Cursor): void {
  while (cursor.lexer.atAnnotation) skipLine(cursor);
  const isAlone = cursor.at(Token.End) || cursor.at(Token.CloseBrace) || cursor.at(Token.OpenBrace);
  if (isAlone || cursor.at(Token.Pragma)) {
    cursor.fail(`expected a statement after the annotation, found ${cursor.found()}`);
  }
  parseStatement(cursor);
}

/** Reads `OPENQASM 2.0;`, which should come first, and sets the version. */
function parseVersion(cursor: Cursor): void {
  const { tree, offset } = cursor;
  if (!cursor.isWord(Keyword.OPENQASM)) {
    assumeVersion(cursor);
    return;
  }
  cursor.advance();
  const text = cursor.lexer.text;
  const isNumber = cursor.at(Token.Real) || cursor.at(Token.Integer);
  if (!isNumber) cursor.fail(`expected a version, found ${cursor.found()}`, 'OPENQASM 2.0;');
  if (!/^\d+(?:\.\d+)?$/.test(text)) cursor.fail(`expected a version, found ${cursor.found()}`);
  cursor.version = text.startsWith('3') ? 3 : 2;
  const version = { number: Number(text), offset: cursor.offset, length: cursor.length };
  tree.add(Node.Version, Math.round(version.number * 100), offset, cursor.offset - offset);
  cursor.advance();
  cursor.endStatement();
  if ([2, 3, 3.1].includes(version.number)) return;
  const construct = `version ${quoted(text)} of OpenQASM`;
  const hint = 'versions: 2.0 3.0 3.1';
  cursor.reportUnsupported(version.offset, version.length, construct, hint);
  cursor.isComplete = false;
}

function assumeVersion(cursor: Cursor): void {
  const includesStdgates =
    cursor.isWord(Keyword.include) && cursor.lexer.peek().slice(1, -1) === 'stdgates.inc';
  const startsThree = cursor.at(Token.Identifier) && ONLY_VERSION_3.has(cursor.name);
  const isThree = includesStdgates || startsThree;
  cursor.version = isThree ? 3 : 2;
  if (cursor.at(Token.End)) return;
  const message = `no version is declared; reading this as OpenQASM ${cursor.version}`;
  const hint = `begin with OPENQASM ${cursor.version}.0;`;
  cursor.diagnostics.warn(cursor.offset, cursor.length, message, hint);
}

function refuseLateVersion(cursor: Cursor): never {
  const where = cursor.isIncluded ? 'in an included file' : 'here';
  cursor.fail(`OPENQASM cannot stand ${where}`, 'it must be the first statement of the main file');
}
