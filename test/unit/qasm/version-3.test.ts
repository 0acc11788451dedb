import { describe, expect, it } from '@jest/globals';
import { tryParse } from '../../../lib/qasm/index.js';
import { circuitOf, complaints, header3, operationsOf } from './reading.js';

const run = (statements: string): string[] => operationsOf(header3 + statements);
const refuse = (statements: string): string[] =>
  complaints(header3 + statements).map((text) => text.replace(/^\S+ /, ''));

describe('what is read of OpenQASM 3', () => {
  it('registers and single elements, old and new style', () => {
    const read = circuitOf(
      `${header3}qubit[2] q; qubit a; bit[3] c; bit b; qreg r[1]; qreg s2; creg d[2];`,
    );
    expect(read.qubitRegisters.map(({ name, size }) => `${name} ${size}`)).toEqual([
      'q 2',
      'a 1',
      'r 1',
      's2 1',
    ]);
    expect(read.bitRegisters.map(({ name, size }) => `${name} ${size}`)).toEqual([
      'c 3',
      'b 1',
      'd 2',
    ]);
  });

  it('gate calls', () => {
    expect(
      run('qubit[2] q; qubit a; h q; cx q, a; CX q[0], q[1]; phase(pi) a; cphase(τ) a, q[0];'),
    ).toEqual([
      'h 0',
      'h 1',
      'cx 0 2',
      'cx 1 2',
      'cx 0 1',
      `p(${Math.PI}) 2`,
      `cp(${2 * Math.PI}) 2 0`,
    ]);
  });

  it('U with its phase, and global phases', () => {
    expect(run('qubit q; U(0.2, 0, 1) q; gphase(π/4);')).toEqual([
      'gphase(0.1)',
      'u(0.2,0,1) 0',
      `gphase(${Math.PI / 4})`,
    ]);
  });

  it('gate definitions', () => {
    expect(
      run('gate g(θ) a, b { rx(θ/2) a; gphase(-θ); cx a, b; } qubit[2] q; g(1) q[1], q[0];'),
    ).toEqual(['rx(0.5) 1', 'gphase(-1)', 'cx 1 0']);
  });

  it('measurements in all three forms', () => {
    expect(run('qubit[2] q; bit[2] c; c = measure q;')).toEqual([
      'measure 0 -> 0',
      'measure 1 -> 1',
    ]);
    expect(run('qubit[2] q; bit[2] c; c[1] = measure q[0];')).toEqual(['measure 0 -> 1']);
    expect(run('qubit[2] q; bit[2] c; measure q -> c;')).toEqual([
      'measure 0 -> 0',
      'measure 1 -> 1',
    ]);
    expect(run('qubit[2] q; bit[2] c = measure q; ')).toEqual(['measure 0 -> 0', 'measure 1 -> 1']);
    expect(run('qubit q; bit c; c = measure q;')).toEqual(['measure 0 -> 0']);
  });

  it('barriers and comments', () => {
    expect(run('qubit[2] q; /* a\n b */ barrier q[1]; barrier; // c')).toEqual([
      'barrier 1',
      'barrier 0 1',
    ]);
  });
});

