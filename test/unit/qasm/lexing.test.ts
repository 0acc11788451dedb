import { describe, expect, it } from '@jest/globals';
import { Diagnostics } from '../../../lib/qasm/diagnostics.js';
import { KEYWORDS, Keyword } from '../../../lib/qasm/keywords.js';
import { Lexer } from '../../../lib/qasm/lexer.js';
import { Names } from '../../../lib/qasm/names.js';
import { SourceMap } from '../../../lib/qasm/source.js';
import { SYMBOLS, Token } from '../../../lib/qasm/tokens.js';
import { complaints, header2, operationsOf } from './reading.js';

const kindNames = new Map(Object.entries(Token).map(([name, kind]) => [kind, name]));

/** Tokens of a text as `Kind text`. */
function tokens(text: string, version: 2 | 3 = 3): string[] {
  const sources = new SourceMap();
  const lexer = new Lexer(sources.add('test', text), new Diagnostics(sources));
  lexer.version = version;
  const found: string[] = [];
  lexer.advance();
  while (lexer.kind !== Token.End) {
    found.push(`${kindNames.get(lexer.kind)} ${lexer.text}`);
    lexer.advance();
  }
  return found;
}

describe('tokens', () => {
  it.each(SYMBOLS.map(([text, kind]) => [text, kind] as const))('%s', (text, kind) => {
    expect(tokens(text)).toEqual([`${kindNames.get(kind)} ${text}`]);
    expect(tokens(`a${text}b`)).toEqual([
      'Identifier a',
      `${kindNames.get(kind)} ${text}`,
      'Identifier b',
    ]);
  });

  it('takes the longest symbol', () => {
    expect(tokens('**= ** * *=').map((token) => token.split(' ')[1])).toEqual([
      '**=',
      '**',
      '*',
      '*=',
    ]);
    expect(tokens('<<=<<<').map((token) => token.split(' ')[1])).toEqual(['<<=', '<<', '<']);
    expect(tokens('->-')).toEqual(['Arrow ->', 'Minus -']);
  });

  it.each([
    ['0', 'Integer 0'],
    ['12_34', 'Integer 12_34'],
    ['0b01', 'Integer 0b01'],
    ['0XfF', 'Integer 0XfF'],
    ['1.5', 'Real 1.5'],
    ['1.', 'Real 1.'],
    ['.5', 'Real .5'],
    ['1e5', 'Real 1e5'],
    ['1.e-5', 'Real 1.e-5'],
    ['.5E+5', 'Real .5E+5'],
    ['3im', 'Imaginary 3im'],
    ['3.5 im', 'Imaginary 3.5 im'],
    ['10ns', 'Timing 10ns'],
    ['1.5\tms', 'Timing 1.5\tms'],
    ['2µs', 'Timing 2µs'],
    ['2dt', 'Timing 2dt'],
    ['$12', 'HardwareQubit $12'],
    ['"0101"', 'String "0101"'],
    ["'a b'", "String 'a b'"],
    ['#pragma', 'Pragma #pragma'],
    ['#dim', 'Dim #dim'],
    ['πθ_1', 'Identifier πθ_1'],
    ['Ⅷ', 'Identifier Ⅷ'],
    ['𝜋2', 'Identifier 𝜋2'],
    ['_', 'Identifier _'],
  ])('%s', (text, token) => {
    expect(tokens(text)).toEqual([token]);
  });

  it('reads units of time in OpenQASM 3 only', () => {
    expect(tokens('1 s', 2)).toEqual(['Integer 1', 'Identifier s']);
    expect(tokens('1 s', 3)).toEqual(['Timing 1 s']);
    expect(tokens('1 sx', 3)).toEqual(['Integer 1', 'Identifier sx']);
    expect(tokens('1 second', 3)).toEqual(['Integer 1', 'Identifier second']);
    expect(tokens('1_0', 2)).toEqual(['Integer 1_0']);
  });

  it('skips blanks and comments', () => {
    expect(tokens('a//b\nc/*d\n*/e/**/f\r//\r\ng')).toEqual(
      ['a', 'c', 'e', 'f', 'g'].map((x) => `Identifier ${x}`),
    );
    expect(tokens('/* a /* b */ c')).toEqual(['Identifier c']);
    expect(tokens('a / b')).toEqual(['Identifier a', 'Slash /', 'Identifier b']);
    expect(tokens('//')).toEqual([]);
    expect(tokens('\uFEFFa')).toEqual(['Identifier a']);
  });
});

