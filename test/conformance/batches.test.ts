// Many rows of parameters at once, on every engine: the same as one run after another.

import { afterAll, describe, expect, it } from '@jest/globals';
import { circuit, param, pauli } from 'qmlx';
import { gateCalls } from '../reference/operations.js';
import { simulate } from '../reference/simulator.js';
import { settings } from '../reference/settings.js';

const a = param('a');
const b = param('b');

/** Every kind of operation, some of them with parameters. */
function ansatz(qubits: number) {
  const built = circuit(qubits);
  for (let q = 0; q < qubits; q++) built.ry(a.mul(q + 1), q).rz(b.add(0.1 * q), q);
  for (let q = 0; q + 1 < qubits; q++) {
    built
      .cx(q, q + 1)
      .rxx(b, q, q + 1)
      .cp(a, q, q + 1);
  }
  return built.swap(0, qubits - 1).h(0);
}

const rows = Array.from({ length: 37 }, (_, k) => [0.1 * k - 1, Math.sin(k)]);

describe.each(settings)('batches on $name', (setting) => {
  const { device, precision, decimals, amplitudeBytes } = setting;
  const program = ansatz(5).compile({ device, precision });
  afterAll(() => program.dispose());

  it('give the states of the rows', async () => {
    using batch = await program.runMany(rows);
    expect([batch.rows, batch.qubits, batch.device]).toEqual([37, 5, device]);
    rows.forEach(([x, y], row) => {
      const calls = gateCalls(ansatz(5), { a: x as number, b: y as number });
      const truth = simulate(5, calls);
      const got = batch.amplitudes(row);
      const chances = batch.probabilities(row, [3, 1]);
      const expected = new Float64Array(4);
      for (let k = 0; k < 32; k++) {
        const [re, im] = [truth.re[k] as number, truth.im[k] as number];
        expect(got[2 * k]).toBeCloseTo(re, decimals);
        expect(got[2 * k + 1]).toBeCloseTo(im, decimals);
        const place = 2 * ((k >> 1) & 1) + ((k >> 3) & 1);
        expected[place] = (expected[place] as number) + re * re + im * im;
      }
      expected.forEach((chance, k) => expect(chances[k]).toBeCloseTo(chance, decimals));
    });
  });

  it('give expectation values as single runs do, all at once and in a sweep', async () => {
    const observable = pauli.sum({ ZZIII: 0.5, XIXII: -1, YYIZI: 0.25, IIIII: 2, IXYZX: 1 });
    const matrix = Float64Array.from(rows.flat());
    using batch = await program.runMany(matrix);
    const together = batch.expectations(observable);
    const swept = await ansatz(5)
      .sweep({ a: rows.map(([x]) => x as number), b: rows.map(([, y]) => y as number) })
      .expectation(observable, { device, precision });
    rows.forEach((values, row) => {
      const alone = program.expectationSync(observable, values);
      expect(together[row]).toBeCloseTo(alone, decimals);
      expect(swept[row]).toBeCloseTo(alone, decimals);
    });
  });

  it('of more rows than fit at once are cut into parts', async () => {
    const many = Float64Array.from({ length: 3000 }, (_, k) => k / 500);
    const observable = pauli.sum({ Z: 1 });
    const means = await circuit(1)
      .rx(param('t'), 0)
      .sweep({ t: many })
      .expectation(observable, { device, precision });
    many.forEach((t, k) => expect(means[k]).toBeCloseTo(Math.cos(t), decimals));
  });

  it('refuse what is no matrix of their parameters, and what does not fit', async () => {
    const refused = (matrix: unknown) => expect(program.runMany(matrix as never)).rejects;
    await refused([]).toMatchObject({ code: 'ERR_INVALID_ARGUMENT', argument: 'matrix.length' });
    await refused(7).toMatchObject({ code: 'ERR_INVALID_ARGUMENT', argument: 'matrix' });
    await refused([1, 2]).toMatchObject({ code: 'ERR_INVALID_ARGUMENT', argument: 'matrix[0]' });
    await refused([[1]]).toMatchObject({ code: 'ERR_PARAMETER' });
    await refused([[1, NaN]]).toMatchObject({ code: 'ERR_PARAMETER', parameter: 'b' });
    await refused(new Float64Array(3)).toMatchObject({ argument: 'matrix' });
    await refused(Float64Array.of(1, Infinity)).toMatchObject({ parameter: 'b' });
    using small = ansatz(5).compile({ device, precision, memoryLimit: amplitudeBytes * 32 * 4 });
    await expect(small.runMany(rows)).rejects.toMatchObject({
      code: 'ERR_OUT_OF_MEMORY',
      requiredBytes: amplitudeBytes * 32 * 37,
    });
    using batch = await small.runMany(rows.slice(0, 4));
    expect(() => batch.amplitudes(4)).toThrow(expect.objectContaining({ argument: 'row' }));
    batch.dispose();
    expect(() => batch.amplitudes(0)).toThrow(expect.objectContaining({ code: 'ERR_DISPOSED' }));
  });
});
