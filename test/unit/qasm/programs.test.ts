import 'qmlx';
import { describe, expect, it } from '@jest/globals';
import { parse, tryParse } from '../../../lib/qasm/index.js';
import { circuitOf, complaints, header2, operationsOf } from './reading.js';

const registers = 'qreg q[2]; qreg r[2]; creg c[2]; creg d[1];\n';

/** Operations of statements after two registers of qubits and two of bits. */
const run = (statements: string): string[] => operationsOf(`${header2}${registers}${statements}`);
/** Complaints, without their place. */
const refuse = (statements: string): string[] =>
  complaints(`${header2}${registers}${statements}`).map((text) => text.replace(/^\S+ /, ''));

describe('the head of a text', () => {
  const warnings = (text: string): string[] => {
    const result = tryParse(text);
    return result.ok ? result.warnings.map(({ message }) => message) : ['refused'];
  };

  it('may be missing', () => {
    expect(warnings('OPENQASM 2.0; qreg q[1];')).toEqual([]);
    expect(warnings('OPENQASM 2; qreg q[1];')).toEqual([]);
    expect(warnings('qreg q[1];')).toEqual(['no version is declared; reading this as OpenQASM 2']);
    expect(warnings('qubit q;')).toEqual(['no version is declared; reading this as OpenQASM 3']);
    expect(warnings('include "stdgates.inc"; qubit q;')).toEqual([
      'no version is declared; reading this as OpenQASM 3',
    ]);
    expect(warnings('include "qelib1.inc"; qreg q[1];')).toEqual([
      'no version is declared; reading this as OpenQASM 2',
    ]);
    expect(warnings('')).toEqual([]);
    expect(warnings(' // nothing\n')).toEqual([]);
  });

  it.each([
    ['OPENQASM 1.0;', '1:10 UNSUPPORTED qmlx does not read version `1.0` of OpenQASM yet'],
    ['OPENQASM 4;', '1:10 UNSUPPORTED qmlx does not read version `4` of OpenQASM yet'],
    ['OPENQASM two;', '1:10 SYNTAX expected a version, found `two`'],
    ['OPENQASM;', '1:9 SYNTAX expected a version, found `;`'],
    ['OPENQASM 2.0', '1:13 SYNTAX expected ";" here'],
    ['OPENQASM 2.0 qreg q[1];', '1:14 SYNTAX expected ";", found `qreg`'],
    ['qreg q[1]; OPENQASM 2.0;', '1:12 SYNTAX OPENQASM cannot stand here'],
    ['OPENQASM 2.0; OPENQASM 2.0;', '1:15 SYNTAX OPENQASM cannot stand here'],
    [
      'OPENQASM 2.0; include qelib1;',
      '1:23 SYNTAX expected the name of a file in quotes, found `qelib1`',
    ],
    ['OPENQASM 2.0; include "stdgates.inc";', '1:23 SEMANTIC this file belongs to OpenQASM 3'],
    ['OPENQASM 3.0; include "qelib1.inc";', '1:23 SEMANTIC this file belongs to OpenQASM 2'],
  ])('%s', (text, complaint) => {
    expect(complaints(text)).toEqual([complaint]);
  });

  it('lets the file be included twice', () => {
    expect(operationsOf(`${header2}include "qelib1.inc"; qreg q[1]; h q;`)).toEqual(['h 0']);
  });
});

