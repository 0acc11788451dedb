// Programs of OpenQASM 3 that decide: what they measure, with exact probabilities.

import { describe, expect, it } from '@jest/globals';
import '../../../lib/run/install.js';
import type { ParseOptions } from '../../../lib/qasm/index.js';
import { circuitOf, complaints, header3 } from './reading.js';

async function distribution(text: string, options?: ParseOptions): Promise<string> {
  const exact = await circuitOf(header3 + text, options).exactDistribution();
  const shown = [...exact].map(([key, p]) => `${key} ${Number(p.toFixed(6))}`);
  return shown.sort().join(', ');
}

const coin = 'qubit q; bit c; h q; c = measure q; ';

describe('control flow', () => {
  it.each([
    ['if and else', `${coin}bit d; if (c) d = 1; else d = 0;`, '00 0.5, 11 0.5'],
    [
      'else if',
      `${coin}output int[3] r; if (!c) r = 1; else if (c) { r = 2; } else r = 3;`,
      '0100 0.5, 1010 0.5',
    ],
    ['known conditions', 'const int n = 3; bit[2] c; if (n > 2) c[0] = 1; else c[1] = 1;', '10 1'],
    [
      'switch',
      `${coin}output uint[3] r; switch (int(c)) { case 0 { r = 1; } default { r = 6; } }`,
      '0100 0.5, 1011 0.5',
    ],
    [
      'switch on what is known',
      'int i = 2; bit[2] c; switch (i) { case 1 { c = "01"; } case 2, 3 { c = "10"; } }',
      '01 1',
    ],
    [
      'switch without a case that fits',
      'int i = 9; bit c = 0; switch (i) { case 1 { c = 1; } }',
      '0 1',
    ],
    [
      'for with a step that only the run knows',
      `${coin}int k = -1; if (c) k = 2; output uint[5] n; for uint[5] i in [3:k:3 + 4 * k] { if (i == 2) continue; n += i; if (i == 7) break; }`,
      '011000 0.5, 111110 0.5',
    ],
    [
      'for over indices with a step that only the run knows',
      'qubit[4] q; bit c; x q[0]; c = measure q[0]; bit[4] d; for int i in [0:int(c) * 2:3] { x q[i]; } for int i in [5:int(!c):9] { x q[1]; } d = measure q;',
      '10010 1',
    ],
    [
      'for over large numbers',
      'bit[3] c; for int i in [9007199254740992:9007199254740994] { c[i - 9007199254740992] = 1; }',
      '111 1',
    ],
    [
      'arrays that begin with zeros in each round',
      `${coin}output uint[3] n; for int i in [0:2] { array[uint[3], 2] a; if (c) a[0] += 1; n += a[0]; }`,
      '0000 0.5, 1110 0.5',
    ],
    ['for over a range', 'output uint[5] n; for int i in [1:2:7] { n += i; }', '00001 1'],
    ['for downwards', 'output uint[8] n; for int i in [3:-1:1] { n = n * 4 + i; }', '10011100 1'],
    ['for over a set', 'output uint[4] n; for int i in {1, 5, 7} n += i;', '1011 1'],
    ['for over bits', 'bit[3] c = "110"; output uint[2] n; for bit b in c { n += b; }', '01101 1'],
    [
      'for over an array',
      'array[int[8], 3] a = {1, 2, 4}; output uint[3] n; for int i in a n += i;',
      '111 1',
    ],
    ['for over an empty range', 'bit c; for int i in [2:1] c = 1;', '0 1'],
    [
      'indices from a loop',
      'qubit[3] q; bit[3] c; for int i in [0:1] { if (i == 0) x q[i]; cx q[i], q[i + 1]; } c = measure q;',
      '111 1',
    ],
    ['while', 'int i; bit[3] c; while (i < 2) { c[i] = 1; i += 1; }', '110 1'],
    ['while on outcomes', 'qubit q; bit c; while (!c) { h q; c = measure q; }', '1 1'],
    ['break', 'output uint[3] n; for int i in [0:6] { if (i == 4) break; n = i; }', '110 1'],
    ['continue', 'output uint[3] n; for int i in [0:3] { if (i == 2) continue; n += i; }', '001 1'],
    [
      'break in the run',
      `${coin}qubit[3] r; bit[3] d; for int i in [0:2] { x r[i]; if (c) break; } d = measure r;`,
      '0111 0.5, 1100 0.5',
    ],
    [
      'continue in the run',
      `${coin}qubit[3] r; bit[3] d; for int i in [0:2] { if (c && i == 1) continue; x r[i]; } d = measure r;`,
      '0111 0.5, 1101 0.5',
    ],
    [
      'break and continue of a loop of the run',
      `${coin}output uint[3] n; for int i in [0:6] { if (!c) break; if (i == 1) continue; if (i == 4) break; n += 1; }`,
      '0000 0.5, 1110 0.5',
    ],
    [
      'a break in a loop inside a loop',
      `${coin}output uint[4] n; for int i in [0:2] { for int j in [0:2] { if (c) break; n += 1; } n += 1; }`,
      '00011 0.5, 11100 0.5',
    ],
    ['end', `${coin}bit d; if (c) end; d = 1;`, '01 0.5, 10 0.5'],
    ['end before the run', 'bit[2] c; c[0] = 1; end; c[1] = 1;', '10 1'],
    [
      'end inside a loop of a subroutine',
      `def f(bit b) { for int i in [0:3] { if (b) end; } } ${coin}bit d; f(c); d = 1;`,
      '01 0.5, 10 0.5',
    ],
    [
      'blocks',
      'int a = 1; output uint[3] n; { int a = 2; n += a; { int a = 3; n += a; } } n += a;',
      '011 1',
    ],
    ['boxes', 'bit c; box[100ns] { c = 1; }', '1 1'],
  ])('%s', async (_, text, expected) => {
    expect(await distribution(text)).toBe(expected);
  });

  it('loops that need no index stay loops', () => {
    const read = circuitOf(`${header3}qubit q; for int i in [0:99999] { h q; }`);
    expect(read.countOps()).toEqual({ for: 1 });
    expect(circuitOf(`${header3}${coin}while (c) { h q; c = measure q; }`).countOps()).toEqual({
      h: 1,
      measure: 1,
      while: 1,
    });
  });
});

