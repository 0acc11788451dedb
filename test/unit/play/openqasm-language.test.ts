// The colours of the editor of `qmlx play`.

import { HighlightStyle } from '@codemirror/language';
import { describe, expect, it } from '@jest/globals';
import { highlightTree, tags } from '@lezer/highlight';
import { openqasm, WORDS } from '../../../lib/play/page/openqasm-language.js';
import { KEYWORDS } from '../../../lib/qasm/keywords.js';

const styles = HighlightStyle.define([
  { tag: tags.keyword, class: 'keyword' },
  { tag: tags.typeName, class: 'type' },
  { tag: tags.atom, class: 'atom' },
  { tag: tags.number, class: 'number' },
  { tag: tags.string, class: 'string' },
  { tag: tags.comment, class: 'comment' },
  { tag: tags.meta, class: 'meta' },
  { tag: tags.special(tags.variableName), class: 'qubit' },
  { tag: tags.standard(tags.variableName), class: 'standard' },
]);

/** `class:text` of every coloured piece of a text. */
function colours(text: string): string[] {
  const pieces: string[] = [];
  highlightTree(openqasm.parser.parse(text), styles, (from, to, name) => {
    pieces.push(`${name}:${text.slice(from, to)}`);
  });
  return pieces;
}

describe('the editor', () => {
  it('knows all words of the parser', () => {
    const known = new Set(Object.values(WORDS).flat());
    expect(KEYWORDS.filter((word) => !known.has(word) && word !== 'pragma')).toEqual([]);
  });

  it.each([
    ['OPENQASM 3.1;', ['keyword:OPENQASM', 'number:3.1']],
    [
      'const float[64] r = 2.5e-3 * π;',
      ['keyword:const', 'type:float', 'number:64', 'number:2.5e-3', 'atom:π'],
    ],
    [
      'delay[10 ns] $0; z = 2im + 0x1F;',
      ['keyword:delay', 'number:10 ns', 'qubit:$0', 'number:2im', 'number:0x1F'],
    ],
    [
      'ctrl @ U(sin(θ), 0, 0) q_int, bits;',
      ['keyword:ctrl', 'standard:U', 'standard:sin', 'number:0', 'number:0'],
    ],
    ['@note a "b"\n  #pragma c d\nx q;', ['meta:@note a "b"', 'meta:#pragma c d']],
    [
      'x q; // if\n"0_1" /* a\nif */ if',
      ['comment:// if', 'string:"0_1"', 'comment:/* a', 'comment:if */', 'keyword:if'],
    ],
  ])('colours %s', (text, pieces) => {
    expect(colours(text)).toEqual(pieces);
  });
});
