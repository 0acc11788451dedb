import { LIMITS } from '../limits.js';
import type { Diagnostics } from './diagnostics.js';
import { RESERVED } from './keywords.js';
import { Lexer } from './lexer.js';
import { OpenStatements, type ScopeKind } from './open-statements.js';
import { quoted } from './printable.js';
import type { SourceMap } from './source.js';
import { Token, type TokenKind } from './tokens.js';
import { SyntaxTree } from './tree.js';

/** Ends the statement at hand; its error is already reported. */
export class SyntaxFault extends Error {}

interface Place {
  readonly offset: number;
  readonly length: number;
}

type LimitName = 'nesting' | 'sourceBytes';

/**
 * Gives the text of an included file by the name in the include statement, or undefined where there is none.
 *
 * @example
 * ```ts
 * import { qasm } from 'qmlx';
 * const include: qasm.IncludeResolver = (name) => (name === 'one.inc' ? 'qreg q[1];' : undefined);
 * qasm.parse('OPENQASM 2.0; include "one.inc";', { include }).qubits; // => 1
 * ```
 */
export type IncludeResolver = (name: string) => string | undefined;

/**
 * The place of the parser in its sources: the current token, the tree under construction, the blocks that are open,
 * and the ways to report what is wrong.
 */
export class Cursor {
  readonly tree = new SyntaxTree();
  lexer: Lexer;
  /** Offset after the token before the current one. */
  previousEnd = 0;
  /** Whether the tree has every statement of the text; else names may seem unknown that the text declares. */
  isComplete = true;
  /** Statements that own those that follow. */
  readonly open = new OpenStatements();
  #version: 2 | 3 = 2;
  #sourceBytes = 0;
  /** The last name that was looked up, and where it stands: the parser asks several times. */
  #name = 0;
  #namedOffset = -1;
  readonly #outer: Lexer[] = [];

  constructor(
    readonly sources: SourceMap,
    readonly diagnostics: Diagnostics,
    readonly resolve: IncludeResolver | undefined,
  ) {
    this.lexer = new Lexer({ name: '', text: '', base: 0 }, diagnostics);
  }

  get version(): 2 | 3 {
    return this.#version;
  }

  set version(version: 2 | 3) {
    this.#version = version;
    this.lexer.version = version;
  }

  get kind(): TokenKind {
    return this.lexer.kind;
  }

  get offset(): number {
    return this.lexer.offset;
  }

  get length(): number {
    return this.lexer.length;
  }

  /** Number of the name that the current token spells. */
  get name(): number {
    const { offset } = this;
    if (this.#namedOffset !== offset) {
      this.#name = this.tree.names.number(this.lexer.text);
      this.#namedOffset = offset;
    }
    return this.#name;
  }

  at(kind: TokenKind): boolean {
    return this.lexer.kind === kind;
  }

  /** Whether the current token is this word. */
  isWord(name: number): boolean {
    return this.at(Token.Identifier) && this.name === name;
  }