describe('indices that only the run knows', () => {
  it.each([
    ['of qubits', 'x r[i];'],
    ['of bits', 'd[i] = 1; reset r;'],
    ['of a variable', 'uint[3] v; v[i] = 1; d = bit[3](v);'],
    ['in a condition', 'int k = 3 - i; while (c[k - 2] == 0) { k = 5 - k; } x r[i]; d[k - 2] = 1;'],
    [
      'of the first value',
      'array[int[4], 3] a = {4, 5, 6}; int[4] v = a[i]; if (v == 4) x r[0]; if (v == 5) x r[1]; { bit b = c[i]; if (b) { } } d[i] = 1; reset r;',
    ],
    [
      'of the first values',
      'array[int[4], 2] a = {0, 1}; array[int[4], 2] b = {a[i], a[1 - i]}; d[0] = b[0] == 0; d[1] = bool(b[0]); reset r;',
    ],
    ['of what is measured first', 'if (true) { x r[i]; bit m = measure r[i]; d[i] = m; reset r; }'],
    ['of an array', 'array[int[4], 3] a; a[i] = 1; for int k in [0:2] d[k] = bool(a[k]);'],
  ])('%s', async (_, statement) => {
    const read = statement.startsWith('x') ? 'd = measure r;' : '';
    const text = `qubit[2] q; bit[2] c; qubit[3] r; bit[3] d; h q[0]; x q[1]; cx q[0], q[1]; c = measure q; int i = int(c) - 1; ${statement} ${read}`;
    expect(await distribution(text)).toBe('01010 0.5, 10100 0.5');
  });

  it.each([
    ['the same one twice', 'cx q[int(c)], q[int(c)];', '3:57 SEMANTIC this qubit stands twice'],
    [
      'one that fits nowhere',
      'bit[2] d; array[int, 2] a = {5, 6}; if (d[a[int(c)]]) { }',
      '3:84 SEMANTIC this register has no element 5',
    ],
  ])('that are wrong for each value: %s', (_, statement, complaint) => {
    const text = `${coin.replace('qubit q', 'qubit[2] q').replace('measure q', 'measure q[0]')}${statement}`;
    expect(complaints(header3 + text).map((line) => line.slice(0, complaint.length))).toEqual([
      complaint,
    ]);
  });

  it.each([
    // Values that would name a qubit twice do nothing, here because the run never finds them.
    ['that never meet', 'x r; ccx r[int(c)], r[1 - int(c)], t0[int(c)];', '010 0.5, 101 0.5'],
    [
      'in a subroutine',
      'def f(qubit a, qubit b) { cx a, b; } x r[0]; f(r[0], t0[int(c)]);',
      '010 0.5, 101 0.5',
    ],
    [
      'that a call changes on the way',
      'def f(mutable array[int, 1] a) -> int { a[0] = 1 - a[0]; return 0; } array[int, 1] a; a[0] = int(c); bit[2] e = "01"; d[0] = e[a[0]] ^ (f(a) == 1) ^ e[a[0]]; x t0[d[0]]; if (d[0]) { }',
      '00110 0.5, 10110 0.5',
    ],
    [
      'that calls compute',
      'def f(int a) -> int { return a ^ 1; } x r[0]; cx r[f(int(!c))], t0[f(int(c))]; cx r[0], t0[f(int(c))];',
      '000 0.5, 110 0.5',
    ],
  ])('two in one statement: %s', async (_, statement, expected) => {
    const text = `${coin}qubit[2] r; bit[2] d; qubit[2] t0; ${statement} d = measure t0;`;
    expect(await distribution(text)).toBe(expected);
  });

  it('of an alias are refused', () => {
    expect(complaints(`${header3}${coin}qubit[2] r; let a = r[int(c)];`)).toEqual([
      '3:57 UNSUPPORTED an alias needs indices that are known before the run',
    ]);
    expect(complaints(`${header3}${coin}let a = q[nothing];`)).toHaveLength(1);
  });

  it('make one case of each value, however often they stand', () => {
    const text = 'bit[2] c; qubit[4] q; qubit[4] r; cx q[int(c)], r[int(c)];';
    expect(circuitOf(header3 + text).countOps()).toEqual({ switch: 1 });
    expect(String(circuitOf(header3 + text)).match(/X/g)?.length ?? 0).toBeLessThan(9);
  });

  it('are refused before the first case where there are too many', () => {
    const text = `${header3}bit[15] c; qubit[32] q; reset q[int(c[0:4])]; barrier q[int(c[0:4])], q[int(c[5:9])], q[int(c[10:14])];`;
    expect(complaints(text)).toEqual([
      '3:47 ERR_LIMIT loops may have 262144 rounds that are carried out before the run',
    ]);
  });
});

