import { describe, expect, it } from '@jest/globals';
import { circuit, param, QuantumError, UnitaryMatrix } from 'qmlx';
import { gateCalls } from '../../reference/operations.js';
import { randomCircuit } from '../../reference/random-circuit.js';
import { RandomStream } from '../../reference/random.js';
import { simulate } from '../../reference/simulator.js';

describe('the matrix of a circuit', () => {
  it('has what basis states become as columns', async () => {
    const random = new RandomStream(5);
    for (let k = 0; k < 30; k++) {
      const { circuit: made, params, qubits } = randomCircuit(random, 1 + (k % 5), 10);
      const used = Object.fromEntries(made.parameters.map((name) => [name, params[name]!]));
      const matrix = await made.unitary({ params: used });
      expect(matrix.dimension).toBe(2 ** qubits);
      for (let column = 0; column < matrix.dimension; column++) {
        const start = { re: new Float64Array(2 ** qubits), im: new Float64Array(2 ** qubits) };
        start.re[column] = 1;
        const expected = simulate(qubits, gateCalls(made, params), start);
        for (let row = 0; row < matrix.dimension; row++) {
          const { re, im } = matrix.element(row, column);
          const distance = Math.hypot(re - expected.re[row]!, im - expected.im[row]!);
          expect(distance).toBeLessThan(1e-5);
        }
      }
    }
  });

  it('can be applied again', async () => {
    const c = circuit(2).h(0).cx(0, 1).s(1);
    const { data } = await c.unitary();
    using state = await circuit(2).unitary(data, 0, 1).state();
    using expected = await c.state();
    expect(state.fidelity(expected)).toBeCloseTo(1, 6);
  });

  it('is the number 1 without qubits and asks for parameters', async () => {
    const none = await circuit(0).unitary();
    expect(none).toBeInstanceOf(UnitaryMatrix);
    expect([...none.data]).toEqual([1, 0]);
    expect(() => none.element(1, 0)).toThrow(QuantumError);
    const c = circuit(1).rx(param('a'), 0);
    expect((await c.unitary({ params: { a: Math.PI } })).element(1, 0).im).toBeCloseTo(-1, 6);
    await expect(c.unitary({} as never)).rejects.toMatchObject({ code: 'ERR_PARAMETER' });
  });

  it('belongs to circuits of gates alone, of 12 qubits at most', async () => {
    const refused = { code: 'ERR_MEASURED' };
    await expect(circuit(1, 1).measure(0, 0).unitary()).rejects.toMatchObject(refused);
    await expect(circuit(1).initialize('1').unitary()).rejects.toMatchObject(refused);
    await expect(circuit(13).unitary()).rejects.toMatchObject({
      code: 'ERR_LIMIT',
      limit: 'matrixQubits',
      maximum: 12,
      received: 13,
    });
  });
});