  /** Whether the version keeps a name for itself. */
  isReserved(name: number): boolean {
    return RESERVED[this.#version][name] ?? false;
  }

  advance(): void {
    this.previousEnd = this.offset + this.length;
    this.lexer.advance();
  }

  /** Takes the current token if it is of a kind. */
  accept(kind: TokenKind): boolean {
    if (!this.at(kind)) return false;
    this.advance();
    return true;
  }

  /** Takes a token that must be there; `what` completes "expected …". */
  expect(kind: TokenKind, what: string, hint?: string): void {
    if (!this.accept(kind)) this.fail(`expected ${what}, found ${this.found()}`, hint);
  }

  /** The current token in the words of a message. */
  found(): string {
    return this.at(Token.End) ? 'the end of the text' : quoted(this.lexer.text);
  }

  /** Reports a syntax error at the current token and gives the statement up. */
  fail(message: string, hint?: string): never {
    this.diagnostics.error('ERR_QASM_SYNTAX', this.offset, this.length, message, hint);
    throw new SyntaxFault(message);
  }

  /** Reports a construct that qmlx does not read. */
  reportUnsupported(offset: number, length: number, construct: string, hint?: string): void {
    const message = `qmlx does not read ${construct} yet`;
    this.diagnostics.error('ERR_QASM_UNSUPPORTED', offset, length, message, hint);
  }

  /** Takes the `;` of a statement. Where it is only forgotten at the end of a line, reading goes on from there. */
  endStatement(): void {
    if (this.accept(Token.Semicolon)) return;
    const isForgotten = this.lexer.afterLineEnd || this.at(Token.CloseBrace) || this.at(Token.End);
    if (!isForgotten) this.fail(`expected ";", found ${this.found()}`);
    const message = 'expected ";" here';
    this.diagnostics.error('ERR_QASM_SYNTAX', this.previousEnd, 0, message);
  }

  /** Takes a comma of a list and says whether another item follows. Both versions may end a list with a comma. */
  acceptComma(close: TokenKind): boolean {
    return this.accept(Token.Comma) && !this.at(close);
  }

  /**
   * Runs a parser that may find that the text is something else; if it returns false, the text is read again from
   * here.
   */
  tentatively(parser: () => boolean): boolean {
    const { tree, lexer, previousEnd } = this;
    const { kind, start, end, afterLineEnd } = lexer;
    const [size, numbers] = [tree.size, tree.numbers.length];
    if (this.diagnostics.tentatively(parser)) return true;
    tree.truncate(size);
    tree.numbers.length = numbers;
    Object.assign(lexer, { kind, start, end, afterLineEnd });
    this.previousEnd = previousEnd;
    return false;
  }

  /** Opens a statement that owns those that follow. */
  push(node: number, scope: ScopeKind): void {
    this.open.push(node, scope);
    const { depth } = this.open;
    if (depth <= LIMITS.nesting) return;
    const place = { offset: this.offset, length: this.length };
    this.#exceed(place, `blocks may nest ${LIMITS.nesting} deep`, 'nesting', depth);
  }

  /**
   * Goes on with another text: the main one, or an included one whose end leads back here. The current token is read
   * again then. `place` is where the include stands.
   */
  enter(file: string, text: string, place: Place = { offset: 0, length: 0 }): void {
    this.#sourceBytes += byteLength(text);
    const isTooLarge = this.#sourceBytes > LIMITS.sourceBytes;
    const source = this.sources.add(file, isTooLarge ? '' : text);
    if (isTooLarge) {
      const message = `a program may have ${LIMITS.sourceBytes} bytes, with its includes; this one has more`;
      this.#exceed(place, message, 'sourceBytes', this.#sourceBytes);
    }
    this.#outer.push(this.lexer);
    if (this.#outer.length > LIMITS.nesting) {
      const message = `includes may nest ${LIMITS.nesting} deep; does a file include itself?`;
      this.#exceed(place, message, 'nesting', this.#outer.length);
    }
    this.lexer = new Lexer(source, this.diagnostics);
    this.lexer.version = this.#version;
    this.lexer.advance();
  }

  /** Whether the current text is not the main one. */
  get isIncluded(): boolean {
    return this.#outer.length > 1;
  }

  /** Returns from an included file; false in the main one. */
  leave(): boolean {
    if (!this.isIncluded) return false;
    this.lexer = this.#outer.pop() as Lexer;
    return true;
  }

  #exceed(place: Place, message: string, limit: LimitName, received: number): never {
    const figures = { limit, maximum: LIMITS[limit], received };
    this.diagnostics.exceed(place.offset, place.length, message, figures);
  }
}

/** Bytes in UTF-8; a text that is far too long is not looked at. */
function byteLength(text: string): number {
  return text.length > LIMITS.sourceBytes ? text.length : Buffer.byteLength(text);
}