describe('registers', () => {
  it('follow one another and keep their names', () => {
    const read = circuitOf(`${header2}${registers}`);
    expect(read.qubitRegisters).toEqual([
      { name: 'q', start: 0, size: 2 },
      { name: 'r', start: 2, size: 2 },
    ]);
    expect(read.bitRegisters).toEqual([
      { name: 'c', start: 0, size: 2 },
      { name: 'd', start: 2, size: 1 },
    ]);
  });

  it('may come after operations', () => {
    expect(operationsOf(`${header2}qreg q[1]; x q; qreg r[1]; x r;`)).toEqual(['x 0', 'x 1']);
  });

  it('may be empty', () => {
    const read = circuitOf(`${header2}qreg q[0]; creg c[0]; x q; barrier q; measure q -> c;`);
    expect([read.qubits, read.bits, read.operations.length]).toEqual([0, 0, 0]);
  });

  it('may take names with capitals or Greek letters', () => {
    expect(operationsOf(`${header2}qreg Qα_1[1]; x Qα_1;`)).toEqual(['x 0']);
  });

  it('go up to 34 qubits and 2^20 bits', () => {
    expect(circuitOf(`${header2}qreg q[30]; qreg r[4]; creg c[1048576];`).qubits).toBe(34);
    expect(refuse('qreg w[31];')).toEqual([
      'ERR_LIMIT a program may have 34 qubits; with this register it has 35',
    ]);
    expect(refuse('creg e[1048576];')).toEqual([
      'ERR_LIMIT a program may have 1048576 classical bits; with this register it has 1048579',
    ]);
  });

  it.each([
    ['qreg q[2];', 'SEMANTIC `q` is declared already: it is a register of qubits'],
    ['creg q[2];', 'SEMANTIC `q` is declared already: it is a register of qubits'],
    ['creg h[2];', 'SEMANTIC `h` is declared already: it is a gate'],
    ['qreg pi[2];', 'SYNTAX `pi` is a word of OpenQASM 2 and cannot be a name for the register'],
    ['qreg w;', 'SYNTAX expected the size in brackets, found `;`'],
    ['qreg w[];', 'SYNTAX expected an integer, found `]`'],
    ['qreg w[-1];', 'SYNTAX expected an integer, found `-`'],
    ['qreg w[1.5];', 'SYNTAX expected an integer, found `1.5`'],
    ['qreg w[n];', 'SYNTAX expected an integer, found `n`'],
    ['qreg w[1+1];', 'UNSUPPORTED qmlx reads only integers as sizes and indices yet'],
    ['qreg w[1', 'SYNTAX expected "]", found the end of the text'],
    ['qreg [1];', 'SYNTAX expected a name for the register, found `[`'],
    ['qreg 3[1];', 'SYNTAX expected a name for the register, found `3`'],
  ])('%s', (statement, complaint) => {
    expect(refuse(statement)[0]).toBe(complaint);
  });
});

