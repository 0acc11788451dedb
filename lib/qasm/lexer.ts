import { LIMITS } from '../limits.js';
import type { Diagnostics } from './diagnostics.js';
import { quoted } from './printable.js';
import type { Source } from './source.js';
import { SYMBOLS, Token, type TokenKind } from './tokens.js';

/** Classes of ASCII characters. */
const OTHER = 0;
const SPACE = 1;
const LETTER = 2;
const DIGIT = 3;
const CLASS = classify();

/** Symbols by first character, longest first. */
const SYMBOLS_BY_CODE = symbolsByCode();

/** The symbol of a character that begins no longer one, else 0. */
const SINGLE_SYMBOLS = Uint8Array.from(SYMBOLS_BY_CODE, (symbols) =>
  symbols.length === 1 && symbols[0]?.[0].length === 1 ? symbols[0][1] : 0,
);

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const QUOTE = 34;
const HASH = 35;
const DOLLAR = 36;
const APOSTROPHE = 39;
const ASTERISK = 42;
const PLUS = 43;
const MINUS = 45;
const DOT = 46;
const SLASH = 47;
const ZERO = 48;
const UNDERSCORE = 95;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const BYTE_ORDER_MARK = 0xfeff;

/** Numbers of other bases than ten. */
const RADIX = /^0(?:[bB][01](?:_?[01])*|o[0-7](?:_?[0-7])*|[xX][\da-fA-F](?:_?[\da-fA-F])*)$/;
const UNICODE_LETTER = /^[\p{L}\p{Nl}]$/u;
const UNIT = /^(?:dt|ns|us|µs|μs|ms|s)$/;

function isLineEnd(code: number): boolean {
  return code === LINE_FEED || code === CARRIAGE_RETURN;
}

function classify(): Uint8Array {
  const table = new Uint8Array(128);
  for (let code = 0; code < 128; code += 1) {
    const character = String.fromCharCode(code);
    if (/[A-Za-z_]/.test(character)) table[code] = LETTER;
    else if (/[0-9]/.test(character)) table[code] = DIGIT;
    else if (/[ \t\r\n\v\f]/.test(character)) table[code] = SPACE;
    else table[code] = OTHER;
  }
  return table;
}

function symbolsByCode(): (readonly (readonly [string, TokenKind])[])[] {
  const table: (readonly [string, TokenKind])[][] = Array.from({ length: 128 }, () => []);
  const longestFirst = [...SYMBOLS].sort((a, b) => b[0].length - a[0].length);
  for (const symbol of longestFirst) table[symbol[0].charCodeAt(0)]?.push(symbol);
  return table;
}

/**
 * Reads one source token by token, on demand, so that nothing is stored and the parser may change the rules on the
 * way (`version`, whole lines). The current token is in the fields `kind`, `start` and `end`, offsets in the text.
 */
export class Lexer {
  kind: TokenKind = Token.End;
  start = 0;
  end = 0;
  /** Whether a line ended between the token before and this one. */
  afterLineEnd = true;
  /** Version 3 has literals that version 2 reads as a number and a word. */
  version: 2 | 3 = 2;
  readonly #text: string;
  readonly #base: number;
  readonly #diagnostics: Diagnostics;

  constructor(source: Source, diagnostics: Diagnostics) {
    this.#text = source.text;
    this.#base = source.base;
    this.#diagnostics = diagnostics;
    if (source.text.charCodeAt(0) === BYTE_ORDER_MARK) this.end = 1;
  }

  /** Offset of the current token in the numbering of all sources. */
  get offset(): number {
    return this.#base + this.start;
  }

  get length(): number {
    return this.end - this.start;
  }

  /** The text of the current token. */
  get text(): string {
    return this.#text.slice(this.start, this.end);
  }

  /** Moves to the next token. */
  advance(): void {
    this.afterLineEnd = false;
    for (;;) {
      this.#skipBlank();
      this.start = this.end;
      if (this.start >= this.#text.length) {
        this.kind = Token.End;
        return;
      }
      if (this.#scan(this.#text.charCodeAt(this.start))) return;
    }
  }

  /** The text of the token after the current one, which stays. */
  peek(): string {
    const { kind, start, end, afterLineEnd } = this;
    this.advance();
    const { text } = this;
    Object.assign(this, { kind, start, end, afterLineEnd });
    return text;
  }

  /** Takes the rest of the line, from the current token on, as the current token. */
  takeLine(): void {
    this.end = this.#lineEnd(this.start);
  }

  /** Whether the current token is an `@` to which a name sticks. */
  get atAnnotation(): boolean {
    return this.kind === Token.At && this.#letterAt(this.end) > 0;
  }

  /** Takes all from the current brace to the one that closes it as the current token; false where none does. */
  takeBraces(): boolean {
    const text = this.#text;
    let depth = 0;
    for (let at = this.start; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === OPEN_BRACE) depth += 1;
      else if (code === CLOSE_BRACE) depth -= 1;
      if (depth > 0) continue;
      this.end = at + 1;
      return true;
    }
    return false;
  }

