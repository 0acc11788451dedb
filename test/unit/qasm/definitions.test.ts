import { describe, expect, it } from '@jest/globals';
import { tryParse } from '../../../lib/qasm/index.js';
import { complaints, header2, operationsOf } from './reading.js';

const registers = 'qreg q[2]; qreg r[2]; creg c[2]; creg d[1];\n';

/** Operations of statements after two registers of qubits and two of bits. */
const run = (statements: string): string[] => operationsOf(`${header2}${registers}${statements}`);
/** Complaints, without their place. */
const refuse = (statements: string): string[] =>
  complaints(`${header2}${registers}${statements}`).map((text) => text.replace(/^\S+ /, ''));

describe('gate definitions', () => {
  it('expand with their angles and qubits', () => {
    expect(run('gate g(a, b) x0, x1 { rx(a/2 + b) x1; cx x1, x0; } g(1, 2) q[0], r[1];')).toEqual([
      'rx(2.5) 3',
      'cx 3 0',
    ]);
    expect(
      run('gate f(a) q { ry(-a) q; } gate g(a) b, c { f(a^2) c; f(sin(a)) b; } g(2) q, r;'),
    ).toEqual(['ry(-4) 2', `ry(${-Math.sin(2)}) 0`, 'ry(-4) 3', `ry(${-Math.sin(2)}) 1`]);
  });

  it('compute with all operators', () => {
    const angle = 'a + b - a*b/(a^b) + sin(a) - (-b)';
    const [value] = run(`gate g(a, b) q { rx(${angle}) q; } g(3, 2) q[0];`);
    expect(value).toBe(`rx(${3 + 2 - 6 / 9 + Math.sin(3) - -2}) 0`);
  });

  it('skip gates that do nothing', () => {
    expect(run('gate none a {} gate g a { none a; x a; none a; } g q[0];')).toEqual(['x 0']);
  });

  it('may be empty, have empty parentheses, and barriers', () => {
    expect(run('gate g a {} g q;')).toEqual([]);
    expect(run('gate g() a { x a; } g() q[0]; g q[1];')).toEqual(['x 0', 'x 1']);
    expect(run('gate g a, b { x a; barrier b, a; x b; } g q[1], q[0];')).toEqual([
      'x 1',
      'barrier 0 1',
      'x 0',
    ]);
  });

  it('may use names of registers and gates inside', () => {
    expect(run('gate g(c) q, x { rz(c) q; h x; } g(1) r[0], q[0];')).toEqual(['rz(1) 2', 'h 0']);
  });

  it('may replace a gate of the library, which others keep', () => {
    const text = `${header2}gate h a { x a; } qreg q[3]; h q[0]; rccx q[0], q[1], q[2];`;
    const operations = operationsOf(text);
    expect(operations[0]).toBe('x 0');
    expect(operations[1]).toBe('h 2');
    const result = tryParse(text);
    expect(result.ok && result.warnings.map(({ message }) => message)).toEqual([
      'this definition replaces the gate `h` of the included file',
    ]);
  });

  it('may come before the library', () => {
    const text =
      'OPENQASM 2.0; gate h a { U(0,0,0) a; } include "qelib1.inc"; qreg q[1]; h q; x q;';
    expect(operationsOf(text)).toEqual(['u(0,0,0) 0', 'x 0']);
    expect(complaints('OPENQASM 2.0; qreg h[1]; include "qelib1.inc";')[0]).toContain(
      'this file defines the gate `h`, which is a register of qubits',
    );
  });

  it.each([
    ['gate q a {}', 'SEMANTIC `q` is declared already: it is a register of qubits'],
    ['gate g a {} gate g a {}', 'SEMANTIC `g` is declared already: it is a gate'],
    ['gate U(a) b {}', 'SEMANTIC `U` is declared already: it is a gate'],
    ['gate g a { g a; }', 'SEMANTIC `g` is not a gate that is declared here'],
    [
      'gate g a { later a; } gate later a {}',
      'SEMANTIC `later` is not a gate that is declared here',
    ],
    ['gate g(a, a) b {}', 'SEMANTIC `a` stands twice in the head of this gate'],
    ['gate g(a) a {}', 'SEMANTIC `a` stands twice in the head of this gate'],
    ['gate g a, a {}', 'SEMANTIC `a` stands twice in the head of this gate'],
    ['gate g a { x b; }', 'SEMANTIC `b` is not a qubit of the gate that is declared here'],
    ['gate g a { x q; }', 'SEMANTIC expected a qubit of the gate, but `q` is a register of qubits'],
    ['gate g a { x a[0]; }', 'SEMANTIC `a` is a single qubit and has no index'],
    ['gate g a { cx a, a; }', 'SEMANTIC `a` stands twice; a gate needs distinct qubits'],
    ['gate g a { cx a; }', 'SEMANTIC `cx` takes 2 qubits, received 1'],
    ['gate g a { rx a; }', 'SEMANTIC `rx` takes 1 angle, received 0'],
    [
      'gate g a { rx(b) a; }',
      'SEMANTIC `b` is not an angle of the gate or a constant that is declared here',
    ],
    [
      'gate g a { rx(a) a; }',
      'SEMANTIC expected an angle of the gate or a constant, but `a` is a qubit of the gate',
    ],
    [
      'gate g a { rx(1/0) a; }',
      'SEMANTIC this angle is Infinity; an angle must be a finite number',
    ],
    ['gate g a { barrier b; }', 'SEMANTIC `b` is not a qubit of the gate that is declared here'],
    [
      'gate g a { measure a -> c; }',
      'SEMANTIC only gates and barriers may stand in the definition of a gate',
    ],
    [
      'gate g a { reset a; }',
      'SEMANTIC only gates and barriers may stand in the definition of a gate',
    ],
    [
      'gate g a { qreg b[1]; }',
      'SEMANTIC only gates and barriers may stand in the definition of a gate',
    ],
    [
      'gate g a { if (c == 1) x a; }',
      'SEMANTIC only gates and barriers may stand in the definition of a gate',
    ],
    [
      'gate g a { gate h2 b { } }',
      'SEMANTIC only gates and barriers may stand in the definition of a gate',
    ],
    ['gate g a { include "x"; }', 'SYNTAX a file cannot be included inside another statement'],
    ['gate g {}', 'SYNTAX expected a name for a qubit, found `{`'],
    ['gate g a x a;', 'SYNTAX expected "{" and the body of the gate, found `x`'],
    ['gate g(1) a {}', 'SYNTAX expected a name for an angle, found `1`'],
    ['gate g(pi) a {}', 'SYNTAX `pi` is a word of OpenQASM 2 and cannot be a name for an angle'],
    ['gate g a { x a; ', 'SYNTAX expected "}" before the end of the text'],
    [
      'gate g(a) b { rx(1/a) b; } g(0) q;',
      'SEMANTIC an angle of this gate becomes Infinity; an angle must be a finite number',
    ],
  ])('%s', (statement, complaint) => {
    expect(refuse(statement)[0]).toContain(complaint);
  });

  it('nest 64 deep', () => {
    const chain = (levels: number): string => {
      const lines = Array.from(
        { length: levels },
        (_, k) => `gate g${k} a { ${k === 0 ? 'x' : `g${k - 1}`} a; }`,
      );
      return `${lines.join('\n')} g${levels - 1} q[0];`;
    };
    expect(run(chain(64))).toEqual(['x 0']);
    expect(refuse(chain(65))).toEqual(['ERR_LIMIT gates may be defined by one another 64 deep']);
  });

  it('are counted before they expand', () => {
    const doubling = (levels: number): string => {
      const lines = Array.from({ length: levels }, (_, k) => {
        const inner = k === 0 ? 'x a;' : `g${k - 1} a; g${k - 1} a;`;
        return `gate g${k} a { ${inner} }`;
      });
      return lines.join('\n');
    };
    expect(run(`${doubling(9)} g8 q[0];`)).toHaveLength(256);
    expect(refuse(`${doubling(25)} g23 q[0]; g22 q[0]; nothing q;`)).toEqual([
      'ERR_LIMIT a program may have 10000000 operations; with this one it has 12582912',
    ]);
    expect(refuse(`${doubling(60)} g59 q[0];`)[0]).toContain('576460752303423500');
  });
});

it('refuses an angle that a built-in gate makes infinite', () => {
  const text = 'OPENQASM 3.0; include "stdgates.inc"; qubit q; u2(1.7e308, 1.7e308) q;';
  expect(complaints(text)[0]).toContain('an angle of this gate becomes -Infinity');
});

describe('opaque gates', () => {
  it('may be declared and not called', () => {
    expect(run('opaque magic(a, b) x, y; opaque simple x; gate g x { simple x; } x q[0];')).toEqual(
      ['x 0'],
    );
  });

  it.each([
    [
      'opaque f a; f q[0];',
      'UNSUPPORTED the gate `f` is opaque: without a definition it cannot be simulated',
    ],
    [
      'opaque f a; gate g a { f a; } g q[0];',
      'UNSUPPORTED the gate `f` is opaque: without a definition it cannot be simulated',
    ],
    ['opaque f(a) b; f q[0];', 'SEMANTIC `f` takes 1 angle, received 0'],
    ['opaque f a {}', 'SYNTAX expected ";", found `{`'],
    ['opaque x a;', 'x'],
  ])('%s', (statement, complaint) => {
    const found = refuse(statement);
    if (complaint === 'x') expect(found).toEqual([]);
    else expect(found[0]).toBe(complaint);
  });
});
