import type { Piece } from './pieces.js';

/** Words that a blank separates from a parenthesis or bracket. */
const SPACED_WORDS: ReadonlySet<string> = new Set([
  ...['if', 'while', 'switch', 'return', 'in', 'case', 'measure', 'reset', 'barrier', 'let'],
]);
/** Operators that stand between operands, or some of them before one. */
const INFIX: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%', '**', '^']);
const PREFIX: ReadonlySet<string> = new Set(['!', '~']);
const TIGHT_BEFORE: ReadonlySet<string> = new Set([';', ',', ')', ']', ':']);
const TIGHT_AFTER: ReadonlySet<string> = new Set(['(', '[', ':']);

/** What an open bracket holds: statements, values in braces, or values in others. */
type Bracket = 'block' | 'braces' | 'values';

/** Whether a value ends with a piece, so that an operator after it stands between two. */
function endsValue({ kind, text }: Piece): boolean {
  if (kind === 'word') return !SPACED_WORDS.has(text);
  return kind === 'number' || kind === 'string' || text === ')' || text === ']' || text === '}';
}

/** Lays out the pieces of a text in lines. */
export class Layout {
  readonly #lines: string[] = [];
  readonly #open: Bracket[] = [];
  #line = '';
  /** Blocks around the line at hand and, in `#depth`, around what comes next. */
  #lineDepth = 0;
  #depth = 0;
  /** Whether the line at hand is complete, save for a comment. */
  #isComplete = false;
  /** Whether a comment takes the rest of the line at hand. */
  #isCommented = false;
  /** Whether a statement has begun and not ended. */
  #isInside = false;
  #previous: Piece | undefined;
  /** Whether the piece before is an operator of one operand. */
  #isPrefix = false;

  /** The text of some pieces; its last line ends too. */
  text(pieces: readonly Piece[]): string {
    for (const piece of pieces) this.#add(piece);
    this.#endLine();
    return this.#lines.map((line) => `${line}\n`).join('');
  }

  #add(piece: Piece): void {
    if (piece.kind === 'comment') this.#comment(piece);
    else if (piece.text === '}' && this.#open.at(-1) === 'block') this.#closeBlock(piece);
    else this.#token(piece);
  }

  #endLine(): void {
    if (this.#line !== '') this.#lines.push('  '.repeat(this.#lineDepth) + this.#line.trimEnd());
    this.#line = '';
    this.#isComplete = false;
    this.#isCommented = false;
  }

  /** Begins a line; one blank line stays before it, but not at the beginning of a block. */
  #beginLine({ afterBlankLine }: Piece): void {
    this.#lineDepth = this.#depth + (this.#isInside ? 1 : 0);
    const last = this.#lines.at(-1);
    if (afterBlankLine && last !== undefined && last !== '' && !last.endsWith('{')) {
      if (!this.#isInside) this.#lines.push('');
    }
  }

  #comment(piece: Piece): void {
    const belongsToLine = this.#isInside || !piece.onNewLine;
    if (this.#line !== '' && (this.#isCommented || !belongsToLine)) this.#endLine();
    if (this.#line === '') this.#beginLine(piece);
    this.#line += this.#line === '' ? piece.text : ` ${piece.text}`;
    this.#isCommented = piece.text.startsWith('//');
    // A comment in the middle of a line does not end it.
    if (this.#isCommented) this.#isComplete = true;
    else if (!this.#isComplete) this.#isComplete = !this.#isInside && piece.onNewLine;
    this.#afterComment = true;
  }

  #afterComment = false;

  #closeBlock(piece: Piece): void {
    this.#open.pop();
    this.#depth -= 1;
    const isEmpty = this.#previous?.text === '{' && !this.#afterComment;
    if (isEmpty) this.#line += ' }';
    else {
      this.#endLine();
      this.#lineDepth = this.#depth;
      this.#line = '}';
    }
    this.#endStatement(piece);
  }

  #endStatement(piece: Piece): void {
    this.#previous = piece;
    this.#afterComment = false;
    this.#isPrefix = false;
    this.#isInside = false;
    this.#isComplete = true;
  }

  #token(piece: Piece): void {
    const { text, kind } = piece;
    const goesOn = text === 'else' && this.#previous?.text === '}' && !this.#afterComment;
    if (this.#isComplete && !goesOn) this.#endLine();
    if (goesOn) this.#isComplete = false;
    if (this.#line === '') this.#beginLine(piece);
    const gap = this.#line === '' ? '' : this.#gap(piece);
    this.#line += gap + text;
    const before = this.#previous;
    const isOperator = INFIX.has(text) && (before === undefined || !endsValue(before));
    this.#isInside = true;
    if (kind === 'line' || kind === 'raw' || (text === ';' && this.#isStatementLevel())) {
      this.#endStatement(piece);
      return;
    }
    this.#brackets(piece);
    this.#previous = piece;
    this.#afterComment = false;
    this.#isPrefix = kind === 'symbol' && (PREFIX.has(text) || isOperator);
  }

  #isStatementLevel(): boolean {
    const top = this.#open.at(-1);
    return top === undefined || top === 'block';
  }

  #brackets({ kind, text }: Piece): void {
    if (kind !== 'symbol') return;
    if (text === '(' || text === '[') this.#open.push('values');
    else if (text === ')' || text === ']' || text === '}') this.#open.pop();
    else if (text === '{') this.#openBrace();
  }

  #openBrace(): void {
    const before = this.#previous?.text;
    const isBlock = this.#isStatementLevel() && before !== '=' && before !== 'in';
    this.#open.push(isBlock ? 'block' : 'braces');
    if (!isBlock) return;
    this.#depth += 1;
    this.#isInside = false;
    this.#isComplete = true;
  }

  /** The blank, if any, between the piece before and this one. */
  #gap({ kind, text }: Piece): string {
    const before = this.#previous;
    if (this.#afterComment) return ' ';
    if (before === undefined || this.#isPrefix) return '';
    if (TIGHT_BEFORE.has(text) && kind === 'symbol') return '';
    if (TIGHT_AFTER.has(before.text) && before.kind === 'symbol') return '';
    const isInBraces = this.#open.at(-1) === 'braces';
    if (isInBraces && (text === '}' || before.text === '{')) return '';
    if (text === '(' || text === '[') {
      const isCall = before.kind === 'word' && !SPACED_WORDS.has(before.text);
      return isCall || before.kind === 'string' || before.text === ')' || before.text === ']'
        ? ''
        : ' ';
    }
    return ' ';
  }
}