describe('exponents that only the run knows', () => {
  const head = 'qubit[2] m; bit[2] c; qubit[2] r; bit[2] d; gate g(a) b { ry(a) b; rz(2 * a) b; } ';
  const tail = ' h r; d = measure r;';

  it.each([
    'h r; pow(k) @ sx r[0];',
    'h r; pow(k) @ rx(0.4) r[1]; pow(k) @ g(0.3) r[0];',
    'h r[0]; ctrl @ pow(k) @ g(0.7) r[0], r[1];',
    'h r[0]; pow(2) @ inv @ ctrl @ pow(k) @ pow(0.5) @ x r[0], r[1];',
    'h r; pow(k) @ ctrl @ pow(k - 1) @ p(0.4) r[0], r[1]; pow(k) @ s r;',
    'h r; pow(uint[2](k)) @ t r[0]; pow(k == 1) @ sx r[1]; inv @ pow(c[0]) @ sx r[0];',
  ])('%s', async (text) => {
    for (let k = 0; k < 4; k += 1) {
      const prepared = `if (${k & 1} == 1) x m[0]; if (${k >> 1} == 1) x m[1]; c = measure m;`;
      const run = `${head}${prepared} int k = int(c) - 1; ${text}${tail}`;
      const known = text.replaceAll('c[0]', String(k & 1));
      const expected = await distribution(
        `${head}${prepared} const int k = ${k} - 1; ${known}${tail}`,
      );
      expect(await distribution(run)).toBe(expected);
    }
  });

  it('are refused where no operation has them', () => {
    const head3 = `${header3}qubit q; bit c; int k; float f; if (c) { k = 1; f = 1; }\n`;
    expect(complaints(`${head3}pow(0.5) @ pow(k) @ sx q;`)).toEqual([
      '4:21 UNSUPPORTED a power that is not whole cannot stand around one whose exponent only the run knows',
    ]);
    expect(complaints(`${head3}pow(f) @ sx q;`)).toEqual([
      '4:5 UNSUPPORTED expected an exponent that is known before the run, or a whole one',
    ]);
    expect(complaints(`${head3}input float theta; pow(k) @ rx(theta) q;`)).toEqual([]);
  });
});

