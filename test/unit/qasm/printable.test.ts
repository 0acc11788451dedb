import { describe, expect, it } from '@jest/globals';
import { printable, quoted } from '../../../lib/qasm/printable.js';

describe('printable', () => {
  it.each([
    ['plain text', 'plain text'],
    ['naïve π 量子 😀', 'naïve π 量子 😀'],
    ['\n\r\t\0\u001B', '\\u{A}\\u{D}\\u{9}\\u{0}\\u{1B}'],
    ['\u007F\u0085\u009F', '\\u{7F}\\u{85}\\u{9F}'],
    ['\u00AD\u061C\uFEFF', '\\u{AD}\\u{61C}\\u{FEFF}'],
    ['\u200B\u200E\u200F', '\\u{200B}\\u{200E}\\u{200F}'],
    ['\u2028\u202A\u202E', '\\u{2028}\\u{202A}\\u{202E}'],
    ['\u2060\u2066\u2069', '\\u{2060}\\u{2066}\\u{2069}'],
    ['\uD800 \uDC00', '\\u{D800} \\u{DC00}'],
    ['\u{E0001}\u{E007F}', '\\u{E0001}\\u{E007F}'],
  ])('%j', (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it('cuts by code points', () => {
    expect(printable('😀'.repeat(10), 3)).toBe('😀😀😀…');
    expect(printable('abc', 3)).toBe('abc');
    expect(quoted('x'.repeat(100))).toBe(`\`${'x'.repeat(60)}…\``);
  });
});
