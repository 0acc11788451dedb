import { describe, expect, it } from '@jest/globals';
import { circuit, param, pauli } from 'qmlx';
import { heavyCircuit } from '../../reference/heavy-circuit.js';

const rotated = () => circuit(2).ry(param('a'), 0).rx(param('b').mul(2), 1);

/** The amplitudes of RY(a)|0> ⊗ RX(2b)|0>, written out. */
function expected(a: number, b: number): number[] {
  const [c, s, d, t] = [Math.cos(a / 2), Math.sin(a / 2), Math.cos(b), Math.sin(b)];
  return [c * d, 0, 0, -c * t, s * d, 0, 0, -s * t];
}

describe('synchronous methods', () => {
  it('evolve and read', () => {
    using program = rotated().compile();
    const out = new Float32Array(8);
    for (const [a, b] of [
      [0.3, 0.1],
      [2, -1],
    ] as const) {
      for (const values of [[a, b], new Float64Array([a, b]), new Float32Array([a, b])]) {
        program.runSync(values);
        expect(program.amplitudes(out)).toBe(out);
        expected(a, b).forEach((value, k) => expect(out[k]).toBeCloseTo(value, 6));
      }
    }
    expect(program.probabilities([0])[0]).toBeCloseTo(Math.cos(1) ** 2, 6);
  });

  it('give means and counts', () => {
    using program = rotated().compile();
    expect(program.expectationSync(pauli.sum({ ZI: 1 }), [0.4, 0])).toBeCloseTo(Math.cos(0.4), 6);
    using measured = circuit(2, 2).rx(param('t'), 1).measureAll().compile();
    expect([...measured.sampleSync([Math.PI], { shots: 9, seed: 1 })]).toEqual([['01', 9]]);
    expect([...program.sampleSync([1, 1])]).toEqual([]);
  });

  it('need no values for a circuit without parameters', () => {
    using program = circuit(1).x(0).compile();
    expect([...program.amplitudes()]).toEqual([0, 0, 1, 0]);
  });

  it.each([
    ['too few', [1], 'b'],
    ['too many', [1, 2, 3], 'b'],
    ['none', undefined, 'a'],
    ['NaN', [1, NaN], 'b'],
    ['Infinity in a typed array', new Float64Array([Infinity, 1]), 'a'],
    ['a text', ['1', 2], 'a'],
    ['an object', { a: 1, b: 2 }, 'a'],
    ['null', null, 'a'],
  ])('refuse %s', (_, values, parameter) => {
    using program = rotated().compile();
    const error = { code: 'ERR_PARAMETER', parameter };
    expect(() => program.runSync(values as never)).toThrow(expect.objectContaining(error));
    // The next call is as good as any.
    program.runSync([0, 0]);
    expect(program.amplitudes()[0]).toBeCloseTo(1, 6);
  });

  it('refuse readers of circuits that measure', () => {
    using program = circuit(1, 1).measureAll().compile();
    const refused = expect.objectContaining({ code: 'ERR_MEASURED' });
    expect(() => program.amplitudes()).toThrow(refused);
    expect(() => program.probabilities()).toThrow(refused);
    expect(() => program.expectationSync(pauli.sum({ Z: 1 }))).toThrow(refused);
  });

  it.each([[new Float32Array(3)], [new Float64Array(8)], [[]]])(
    'refuse to write into %p',
    (out) => {
      using program = rotated().compile();
      program.runSync([0, 0]);
      expect(() => program.amplitudes(out as never)).toThrow(
        expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', argument: 'out' }),
      );
    },
  );

  it('throw ERR_BUSY while a run is under way, and work after it', async () => {
    const large = heavyCircuit(18, 40).measureAll();
    using program = circuit(1).x(0).compile();
    program.runSync();
    const running = large.run({ device: 'cpu' });
    const busy = expect.objectContaining({ code: 'ERR_BUSY' });
    expect(() => program.runSync()).toThrow(busy);
    await running;
    program.runSync();
    expect(program.amplitudes()[2]).toBe(1);
  });
});

describe('run', () => {
  it('gives what circuit.run gives', async () => {
    const built = circuit(3, 3).ry(param('t'), 0).cx(0, 1).cx(1, 2).measureAll();
    using program = built.compile();
    const options = { shots: 500, seed: 3 };
    const byProgram = await program.run([0.7], options);
    const byCircuit = await built.run({ ...options, params: { t: 0.7 } });
    expect([...byProgram.counts]).toEqual([...byCircuit.counts]);
    expect([...program.sampleSync([0.7], options)]).toEqual([...byCircuit.counts]);
  });

  it('may be called many times at once', async () => {
    using program = circuit(1, 1).rx(param('t'), 0).measureAll().compile();
    const angles = [0, Math.PI, 0, Math.PI];
    const results = await Promise.all(angles.map((t) => program.run([t], { shots: 1 })));
    expect(results.map(({ counts }) => counts.mostFrequent())).toEqual(['0', '1', '0', '1']);
  });

  it('refuses options that were settled by compile', async () => {
    using program = rotated().compile();
    await expect(program.run([0, 0], { threads: 1 } as never)).rejects.toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
      argument: 'options.threads',
    });
  });
});

describe('a program', () => {
  it('is frozen and describes itself', () => {
    using program = rotated().compile();
    expect(Object.isFrozen(program)).toBe(true);
    expect(program.parameters).toEqual(['a', 'b']);
    expect(String(program)).toBe('Program(2 qubits, 0 bits, parameters a, b) on cpu');
    expect(program.explain()).toMatch(/pass/);
  });

  it('does not see later changes of its circuit', () => {
    const built = circuit(1).x(0);
    using program = built.compile();
    built.x(0);
    program.runSync();
    expect(program.amplitudes()[2]).toBe(1);
  });

  it('throws ERR_DISPOSED after dispose', async () => {
    const program = rotated().compile();
    program.runSync([0, 0]);
    program.dispose();
    program.dispose();
    const disposed = expect.objectContaining({ code: 'ERR_DISPOSED' });
    expect(() => program.runSync([0, 0])).toThrow(disposed);
    expect(() => program.amplitudes()).toThrow(disposed);
    expect(() => program.explain()).toThrow(disposed);
    await expect(program.run([0, 0])).rejects.toMatchObject({ code: 'ERR_DISPOSED' });
  });

  it('refuses more memory than compile allowed', () => {
    const program = circuit(10).h(0).compile({ memoryLimit: 1000 });
    expect(() => program.runSync()).toThrow(
      expect.objectContaining({ code: 'ERR_OUT_OF_MEMORY', largestQubitCount: 6 }),
    );
  });
});