describe('subroutines', () => {
  it.each([
    [
      'values',
      'def f(int a, uint[4] b) -> int { return a * b; } output uint[6] n; n = f(3, 5);',
      '111100 1',
    ],
    [
      'that change their arguments',
      'def f(int a) -> int { a += 1; return a; } int k = 1; output uint[3] n; n = f(k) + k;',
      '110 1',
    ],
    [
      'qubits',
      'def flip(qubit a, qubit[2] b) { x a; cx a, b[1]; } qubit q; qubit[2] r; bit[3] c; flip(q, r); c[0] = measure q; c[1:2] = measure r;',
      '101 1',
    ],
    [
      'the other form of a call',
      'def f(int a) -> bit { return a == 2; } def g(qubit a) -> bit { x a; return measure a; } qubit q; bit[2] c; c[0] = g q; c[1] = f(2);',
      '11 1',
    ],
    [
      'arrows',
      'def g(int k, qubit a) -> bit { x a; return measure a; } qubit q; bit c; g(1) q -> c;',
      '1 1',
    ],
    [
      'measurements inside',
      'def f(qubit a) -> bit[2] { bit[2] b; h a; b[0] = measure a; b[1] = b[0]; return b; } qubit q; bit[2] c; c = f(q);',
      '00 0.5, 11 0.5',
    ],
    [
      'early returns',
      `def f(bit b) -> int { if (b) { return 3; } return 4; } ${coin}output uint[3] n; n = f(c);`,
      '0001 0.5, 1110 0.5',
    ],
    [
      'jumps from branches that change variables',
      `${coin}output uint[3] n; uint[3] v = 1; array[int, 1] a; for int i in [0:1] { if (c) { v = 4; if (c) break; v = 1; } a[0] = i; } n = v;`,
      '0100 0.5, 1001 0.5',
    ],
    [
      'returns from loops',
      `def f(bit b) -> int { for int i in [0:7] { if (b && i == 5) { return i; } } return 2; } ${coin}output uint[3] n; n = f(c);`,
      '0010 0.5, 1101 0.5',
    ],
    [
      'that call others',
      'def f(int a) -> int { return a + 1; } def g(int a) -> int { return f(f(a)); } output uint[3] n; n = g(g(1));',
      '101 1',
    ],
    [
      'arrays',
      'def f(mutable array[int[8], #dim = 1] a) { for int i in [0:sizeof(a) - 1] a[i] += i; } def sum(readonly array[int[8], 2] a) -> int { return a[0] + a[1]; } array[int[8], 2] a = {2, 3}; f(a); output uint[3] n; n = sum(a);',
      '011 1',
    ],
    [
      'constants around',
      'const int k = 2; def f() -> int { return k; } output uint[2] n; n = f();',
      '01 1',
    ],
    [
      'twice in one expression',
      'def f(bit b) -> int { int k; if (b) { k = 3; } return k; } qubit[2] q; bit[2] c; x q[1]; c = measure q; output uint[6] n; n = f(c[0]) + 10 * f(c[1]);',
      '01011110 1',
    ],
    [
      'that change an array in a condition',
      'def f(mutable array[int, 1] a) -> bool { a[0] += 1; return a[0] < 3; } qubit q; bit c; x q; c = measure q; output uint[4] n; array[int, 1] a; while (f(a)) { if (c) { n += a[0]; } }',
      '11100 1',
    ],
    [
      'conditions with side effects',
      'def f(qubit a) -> bool { h a; return measure a; } qubit q; output uint[2] n; while (f(q)) { n = 2; break; }',
      '00 0.5, 01 0.5',
    ],
    [
      'bits of their own in each call',
      'def f(bool b) -> bit { bit r; if (b) r = 1; return r; } bit[2] c; c[0] = f(true); c[1] = f(false);',
      '10 1',
    ],
  ])('take and give %s', async (_, text, expected) => {
    expect(await distribution(text)).toBe(expected);
  });

  it('and external functions, which the caller supplies', async () => {
    const text = 'extern f(int, float, bool) -> int; output uint[4] n; n = f(2, 1.5, true);';
    const extern = {
      f: (a: unknown, b: unknown, c: unknown) => (c === true ? Number(a) * Number(b) : 0),
    };
    expect(await distribution(text, { extern })).toBe('1100 1');
  });
});

