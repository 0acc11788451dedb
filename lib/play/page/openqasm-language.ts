// Which words and signs of an OpenQASM text get which colour.

import { StreamLanguage, type StringStream } from '@codemirror/language';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Words by what they are. A unit test compares them with those of the parser. */
export const WORDS: Readonly<
  Record<'keyword' | 'typeName' | 'atom' | 'standard', readonly string[]>
> = {
  keyword: words(`
      OPENQASM include gate opaque def extern let const input output readonly mutable if else for while in switch case
      default break continue return end box delay nop cal defcal defcalgrammar measure reset barrier inv pow ctrl
      negctrl void`),
  typeName: words('qreg creg qubit bit bool int uint float angle complex array duration stretch'),
  atom: words('true false pi π tau τ euler ℇ im'),
  standard: words(`
      U CX gphase sin cos tan exp ln log sqrt arcsin arccos arctan ceiling floor mod popcount rotl rotr real imag sizeof
      durationof`),
};

const STYLES = new Map(
  Object.entries(WORDS).flatMap(([style, list]) =>
    list.map((word) => [word, style === 'standard' ? 'variableName.standard' : style] as const),
  ),
);

interface State {
  isInComment: boolean;
}

function blockComment(stream: StringStream, state: State): string {
  state.isInComment = !stream.match(/^.*?\*\//);
  if (state.isInComment) stream.skipToEnd();
  return 'comment';
}

const NUMBER =
  /^(0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(e[+-]?\d+)?)/i;

/** OpenQASM 2 and 3 for the editor. */
export const openqasm = StreamLanguage.define<State>({
  name: 'openqasm',
  startState: () => ({ isInComment: false }),
  token(stream, state) {
    if (state.isInComment) return blockComment(stream, state);
    if (stream.eatSpace()) return null;
    const isFirst = stream.string.slice(0, stream.start).trim() === '';
    if (isFirst && stream.match(/^(#?pragma\b|@\s*[\p{L}_]).*/u)) return 'meta';
    if (stream.match('/*')) return blockComment(stream, state);
    if (stream.match(/^\/\/.*/)) return 'comment';
    if (stream.match(/^"[^"]*"?/)) return 'string';
    if (stream.match(/^\$\d+/)) return 'variableName.special';
    if (stream.match(NUMBER)) {
      // Its unit, such as ns, belongs to a number.
      stream.match(/^\s*(dt|ns|us|µs|ms|s|im)\b/);
      return 'number';
    }
    const word = stream.match(/^[\p{L}\p{Nl}_][\p{L}\p{Nl}\d_]*/u);
    if (word !== null && typeof word !== 'boolean') return STYLES.get(word[0]) ?? null;
    stream.next();
    return null;
  },
  languageData: { commentTokens: { line: '//', block: { open: '/*', close: '*/' } } },
});
