// Protocols with measurement and feedback against what textbooks say they do.

import { describe, expect, it } from '@jest/globals';
import { bit, circuit, reg, variable, type Circuit } from 'qmlx';
import { presentDevices } from '../../lib/run/engines.js';
import { RandomStream } from '../reference/random.js';
import { chiSquareFit } from '../statistical/chi-square.js';

const FAIR = 1 - 1e-6;

function expectFit(
  counts: ReadonlyMap<string, number>,
  probabilities: Readonly<Record<string, number>>,
): void {
  const fit = chiSquareFit(counts, new Map(Object.entries(probabilities)));
  expect(fit.impossible).toEqual([]);
  expect(fit.level).toBeLessThan(FAIR);
}

describe.each(presentDevices().present)('feedback on %s', (device) => {
  describe('measurement', () => {
    it('gives the same outcome again', async () => {
      const { counts } = await circuit(1, 3)
        .h(0)
        .measure(0, 0)
        .measure(0, 1)
        .measure(0, 2)
        .run({ device, shots: 1000, seed: 1 });
      expect([...counts.keys()]).toEqual(['000', '111']);
      expectFit(counts, { '000': 0.5, '111': 0.5 });
    });

    it('collapses what is rotated on: four outcomes alike, not always 00', async () => {
      const { counts } = await circuit(1, 2)
        .h(0)
        .measure(0, 0)
        .h(0)
        .measure(0, 1)
        .run({ device, shots: 4000, seed: 2 });
      expectFit(counts, { '00': 0.25, '01': 0.25, '10': 0.25, '11': 0.25 });
    });

    it('in the basis of X and Y leaves its own outcome', async () => {
      const twice = circuit(1, 2).h(0).measureX(0, 0).measure(0, 1);
      expect(
        [...(await twice.exactDistribution({ device }))].map(([key, p]) => [
          key,
          Math.round(p * 1e6) / 1e6,
        ]),
      ).toEqual([['00', 1]]);
    });
  });

  describe('teleportation', () => {
    it('brings 1,000 random states over', async () => {
      const random = new RandomStream(7);
      for (let k = 0; k < 1000; k++) {
        const [a, b, c] = [random.uniform() * Math.PI, random.uniform() * 6, random.uniform() * 6];
        const result = await circuit(3, 2)
          .u(a, b, c, 0)
          .h(1)
          .cx(1, 2)
          .cx(0, 1)
          .h(0)
          .measure(0, 0)
          .measure(1, 1)
          .if(bit(1).eq(1), (t) => t.x(2))
          .if(bit(0).eq(1), (t) => t.z(2))
          .run({ device, shots: 1, seed: k });
        using state = await result.trajectory(0);
        using wanted = await circuit(1).u(a, b, c, 0).state({ device });
        const row = result.memory!.row(0)!;
        const [zero, one] = [state.amplitude(`${row}0`), state.amplitude(`${row}1`)];
        const [x, y] = [wanted.amplitude('0'), wanted.amplitude('1')];
        const re = zero.re * x.re + zero.im * x.im + one.re * y.re + one.im * y.im;
        const im = zero.im * x.re - zero.re * x.im + one.im * y.re - one.re * y.im;
        expect(re * re + im * im).toBeGreaterThan(1 - 1e-6);
      }
    });

    it('needs its corrections', async () => {
      const without = circuit(3, 3)
        .ry(1, 0)
        .h(1)
        .cx(1, 2)
        .cx(0, 1)
        .h(0)
        .measure(0, 0)
        .measure(1, 1)
        .ry(-1, 2)
        .measure(2, 2);
      const counts = await without.exactDistribution({ device });
      const one = [...counts].reduce((sum, [key, p]) => sum + (key.endsWith('1') ? p : 0), 0);
      expect(one).toBeGreaterThan(0.1);
    });
  });

  it('superdense coding sends two bits in one qubit', async () => {
    for (const [message, encode] of Object.entries<(c: Circuit) => Circuit>({
      '00': (c) => c,
      '01': (c) => c.x(0),
      '10': (c) => c.z(0),
      '11': (c) => c.x(0).z(0),
    })) {
      const pair = encode(circuit(2, 2).h(0).cx(0, 1) as unknown as Circuit)
        .cx(0, 1)
        .h(0)
        .measureAll();
      expect([...(await pair.run({ device, shots: 50 })).counts]).toEqual([[message, 50]]);
    }
  });

  it.each([0.02, 0.1, 0.3])('the repetition code fails with 3p² − 2p³ at p = %d', async (p) => {
    // Qubits 0 to 2 carry the code, 3 throws the coins, 4 and 5 take the syndrome.
    const theta = 2 * Math.asin(Math.sqrt(p));
    let code = circuit(6, 3) as unknown as Circuit;
    for (const qubit of [0, 1, 2]) code = code.ry(theta, 3).cx(3, qubit).reset(3);
    code = code
      .cx(0, 4)
      .cx(1, 4)
      .cx(1, 5)
      .cx(2, 5)
      .measure(4, 0)
      .measure(5, 1)
      .switch(reg('c'), { 1: (c) => c.x(0), 3: (c) => c.x(1), 2: (c) => c.x(2) })
      .measure(0, 2);
    const distribution = await code.exactDistribution({ device });
    const failed = [...distribution].reduce(
      (sum, [key, weight]) => sum + (key[2] === '1' ? weight : 0),
      0,
    );
    expect(failed).toBeCloseTo(3 * p ** 2 - 2 * p ** 3, 5);
    const { counts } = await code.run({ device, shots: 4000, seed: 5 });
    expectFit(counts.marginal([2]), { '0': 1 - failed, '1': failed });
  });

  it('iterative phase estimation reads 5 bits of a phase with one qubit and feedback', async () => {
    const bits = 5;
    const phase = 19 / 32;
    const k = variable.int('k');
    let estimate = circuit(2, bits) as unknown as Circuit;
    estimate = estimate.x(1);
    for (let round = 0; round < bits; round++) {
      const power = 2 ** (bits - 1 - round);
      estimate = estimate
        .reset(0)
        .h(0)
        .cp(2 * Math.PI * phase * power, 0, 1);
      for (let earlier = 0; earlier < round; earlier++) {
        const turn = -Math.PI / 2 ** (round - earlier);
        estimate = estimate.rz(bit(earlier).angle().mul(turn), 0);
      }
      estimate = estimate.h(0).measure(0, round);
    }
    const { counts } = await estimate.assign(k, reg('c')).run({ device, shots: 200, seed: 3 });
    // The bit of the first round is the least significant one, as registers count.
    const [key] = [...counts.keys()];
    expect(counts.size).toBe(1);
    expect(parseInt([...key!].reverse().join(''), 2)).toBe(19);
  });

  it('a quantum walk whose coin is reset becomes a random walk', async () => {
    // Position on a ring of 8 in qubits 1 to 3, coin 0; four steps of a coin that forgets.
    const up = Array.from({ length: 8 }, (_, x) => (x + 1) % 8);
    const down = up.map((_, x) => (x + 7) % 8);
    let walk = circuit(4, 3) as unknown as Circuit;
    for (let step = 0; step < 4; step++) {
      walk = walk
        .h(0)
        .compose(circuit(3).permutation(up, 0, 1, 2).controlled(1), { qubits: [0, 1, 2, 3] })
        .compose(circuit(3).permutation(down, 0, 1, 2).controlled(1, { state: '0' }), {
          qubits: [0, 1, 2, 3],
        })
        .reset(0);
    }
    const distribution = await walk
      .measure(1, 0)
      .measure(2, 1)
      .measure(3, 2)
      .exactDistribution({ device });
    const binomial: Readonly<Record<string, number>> = {
      '000': 6 / 16,
      '010': 4 / 16,
      '110': 4 / 16,
      '100': 2 / 16,
    };
    expect(distribution.size).toBe(4);
    for (const [key, probability] of distribution)
      expect(probability).toBeCloseTo(binomial[key]!, 6);
  });

  it('repeat until success ends with certainty, after a geometric number of rounds', async () => {
    const tries = variable.uint('tries', 4);
    const success = circuit(1, 5)
      .while(
        bit(0).eq(0),
        (c) =>
          c
            .reset(0)
            .ry(2 * Math.asin(Math.sqrt(0.3)), 0)
            .measure(0, 0)
            .assign(tries, tries.add(1)),
        { max: 1000 },
      )
      .if(tries.eq(1), (c) => c.assign(bit(1), 1))
      .if(tries.eq(2), (c) => c.assign(bit(2), 1));
    const { counts } = await success.run({ device, shots: 4000, seed: 9 });
    expect(counts.marginal([0]).probability('1')).toBe(1);
    const rounds = counts.marginal([1, 2]);
    const later = 1 - 0.3 - 0.21;
    // The counter wraps at 16, so that 17 counts as 1: less likely than 0.4 %.
    expect(rounds.probability('10')).toBeCloseTo(0.3, 1);
    expect(rounds.probability('01')).toBeCloseTo(0.21, 1);
    expect(rounds.probability('00')).toBeCloseTo(later, 1);
  });
});
