// Statements that the run does not come to, and subroutines that nothing calls: what is wrong with them is found.

import { describe, expect, it } from '@jest/globals';
import { tryParse } from '../../../lib/qasm/index.js';
import { complaints, header3, operationsOf } from './reading.js';

const head = `${header3}qubit[2] q; bit[2] c;\n`;
const unknown = '`hh` is not a gate that is declared here';

function errors(text: string): string[] {
  return complaints(head + text).map((line) => line.replace(/^4:/, ''));
}

describe('loops around what the run does not come to', () => {
  it.each([
    ['for int i in [0:1] for int j in [0:1] if (i != j) cx q[i], q[j];', ['cx 0 1', 'cx 1 0']],
    ['for int i in [0:2] { if (i < 2) x q[i]; else if (i > 2) x q[i + 5]; }', ['x 0', 'x 1']],
    ['for int i in [0:3] { if (i > 1) x q[i - 2]; }', ['x 0', 'x 1']],
    ['int k = 3; while (k > 0) { k -= 1; if (k < 2) { x q[k]; } }', ['x 1', 'x 0']],
    ['for int i in [0:2] { switch (i) { case 1 { x q[i]; } default { } } }', ['x 1']],
  ])('%s', (text, expected) => {
    expect(operationsOf(`${header3}qubit[2] q;\n${text}`)).toEqual(expected);
  });
});

describe('what is wrong where the run never comes', () => {
  it.each([
    ['if (false) { hh q[0]; }', `14 SEMANTIC ${unknown}`],
    ['if (true) { } else hh q[0];', `20 SEMANTIC ${unknown}`],
    ['const int n = 2; if (n > 2) { int[3] k = "01"; }', '42 SEMANTIC a value of type `bit[2]`'],
    ['if (false) { if (c[0]) { } else { hh q[0]; } }', `35 SEMANTIC ${unknown}`],
    ['if (c[0]) { if (false) hh q[0]; }', `24 SEMANTIC ${unknown}`],
    ['while (false) { hh q[0]; }', `17 SEMANTIC ${unknown}`],
    ['int k; while (k > 0) { hh q[k]; k -= 1; }', `24 SEMANTIC ${unknown}`],
    ['for int i in [1:0] { hh q[i]; }', `22 SEMANTIC ${unknown}`],
    ['switch (1) { case 1 { } case 2 { hh q[0]; } }', `34 SEMANTIC ${unknown}`],
    ['switch (3) { case 1 { } default { } case 2 { hh q[0]; } }', `46 SEMANTIC ${unknown}`],
    ['for int i in [0:1] { x q[i]; break; hh q[i]; }', `37 SEMANTIC ${unknown}`],
    ['if (c[0]) { end; hh q[0]; }', `18 SEMANTIC ${unknown}`],
    ['end; hh q[0];', `6 SEMANTIC ${unknown}`],
    ['gate g a { for int i in [1:0] { hh a; } }', `33 SEMANTIC ${unknown}`],
    ['def f() { hh q[0]; }', `11 SEMANTIC ${unknown}`],
    ['def f(qubit a) { if (false) { hh a; } } f(q[0]);', `31 SEMANTIC ${unknown}`],
    [
      'def f(qubit a) { cx a, a; }',
      '24 SEMANTIC this qubit stands twice; a gate needs distinct qubits',
    ],
    [
      'def f(qubit[2] a) { x a[2]; }',
      '23 SEMANTIC `a` has no element 2: its indices go from 0 to 1',
    ],
    ['def f(qubit[0] a) { }', '7 SEMANTIC a size must be at least 1; this one is 0'],
    ['def f(int k) -> bit { return "01"; }', '30 SEMANTIC a value of type `bit[2]`'],
    ['def f(int k) { f(k); }', '16 SEMANTIC `f` calls itself'],
    ['def g(int k) { } def f(int k) { g(k, k); }', '33 SEMANTIC `g` takes 1 argument, received 2'],
    ['def f(readonly array[int, #dim = 1] a) { a[0, 0] = 1; }', '42 SEMANTIC `a` is readonly'],
    ['def f(mutable array[int, 2] a) { a[0] = 2im; }', '41 SEMANTIC a value of type `complex`'],
    ['extern f(int[0]) -> int;', '10 SEMANTIC a size must be at least 1; this one is 0'],
    ['extern f(readonly array[bit, 2]);', '25 SEMANTIC arrays have no elements of type `bit`'],
    ['if (false) { x q[5]; }', '16 SEMANTIC `q` has no element 5: its indices go from 0 to 1'],
    ['end; int k = 1 / 0;', '16 SEMANTIC this divides by 0'],
  ])('%s', (text, complaint) => {
    expect(errors(text).map((line) => line.slice(0, complaint.length))).toEqual([complaint]);
  });
});