  #skipBlank(): void {
    const text = this.#text;
    let at = this.end;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code < 128 && CLASS[code] === SPACE) {
        if (isLineEnd(code)) this.afterLineEnd = true;
        at += 1;
      } else if (code === SLASH && text.charCodeAt(at + 1) === SLASH) {
        at = this.#lineEnd(at);
      } else if (code === SLASH && text.charCodeAt(at + 1) === ASTERISK) {
        at = this.#commentEnd(at);
      } else {
        break;
      }
    }
    this.end = at;
  }

  #lineEnd(from: number): number {
    const text = this.#text;
    let at = from;
    while (at < text.length && !isLineEnd(text.charCodeAt(at))) at += 1;
    return at;
  }

  #commentEnd(from: number): number {
    const close = this.#text.indexOf('*/', from + 2);
    if (close >= 0) return close + 2;
    const message = 'this comment is never closed';
    this.#diagnostics.error('ERR_QASM_SYNTAX', this.#base + from, 2, message, 'add `*/`');
    return this.#text.length;
  }

  /** Scans the token at `start`; false when there was none, only an error. */
  #scan(code: number): boolean {
    const kind = code < 128 ? CLASS[code] : OTHER;
    const single = code < 128 && code !== DOT ? (SINGLE_SYMBOLS[code] as TokenKind) : 0;
    if (single > 0) return this.#take(single, this.start + 1);
    if (kind === LETTER || (code >= 128 && this.#letterAt(this.start) > 0)) return this.#word();
    if (kind === DIGIT) return this.#number();
    if (code === DOT && this.#isDigit(this.start + 1)) return this.#number();
    if (code === QUOTE || code === APOSTROPHE) return this.#string(code);
    if (code === HASH && this.#directive()) return true;
    if (code === DOLLAR && this.#isDigit(this.start + 1)) return this.#hardwareQubit();
    const symbols = code < 128 ? SYMBOLS_BY_CODE[code] : undefined;
    for (const [text, token] of symbols ?? []) {
      if (!this.#text.startsWith(text, this.start)) continue;
      return this.#take(token, this.start + text.length);
    }
    return this.#unexpected();
  }

  #take(kind: TokenKind, end: number): true {
    this.kind = kind;
    this.end = end;
    return true;
  }

  #unexpected(): false {
    const code = this.#text.codePointAt(this.start) as number;
    const length = code > 0xffff ? 2 : 1;
    const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
    const character = quoted(String.fromCodePoint(code));
    const message = `unexpected character ${character} (${name})`;
    this.#diagnostics.error('ERR_QASM_SYNTAX', this.offset, length, message);
    this.end = this.start + length;
    return false;
  }

  #isDigit(at: number): boolean {
    const code = this.#text.charCodeAt(at);
    return code < 128 && CLASS[code] === DIGIT;
  }

  /** Code units of the letter at a position, 0 where there is none. */
  #letterAt(at: number): number {
    const code = this.#text.charCodeAt(at);
    if (code < 128) return CLASS[code] === LETTER ? 1 : 0;
    if (at >= this.#text.length) return 0;
    const character = String.fromCodePoint(this.#text.codePointAt(at) as number);
    return UNICODE_LETTER.test(character) ? character.length : 0;
  }

  /** The position after the letters and digits from a position on. */
  #wordEnd(from: number): number {
    let at = from;
    for (;;) {
      if (at - from > LIMITS.nameLength) this.#tooLong(from);
      const code = this.#text.charCodeAt(at);
      const kind = code < 128 ? (CLASS[code] as number) : OTHER;
      if (kind === LETTER || kind === DIGIT) at += 1;
      else if (code < 128) return at;
      else {
        const length = this.#letterAt(at);
        if (length === 0) return at;
        at += length;
      }
    }
  }

  #tooLong(from: number): never {
    const maximum = LIMITS.nameLength;
    const message = `a name may have ${maximum} characters; this one is longer`;
    const figures = { limit: 'nameLength', maximum, received: maximum + 1 };
    this.#diagnostics.exceed(this.#base + from, maximum, message, figures);
  }

  #word(): true {
    return this.#take(Token.Identifier, this.#wordEnd(this.start));
  }

  #string(quote: number): true {
    const text = this.#text;
    let at = this.start + 1;
    while (at < text.length && !isLineEnd(text.charCodeAt(at))) {
      if (text.charCodeAt(at) === quote) return this.#take(Token.String, at + 1);
      at += 1;
    }
    const message = 'this string is never closed';
    const hint = `add ${String.fromCharCode(quote)} before the end of the line`;
    this.#diagnostics.error('ERR_QASM_SYNTAX', this.offset, at - this.start, message, hint);
    return this.#take(Token.String, at);
  }

  #directive(): boolean {
    const end = this.#wordEnd(this.start + 1);
    const word = this.#text.slice(this.start + 1, end);
    if (word === 'pragma') return this.#take(Token.Pragma, end);
    if (word === 'dim') return this.#take(Token.Dim, end);
    return false;
  }

  #hardwareQubit(): true {
    let at = this.start + 1;
    while (this.#isDigit(at)) at += 1;
    if (at - this.start > LIMITS.literalDigits) this.#tooManyDigits();
    return this.#take(Token.HardwareQubit, at);
  }

  /** The position after a run of digits and, in version 3, underscores between them. */
  #digits(from: number): number {
    let at = from;
    while (this.#isDigit(at) || this.#isSeparator(at)) {
      at += 1;
      if (at - this.start > 2 * LIMITS.literalDigits) this.#tooManyDigits();
    }
    return at;
  }

  #isSeparator(at: number): boolean {
    return (
      this.#text.charCodeAt(at) === UNDERSCORE && this.#isDigit(at - 1) && this.#isDigit(at + 1)
    );
  }

  #tooManyDigits(): never {
    const maximum = LIMITS.literalDigits;
    const message = `a number may have ${maximum} digits; this one has more`;
    const figures = { limit: 'literalDigits', maximum, received: maximum + 1 };
    this.#diagnostics.exceed(this.offset, maximum, message, figures);
  }

  #number(): true {
    const text = this.#text;
    let kind: TokenKind = Token.Integer;
    let at = this.start;
    if (text.charCodeAt(at) === ZERO && this.version === 3) {
      const end = this.#radixEnd(at);
      if (end > at) {
        if (end - at - 2 > LIMITS.literalDigits) this.#tooManyDigits();
        if (!RADIX.test(text.slice(at, end))) this.#refuseNumber(end);
        return this.#take(Token.Integer, end);
      }
    }
    at = this.#digits(at);
    if (text.charCodeAt(at) === DOT) {
      kind = Token.Real;
      at = this.#digits(at + 1);
    }
    const exponent = this.#exponentEnd(at);
    if (exponent > at) {
      kind = Token.Real;
      at = exponent;
    }
    this.#checkDigits(at);
    if (this.version === 3) return this.#suffix(kind, at);
    return this.#take(kind, this.#glued(at));
  }

  /** Refuses a number up to `end` that has too many digits. */
  #checkDigits(end: number): void {
    let digits = 0;
    for (let at = this.start; at < end; at += 1) if (this.#isDigit(at)) digits += 1;
    if (digits > LIMITS.literalDigits) this.#tooManyDigits();
  }

  /** The end of `0b…`, `0o…` or `0x…`; the start itself where the number is decimal. */
  #radixEnd(from: number): number {
    const letter = this.#text.charAt(from + 1).toLowerCase();
    if (letter !== 'b' && letter !== 'o' && letter !== 'x') return from;
    return this.#wordEnd(from + 2);
  }

  #exponentEnd(from: number): number {
    const letter = this.#text.charAt(from);
    if (letter !== 'e' && letter !== 'E') return from;
    const sign = this.#text.charCodeAt(from + 1);
    const digits = sign === PLUS || sign === MINUS ? from + 2 : from + 1;
    return this.#isDigit(digits) ? this.#digits(digits) : from;
  }

  /** A unit of time or `im` after a number, with blanks between allowed. */
  #suffix(kind: TokenKind, end: number): true {
    const text = this.#text;
    let at = end;
    while (text.charAt(at) === ' ' || text.charAt(at) === '\t') at += 1;
    if (this.#letterAt(at) > 0) {
      const wordEnd = this.#wordEnd(at);
      const word = wordEnd - at <= 2 ? text.slice(at, wordEnd) : '';
      if (word === 'im') return this.#take(Token.Imaginary, wordEnd);
      if (UNIT.test(word)) return this.#take(Token.Timing, wordEnd);
    }
    return this.#take(kind, this.#glued(end));
  }

  /** Refuses letters that stick to a number, such as `2x`, and takes them with it. */
  #glued(end: number): number {
    if (this.#letterAt(end) === 0) return end;
    const wordEnd = this.#wordEnd(end);
    this.#refuseNumber(wordEnd);
    return wordEnd;
  }

  #refuseNumber(end: number): void {
    const word = quoted(this.#text.slice(this.start, end));
    const message = `${word} is neither a number nor a name`;
    this.#diagnostics.error('ERR_QASM_SYNTAX', this.offset, end - this.start, message);
  }
}
