import { describe, expect, it } from '@jest/globals';
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

describe('what is not read of OpenQASM 3 is named', () => {
  it.each([
    ['int x = 3;', 'classical variables'],
    ['uint[8] x;', 'classical variables'],
    ['float[64] x = 1.5;', 'classical variables'],
    ['angle[8] x;', 'classical variables'],
    ['bool b = true;', 'classical variables'],
    ['complex[float[64]] x;', 'classical variables'],
    ['array[int[8], 2] x = {1, 2};', 'classical variables'],
    ['const int n = 2;', 'constants (`const`)'],
    ['input float x;', 'inputs and outputs'],
    ['output bit x;', 'inputs and outputs'],
    ['let a = q[0:1];', 'aliases (`let`)'],
    ['def f(int a) -> int { return a + 1; }', 'subroutines (`def`)'],
    ['extern f(int) -> int;', 'external functions (`extern`)'],
    ['if (b) { x q; }', 'control flow (`if`)'],
    ['for int i in [0:3] { x q[i]; }', 'control flow (`for`)'],
    ['while (b) { x q; }', 'control flow (`while`)'],
    ['switch (x) { case 0 { x q; } default { y q; } }', 'control flow (`switch`)'],
    ['end;', 'control flow (`break`, `continue`, `end`)'],
    ['ctrl @ x q[0], q[1];', 'gate modifiers'],
    ['inv @ s q;', 'gate modifiers'],
    ['pow(2) @ s q;', 'gate modifiers'],
    ['negctrl(2) @ x q[0], q[1];', 'gate modifiers'],
    ['duration d = 10ns;', 'durations and stretches'],
    ['stretch s2;', 'durations and stretches'],
    ['delay[10ns] q;', 'timing (`delay`, `box`)'],
    ['box { x q; }', 'timing (`delay`, `box`)'],
    ['nop q;', '`nop`'],
    ['cal { play(d0, w); }', 'calibrations'],
    ['defcal x $0 { play(d0, w); }', 'calibrations'],
    ['defcalgrammar "openpulse";', 'calibrations'],
    ['pragma qmlx fast; {', 'pragmas'],
    ['#pragma qmlx fast', 'pragmas'],
    ['@qmlx.note here {', 'annotations'],
    ['{ x q; }', 'blocks of statements'],
    ['x q[0:1];', 'slices'],
    ['x q[:];', 'slices'],
    ['x q[{0, 1}];', 'index sets'],
    ['x q[0, 1];', 'index lists'],
    ['x $0;', 'hardware qubits'],
    ['measure q;', 'measurements without a bit for the result'],
    ['c = 3;', 'assignments other than measurements'],
    ['c[0] = c[1];', 'assignments other than measurements'],
    ['c += 1;', 'arithmetic on variables'],
    ['c[0] |= 1;', 'arithmetic on variables'],
    ['bit[2] e = "01";', 'assignments other than measurements'],
    ['x[10ns] q;', 'durations'],
    ['x[3] q;', 'durations of gates'],
  ])('%s', (statement, construct) => {
    const found = refuse(`qubit[2] q; bit[2] c;\n${statement}\nnothing q;`);
    expect(found).toEqual([`UNSUPPORTED qmlx does not read ${construct} yet`]);
  });

  it('not reset, which is read', () => {
    expect(refuse('qubit q; reset q;')).toEqual([]);
  });

  it('computed sizes and indices', () => {
    expect(refuse('qubit[1+1] q;')).toEqual([
      'UNSUPPORTED qmlx reads only integers as sizes and indices yet',
    ]);
    expect(refuse('qubit[2] q; x q[1-1];')).toEqual([
      'UNSUPPORTED qmlx reads only integers as sizes and indices yet',
    ]);
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
      'SEMANTIC expected a register of bits, but `q` is a register of qubits',
    ],
    ['qubit q; opaque f a;', 'SYNTAX expected ";", found `a`'],
    ['qubit q;;', 'SYNTAX expected a statement, found `;`'],
    ['qubit[2] q = 1;', 'SYNTAX expected ";", found `=`'],
    ['qubit;', 'SYNTAX expected a name for the register, found `;`'],
    ['bit[2] c; c 1;', 'SYNTAX expected a qubit, found `1`'],
    ['bit[2] c; c[0] 1;', 'SYNTAX expected "=", found `1`'],
    ['gphase(1, 2);', 'SEMANTIC `gphase` takes 1 angle, received 2'],
    ['qubit q; gphase(1) q;', 'SEMANTIC `gphase` takes 0 qubits, received 1'],
    ['gate U a { }', 'SEMANTIC `U` is declared already: it is a gate'],
  ])('%s', (statement, complaint) => {
    expect(refuse(statement)[0]).toBe(complaint);
  });
});
