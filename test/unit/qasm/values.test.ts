// Values of OpenQASM 3 that are known before the run, and what is wrong with values of the wrong kind.

import { describe, expect, it } from '@jest/globals';
import { tryParse } from '../../../lib/qasm/index.js';
import { circuitOf, complaints, header3 } from './reading.js';

const turn = 2 * Math.PI;
const WIDE = 'only registers of up to 64 bits can be computed with; this one has 65';

/** The value of an expression as an angle, behind statements that it needs. */
function valueOf(statements: string, expression: string): number {
  const text = `${header3}qubit[2] q; bit[2] c;\n${statements}\nrx(${expression}) q[0];`;
  const operation = circuitOf(text).operations.at(-1);
  return operation?.kind === 'gate' ? (operation.params[0] as number) : NaN;
}

describe('known values', () => {
  it.each([
    // Angles with a width are steps of a turn and wrap; without one they are radians.
    ['angle[4] a = pi / 2; angle[4] b = pi;', 'a + b', 0.75 * turn],
    ['angle[4] a = pi / 2; angle[4] b = pi;', 'a - b', 0.75 * turn],
    ['angle[4] a = pi / 2; angle[8] b = pi;', 'a + b', 0.75 * turn],
    ['angle[4] a = pi / 2;', 'a * 3', 0.75 * turn],
    ['angle[4] a = pi / 2;', '3 * a', 0.75 * turn],
    ['angle[4] a = pi;', 'a / uint[4](2)', 0.25 * turn],
    ['angle[4] a = pi; angle[4] b = pi / 4;', 'a / b', 4],
    ['angle[4] a = pi; angle b = 1.5;', 'a + b', Math.PI + 1.5],
    ['angle a = 3.0; angle b = 1.5;', 'a / b', 2],
    ['angle a = 3.0;', 'a / 2', 1.5],
    ['angle[4] a = pi / 2;', 'float(a)', Math.PI / 2],
    ['angle[4] a = pi / 2;', 'a << 1', Math.PI],
    ['angle[4] a = pi / 2; angle[2] b = a;', 'b', Math.PI / 2],
    ['angle[2] a = pi / 2; angle[6] b = a;', 'b', Math.PI / 2],
    ['angle[4] a = "0100";', 'a', Math.PI / 2],
    ['angle[4] a = pi / 2;', 'a[2]', 1],
    // Half a step rounds to the even one.
    ['angle[2] a = pi / 4;', 'a', 0],
    ['angle[64] a = 1e300;', 'a', 0],
    ['angle[4] a = -pi / 2 - 20 * pi;', 'a', 0.75 * turn],
    ['angle[2] a = 3 * pi / 4;', 'a', Math.PI],
    ['angle[4] a = pi / 2;', 'popcount(a)', 1],
    ['angle[4] a = pi / 2; angle[4] b = rotl(a, 1);', 'b', Math.PI],
    // Comparisons.
    ['angle[4] a = pi / 2; angle[8] b = pi;', 'a < b', 1],
    ['angle[4] a = pi / 2;', 'a == pi / 2', 1],
    ['angle[4] a = pi / 2;', 'pi / 2 == a', 1],
    ['angle a = 2.0;', 'a > 1', 1],
    ['angle a = 2.0;', '1 > a', 0],
    ['', '"01" == "01"', 1],
    ['', '"01" < "10"', 1],
    ['', '"0101" == 5', 1],
    ['const bit b = 1;', 'b == true', 1],
    ['', '2 <= 1.5', 0],
    ['', '1.5 != 1.5', 0],
    ['', '2.5 >= 2.5', 1],
    // Floats of 32 bits are rounded wherever a value comes to be one.
    ['float[32] a = 0.1;', 'a', Math.fround(0.1)],
    ['', 'float[32](0.1)', Math.fround(0.1)],
    ['', 'float[64](0.1)', 0.1],
    [
      'float[32] a = 0.1; float[32] b = 0.7;',
      'a + b',
      Math.fround(Math.fround(0.1) + Math.fround(0.7)),
    ],
    ['float[32] a = 0.1; float[32] b = 0.7;', 'a % b', Math.fround(0.1)],
    ['float[32] a = 0.1;', '3 * a', Math.fround(3 * Math.fround(0.1))],
    ['float[32] a = 0.1;', 'a * 3.0', Math.fround(0.1) * 3],
    ['float[32] a = 0.1; float[64] b = a;', 'a - b', 0],
    ['float[32] a = 16777216; a += 1;', 'a', 16777216],
    ['float[32] a = 2 ** 24 + 1;', '-a', -16777216],
    ['float[32] a = pi; angle[4] b = a;', 'b', Math.PI],
    ['array[float[32], 2] a = {0.1, 0.7}; a[0] = a[1];', 'a[0]', Math.fround(0.7)],
    [
      'def f(float[32] x) -> float[32] { return x * 0.1; }',
      'f(0.3)',
      Math.fround(Math.fround(0.3) * 0.1),
    ],
    ['array[complex, 2] a;', 'real(a[0]) + 1', 1],
    // Truth values.
    ['', 'bool(0.0)', 0],
    ['', 'bool(0.5)', 1],
    ['', 'true & bit(1)', 1],
    ['', 'bit(1) ^ true', 0],
    ['', '!false || false', 1],
    ['', '-true', -1],
    ['', '~bit(0)', 1],
    ['', '5 >> true', 2],
    ['', 'bit("1")', 1],
    ['bit[1] d = bit[1](true); bit[2] e = bit[2](true);', '0.5', 0.5],
    // Whole numbers.
    ['', 'uint[4](~uint[4](5))', 10],
    ['', 'uint[64](9223372036854775808) / 2 ** 60', 8],
    ['', '18446744073709551616', 2 ** 64],
    ['', 'uint(3) - 5 < 0', 0],
    ['uint a = 5;', '-a < 0', 0],
    ['', '-9223372036854775808 < 0', 1],
    ['', '-18446744073709551616 < 0', 1],
    ['', 'uint(1e19) == 10000000000000000000', 1],
    ['int[8] a = 300.5;', 'a', 44],
    ['', '2 ** -1', 0.5],
    ['', 'mod(7.5, 2)', 1.5],
    ['', 'pow(2, 5) % 5', 2],
    ['', '7 % 4', 3],
    ['', 'popcount(-1)', 64],
    ['', 'popcount(true)', 1],
    ['', 'popcount(uint[8](255))', 8],
    ['', 'rotl(int[4](4), 1)', -8],
    ['int[4] k = 3;', 'rotr(k, 1)', -7],
    ['', 'int[4](7)[1:2] == "11"', 1],
    ['', 'floor(1.5) + ceiling(1.5)', 3],
    ['', 'arcsin(1.0) + arccos(1.0) + arctan(0.0)', Math.PI / 2],
    ['', 'log(exp(2.0)) + sqrt(4)', 4],
    // Complex numbers.
    ['', 'real((1 + 2im) * (3 - 1im))', 5],
    ['', 'imag((1 + 2im) - 1im)', 1],
    ['', 'real((1 + 2im) / (1 + 2im))', 1],
    ['', 'real(0im ** 0)', 1],
    ['', 'real(0im ** 2)', 0],
    ['', 'real(0im ** 1im)', 0],
    ['', 'real(2im ** 2)', -4],
    ['', 'imag(sqrt(-4 + 0im))', 2],
    ['', 'imag(sqrt(-4 - 2im)) < 0', 1],
    ['', 'real(exp(0im))', 1],
    ['', 'imag(-2im)', -2],
    ['', '2im == 2im', 1],
    ['', '1 + 2im == 1 + 3im', 0],
    ['', '2im == 1 + 2im', 0],
    ['', '2im != 3im', 1],
    // Durations.
    ['duration d = 4ns;', 'd / 2ns', 2],
    ['duration d = 4us;', 'd + 1us > 4us - 1ns', 1],
    ['duration d = 4ms;', '2 * d / 1s', 0.008],
    ['float f = 1 / 0.0; f = 1.5;', 'f', 1.5],
    // Sizes.
    ['array[int, 2, 3] a;', 'sizeof(a)', 2],
    ['array[int, 2, 3] a;', 'sizeof(a, 1)', 3],
    ['', 'sizeof(q) + sizeof(c)', 4],
    // Arrays.
    ['array[int, 2] a = {1, 2}; array[int, 2] b = a;', 'b[1]', 2],
    ['array[int, 3] a = {1, 2, 3}; a[0:1] = a[1:2];', '100 * a[0] + 10 * a[1] + a[2]', 233],
    ['array[int, 2, 2] a = {{1, 2}, {3, 4}}; let b = a[1];', 'b[0]', 3],
    ['array[int, 2, 2] a = {{1, 2}, {3, 4}}; array[int, 2, 2] b = {a[1], a[0]};', 'b[1][1]', 2],
    ['array[int, 3] a = {1, 2, 3};', 'a[{2, 0}][0]', 3],
    ['array[int, 3] a = {1, 2, 3};', 'a[2:-1:0][0]', 3],
    // Parts of whole numbers.
    ['int[4] k = 1; k[3] = 1;', 'k', -7],
    ['uint[4] k = 1; k[1:2] = "10";', 'k', 5],
    ['uint[4] k = 3; k[1:2] |= "10";', 'k', 7],
    // Loops over lists, down, and over bits.
    ['int m; for int i in [3:-1:1] { m = 10 * m + i; x q[i % 2]; }', 'm', 321],
    ['int m; for bit b in "011" { m = 2 * m + b; x q[b]; }', 'm', 6],
    ['int m; array[int, 2] a = {4, 7}; for int i in a { m += i; x q[i % 2]; }', 'm', 11],
    [
      'int m; for int i in [0:9] { if (i == 2) { continue; } if (i == 4) { break; } m += i; x q[i % 2]; }',
      'm',
      4,
    ],
    ['int k; while (k < 5) { x q[k % 2]; k += 1; if (k == 3) { break; } }', 'k', 3],
    ['int m; for int i in [0:1] { for int j in [0:m] { m += 1; x q[j % 2]; } }', 'm', 3],
    // Calls.
    ['def f(int a) -> int { return a + 1; } int k; for int i in [1:3] { k = f(k); }', 'k', 3],
    ['def f(mutable array[int, #dim = 1] a) { a[1] = 5; } array[int, 2] b; f(b);', 'b[1]', 5],
    [
      'def f(readonly array[int, 2] a) -> int { return a[0]; } array[int, 2] b = {8, 9};',
      'f(b)',
      8,
    ],
    ['def f() { return; } f();', '0.5', 0.5],
    ['def f(qubit p) -> bit { return measure p; } f q[0];', '0.5', 0.5],
  ])('%s %s is %p', (statements, expression, value) => {
    expect(valueOf(statements, expression)).toBeCloseTo(value, 12);
  });

  it('of external functions', () => {
    const extern = {
      half: (x: unknown) => Number(x) / 2,
      whole: (x: unknown) => (x as bigint) + 1n,
      log: () => undefined,
      three: () => 3,
      is: (x: unknown) => x === true,
    };
    const heads =
      'extern half(float) -> float; extern whole(int) -> int; extern log(); extern three() -> bit[2]; extern is(bool) -> bool;';
    const text = `${header3}qubit q; ${heads} log(); bit[2] b = three(); rx(half(3) + whole(1) + int(is(true))) q;`;
    const angle = circuitOf(text, { extern }).operations.at(-1);
    expect(angle).toMatchObject({ gate: 'rx', params: [4.5] });
  });
});