describe('gate calls', () => {
  it('act on single qubits, registers, or both', () => {
    expect(run('x q[1];')).toEqual(['x 1']);
    expect(run('x q;')).toEqual(['x 0', 'x 1']);
    expect(run('cx q, r;')).toEqual(['cx 0 2', 'cx 1 3']);
    expect(run('cx q[1], r;')).toEqual(['cx 1 2', 'cx 1 3']);
    expect(run('cx q, r[0];')).toEqual(['cx 0 2', 'cx 1 2']);
    expect(run('ccx q[0], r, q[1];')).toEqual(['ccx 0 2 1', 'ccx 0 3 1']);
    expect(run('rx(pi) q;')).toEqual([`rx(${Math.PI}) 0`, `rx(${Math.PI}) 1`]);
    expect(run('id() q[0];')).toEqual(['id 0']);
  });

  it('need no include for U and CX', () => {
    const text = 'OPENQASM 2.0; qreg q[2]; U(1, 2, 3) q[0]; CX q[0], q[1];';
    expect(operationsOf(text)).toEqual(['u(1,2,3) 0', 'cx 0 1']);
  });

  it.each([
    ['foo q;', 'SEMANTIC `foo` is not a gate that is declared here'],
    ['q q;', 'SEMANTIC expected a gate, but `q` is a register of qubits'],
    ['x z;', 'SEMANTIC expected a register of qubits, but `z` is a gate'],
    ['x c;', 'SEMANTIC expected a register of qubits, but `c` is a register of bits'],
    ['x nowhere;', 'SEMANTIC `nowhere` is not a register of qubits that is declared here'],
    ['x q[2];', 'SEMANTIC `q` has no element 2: its indices go from 0 to 1'],
    [
      'x q[99999999999999999999];',
      'SEMANTIC `q` has no element 100000000000000000000: its indices go from 0 to 1',
    ],
    ['qreg e[0]; x e[0];', 'SEMANTIC `e` has no element 0: it has no elements'],
    ['x q[0], q[1];', 'SEMANTIC `x` takes 1 qubit, received 2'],
    ['cx q[0];', 'SEMANTIC `cx` takes 2 qubits, received 1'],
    ['x(1) q;', 'SEMANTIC `x` takes 0 angles, received 1'],
    ['rx q;', 'SEMANTIC `rx` takes 1 angle, received 0'],
    ['u3(1,2) q;', 'SEMANTIC `u3` takes 3 angles, received 2'],
    ['cx q[0], q[0];', 'SEMANTIC this qubit stands twice; a gate needs distinct qubits'],
    ['cx q, q;', 'SEMANTIC this qubit stands twice; a gate needs distinct qubits'],
    ['cx q[0], q;', 'SEMANTIC this qubit stands twice; a gate needs distinct qubits'],
    ['qreg w[3]; cx q, w;', 'SEMANTIC registers of different sizes: `q` has 2 elements, `w` has 3'],
    ['qreg w[1]; cx q, w;', 'SEMANTIC registers of different sizes: `q` has 2 elements, `w` has 1'],
    ['x;', 'SYNTAX expected a qubit, found `;`'],
    ['x q', 'SYNTAX expected ";" here'],
    ['x q[0] q[1];', 'SYNTAX expected ";", found `q`'],
    ['rx(1 q;', 'SYNTAX expected ")", found `q`'],
    ['x[0] q;', 'SYNTAX expected a qubit, found `[`'],
    ['1 q;', 'SYNTAX expected a statement, found `1`'],
    ['{ x q; }', 'SYNTAX expected a statement, found `{`'],
    ['}', 'SYNTAX expected a statement, found `}`'],
  ])('%s', (statement, complaint) => {
    expect(refuse(statement)[0]).toBe(complaint);
  });
});

describe('measurements, barriers, resets and conditions', () => {
  it('measure single qubits or registers', () => {
    expect(run('measure q[1] -> d[0];')).toEqual(['measure 1 -> 2']);
    expect(run('measure r -> c;')).toEqual(['measure 2 -> 0', 'measure 3 -> 1']);
    expect(run('measure q[0] -> d;')).toEqual(['measure 0 -> 2']);
  });

  it('bar single qubits, registers, everything', () => {
    expect(run('barrier q[1];')).toEqual(['barrier 1']);
    expect(run('barrier r, q[0];')).toEqual(['barrier 2 3 0']);
    expect(run('barrier q, q[0];')).toEqual(['barrier 0 1']);
    expect(run('barrier;')).toEqual(['barrier 0 1 2 3']);
  });

  it.each([
    ['measure q -> d;', 'SEMANTIC cannot measure 2 qubits into 1 bit'],
    ['measure q[0] -> c;', 'SEMANTIC cannot measure 1 qubit into 2 bits'],
    ['measure c -> q;', 'SEMANTIC expected a register of qubits, but `c` is a register of bits'],
    ['measure q;', 'SYNTAX expected "->" and a bit for the result, found `;`'],
    ['measure q -> ;', 'SYNTAX expected a bit, found `;`'],
    ['measure q -> c[2];', 'SEMANTIC `c` has no element 2: its indices go from 0 to 1'],
    ['reset c;', 'SEMANTIC expected a register of qubits, but `c` is a register of bits'],
    ['barrier c;', 'SEMANTIC expected a register of qubits, but `c` is a register of bits'],
    ['if (c == 1) barrier q;', 'SEMANTIC only a gate, a measurement or a reset may follow "if"'],
    ['if (c == 1) qreg w[1];', 'SEMANTIC only a gate, a measurement or a reset may follow "if"'],
    ['if (q == 1) x q;', 'SEMANTIC expected a register of bits, but `q` is a register of qubits'],
    ['if (c[0] == 1) x q;', 'SYNTAX expected "==", found `[`'],
    ['if (c = 1) x q;', 'SYNTAX expected "==", found `=`'],
    ['if (c == d) x q;', 'SYNTAX expected an integer, found `d`'],
    ['if c == 1 x q;', 'SYNTAX expected "(" after "if", found `c`'],
    ['if (c == 1) x q', 'SYNTAX expected ";" here'],
    ['if (c == 1) ;', 'SYNTAX expected a statement, found `;`'],
    ['if (c == 1)', 'SYNTAX expected a statement before the end of the text'],
    ['gate g a { if (c == 1) } x q;', 'SYNTAX expected a statement, found `}`'],
  ])('%s', (statement, complaint) => {
    expect(refuse(statement).join('\n')).toContain(complaint);
  });

  it('checks the operation under a condition too', () => {
    expect(refuse('if (c == 1) x z;')).toHaveLength(1);
    expect(refuse('if (z == 1) x z;')).toHaveLength(2);
  });
});