describe('what a condition keeps the run away from', () => {
  it.each([
    'const int n = 2; if (n > 2) { x q[n]; cx q[0], q[0]; }',
    'int k; if (k != 0) { k = 8 / k; rx(log(k)) q[0]; int j = 1 << (k - 1); }',
    'int k; switch (k) { case 0 { } case 9 { x q[k + 9]; } }',
    'for int i in [0:1] { if (i < 1) { cx q[i], q[i + 1]; } }',
    'for int i in [0:1] { if (i == 1) { end; } cx q[i], q[i + 1]; }',
    'const int n = 0; if (n > 0) { bit[n] b; let p = q[0:n - 1]; for int i in [0:0:3] { } }',
    'const int n = 2; if (n == 1) { c[0] = measure q[0:n]; barrier q[n:3]; cx q[0:1], q[0:0]; }',
    'const int n = 2; if (n == 1) { ctrl(n - 2) @ x q[0], q[1]; array[int, n] a = {1}; }',
    'float f; if (f > 1.0) { int k = int(1.0 / f); pow(1.0 / f) @ x q[0]; }',
    'extern f(int) -> int; if (false) { int k = f(1); complex z; z = z * k; }',
  ])('%s', (text) => {
    const read = tryParse(head + text);
    expect(read.ok ? [] : read.diagnostics.map(({ message }) => message)).toEqual([]);
  });

  it('leaves nothing behind', () => {
    const text = `
      int k = 1;
      array[int, 2] a = {1, 2};
      def f(mutable array[int, 2] b, qubit p) -> int { b[0] = 7; x p; return 1; }
      if (k == 2) { k = f(a, q[0]); x q[0]; bit d = measure q[0]; while (k < 9) { k += 1; } }
      rx(k + a[0]) q[0];
      end;
      qubit[30] r; bit[9] e; x r;`;
    expect(operationsOf(head + text)).toEqual(['rx(2) 0']);
  });

  it('is not told of in warnings', () => {
    const read = tryParse(`${head}const int n = 2; if (n > 3) { rx(1 / 2) q[0]; cal { } }`);
    expect(read.ok && read.warnings).toEqual([]);
  });

  it('is looked through once, however often it is passed by', () => {
    const lines = ['def f0(int a) { if (a == 1) { hh q; } }'];
    for (let k = 1; k < 60; k += 1) {
      lines.push(
        `def f${k}(int a) { if (a == 1) { f${k - 1}(a); f${k - 1}(a); } else { f${k - 1}(0); } }`,
      );
    }
    const start = performance.now();
    expect(complaints(`${header3}${lines.join('\n')}\nf59(0); f59(0);`)).toHaveLength(1);
    // 2^59 calls would not come to an end.
    expect(performance.now() - start).toBeLessThan(60_000);
  });

  it('gives up long loops and long powers at once', () => {
    const text = `if (false) {
      for int i in [0:10 ** 15] { for int j in [0:10 ** 15] { x q[i]; } }
      pow(10 ** 9) @ swap q[0], q[1];
      while (true) { x q[0]; }
    }
    end;
    gate g a { for int i in [0:10 ** 15] { x a; } }`;
    expect(operationsOf(head + text)).toEqual([]);
  });
});

describe('subroutines that call the one before them twice', () => {
  /** `f0` to `f30`. */
  const doubling = (call: (name: string) => string): string => {
    const names = Array.from({ length: 31 }, (_, k) => `f${k}`);
    const bodies = names.slice(1).map((_, k) => `${call(`f${k}`)} ${call(`f${k}`)}`);
    return ['x a;', ...bodies].map((body, k) => `def f${k}(qubit a) { ${body} } `).join('');
  };
  const asStatement = (name: string): string => `${name}(a);`;

  it.each([
    ['as statements', asStatement],
    ['in the form of a gate', (name: string): string => `${name} a;`],
  ])('are refused at the first call, %s', (_, call) => {
    expect(complaints(`${head}${doubling(call)}\nf30(q[0]); f30 q[1];`)).toEqual([
      '5:1 ERR_LIMIT loops may have 262144 rounds that are carried out before the run',
    ]);
  });

  it('are carried out as far as the run comes', () => {
    const text = `${head}${doubling(asStatement)}def g(qubit a) { f1(a);`;
    expect(operationsOf(`${text} return; f30(a); } g(q[0]);`)).toEqual(['x 0', 'x 0']);
    // What `end` leaves is a loop of one round.
    expect(operationsOf(`${text} end; f30(a); } g(q[1]);`)).toEqual(['for']);
  });
});
