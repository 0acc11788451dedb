// What every engine must do alike, seen through the public interface.

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { circuit, linspace, param, pauli, Simulator, type ErrorFields } from 'qmlx';
import { settings } from '../reference/settings.js';

describe.each(settings)('on $name', (setting) => {
  const { device, precision, decimals, amplitudeBytes, mostQubits } = setting;
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await Simulator.create({ device, precision });
  });

  afterAll(() => simulator.dispose());

  it('counts the outcomes of a Bell pair', async () => {
    const { counts, shots } = await circuit(2, 2)
      .h(0)
      .cx(0, 1)
      .measureAll()
      .run({ device, precision, shots: 1000, seed: 42 });
    expect(shots).toBe(1000);
    expect([...counts.keys()]).toEqual(['00', '11']);
    expect(counts.total).toBe(1000);
  });

  it('has qubit 0 leftmost in kets and bit 0 leftmost in keys', async () => {
    const state = await simulator.state(circuit(3).x(0));
    expect(state.probability('100')).toBe(1);
    expect(state.data[2 * 0b100]).toBe(1);
    const { counts } = await simulator.run(circuit(2, 3).x(0).measure(0, 2), { shots: 5 });
    expect([...counts]).toEqual([['001', 5]]);
    state.dispose();
  });

  it('runs circuits of every small size', async () => {
    for (let qubits = 0; qubits <= 12; qubits++) {
      const built = circuit(qubits, qubits);
      for (let q = 0; q < qubits; q++) built.x(q);
      const state = await simulator.state(built);
      expect(state.data).toHaveLength(2 * 2 ** qubits);
      expect(state.data[2 * (2 ** qubits - 1)]).toBe(1);
      state.dispose();
    }
  });

  it('takes no qubits, no gates, no shots', async () => {
    expect((await simulator.state(circuit(0))).data).toEqual(
      precision === 'complex128' ? Float64Array.of(1, 0) : Float32Array.of(1, 0),
    );
    expect([...(await simulator.run(circuit(0))).counts]).toEqual([]);
    expect([...(await simulator.run(circuit(1, 1))).counts]).toEqual([]);
    const none = await simulator.run(circuit(1, 1).measureAll(), { shots: 0 });
    expect([none.shots, none.counts.size, none.counts.total]).toEqual([0, 0, 0]);
  });

  it('leaves bits without a measurement at 0', async () => {
    const { counts } = await simulator.run(circuit(1, 9).x(0).measure(0, 8), { shots: 3 });
    expect([...counts]).toEqual([['000000001', 3]]);
  });

  it('gives probabilities of all, some and the likeliest states', async () => {
    const built = circuit(3)
      .ry(2 * Math.acos(Math.sqrt(0.75)), 0)
      .x(2);
    const all = await simulator.probabilities(built);
    expect(all).toHaveLength(8);
    expect(all[0b001]).toBeCloseTo(0.75, decimals);
    expect(all[0b101]).toBeCloseTo(0.25, decimals);
    const some = await simulator.probabilities(built, { qubits: [2, 0] });
    expect([...some].map((p) => Number(p.toFixed(6)))).toEqual([0, 0, 0.75, 0.25]);
    const top = await simulator.probabilities(built, { top: 1 });
    expect(top).toEqual([{ state: '001', probability: expect.closeTo(0.75, 6) }]);
    const topOfSome = await simulator.probabilities(built, { qubits: [0], top: 2 });
    expect(topOfSome.map(({ state }) => state)).toEqual(['0', '1']);
  });

  it('gives means of observables, alone and in sweeps', async () => {
    const ansatz = circuit(2).ry(param('theta'), 0).cx(0, 1);
    const observable = pauli.sum({ ZI: 1, XX: 0.5, II: 2 });
    const mean = (theta: number) => 2 + Math.cos(theta) + 0.5 * Math.sin(theta);
    const one = await simulator.expectation(ansatz, observable, { params: { theta: 0.3 } });
    expect(one).toBeCloseTo(mean(0.3), decimals);
    const thetas = linspace(0, Math.PI, 7);
    const many = await simulator.sweep(ansatz, { theta: thetas }).expectation(observable);
    many.forEach((value, k) => expect(value).toBeCloseTo(mean(thetas[k] as number), decimals));
  });

  it('binds parameters anew in each run', async () => {
    const built = circuit(1, 1).rx(param('angle'), 0).measureAll();
    const off = await simulator.run(built, { params: { angle: 0 }, shots: 7 });
    const on = await simulator.run(built, { params: { angle: Math.PI }, shots: 7 });
    expect([...off.counts]).toEqual([['0', 7]]);
    expect([...on.counts]).toEqual([['1', 7]]);
  });

  it('sees the gates added since the last run', async () => {
    const built = circuit(1, 1);
    expect((await simulator.probabilities(built))[0]).toBe(1);
    built.x(0);
    expect((await simulator.probabilities(built))[0]).toBe(0);
  });

  it.each([1, 2, 8])('gives the same counts on %d threads as on one', async (threads) => {
    const built = circuit(12, 12);
    for (let q = 0; q < 12; q++) built.ry(0.3 * q + 0.2, q);
    for (let q = 0; q < 11; q++)
      built
        .cx(q, q + 1)
        .rz(0.7, q + 1)
        .h(q);
    built.measureAll();
    const options = { device, precision, shots: 4000, seed: 2n ** 60n + 1n };
    const one = await built.run({ ...options, threads: 1 });
    const other = await built.run({ ...options, threads });
    expect([...other.counts]).toEqual([...one.counts]);
  });

  it('counts differently with another seed and alike with the seed it reports', async () => {
    const built = circuit(10, 10).hAll().measureAll();
    const drawn = await simulator.run(built);
    const again = await simulator.run(built, { seed: drawn.seed });
    const other = await simulator.run(built, { seed: -5 });
    expect([...again.counts]).toEqual([...drawn.counts]);
    expect([...other.counts]).not.toEqual([...drawn.counts]);
    expect(other.seed).toBe(-5);
  });

  it('runs concurrent calls one after the other, each with its own result', async () => {
    const flips = Array.from({ length: 20 }, (_, k) => {
      const built = circuit(5, 5);
      for (let q = 0; q < 5; q++) if ((k >> (4 - q)) & 1) built.x(q);
      return simulator.run(built.measureAll(), { shots: 2 });
    });
    const results = await Promise.all(flips);
    results.forEach(({ counts }, k) => {
      expect([...counts]).toEqual([[k.toString(2).padStart(5, '0'), 2]]);
    });
  });

  it('keeps states apart and multiplies them', async () => {
    const zero = await simulator.state(circuit(2));
    const plus = await simulator.state(circuit(2).h(0));
    expect(zero.inner(plus).re).toBeCloseTo(Math.SQRT1_2, decimals);
    const elsewhere = await circuit(2).h(0).state({ device, precision });
    expect(elsewhere.fidelity(plus)).toBeCloseTo(1, decimals);
    expect(plus.expectation(pauli.sum({ XI: 1 }))).toBeCloseTo(1, decimals);
    for (const state of [zero, plus, elsewhere]) state.dispose();
  });

  it('refuses 33 qubits with the size that fits', async () => {
    const limited = await Simulator.create({ device, precision, memoryLimit: 2 ** 34 });
    const refusal = await limited.state(circuit(33).h(0)).catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      code: 'ERR_OUT_OF_MEMORY',
      requiredBytes: amplitudeBytes * 2 ** 33,
    });
    const { availableBytes, largestQubitCount } = refusal as ErrorFields['ERR_OUT_OF_MEMORY'];
    expect(availableBytes).toBeLessThanOrEqual(2 ** 34);
    const fitting = Math.floor(Math.log2(availableBytes / amplitudeBytes));
    expect(largestQubitCount).toBe(Math.min(fitting, mostQubits));
    // The next run is as good as any.
    expect((await limited.probabilities(circuit(1).x(0)))[1]).toBe(1);
    await limited.dispose();
  });

  it('explains its plan', () => {
    const text = circuit(5).h(0).cx(0, 1).compile({ device, precision }).explain();
    expect(text).toMatch(/pass/);
  });

  it('describes itself', () => {
    expect(simulator.info.device).toBe(device);
    expect(simulator.info.threads).toBeGreaterThanOrEqual(1);
    expect(simulator.info.memoryBytes).toBeGreaterThan(0);
  });
});
