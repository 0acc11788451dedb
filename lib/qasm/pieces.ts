import { Diagnostics } from './diagnostics.js';
import { Lexer } from './lexer.js';
import { SourceMap } from './source.js';
import { Token, type TokenKind } from './tokens.js';

/** A token or a comment of a text as a formatter needs it. */
export interface Piece {
  /** `line` takes the rest of its line: a pragma or an annotation. `raw` is a calibration block as it stands. */
  readonly kind: 'word' | 'number' | 'string' | 'symbol' | 'comment' | 'line' | 'raw';
  readonly text: string;
  /** Whether a line ends before it. */
  readonly onNewLine: boolean;
  /** Whether a blank line stands before it. */
  readonly afterBlankLine: boolean;
}

const KINDS = new Map<TokenKind, Piece['kind']>([
  [Token.Identifier, 'word'],
  [Token.HardwareQubit, 'word'],
  [Token.Dim, 'word'],
  [Token.Integer, 'number'],
  [Token.Real, 'number'],
  [Token.Imaginary, 'number'],
  [Token.Timing, 'number'],
  [Token.String, 'string'],
]);

const COMMENT = /\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g;

/** Splits a text that can be read into its pieces. */
export function* scan(text: string, version: 2 | 3): Generator<Piece> {
  const sources = new SourceMap();
  const lexer = new Lexer(sources.add('', text), new Diagnostics(sources));
  lexer.version = version;
  let end = 0;
  /** Whether the braces that come next hold a calibration. */
  let isCalibration = false;
  for (;;) {
    lexer.advance();
    end = yield* commentsOf(text, end, lexer.start);
    if (lexer.kind === Token.End) return;
    const gap = text.slice(end, lexer.start);
    const kind = takePiece(lexer, version, isCalibration);
    const isWord = version === 3 && kind === 'word';
    if (isWord && (lexer.text === 'cal' || lexer.text === 'defcal')) isCalibration = true;
    if (kind === 'raw') isCalibration = false;
    // A number and its unit may stand apart.
    const written = kind === 'number' ? lexer.text.replace(/\s+/g, '') : lexer.text.trimEnd();
    yield { kind, text: written, ...before(gap) };
    end = lexer.end;
  }
}

/** Makes the current token as long as the piece that it begins, and says what that is. */
function takePiece(lexer: Lexer, version: 2 | 3, isCalibration: boolean): Piece['kind'] {
  if (version === 3) {
    if (isCalibration && lexer.kind === Token.OpenBrace && lexer.takeBraces()) return 'raw';
    const isPragma = lexer.kind === Token.Pragma || lexer.text === 'pragma';
    if (isPragma || lexer.atAnnotation) {
      lexer.takeLine();
      return 'line';
    }
  }
  return KINDS.get(lexer.kind) ?? 'symbol';
}

/** What the blanks before a piece say. */
function before(gap: string): Pick<Piece, 'onNewLine' | 'afterBlankLine'> {
  const lines = gap.split(/\r\n|\r|\n/).length - 1;
  return { onNewLine: lines > 0, afterBlankLine: lines > 1 };
}

/** The comments between two places; returns where the last one ends. */
function* commentsOf(text: string, start: number, end: number): Generator<Piece, number> {
  const gap = text.slice(start, end);
  let at = 0;
  for (const match of gap.matchAll(COMMENT)) {
    const comment = match[0].trimEnd();
    const said = before(gap.slice(at, match.index));
    // Nothing stands before what comes first.
    const onNewLine = said.onNewLine || start + at === 0;
    yield { kind: 'comment', text: comment, ...said, onNewLine };
    at = match.index + match[0].length;
  }
  return start + at;
}
