// OpenQASM 2 has no matrices, diagonals, permutations, Pauli strings or preparations: gates are written for them.

import { describe, expect, it } from '@jest/globals';
import { bit, circuit, qasm, QuantumError, reg, type Circuit } from 'qmlx';
import { RandomStream } from '../../reference/random.js';

const cx = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 0, 1],
  [0, 0, 1, 0],
];

async function expectSame(a: Circuit, b: Circuit): Promise<void> {
  const [left, right] = [await a.unitary(), await b.unitary()];
  left.data.forEach((part, k) => expect(Math.abs(part - right.data[k]!)).toBeLessThan(1e-5));
}

const open = (c: unknown): Circuit => c as Circuit;

describe('data operations in OpenQASM 2', () => {
  it.each<[string, Circuit]>([
    ['a matrix', open(circuit(3).unitary(cx, 2, 0))],
    ['a matrix under controls', open(circuit(2).unitary(cx, 1, 0)).controlled(2, { state: '01' })],
    ['a diagonal', open(circuit(3).diagonal([0, 0.3, -1, 2, 0.7, 1, -0.2, 3], 1, 2, 0))],
    ['a permutation', open(circuit(3).permutation([3, 0, 2, 1, 7, 6, 5, 4], 0, 2, 1))],
    ['a Pauli rotation', open(circuit(4).pauliRotation('XIYZ', 0.7, 0, 1, 2, 3))],
    ['one under a control', open(circuit(2).pauliRotation('YX', 0.7, 0, 1)).controlled(1)],
  ])('%s acts as before', async (_, c) => {
    await expectSame(qasm.parse(qasm.stringify(c)), c);
  });

  it('prepares states on fresh and on used qubits', async () => {
    const random = new RandomStream(3);
    const amplitudes = Array.from({ length: 8 }, () => [random.uniform() - 0.5, random.uniform()]);
    const norm = Math.hypot(...amplitudes.flat());
    const state = amplitudes.map(([re, im]) => [re! / norm, im! / norm] as const);
    const fresh = circuit(3).initialize(state);
    const text = qasm.stringify(fresh);
    expect(text).not.toContain('reset');
    using a = await qasm.parse(text).state();
    using b = await fresh.state();
    expect(a.fidelity(b)).toBeCloseTo(1, 6);
  });

  it('resets qubits that may have been used', async () => {
    const c = circuit(2, 2).h(0).cx(0, 1).initialize('1', 0).measureAll();
    const text = qasm.stringify(c);
    expect(text).toContain('reset q[0];');
    expect([...(await qasm.parse(text).exactDistribution()).keys()]).toEqual(['10', '11']);
    const under = circuit(1, 1).if(reg('c').eq(0), (d) => d.initialize('1'));
    expect(qasm.stringify(under)).toContain('if (c == 0) reset q[0];\nif (c == 0) x q[0];');
  });

  it.each<[string, Circuit]>([
    ['an angle that follows a bit', open(circuit(1, 1).rz(bit(0).angle(), 0))],
    ['a loop', open(circuit(1, 1).while(bit(0), (c) => c.x(0)))],
    ['a postselection', open(circuit(1).postselect(0, 1))],
  ])('refuses %s', (_, c) => {
    let code = 'none';
    try {
      qasm.stringify(c);
    } catch (error) {
      if (QuantumError.is(error)) code = error.code;
    }
    expect(code).toBe('ERR_UNSUPPORTED');
  });
});
