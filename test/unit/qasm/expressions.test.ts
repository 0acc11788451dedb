import { describe, expect, it } from '@jest/globals';
import { tryParse } from '../../../lib/qasm/index.js';
import { angleOf, complaints, header2, header3, underlined } from './reading.js';

const { PI, sin, cos, tan, exp, log, sqrt } = Math;

describe('angles of OpenQASM 2', () => {
  it.each([
    ['0', 0],
    ['pi', PI],
    ['1.', 1],
    ['.5', 0.5],
    ['1.5e3', 1500],
    ['2E-2', 0.02],
    ['007', 7],
    ['1e+2', 100],
    ['1+2*3', 7],
    ['(1+2)*3', 9],
    ['7-2-1', 4],
    ['8/4/2', 1],
    ['1/2', 0.5],
    ['2^3', 8],
    ['2^3^2', 512],
    ['-2^2', -4],
    ['(-2)^2', 4],
    ['2^-1', 0.5],
    ['2*-3', -6],
    ['--1', 1],
    ['+1', 1],
    ['-+-2', 2],
    ['-pi/2^2', -PI / 4],
    ['3*pi/4', (3 * PI) / 4],
    ['sin(1)', sin(1)],
    ['cos(1)', cos(1)],
    ['tan(1)', tan(1)],
    ['exp(1)', exp(1)],
    ['ln(2)', log(2)],
    ['sqrt(2)', sqrt(2)],
    ['sin(cos(1)+1)^2', sin(cos(1) + 1) ** 2],
    ['sqrt (4)', 2],
    ['2^0.5', sqrt(2)],
    ['((((1))))', 1],
    ['1,', 1],
  ])('%s', (text, value) => {
    expect(angleOf(text)).toBe(value);
  });

  it('takes 4,000 nested parentheses', () => {
    expect(angleOf(`${'('.repeat(4000)}2${')'.repeat(4000)}`)).toBe(2);
  });

  it('takes sums of any length', () => {
    expect(angleOf(Array.from({ length: 50_000 }, () => '1').join('+'))).toBe(50_000);
  });

  it.each([
    ['', '3:13 SEMANTIC `rx` takes 1 angle, received 0'],
    ['1 2', '3:18 SYNTAX expected ")", found `2`'],
    ['1+', '3:18 SYNTAX expected a number or a name, found `)`'],
    ['*2', '3:16 SYNTAX expected a number or a name, found `*`'],
    ['(1', '3:20 SYNTAX expected ")", found `q`'],
    ['(1,2)', '3:18 SYNTAX expected ")", found `,`'],
    ['2x', '3:16 SYNTAX `2x` is neither a number nor a name'],
    ['1e', '3:16 SYNTAX `1e` is neither a number nor a name'],
    ['1%2', '3:17 SYNTAX expected ")", found `%`'],
    ['2**3', '3:17 SYNTAX expected ")", found `**`'],
    ['"01"', '3:16 SYNTAX expected a number or a name, found `"01"`'],
    ['sin 1', '3:20 SYNTAX expected ")", found `1`'],
    ['sin()', '3:16 SEMANTIC sin takes 1 argument, received 0'],
    ['sin(1,2)', '3:16 SEMANTIC sin takes 1 argument, received 2'],
    ['arcsin(1)', '3:16 SEMANTIC `arcsin` is not a function'],
    [
      'theta',
      '3:16 SEMANTIC `theta` is not an angle of the gate or a constant that is declared here',
    ],
    [
      'q',
      '3:16 SEMANTIC expected an angle of the gate or a constant, but `q` is a register of qubits',
    ],
    ['1/0', '3:16 SEMANTIC this angle is Infinity; an angle must be a finite number'],
    ['-1/0', '3:16 SEMANTIC this angle is -Infinity; an angle must be a finite number'],
    ['0/0', '3:16 SEMANTIC this angle is NaN; an angle must be a finite number'],
    ['sqrt(-1)', '3:16 SEMANTIC this angle is NaN; an angle must be a finite number'],
    ['(-8)^(1/3)', '3:16 SEMANTIC this angle is NaN; an angle must be a finite number'],
    ['1e999', '3:16 SEMANTIC this angle is Infinity; an angle must be a finite number'],
  ])('refuses rx(%s)', (text, complaint) => {
    expect(complaints(`${header2}qreg q[1];  rx(${text}) q;`)[0]).toBe(complaint);
  });

  it('underlines the whole angle that is not finite', () => {
    expect(underlined(`${header2}qreg q[1]; u2(pi, 1 / (2 - 2)) q;`)).toBe('1 / (2 - 2)');
  });

  it('names the limits of numbers and nesting', () => {
    const most = '9'.repeat(64);
    for (const number of [most, `${most}.`, `0.${'1'.repeat(62)}e1`]) {
      expect(complaints(`${header2}qreg q[1]; rx(${number}) q;`)).toEqual([]);
    }
    for (const number of [`${most}9`, `${most}.5`, `1${most}e1`, '9'.repeat(200)]) {
      expect(complaints(`${header2}qreg q[1]; rx(${number}) q;`)).toEqual([
        '3:15 ERR_LIMIT a number may have 64 digits; this one has more',
      ]);
    }
    expect(complaints(`OPENQASM 3; qubit q; U(0x${'F'.repeat(65)}, 0, 0) q;`)).toEqual([
      '1:24 ERR_LIMIT a number may have 64 digits; this one has more',
    ]);
    expect(complaints(`${header2}qreg q[1]; rx(${'('.repeat(4097)}`)).toEqual([
      '3:4111 ERR_LIMIT an expression may nest 4096 deep; this one goes deeper',
    ]);
  });
});