describe('what is wrong with values', () => {
  it.each([
    ['angle[4] a; a = a * a;', '`*` is not defined for `angle[4]` and `angle[4]`'],
    ['angle[4] a; a = a / 1.5;', '`/` is not defined for `angle[4]` and `float`'],
    ['angle[4] a; a = 2 / a;', '`/` is not defined for `int` and `angle[4]`'],
    ['angle[4] a; a = a ** 2;', '`**` is not defined for `angle[4]` and `int`'],
    ['bool b = "01" == "011";', '`==` is not defined for `bit[2]` and `bit[3]`'],
    ['bool b = "01" == 1.5;', '`==` is not defined for `bit[2]` and `float`'],
    ['int k = 1.5 & 1;', '`&` is not defined for `float` and `int`'],
    ['int k = 1.5 << 1;', '`<<` is not defined for `float` and `int`'],
    ['int k = 1 << 1.5;', '`<<` is not defined for `int` and `float`'],
    ['int k = 1 << -1;', 'bits are shifted by 0 or more places'],
    ['int k = "01" + 1;', '`+` is not defined for `bit[2]` and `int`'],
    ['int k = -"01";', '`-` is not defined for `bit[2]`'],
    ['int k = ~1.5;', '`~` is not defined for `float`'],
    ['bool b = 1im < 2im;', '`<` is not defined for `complex` and `complex`'],
    ['bool b = bool(1ns & 2ns);', '`&` is not defined for `duration` and `duration`'],
    ['duration d = 1ns * 2ns;', '`*` is not defined for `duration` and `duration`'],
    ['duration d = 1ns * "1";', '`*` is not defined for `duration` and `bit[1]`'],
    ['def f() { } int k = f();', 'a value of type `void` cannot stand where `int` is expected'],
    ['bit b = c[0:0];', 'a value of type `bit[1]` cannot stand where `bit` is expected'],
    ['bit[1] d = true;', 'a value of type `bool` cannot stand where `bit[1]` is expected'],
    ['int k = 2im;', 'a value of type `complex` cannot stand where `int` is expected'],
    ['int k = 1 / 0;', 'this divides by 0'],
    ['int k = int(1 / 0.0);', 'Infinity cannot become a value of type `int`'],
    ['angle[5] a = 5 ** 1e3;', 'Infinity cannot become a value of type `angle[5]`'],
    ['const angle[4] a = pi / !2;', 'Infinity cannot become a value of type `angle[4]`'],
    ['stretch w; if (w[0]) { }', 'a value of type `stretch` has no elements'],
    ['stretch w; w[0] = 1;', '`w` has no elements'],
    ['int a = 18446744073709551616;', 'no whole number of 64 bits holds 18446744073709552000'],
    ['int[8] a = -9223372036854775809;', 'no whole number of 64 bits holds -9223372036854775809'],
    ['int a = int(1e19);', 'no whole number of 64 bits holds 10000000000000000000'],
    ['float[16] a;', 'a float has 32 or 64 bits; this one would have 16'],
    ['int k = int(float[32](1e39));', 'Infinity cannot become a value of type `int`'],
    ['rx(1 / 0.0) q[0];', 'this angle is Infinity; an angle must be a finite number'],
    ['int k = {1, 2};', 'only arrays take values in braces'],
    ['int k = sin(1, 2);', 'sin takes 1 argument, received 2'],
    ['int k = mod(1);', 'mod takes 2 arguments, received 1'],
    ['float f = sin(2im);', 'a value of type `complex` cannot stand where `float` is expected'],
    ['int k = popcount(1.5);', 'expected a register of bits or a whole number'],
    ['int k = popcount(1.5 * pi);', 'expected a register of bits or a whole number'],
    ['angle a; int k = popcount(a);', 'expected a register of bits or a whole number'],
    ['int k = sizeof();', 'sizeof takes 1 or 2 arguments, received 0'],
    ['int k = sizeof(c, 0, 0);', 'sizeof takes 1 or 2 arguments, received 3'],
    ['int k = sizeof(5);', 'sizeof takes an array or a register'],
    ['int k = sizeof(q[0]);', 'sizeof takes an array or a register'],
    ['int k = sizeof(c[0]);', 'sizeof takes an array or a register'],
    ['int k = sizeof(c, 1);', 'this has 1 dimensions, numbered from 0'],
    ['int k; k = sizeof(k);', 'sizeof takes an array or a register'],
    ['int k; switch (1) { case k { } }', 'a case must be a constant'],
    ['switch (1) { case 1 { } default { } default { } }', 'this switch has a default already'],
    ['int k = q;', 'expected a value, but this is a register of qubits'],
    ['x q[c];', 'expected an index that is known before the run'],
    ['x q[1.5];', 'expected an index, a whole number; this is `float`'],
    [
      'float f; if (c[0]) { f = 1.0; } x q[f];',
      'expected an index, a whole number; this is `float`',
    ],
    ['x q[0:0:1];', 'a range needs a step other than 0'],
    ['x q[1:0];', 'this range is empty'],
    ['x q[q];', 'this is no index'],
    ['x q[:2];', '`q` has no element 2: its indices go from 0 to 1'],
    ['angle a; bit b = a[0];', 'a value of type `angle` has no elements'],
    ['duration d = 1ns; bit b = d[0];', 'a value of type `duration` has no elements'],
    ['float f; f[0] = 1;', '`f` has no elements'],
    ['int k; k[0, 1] = 1;', 'this has one dimension and takes one index'],
    ['int[4] k; k[0][0] = 1;', 'a bit has no elements'],
    ['int[4] k; k[4] = 1;', '`k` has no element 4: its indices go from 0 to 3'],
    ['bit[65] d; int k = int(d);', WIDE],
    ['bit[65] d; d = d;', WIDE],
    ['bit[65] d; d <<= 1;', 'only registers of up to 64 bits can be computed with'],
    [
      'let d = c[1:1] ++ c[0:0]; d |= "01";',
      'an operation on scattered bits cannot be assigned to them',
    ],
    ['if (true) { bit[65] d; }', WIDE],
    ['for bit[65] d in {1} { }', WIDE],
    ['for bit[65] d in [0:1] { }', WIDE],
    ['def f(bit[65] d) { } f(1);', WIDE],
    ['def f() -> bit[65] { return 1; } f();', WIDE],
    ['bit[65] d; let e = d[1:64] ++ d[0:0]; e = bit[65](int(c));', WIDE],
    [
      'bit[2000000] d;',
      'a program may have 1048576 classical bits; with this register it has 2000002',
    ],
    ['let a = 5;', 'an alias stands for qubits, bits or an array'],
    ['let a = q ++ c;', '`++` joins qubits with qubits and bits with bits'],
    ['let a = q ++ q[0:0];', 'a register cannot be joined with a part of itself'],
    ['array[int, 2] a; let b = a ++ a;', 'arrays are joined by copying'],
    ['array[int, 1, 1, 1, 1, 1, 1, 1, 1] a;', 'an array may have up to 7 dimensions'],
    ['array[int, 1] a = {{1}};', 'these braces lie deeper than the array has dimensions'],
    ['array[int, 2, 2] a = {{1, 2}, 3};', 'rows in braces and others cannot be mixed'],
    ['array[int, 2] a = {1};', 'expected 2 values, received 1'],
    ['array[int, 2] a; int k = a[0, 0];', 'this array has 1 dimensions, but 2 indices are given'],
    ['array[int, 2] a; array[int, 2] b; a += b;', 'arrays are only assigned with `=`'],
    ['array[int, 2] a; a = 5;', 'an array takes the values of an array of the same shape'],
    ['array[int, 2] a; a = q;', 'an array takes the values of an array of the same shape'],
    ['array[int, 2] a; a = measure q;', 'an array takes the values of an array of the same shape'],
    ['array[int, 2] a; array[int, 3] b; a = b;', 'the shapes differ: 2 and 3'],
    [
      'array[int, 3] a; if (c[0]) { a[0] = 1; a[1] = 2; } a[0:1] = a[1:2];',
      'parts of one array that overlap',
    ],
    ['int[3] k; k = measure q;', 'a measurement is written into bits'],
    [
      `measure q[{${Array.from({ length: 65 }, () => 0).join()}}];`,
      'up to 64 qubits can be measured',
    ],
    ['x q[0] -> c[0];', 'a gate returns nothing'],
    [
      'for int i in 5 { }',
      'a for loop goes through a range, a set, an array of one dimension or a register',
    ],
    ['bit e; for bit d in e { }', 'a for loop goes through a range, a set, an array'],
    ['for int i in [0:] { }', 'the range of a for loop needs a start and an end'],
    ['for int i in [0:1.5] { }', 'the range of a for loop needs whole numbers'],
    ['for int i in [0:0:1] { }', 'a range needs a step other than 0'],
    ['pow(1 / 0.0) @ x q[0];', 'this exponent is Infinity; an exponent must be a finite number'],
    [
      'float f; if (c[0]) { f = 1.0; } pow(f) @ x q[0];',
      'expected an exponent that is known before the run',
    ],
    [
      'float f; if (c[0]) { f = 1.0; } complex w = f; f = real(w);',
      'complex numbers that only the run knows',
    ],
    [
      'float f; if (c[0]) { f = 1.0; } complex w = f; w = w * 2;',
      'complex numbers that only the run knows',
    ],
    ['const int pi = 3; const int pi = 4;', '`pi` is declared already: it is a constant'],
    ['const int x = 1; include "stdgates.inc";', '`x` is declared already: it is a gate'],
    ['break;', '`break` must stand inside a loop'],
    // Subroutines.
    ['def f(qubit p) { } f(5);', 'expected a single qubit for `p`'],
    ['def f(qubit p) { } f(q);', 'expected a single qubit for `p`, received a register of 2'],
    [
      'def f(qubit[2] p) { } f(q[0]);',
      'expected a register of 2 qubits for `p`, received a single qubit',
    ],
    ['def f(mutable array[int, 2] a) { } f(5);', 'expected an array'],
    ['def f(mutable array[int, 2] a) { } f(q);', 'expected an array'],
    [
      'def f(mutable array[int, 2] a) { } def g(readonly array[int, 2] a) { f(a); } array[int, 2] a; g(a);',
      'this array is readonly',
    ],
    [
      'def f(readonly array[int, 2] a) { } array[int, 3] a; f(a);',
      'expected an array of 2, received one of 3',
    ],
    [
      'def f(readonly array[int, #dim = 2] a) { } array[int, 3] a; f(a);',
      'expected an array with 2 dimensions, received one of 3',
    ],
    [
      'def f(readonly array[int, 2] a) { } array[uint, 2] a; f(a);',
      'expected an array of `int`, received one of `uint`',
    ],
    ['def f() { return 1; } f();', 'this subroutine returns nothing'],
    ['def f() -> int { return; } f();', 'expected a value of type `int`'],
    ['def f(int a, int b) { } f(1);', '`f` takes 2 arguments, received 1'],
    ['def f() { } ctrl @ f q[0];', 'a subroutine takes no modifiers and no duration'],
    ['if (true) { def f() { } }', 'subroutines are declared outside of blocks'],
    [
      'extern f() -> float; float k = f();',
      'the external function `f` must return a finite number',
    ],
    [
      'extern f(int) -> float; float k = f(int(c));',
      '`f` needs values that are known before the run',
    ],
    [
      'extern f(complex) -> float; float k = f(1im);',
      '`f` needs values that are known before the run',
    ],
    [
      'extern f(readonly array[int, 2]) -> float; array[int, 2] a; float k = f(a);',
      '`f` takes an array, and is only called with numbers',
    ],
  ])('%s', (text, message) => {
    const extern = { f: () => Infinity };
    const [first] = complaints(`${header3}qubit[2] q; bit[2] c;\n${text}`, { extern });
    expect(first?.replace(/^\S+ \S+ /, '').slice(0, message.length)).toBe(message);
  });

  it('refuses an include whose gates have other meanings already', () => {
    expect(complaints('OPENQASM 3.0;\nconst int x = 1;\ninclude "stdgates.inc";')).toEqual([
      '3:9 SEMANTIC this file defines the gate `x`, which is a constant',
    ]);
  });

  it('says once what a loop says in each round', () => {
    const read = tryParse(`${header3}qubit[2] q; for int i in [0:1] { rx(i + 1 / 2) q[i]; }`);
    expect(read.ok && read.warnings.map(({ message }) => message)).toEqual([
      'whole numbers are divided without a fraction: 1/2 is 0',
    ]);
  });

  it('stops after a hundred errors, wherever they stand', () => {
    const many = (line: (k: number) => string): string =>
      header3 + Array.from({ length: 120 }, (_, k) => line(k)).join('\n');
    for (const text of [
      many((k) => `gate g${k}(a, a) b { }`),
      many((k) => `gate g${k} b { unknown${k} b; }`),
      many((k) => `extern f${k}(int[0]);`),
    ]) {
      expect(complaints(text).length).toBeGreaterThanOrEqual(100);
      expect(complaints(text).length).toBeLessThan(102);
    }
  });
});
