// Mutated programs: whatever comes in, a circuit or a typed error comes out, and soon.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { QuantumError } from '../../lib/errors.js';
import { formatDiagnostic, parse, stringify, tryParse } from '../../lib/qasm/index.js';
import { RandomStream } from '../reference/random.js';

const inputs = 25_000;
const seed = 20_250_101;
const longest = 400;
/** Milliseconds after which one input counts as a hang. */
const hang = 2000;

const programs = Object.values(
  JSON.parse(
    readFileSync(new URL('../fixtures/qasm/programs.json', import.meta.url), 'utf8'),
  ) as Record<string, string>,
);
const version3 = [
  'OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; bit[2] c; h q[0]; cx q[0], q[1]; c = measure q;',
  'OPENQASM 3.1; qubit q; gate g(a) b { U(a, -a/2, π) b; gphase(a); } g(0.3) q; bit r = measure q;',
  'OPENQASM 3; include "stdgates.inc"; qubit[3] q; bit[3] c; if (c == 1) { ctrl @ x q[0], q[1]; } else if (c[0]) x q; for int i in [0:2] { if (c[1]) break; x q[i]; }',
  'OPENQASM 3; def f(int a, qubit[2] q) -> bit[2] { if (a > 1) { return measure q; } return "01"; } qubit[2] q; bit[2] c; c = f(2, q);',
  'OPENQASM 3; array[int[8], 2, 2] a = {{1, 2}, {3, 4}}; a[0, 1] += 2; int[8] b = a[1][0] << 2; output uint[4] o; o = uint[4](b[0:3]);',
  'OPENQASM 3; qubit q; bit c; uint[4] n; while (n < 3) { n += 1; c = measure q; if (c) continue; if (n == 2) end; } switch (n) { case 0, 1 { reset q; } default { U(n, 0, pi) q; } }',
  'OPENQASM 3; input float t; const angle[4] k = pi / 2; gate g(a) x, y { pow(0.5) @ inv @ U(a, k, 1) x; ctrl(1) @ negctrl @ gphase(a) x, y; } let r = $0; g(t ** 2) $0, $1; box[10ns] { delay[1us] $0; }',
  'OPENQASM 3; qubit[4] q; let a = q[{0, 2}] ++ q[-1:-1]; bit[2] c; int i = c; reset a[0]; barrier; stretch s; delay[s] q; measure a[0:1] -> c; complex z = 2im * 3; bool b = real(z) > 0 && !c[0];',
];
const corpus = [...programs, ...version3];
const fragments = corpus.flatMap((text) => text.match(/\w+|\s+|[^\w\s]+/g) ?? []);
const oddities = [
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
  '1e999',
  '9'.repeat(70),
  '(',
  '{',
  '[',
  '}',
  ']',
  ')',
];

/** A program cut, repeated, spliced and sprinkled at random places. */
function mutant(random: RandomStream): string {
  let text = random.pick(corpus);
  for (let edits = random.integer(1, random.pick([1, 2, 6])); edits > 0; edits -= 1) {
    const from = random.integer(0, text.length);
    const to = Math.min(text.length, from + random.integer(0, 12));
    const [before, cut, after] = [text.slice(0, from), text.slice(from, to), text.slice(to)];
    const inserted = random.pick([
      () => '',
      () => cut + cut,
      () => random.pick(fragments),
      () => random.pick(oddities),
      () => String.fromCharCode(random.integer(0, 127)),
      () => random.pick(corpus).slice(0, random.integer(0, 60)),
      () => random.pick(fragments).repeat(random.integer(1, 5)),
    ])();
    text = before + inserted + after;
  }
  return text.slice(0, longest);
}

describe('mutated OpenQASM', () => {
  it(`gives circuits or typed errors for ${inputs} inputs (seed ${seed})`, () => {
    const random = new RandomStream(seed);
    let read = 0;
    for (let k = 0; k < inputs; k += 1) {
      const text = mutant(random);
      const start = performance.now();
      try {
        if (isRead(text)) read += 1;
      } catch (error) {
        throw new Error(`input ${k}: ${JSON.stringify(text)}`, { cause: error });
      }
      if (performance.now() - start > hang)
        throw new Error(`input ${k} hangs: ${JSON.stringify(text)}`);
    }
    expect(read).toBeGreaterThan(inputs / 100);
  });
});

/** Whether a text is read; throws where reading it goes wrong. */
function isRead(text: string): boolean {
  const result = tryParse(text);
  if (result.ok) {
    const again = parse(stringify(result.circuit, { version: 3 }));
    if (again.qubits !== result.circuit.qubits)
      throw new Error('the text of the circuit is another one');
    return true;
  }
  for (const diagnostic of result.diagnostics) {
    const { offset, length, line, column } = diagnostic;
    const isPlace = offset >= 0 && length >= 0 && line >= 1 && column >= 1;
    if (!isPlace || offset + length > text.length) throw new Error('a place outside the text');
    if (formatDiagnostic(diagnostic).length > 2000) throw new Error('a message without end');
  }
  const first = result.diagnostics.find(({ severity }) => severity === 'error');
  if (codeOf(text) !== first?.code) throw new Error('parse and tryParse disagree');
  return false;
}

/** The code of the error that `parse` throws. */
function codeOf(text: string): string | undefined {
  try {
    parse(text);
    return undefined;
  } catch (error) {
    if (QuantumError.is(error)) return error.code;
    throw error;
  }
}