describe('angles of OpenQASM 3', () => {
  it.each([
    ['π/2', PI / 2],
    ['tau', 2 * PI],
    ['τ', 2 * PI],
    ['euler', Math.E],
    ['ℇ', Math.E],
    ['2**3**2', 512],
    ['-2**2', -4],
    ['2**-1', 0.5],
    ['1.0/2', 0.5],
    ['1/2.0', 0.5],
    ['2*3-1', 5],
    ['log(2)', log(2)],
    ['arcsin(0.5)', Math.asin(0.5)],
    ['arccos(0.5)', Math.acos(0.5)],
    ['arctan(0.5)', Math.atan(0.5)],
    ['0x1F', 31],
    ['0b101', 5],
    ['0o17', 15],
    ['1_000', 1000],
    ['1_0.2_5', 10.25],
  ])('%s', (text, value) => {
    expect(angleOf(text, header3)).toBe(value);
  });

  it.each([
    ['1/2', 0],
    ['3/2*pi', PI],
    ['2^3', 1],
    ['1 << 2', 4],
    ['int[4](7) + 1', 8],
    ['real(3.0 + 2im)', 3],
    ['popcount("0111")', 3],
  ])('%s', (text, value) => {
    expect(angleOf(text, header3)).toBeCloseTo(value, 15);
  });

  it('warn where whole numbers are divided and lose a fraction', () => {
    const read = tryParse(`${header3}qubit q; rx(1/2) q; rx(4/2) q;`);
    expect(read.ok && read.warnings.map(({ message }) => message)).toEqual([
      'whole numbers are divided without a fraction: 1/2 is 0',
    ]);
  });

  it.each([
    ['2im', 'a value of type `complex` cannot stand where `float` is expected'],
    ['2 ns', 'a value of type `duration` cannot stand where `float` is expected'],
    ['"01"', 'a value of type `bit[2]` cannot stand where `float` is expected'],
    ['$0', 'expected a value, but this is a register of qubits'],
    ['q[0]', 'expected a value, but this is a register of qubits'],
    ['1/0', 'this divides by 0'],
    ['true + "01"', '`+` is not defined for `bool` and `bit[2]`'],
  ])('refuse %s', (text, message) => {
    expect(complaints(`${header3}qreg q[1]; rx(${text}) q;`)[0]).toContain(`SEMANTIC ${message}`);
  });

  it('has no unary plus', () => {
    expect(complaints(`${header3}qreg q[1]; rx(+1) q;`)[0]).toContain('found `+`');
  });
});
