// What only the run knows: outcomes that are certain, so that one key has all of the probability.

import { describe, expect, it } from '@jest/globals';
import '../../../lib/run/install.js';
import { stringify } from '../../../lib/qasm/index.js';
import { circuitOf, complaints, header3, operationsOf } from './reading.js';

/** The only outcome of a program whose first qubit is 1 and measured; what is known of `c` is known to the run alone. */
async function outcome(text: string, bits: number): Promise<string> {
  const made = circuitOf(`${header3}qubit[3] q; bit c; x q[0]; c = measure q[0];\n${text}`);
  const exact = await made.exactDistribution();
  const [key, probability] = [...exact].sort((a, b) => b[1] - a[1])[0] as [string, number];
  expect(probability).toBeCloseTo(1, 6);
  return key.slice(1, 1 + bits);
}

describe('values of the run', () => {
  it.each([
    // Outputs show c[0], the least significant bit, first.
    ['output angle[4] r; angle[4] a; if (c) a = pi / 2; r = a;', '0010'],
    ['output angle[4] r; float f; if (c) f = pi / 2; angle[4] a = f; r = a;', '0010'],
    ['output angle[4] r; angle[2] a; if (c) a = pi / 2; r = a;', '0010'],
    ['output angle[2] r; angle[4] a; if (c) a = pi / 2; r = a;', '10'],
    ['output angle[3] r; bit[3] b; if (c) b = "011"; r = b;', '110'],
    ['output uint[4] r; angle[4] a; if (c) a = pi; float f = a; r = uint[4](f);', '1100'],
    ['output uint[4] r; angle a; if (c) a = 3.0; r = uint[4](float(a) + 0.5);', '1100'],
    ['output bit r; bit[1] b; if (c) b = "1"; r = bit(b);', '1'],
    ['output bit[2] r; if (c) r = "10";', '01'],
    ['output uint[3] r; int[3] k; if (c) k = -1; r = uint[3](popcount(k));', '110'],
    ['output uint[4] r; uint[4] k; if (c) k = 3; r = rotl(k, 1);', '0110'],
    ['output uint[4] r; uint[4] k; if (c) k = 3; r = rotr(k, 1);', '1001'],
    ['output uint[4] r; uint[4] k; if (c) k = 5; r = k << 1; r = r | 1;', '1101'],
    ['output int[4] r; if (c) r = -3; r[1] = 0; r[3] = c;', '1011'],
    ['output uint[2] r; bit[2] b; let d = b[1:1] ++ b[0:0]; if (c) b[0] = 1; r = d;', '01'],
    ['output bit[2] r; let d = r[1:1] ++ r[0:0]; d = "01";', '01'],
    ['output bit[2] r; let d = r[1:1] ++ r[0:0]; bit[2] b; if (c) b = "01"; d = b;', '01'],
    ['output bit[2] r; if (true) { bit[2] d; x q[2]; d = measure q[1:2]; r = d; }', '01'],
    ['output uint[3] r; array[uint[3], 2] a; int i; if (c) i = 1; a[i] = 5; r = a[1];', '101'],
    // Jumps.
    ['output uint[3] r; while (c) { r += 1; c = 0; continue; }', '100'],
    [
      'output uint[3] r; int i; while (c) { x q[i + 1]; i += 1; r += 1; c = measure q[2]; }',
      '010'.replace('010', '100'),
    ],
    ['output uint[3] r; if (c) { r = 3; end; } else { end; } r = 5;', '110'],
    [
      'output uint[3] r; def f(bit b) -> uint[3] { if (b) { return 6; } else { return 1; } } r = f(c);',
      '011',
    ],
    ['output uint[3] r; def f(bit b) { if (b) { end; } else { end; } } r = 2; f(c); r = 7;', '010'],
    ['output uint[3] r; def f() { end; } r = 1; f(); r = 7;', '100'],
    ['output uint[3] r; for uint[3] k in {1, 2} { if (c) { r += k; x q[k]; } }', '110'],
    ['output uint[3] r; for float f in {1.0, 2.0} { if (c) { r += 1; } }', '010'],
    ['output uint[3] r; for bit b in "01" { if (c) { r += 1; } }', '010'],
    ['output uint[3] r; for uint[64] u in {9223372036854775808, 1} { if (c) { r += 1; } }', '010'],
    ['output uint[3] r; for float f in {exp(1000), 1.0} { if (c) { r += 1; } }', '010'],
    ['output uint[3] r; bit[2] b = "10"; for bit e in b { if (e == c) { r += 1; } }', '100'],
    [
      'output uint[3] r; int i; for int k in [0:1] { for int j in [0:i + 1] { x q[j]; r += 1; } i = 1; }',
      '101',
    ],
    [
      'output uint[3] r; def f(mutable array[uint[3], 2] a) { a[0] += 2; } array[uint[3], 2] a; for int k in [0:1] { if (c) { f(a); } } r = a[0];',
      '001',
    ],
    [
      'output uint[3] r; def f(int a) -> int { return a + 1; } int k; for int j in [0:1] { if (c) { k = f(k); } } r = k;',
      '010',
    ],
    ['output uint[3] r; complex w = 1im; if (c) { w = 1im; } r = uint[3](imag(w));', '100'],
    [
      'output uint[3] r; complex w = 1im; if (c) { w = 1im; } else { w = 1im; } r = uint[3](imag(w) + 1);',
      '010',
    ],
    // Floats of 32 bits are those of Math.fround: 0.1 is 0.10000000149011612, and 2^24 + 1 has no place.
    ['output bit r; float[32] f; if (c) f = 0.1; r = f == 0.10000000149011612;', '1'],
    ['output bit r; float[32] f; if (c) f = 0.1; r = f + f + f == 0.30000001192092896;', '1'],
    [
      'output bit r; float[32] f; float g; if (c) g = 0.1; f = g * 3.0; r = f == 0.30000001192092896;',
      '1',
    ],
    ['output bit r; float[32] f; if (c) f = 16777216; f += 1; r = f == 16777216;', '1'],
    ['output bit r; float[32] f; int k; if (c) k = 16777217; f = k; r = f == 16777216;', '1'],
    [
      'output bit r; float[32] f; angle[2] a; if (c) a = pi; f = a; r = f == 3.1415927410125732;',
      '1',
    ],
    ['output bit r; uint k; if (c) k = 5; r = bit(-k < 0);', '0'],
    // Variables that nothing reads leave no trace, also inside of decisions.
    [
      'output bit r; int u; while (c) { u += 1; c = 0; r = 1; } switch (int(c)) { case 0 { u = 2; r = 1; } default { u = 3; } }',
      '1',
    ],
  ])('%s', async (text, bits) => {
    expect(await outcome(text, bits.length)).toBe(bits);
  });

  it('fail the run where they are infinite', async () => {
    for (const [text, value] of [
      ['float f; if (c) f = 1 / 0.0; if (f > 1) x q[1];', 'infinite'],
      ['float f; if (c) f = 0 / 0.0; if (f > 1) x q[1];', 'no number'],
      ['float[32] f; if (c) f = 1e39; if (f > 1) x q[1];', 'beyond 32 bits'],
    ] as const) {
      const failure = await outcome(text, 0).then(
        () => value,
        (error: unknown) => error,
      );
      expect(failure).toMatchObject({ code: 'ERR_NUMERIC' });
    }
  });

  it('of 32 bits are written and read again', async () => {
    const text =
      'output bit r; float[32] f; float g; if (c) g = 0.1; f = g * 3; r = f == 0.30000001192092896;';
    const made = circuitOf(`${header3}qubit q; bit c; x q; c = measure q;\n${text}`);
    const again = circuitOf(stringify(made, { version: 3 }));
    expect([...(await again.exactDistribution()).keys()]).toEqual(['11']);
    expect(String(again.operations.map((operation) => JSON.stringify(operation.kind)))).toBe(
      String(made.operations.map((operation) => JSON.stringify(operation.kind))),
    );
  });

  it('leave inputs of 32 bits as plain parameters', () => {
    const made = circuitOf(`${header3}input float[32] theta; qubit q; rx(theta / 2) q;`);
    expect(operationsOf(`${header3}input float[32] theta; qubit q; rx(theta) q;`)).toEqual([
      'rx(theta) 0',
    ]);
    expect(made.parameters).toEqual(['theta']);
  });

  it('lead to no circuit where they would have to be known', () => {
    const text =
      'bit c; int k; if (c) { k = 1; } array[int, 2] a; for int i in [0:1] { a[i] = k; }';
    expect(complaints(header3 + text)).toEqual([]);
    expect(
      complaints(`${header3}bit[2] b; complex w = 1im; if (b[0]) { w = 2im; } bool e = w == 2im;`),
    ).toEqual(['3:62 UNSUPPORTED complex numbers that only the run knows cannot be computed with']);
    const durations =
      'bit c; float f; if (c) { f = 1.0; } delay[f * 1ns] $0; delay[1ns / f] $0; bool b = f * 1ns < 2ns;';
    expect(complaints(header3 + durations)).toEqual([
      '3:92 UNSUPPORTED this duration is not known',
    ]);
    const unknown = 'bit c; duration d; if (c) { d = 1ns; } bool b = d < 2ns;';
    expect(complaints(header3 + unknown)).toEqual(['3:51 UNSUPPORTED this duration is not known']);
    expect(
      complaints(`${header3}bit c; float f; if (c) { f = 1.0; } duration d = f / 1ns;`),
    ).toEqual(['3:52 SEMANTIC `/` is not defined for `float` and `duration`']);
  });
});