describe('text that is no token', () => {
  it.each([
    ['?', 'unexpected character `?` (U+003F)'],
    ['#', 'unexpected character `#` (U+0023)'],
    ['#if', 'unexpected character `#` (U+0023)'],
    ['$', 'unexpected character `$` (U+0024)'],
    ['$q', 'unexpected character `$` (U+0024)'],
    ['\0', 'unexpected character `\\u{0}` (U+0000)'],
    ['\\', 'unexpected character `\\` (U+005C)'],
    ['–', 'unexpected character `–` (U+2013)'],
    ['\u00A0', 'unexpected character `\u00A0` (U+00A0)'],
    ['😀', 'unexpected character `😀` (U+1F600)'],
    ['\uFFFD', 'unexpected character `\uFFFD` (U+FFFD)'],
    ['\uD800', 'unexpected character `\\u{D800}` (U+D800)'],
    ['/* never', 'this comment is never closed'],
    ['/*/', 'this comment is never closed'],
    ['include "never', 'this string is never closed'],
    ['include "', 'this string is never closed'],
    ["include 'a\n';", 'this string is never closed'],
  ])('%j', (text, message) => {
    expect(complaints(`${header2}${text}`)[0]).toBe(
      `3:${text.startsWith('inc') ? 9 : 1} SYNTAX ${message}`,
    );
  });

  it('does not hide what follows', () => {
    expect(complaints(`${header2}qreg q[1]; ? nothing q;`)).toEqual([
      '3:12 SYNTAX unexpected character `?` (U+003F)',
      '3:14 SEMANTIC `nothing` is not a gate that is declared here',
    ]);
  });

  it('ends at a name that is too long', () => {
    const name = 'q'.repeat(1024);
    expect(operationsOf(`${header2}qreg ${name}[1]; x ${name};`)).toEqual(['x 0']);
    expect(complaints(`${header2}qreg ${name}q[1];`)).toEqual([
      '3:6 ERR_LIMIT a name may have 1024 characters; this one is longer',
    ]);
  });
});

describe('names', () => {
  it('numbers keywords first, in their order', () => {
    const names = new Names();
    expect(KEYWORDS.map((text) => names.number(text))).toEqual(KEYWORDS.map((_, k) => k));
    expect(Keyword.gate).toBe(KEYWORDS.indexOf('gate'));
    expect(names.number('__proto__')).toBe(KEYWORDS.length);
    expect(names.text(names.number('__proto__'))).toBe('__proto__');
  });

  it('are any words that the version does not reserve', () => {
    const text = `${header2}qreg constructor[1]; gate input a { x a; } gate ctrl a { input a; } ctrl constructor;`;
    expect(operationsOf(text)).toEqual(['x 0']);
    expect(
      operationsOf('OPENQASM 3; gate ln(sin) opaque { U(0, 0, sin) opaque; } qubit q; ln(1) q;'),
    ).toEqual(['gphase(0) ', 'u(0,0,1) 0'].map((text) => text.trim()));
    expect(complaints('OPENQASM 2.0; qreg sin[1];')[0]).toContain('`sin` is a word of OpenQASM 2');
    expect(complaints('OPENQASM 3.0; qubit input;')[0]).toContain(
      '`input` is a word of OpenQASM 3',
    );
  });
});