describe('what is wrong is said once, at its place', () => {
  it.each([
    ['break;', '3:1 SEMANTIC `break` must stand inside a loop'],
    ['return;', '3:1 SEMANTIC `return` must stand inside a subroutine'],
    ['def f() { continue; } f();', '3:11 SEMANTIC `continue` must stand inside a loop'],
    ['def f() { f(); } f();', '3:11 SEMANTIC `f` calls itself'],
    ['def f(int a) { a = 1 / a; } f(0); f(0);', '3:22 SEMANTIC this divides by 0'],
    ['def f(int a) {} f();', '3:17 SEMANTIC `f` takes 1 argument, received 0'],
    [
      'int a = 1; def f() -> int { return a; } int b = f();',
      '3:36 SEMANTIC `a` cannot be used inside a gate or subroutine',
    ],
    [
      'qubit[3] q; for int i in [0:5] { x q[i]; }',
      '3:36 SEMANTIC `q` has no element 3: its indices go from 0 to 2',
    ],
    ['if (1) { qubit q; }', '3:16 SEMANTIC qubits can only be declared outside of blocks'],
    [
      'const int a = 1; a = 2;',
      '3:18 SEMANTIC expected a register of bits or a variable or an array, but `a` is a constant',
    ],
    ['int a = 1; const int b = a;', '3:26 SEMANTIC a constant needs a value that is constant'],
    ['int n = 2; qubit[n] q;', '3:18 SEMANTIC a size must be a constant'],
    ['int i; switch (i) { }', '3:8 SEMANTIC a switch needs at least one case'],
    ['int i; switch (i) { case 1 {} case 0x1 {} }', '3:36 SEMANTIC the value 1 has a case already'],
    ['bit c; switch (c) { case 1 {} }', '3:16 SEMANTIC a switch needs a whole number'],
    ['array[int, 2] a = {1, 2, 3};', '3:19 SEMANTIC expected 2 values, received 3'],
    [
      'bit[3] c = "01";',
      '3:12 SEMANTIC a value of type `bit[2]` cannot stand where `bit[3]` is expected',
    ],
    ['for int i in [0:0:3] { }', '3:9 SEMANTIC a range needs a step other than 0'],
    ['int i = 3; uint j = i / 0;', '3:23 SEMANTIC this divides by 0'],
    [
      'gate g a { int i; } ',
      '3:16 SEMANTIC only gates, barriers and for loops may stand in the definition of a gate',
    ],
    ['let a = 3;', '3:5 SEMANTIC an alias stands for qubits, bits or an array'],
    [
      'qubit[2] q; let a = q ++ q[0:0];',
      '3:17 SEMANTIC a register cannot be joined with a part of itself',
    ],
  ])('%s', (text, complaint) => {
    expect(complaints(header3 + text)).toEqual([complaint]);
  });
});