describe('what is accepted and means nothing', () => {
  it.each([
    ['delay[10ns] q;'],
    ['duration d = 10ns; delay[2 * d] q[0];'],
    ['stretch s1; delay[s1 + 2us] q;'],
    ['duration d = durationof({ x $0; }); delay[d / 2] q;'],
    ['nop q;'],
    ['nop;'],
    ['pragma qmlx fast; {'],
    ['#pragma qmlx fast'],
    ['@qmlx.note here {\nnop q;'],
    ['id[10ns] q[0];'],
  ])('%s', (statement) => {
    const read = run(`qubit[2] q; ${statement}\n`);
    expect(read.filter((text) => !text.startsWith('id'))).toEqual([]);
  });

  it('boxes, whose statements are carried out', () => {
    expect(run('qubit q; box { x q; } box[10ns] { y q; }')).toEqual(['x 0', 'y 0']);
  });

  it.each([
    'defcal measure $0 -> bit { x; }',
    'defcal reset q { }',
    'defcal rz(angle[8] a, pi / 2, qubit b, readonly array[int, 2] d) $0, $1 -> bit { { } }',
    'defcal x $0, { }',
    'defcal x() $0 { }',
    'extern f(creg[2], creg, bit) -> bit;',
    'def f(creg c[2], qreg r[2], creg b) { }',
  ])('%s', (statement) => {
    expect(tryParse(`${header3}${statement}\nqubit q;`).ok).toBe(true);
  });

  it.each([
    ['cal', 'expected "{" and the calibration'],
    ['cal { { }', 'expected "}" at the end of this calibration'],
    ['defcalgrammar "', 'this string is never closed'],
    ['defcalgrammar a;', 'expected the name of a grammar in quotes'],
    ['extern f(qubit);', 'expected a type, found `qubit`'],
    ['duration d = durationof({ x q; ', 'expected "}", found the end of the text'],
    ['duration d = durationof(1);', 'expected a block'],
    ['complex[complex[float]] z;', 'a complex number has no complex parts'],
    ['def f(readonly int a) { }', 'expected an array, found `int`'],
  ])('%s is refused', (statement, message) => {
    expect(refuse(statement).join()).toContain(message);
  });

  it('calibrations, with a warning', () => {
    const text = `${header3}defcalgrammar "openpulse"; cal { play(d0, {w}); } defcal x(angle[8] a) $0 -> bit { w; }`;
    const read = tryParse(text);
    expect(read.ok && read.warnings.map(({ message }) => message)).toEqual(
      Array.from({ length: 3 }, () => 'calibrations are not read: gates act as they are defined'),
    );
  });
});

describe('what is refused, by name', () => {
  it.each([
    [
      'extern f(int) -> int; int x1 = f(2);',
      '`f` is an external function, which qmlx does not have',
    ],
    ['input array[int, 2] a;', 'an input must be a number; qmlx has no parameters of other types'],
    ['input complex a;', 'an input must be a number; qmlx has no parameters of other types'],
    ['output float a;', 'an output must be of bits; `float` cannot be in a result'],
    ['output array[int[8], 2] a;', 'an output must be of bits; arrays cannot be in a result'],
    ['int[65] a;', 'numbers may have up to 64 bits; these have 65'],
    [
      'gate two a, b { cx a, b; h a; } pow(0.5) @ two q[0], q[1];',
      'a power that is not whole is only known of gates that act on one qubit or have a rule',
    ],
    ['bool b; b = 1dt < 2dt;', 'this duration is not known'],
  ])('%s', (statement, message) => {
    expect(refuse(`qubit[2] q; bit[2] c;\n${statement}`)).toEqual([`UNSUPPORTED ${message}`]);
  });
});

describe('what is wrong in OpenQASM 3 too', () => {
  it.each([
    ['qubit[0] q;', 'SEMANTIC a register needs at least 1 element'],
    ['qubit q; x q[0];', 'SEMANTIC `q` is not a register and has no index'],
    ['bit c; qubit q; c[0] = measure q;', 'SEMANTIC `c` is not a register and has no index'],
    ['qubit[2] q; bit c; c = measure q;', 'SEMANTIC cannot measure 2 qubits into 1 bit'],
    [
      'qubit q; q = measure q;',
      'SEMANTIC expected a register of bits or a variable or an array, but `q` is a register of qubits',
    ],
    ['qubit q; opaque f a;', 'SYNTAX expected ";", found `a`'],
    ['qubit q;;', 'SYNTAX expected a statement, found `;`'],
    ['bit c; if (c) { } else;', 'SYNTAX expected a statement, found `;`'],
    ['qubit[2] q = 1;', 'SYNTAX expected ";", found `=`'],
    ['qubit;', 'SYNTAX expected a name for the register, found `;`'],
    ['bit[2] c; c 1;', 'SYNTAX expected a qubit, found `1`'],
    ['bit[2] c; c[0] 1;', 'SYNTAX expected ";", found `1`'],
    ['gphase(1, 2);', 'SEMANTIC `gphase` takes 1 angle, received 2'],
    ['qubit q; gphase(1) q;', 'SEMANTIC `gphase` takes 0 qubits, received 1'],
    ['gate U a { }', 'SEMANTIC `U` is declared already: it is a gate'],
  ])('%s', (statement, complaint) => {
    expect(refuse(statement)[0]).toBe(complaint);
  });
});