describe('gates that a program defines', () => {
  const one = 'qubit[2] q; input float theta;\n';
  it.each([
    ['gate g a { for int i in {1, 3} { rx(i) a; } } g q[0];', ['rx(1) 0', 'rx(3) 0']],
    ['gate g a { for int i in [3:-2:1] { rx(i) a; } } g q[0];', ['rx(3) 0', 'rx(1) 0']],
    ['gate g a { x a; barrier a; } inv @ g q[0];', ['barrier 0', 'x 0']],
    ['gate g a { x a; barrier a; } ctrl @ g q[0], q[1];', ['cx 0 1', 'barrier 1']],
    ['gate dcx a, b { cx b, a; } dcx q[0], q[1];', ['cx 1 0']],
    ['pow(0) @ rx(1) q[0];', []],
    ['pow(1000) @ z q[0];', []],
    ['gate e a { } gate g a { pow(0.5) @ e a; x a; } g q[0];', ['x 0']],
    ['gate h a { U(1, 2, 3) a; } include "stdgates.inc"; h q[0];', ['gphase(0.5)', 'u(1,2,3) 0']],
    ['gate g a { z a; z a; } pow(0.5) @ g q[0];', ['gphase(0)', 'u(0,0,0) 0']],
    ['gate g a { rx(pi / 3) a; rx(pi / 3) a; } pow(1.5) @ g q[0];', ['u']],
  ])('%s', (text, operations) => {
    const header = text.includes('include') ? 'OPENQASM 3.1;\n' : header3;
    const found = operationsOf(`${header}${one}${text}`);
    if (operations[0] === 'u')
      expect(found.join()).toMatch(/^gphase\(-?1\.57\d*\),u\(3\.14159265358979\d*,/);
    else if (text.includes('1000')) expect(found.at(-1)).toMatch(/^(u\(0,0,-?0|gphase|p\()/);
    else expect(found).toEqual(operations);
  });

  it('keep parameters in powers', () => {
    const made = circuitOf(`${header3}${one}pow(3) @ rx(theta) q[0];`);
    expect(made.parameters).toEqual(['theta']);
  });

  it.each([
    [
      'gate g(a) b { pow(0.5) @ ry(a) b; } gate k(a) b { ry(a) b; rz(a) b; } pow(0.5) @ k(theta) q[0];',
      'UNSUPPORTED a power that is not whole',
    ],
    ['gate g a { x a[0]; }', 'SEMANTIC `a` is a single qubit and has no index'],
    ['gate g a { rx(a[0]) a; }', 'SEMANTIC a qubit of a gate has no index'],
    ['gate g a { cx a, a; }', 'SEMANTIC `a` stands twice; a gate needs distinct qubits'],
    ['gate g(a, a) b { }', 'SEMANTIC `a` stands twice in the head of this gate'],
    ['gate g a { for int i in [0:0:1] { } }', 'SEMANTIC a range needs a step other than 0'],
    [
      'gate g a { for int i in [0:] { } }',
      'SEMANTIC the range of a for loop needs a start and an end',
    ],
    [
      'gate g a { for bit i in "01" { } }',
      'SEMANTIC a for loop in a gate goes through a range or a set',
    ],
    [
      'gate g(b) a { for float i in {b} { rx(i) a; } }',
      'SEMANTIC a loop in a gate needs constants',
    ],
    [
      'gate g a { for int i in {int(theta)} { rx(i) a; } }',
      'SEMANTIC a loop in a gate needs constants',
    ],
    [
      'gate g a { for int i in [0:10 ** 5] { pow(1000) @ h a; } }',
      'ERR_LIMIT a program may have 10000000 operations',
    ],
    [
      'gate g a { reset a; }',
      'SEMANTIC only gates, barriers and for loops may stand in the definition of a gate',
    ],
    [
      `gate g0 a { x a; }\n${Array.from({ length: 70 }, (_, k) => `gate g${k + 1} a { g${k} a; }`).join('\n')}`,
      'ERR_LIMIT gates may be defined by one another 64 deep',
    ],
    ['pow(2 ** 41) @ h q[0];', 'ERR_LIMIT a program may have 10000000 operations'],
  ])('%s', (text, complaint) => {
    const [first] = complaints(header3 + one + text);
    expect(first?.replace(/^\S+ /, '').slice(0, complaint.length)).toBe(complaint);
  });
});
