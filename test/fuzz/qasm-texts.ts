// Texts that look like OpenQASM more or less: generated from the grammar, mutated, and soups of tokens. The same number
// makes the same text.

import { generatedPrograms } from '../fixtures/qasm/generated-programs.js';
import { RandomStream } from '../reference/random.js';

/** Characters of a short text. */
export const SHORT = 300;

const version2 = [
  'OPENQASM 2.0; include "qelib1.inc"; qreg q[3]; creg c[3]; h q; cx q[0], q[1]; rz(pi/4) q[2]; measure q -> c;',
  'OPENQASM 2.0; include "qelib1.inc"; gate g(a, b) x, y { u3(a, -b, sin(a)^2) x; cx x, y; barrier x, y; } qreg q[2]; g(0.1, 2e-3) q[0], q[1];',
  'OPENQASM 2.0; opaque o(a) q; gate n q {} qreg r[2]; creg d[2]; if (d == 2) U(1, 2, 3) r[0]; reset r; n r; barrier r;',
  'OPENQASM 2.0; include "qelib1.inc"; qreg a[4]; qreg b[4]; qreg d[4]; ccx a, b, d; cu3(ln(2), sqrt(2), exp(1)) a, b; c4x a[0], a[1], a[2], a[3], b[0];',
];
const version3 = [
  'OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; bit[2] c; h q[0]; cx q[0], q[1]; c = measure q;',
  'OPENQASM 3.1; qubit q; gate g(a) b { U(a, -a/2, π) b; gphase(a); } g(0.3) q; bit r = measure q;',
  'OPENQASM 3; include "stdgates.inc"; qubit[3] q; bit[3] c; if (c == 1) { ctrl @ x q[0], q[1]; } else if (c[0]) x q; for int i in [0:2] { if (c[1]) break; x q[i]; }',
  'OPENQASM 3; def f(int a, qubit[2] q) -> bit[2] { if (a > 1) { return measure q; } return "01"; } qubit[2] q; bit[2] c; c = f(2, q);',
  'OPENQASM 3; array[int[8], 2, 2] a = {{1, 2}, {3, 4}}; a[0, 1] += 2; int[8] b = a[1][0] << 2; output uint[4] o; o = uint[4](b[0:3]);',
  'OPENQASM 3; qubit q; bit c; uint[4] n; while (n < 3) { n += 1; c = measure q; if (c) continue; if (n == 2) end; } switch (n) { case 0, 1 { reset q; } default { U(n, 0, pi) q; } }',
  'OPENQASM 3; input float t; const angle[4] k = pi / 2; gate g(a) x, y { pow(2) @ inv @ U(a, k, 1) x; ctrl(1) @ negctrl @ gphase(a) x, y; } let r = $0; g(t ** 2) $0, $1; box[10ns] { delay[1us] $0; }',
  'OPENQASM 3; qubit[4] q; let a = q[{0, 2}] ++ q[-1:-1]; bit[2] c; int i = c; reset a[0]; barrier; stretch s; delay[s] q; measure a[0:1] -> c; complex z = 2im * 3; bool b = real(z) > 0 && !c[0];',
  'OPENQASM 3; def g(mutable array[float[32], #dim = 1] a, readonly array[int, 3] b) { a[0] = b[sizeof(b) - 1] / 3.0; } array[float[32], 2] x; array[int, 3] y = {1, 2, 3}; g(x, y); if (false) { g(x, y); }',
];

/** Programs that are right. */
export const CORPUS: readonly string[] = [...version2, ...version3];