describe('decisions', () => {
  const read = (text: string) => parse(`${header2}qreg q[2]; creg c[2]; creg d[1];\n${text}`);

  it('reads resets, measurements in the middle and conditions', () => {
    expect(read('reset q; measure q[0] -> c[0]; x q[0];').countOps()).toEqual({
      reset: 2,
      measure: 1,
      x: 1,
    });
    const [condition] = read('if (c == 2) x q;').operations;
    expect(condition).toMatchObject({ kind: 'if', body: [{ targets: [0] }, { targets: [1] }] });
  });

  it('takes the first bit of a register as the least significant', async () => {
    const program = 'x q[1]; measure q -> c; if (c == 2) x q[0]; measure q[0] -> d[0];';
    const { counts } = await read(program).run({ shots: 8 });
    expect([...counts]).toEqual([['011', 8]]);
  });

  it('tests a condition once for all qubits', async () => {
    const { counts } = await read('x q; if (c == 0) measure q -> c;').run({ shots: 8 });
    expect([...counts]).toEqual([['110', 8]]);
  });
});

describe('decisions at their edges', () => {
  const head = `${header2}qreg q[2]; creg c[1]; creg d[65]; gate n a { }\n`;
  it('compares a register of one bit', async () => {
    const { counts } = await parse(
      `${header2}qreg q[1]; creg c[1]; creg e[1]; if (c == 0) x q; measure q -> e;`,
    ).run({
      shots: 4,
    });
    expect([...counts]).toEqual([['01', 4]]);
  });

  it('leaves out conditions of nothing', () => {
    expect(parse(`${head}if (c == 1) n q;`).operations).toEqual([]);
  });

  it('refuses registers that are no number', () => {
    expect(complaints(`${head}if (d == 1) x q;`)).toEqual([
      '4:5 UNSUPPORTED a condition takes a register of 1 to 64 bits; this one has 65',
    ]);
  });
});

describe('leniency', () => {
  it('reads what other readers accept, with a warning where it is no OpenQASM', () => {
    const result = tryParse(`${header2}qreg q[2];;; cx q[0], q[1],;`);
    expect(result.ok && result.warnings.map(({ message }) => message)).toEqual([
      'an empty statement',
    ]);
  });

  it('stops warning after 100', () => {
    const result = tryParse(`${header2}${'; x\n'.repeat(300)}`);
    expect(result.ok).toBe(false);
    const lenient = tryParse(`${header2}qreg q[1]; ${'; x q;'.repeat(300)}`);
    expect(lenient.ok && lenient.warnings.length).toBe(100);
    expect(lenient.ok && lenient.circuit.size).toBe(300);
  });

  it('keeps the circuit open for more', () => {
    const read = parse(`${header2}qreg q[1];`);
    expect(read.gate('h', [], [0]).size).toBe(1);
  });
});