const fragments = CORPUS.flatMap((text) => text.match(/\w+|\s+|[^\w\s]+/g) ?? []);
const oddities = [
  ...[
    '\0',
    '\uFFFD',
    '\uD800',
    '\u202E',
    '\uFEFF',
    '😀',
    '/*',
    '*/',
    '//',
    '"',
    "'",
    '$',
    '@',
    '#',
  ],
  ...[
    '1e999',
    '9'.repeat(70),
    '99999999',
    '(',
    '{',
    '[',
    '}',
    ']',
    ')',
    '\r\n',
    '\u2028',
    'OPENQASM 2;',
  ],
];
const words = [
  ...[
    'qubit',
    'bit',
    'int',
    'uint[8]',
    'float[32]',
    'angle[4]',
    'bool',
    'complex',
    'duration',
    'stretch',
  ],
  ...[
    'array',
    'const',
    'input',
    'output',
    'let',
    'gate',
    'def',
    'extern',
    'if',
    'else',
    'for',
    'in',
    'while',
  ],
  ...[
    'switch',
    'case',
    'default',
    'break',
    'continue',
    'end',
    'return',
    'measure',
    'reset',
    'barrier',
    'delay',
  ],
  ...[
    'box',
    'nop',
    'ctrl',
    'negctrl',
    'inv',
    'pow',
    'gphase',
    'U',
    'CX',
    'qreg',
    'creg',
    'opaque',
    'cal',
    'pragma',
  ],
  ...[
    'sizeof',
    'popcount',
    'rotl',
    'mod',
    'sin',
    'real',
    'durationof',
    'readonly',
    'mutable',
    '#dim',
    'void',
  ],
  ...[
    'q',
    'c',
    'a',
    'b',
    'x',
    'pi',
    'τ',
    '$0',
    '0',
    '1',
    '2',
    '3',
    '0.5',
    '1e3',
    '"01"',
    'true',
    '2im',
    '10ns',
    '3dt',
  ],
  ...[
    '+',
    '-',
    '*',
    '/',
    '%',
    '**',
    '<<',
    '>>',
    '&',
    '|',
    '^',
    '~',
    '!',
    '&&',
    '||',
    '==',
    '!=',
    '<',
    '>=',
    '=',
    '+=',
  ],
  ...[
    '->',
    '++',
    '@',
    ':',
    ';',
    ';',
    ';',
    ',',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '\n',
    'OPENQASM 3;',
    'include "stdgates.inc";',
  ],
];

/** A program cut, repeated, spliced and sprinkled at random places. */
function mutant(random: RandomStream, programs: readonly string[]): string {
  let text = random.pick(programs);
  for (let edits = random.integer(1, random.pick([1, 2, 6])); edits > 0; edits -= 1) {
    const from = random.integer(0, text.length);
    const to = Math.min(text.length, from + random.integer(0, 12));
    const [before, cut, after] = [text.slice(0, from), text.slice(from, to), text.slice(to)];
    const inserted = random.pick([
      () => '',
      () => cut + cut,
      () => random.pick(fragments),
      () => random.pick(oddities),
      () => random.pick(words),
      () => String.fromCharCode(random.integer(0, 127)),
      () => random.pick(programs).slice(0, random.integer(0, 60)),
      () => random.pick(fragments).repeat(random.integer(1, 5)),
    ])();
    text = before + inserted + after;
  }
  return text;
}

function soup(random: RandomStream, length: number): string {
  return Array.from({ length }, () => random.pick(words)).join(random.pick([' ', ' ', '']));
}

/** Up to 256 KiB of programs one after another, the later ones without their headers. */
function large(random: RandomStream): string {
  const parts: string[] = [];
  const wanted = random.pick([4, 16, 64, 256]) * 1024;
  for (let size = 0; size < wanted;) {
    const part = random.pick([
      () => mutant(random, CORPUS),
      () => soup(random, 100),
      () => random.pick(CORPUS).repeat(random.integer(1, 20)),
      () => random.pick([...words, ...oddities]).repeat(random.integer(1, 2000)),
    ])();
    parts.push(size === 0 ? part : part.replace(/OPENQASM [\d.]+;/g, ''));
    size += part.length;
  }
  return parts.join('\n').slice(0, wanted);
}

/** The text of a number; of a thousand one is large. */
export function textOf(input: number): string {
  const random = new RandomStream(input);
  if (random.chance(0.001)) return large(random);
  const text = random.pick([
    () => mutant(random, CORPUS),
    () => mutant(random, CORPUS),
    () => generatedPrograms(1, random.next())[0] as string,
    () => mutant(random, generatedPrograms(1, random.next())),
    () => soup(random, random.integer(1, 60)),
  ])();
  return text.slice(0, SHORT);
}
