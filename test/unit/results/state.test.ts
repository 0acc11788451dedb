import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { pauli } from '../../../lib/observable/pauli.js';
import { StateVector } from '../../../lib/results/state.js';
import { pauliExpectation } from '../../reference/readers.js';
import type { ReferenceState } from '../../reference/simulator.js';
import { ArraySource, randomAmplitudes, sourceOf } from './array-source.js';

function state(...values: number[]): StateVector {
  return new StateVector(new ArraySource(values));
}

function randomState(qubits: number, seed: number): { source: ArraySource; state: StateVector } {
  const source = new ArraySource(randomAmplitudes(qubits, seed));
  return { source, state: new StateVector(source) };
}

function asReference({ amplitudes }: ArraySource): ReferenceState {
  const part = (offset: number) => Float64Array.from(amplitudes.filter((_, k) => k % 2 === offset));
  return { re: part(0), im: part(1) };
}

function reversed(index: number, qubits: number): number {
  return Number.parseInt([...index.toString(2).padStart(qubits, '0')].reverse().join(''), 2);
}

describe('amplitudes', () => {
  it('are read by ket, index and BigInt', () => {
    const { source, state: s } = randomState(3, 1);
    for (const basis of ['011', 3, 3n] as const) {
      expect(s.amplitude(basis)).toEqual({ re: source.amplitudes[6], im: source.amplitudes[7] });
    }
    expect(s.probability('011')).toBeCloseTo(source.probabilities([0, 1, 2])[3]!, 12);
  });

  it('come as data once, and as slices', () => {
    const { source, state: s } = randomState(4, 2);
    expect(s.data).toEqual(source.amplitudes);
    expect(s.data).toBe(s.data);
    expect(source.read).toHaveBeenCalledTimes(1);
    expect(s.slice(5, 3)).toEqual(source.amplitudes.slice(10, 16));
    expect(s.slice(15n, 0)).toHaveLength(0);
  });

  it('iterate in order over several blocks', () => {
    const { source, state: s } = randomState(17, 3);
    const list = [...s];
    expect(list).toHaveLength(2 ** 17);
    expect(source.read.mock.calls.length).toBeGreaterThan(1);
    expect(list.flatMap(({ re, im }) => [re, im])).toEqual([...source.amplitudes]);
  });

  it('of more than 2^28 must be sliced', () => {
    const large = new StateVector(sourceOf(29, () => new Float32Array(0)));
    expect(() => large.data).toThrow(
      expect.objectContaining({ code: 'ERR_LIMIT', maximum: 2 ** 28, received: 2 ** 29 }),
    );
    expect(() => large.data).toThrow(/slice\(first, count\)/);
    expect(() => large.slice(0, 2 ** 28 + 1)).toThrow(
      expect.objectContaining({ code: 'ERR_LIMIT' }),
    );
    expect(() => large.probabilities()).toThrow(expect.objectContaining({ code: 'ERR_LIMIT' }));
  });

  it.each([
    '01',
    '0112',
    '01x',
    '|011>',
    8,
    -1,
    1.5,
    NaN,
    Infinity,
    8n,
    -1n,
    true,
    null,
    undefined,
  ])('refuse the basis state %p', (basis) => {
    const { state: s } = randomState(3, 4);
    expect(() => s.amplitude(basis as string)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', argument: 'basis' }),
    );
  });

  it.each([
    [8, 0],
    [0, 9],
    [7, 2],
    [0, -1],
    [0, 0.5],
    [-1, 1],
  ])('refuse the slice (%p, %p)', (first, count) => {
    const { state: s } = randomState(3, 4);
    expect(() => s.slice(first, count)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }),
    );
  });
});

describe('probabilities', () => {
  it('cover all qubits or a list of them', () => {
    const { source, state: s } = randomState(4, 5);
    expect(s.probabilities()).toEqual(source.probabilities([0, 1, 2, 3]));
    expect(s.probabilities({ qubits: [2, 0] })).toEqual(source.probabilities([2, 0]));
    expect(s.probabilities({ qubits: [] })[0]).toBeCloseTo(1, 6);
  });

  it('give the likeliest states, heaviest first', () => {
    const s = state(...[1, 0], ...[0, -3], ...[2, 0], ...[0, 0]);
    const top = s.probabilities({ top: 3 });
    expect(top.map(({ state: name }) => name)).toEqual(['01', '10', '00']);
    expect(top.map(({ probability }) => probability * 14)).toEqual(
      [9, 4, 1].map((x) => expect.closeTo(x, 5)),
    );
    expect(s.probabilities({ top: 9 })).toHaveLength(3);
    expect(s.probabilities({ qubits: [1], top: 1 })).toEqual([
      { state: '1', probability: expect.closeTo(9 / 14, 6) },
    ]);
  });

  it('order equal states by index', () => {
    const s = state(...Array<number>(64).fill(1));
    const names = s.probabilities({ top: 3 }).map(({ state: name }) => name);
    expect(names).toEqual(['00000', '00001', '00010']);
  });

  it('agree with a full sort', () => {
    const { source, state: s } = randomState(9, 6);
    const all = [...source.probabilities([...Array(9).keys()])].map((p, index) => ({ p, index }));
    all.sort((a, b) => b.p - a.p || a.index - b.index);
    const expected = all.slice(0, 40).map(({ index }) => index.toString(2).padStart(9, '0'));
    expect(s.probabilities({ top: 40 }).map(({ state: name }) => name)).toEqual(expected);
  });

  it.each([
    [{ qubits: [4] }, 'ERR_QUBIT_RANGE'],
    [{ qubits: [-1] }, 'ERR_INVALID_ARGUMENT'],
    [{ qubits: [0, 0] }, 'ERR_INVALID_ARGUMENT'],
    [{ qubits: 0 }, 'ERR_INVALID_ARGUMENT'],
    [{ qubits: ['0'] }, 'ERR_INVALID_ARGUMENT'],
    [{ top: 0 }, 'ERR_INVALID_ARGUMENT'],
    [{ top: NaN }, 'ERR_INVALID_ARGUMENT'],
    [{ tops: 1 }, 'ERR_INVALID_ARGUMENT'],
  ])('refuse %p', (options, code) => {
    const { state: s } = randomState(3, 7);
    expect(() => s.probabilities(options as { top: number })).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

describe('inner product', () => {
  it('is linear in the second state and conjugates the first', () => {
    expect(state(0, 1, 0, 0).inner(state(1, 0, 0, 0))).toEqual({ re: 0, im: -1 });
    expect(state(1, 0, 0, 0).inner(state(0, 1, 0, 0))).toEqual({ re: 0, im: 1 });
    expect(state(1, 0, 0, 0).fidelity(state(1, 0, 1, 0))).toBeCloseTo(0.5, 6);
  });

  it('is left to the engine where it can', () => {
    const left = new ArraySource([1, 0, 0, 0]);
    const right = new ArraySource([0, 0, 1, 0]);
    const native = Object.assign(left, { inner: () => ({ re: 0.5, im: 0.25 }) });
    expect(new StateVector(native).inner(new StateVector(right))).toEqual({ re: 0.5, im: 0.25 });
  });

  it('needs states that match', () => {
    const s = state(1, 0, 0, 0);
    const large = state(1, 0, 0, 0, 0, 0, 0, 0);
    const others: unknown[] = [large, s.littleEndian(), {}, 3];
    for (const other of others) {
      expect(() => s.inner(other as StateVector)).toThrow(
        expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', argument: 'other' }),
      );
    }
  });
});

describe('observables', () => {
  it('have the mean that the definition gives', () => {
    const { source, state: s } = randomState(3, 8);
    const sum = pauli.sum({ XYZ: 0.5, IIZ: -2, YII: 1.25, III: 3, YXY: 0.7 });
    const expected = [...sum].reduce(
      (total, { coefficient, paulis }) =>
        total + coefficient * pauliExpectation(asReference(source), paulis),
      0,
    );
    expect(s.expectation(sum)).toBeCloseTo(expected, 6);
  });

  it('have no variance in an eigenstate, and all of it in between', () => {
    expect(state(1, 0, 0, 0).variance(pauli.sum({ Z: 3 }))).toBe(0);
    expect(state(1, 0, 0, 0).variance(pauli.sum({ X: 3 }))).toBeCloseTo(9, 6);
    expect(state(1, 0, 0, 0).variance(pauli.sum({ X: 3, Z: 4, I: 100 }))).toBeCloseTo(9, 6);
  });

  it('must span as many qubits', () => {
    const s = state(1, 0, 0, 0);
    for (const observable of [pauli.sum({ ZZ: 1 }), { Z: 1 }, 'Z']) {
      expect(() => s.expectation(observable as never)).toThrow(
        expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', argument: 'observable' }),
      );
      expect(() => s.variance(observable as never)).toThrow(
        expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', argument: 'observable' }),
      );
    }
  });
});

describe('samples', () => {
  it('pass the seed on and name every qubit', () => {
    const { state: s } = randomState(10, 9);
    expect([...s.sample(7, { seed: 3 })]).toEqual([['0000000011', 7]]);
    expect([...s.sample(7, { seed: 3n })]).toEqual([['0000000011', 7]]);
    expect([...s.sample(7, { seed: -1 })]).toEqual([['1111111111', 7]]);
    expect([...s.sample(7, { seed: 2n ** 64n + 1n })]).toEqual([['0000000001', 7]]);
    expect(s.sample(7).total).toBe(7);
  });

  it.each([-1, 1.5, NaN, 2 ** 31 + 1, '7'])('refuse %p shots', (shots) => {
    const { state: s } = randomState(2, 9);
    expect(() => s.sample(shots as number)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', argument: 'shots' }),
    );
  });

  it.each([0.5, 2 ** 53, NaN, '1', null])('refuse the seed %p', (seed) => {
    const { state: s } = randomState(2, 9);
    expect(() => s.sample(1, { seed: seed as number })).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', argument: 'seed' }),
    );
  });
});

describe('little endian view', () => {
  it('reverses indices and kets, not qubit numbers', () => {
    const { source, state: s } = randomState(5, 10);
    const little = s.littleEndian();
    for (let index = 0; index < 32; index++) {
      expect(little.amplitude(index)).toEqual(s.amplitude(reversed(index, 5)));
    }
    expect(little.amplitude('00011')).toEqual(s.amplitude('11000'));
    expect(little.slice(3, 9)).toEqual(little.data.slice(6, 24));
    expect([...little].map(({ re }) => re)).toEqual([...little.data].filter((_, k) => k % 2 === 0));
    expect(little.probabilities({ qubits: [1] })).toEqual(s.probabilities({ qubits: [1] }));
    expect(little.probabilities({ qubits: [1, 4] })).toEqual(source.probabilities([4, 1]));
    expect(little.expectation(pauli.sum({ XIIZI: 1 }))).toBe(
      s.expectation(pauli.sum({ XIIZI: 1 })),
    );
    expect(little.reduced([0, 3]).element(0, 1)).toEqual(s.reduced([3, 0]).element(0, 1));
    expect(little.littleEndian().data).toEqual(s.data);
  });

  it('reads a few amplitudes of a wide state one by one', () => {
    const { source, state: s } = randomState(12, 11);
    const part = s.littleEndian().slice(5, 2);
    expect(source.read).toHaveBeenCalledTimes(2);
    expect([...part]).toEqual([...s.slice(reversed(5, 12), 1), ...s.slice(reversed(6, 12), 1)]);
  });

  it('lists the likeliest states and samples in its own order', () => {
    const { source, state: s } = randomState(4, 12);
    const little = s.littleEndian();
    const turned = (name: string) => [...name].reverse().join('');
    expect(little.probabilities({ top: 16 }).map((x) => turned(x.state))).toEqual(
      s.probabilities({ top: 16 }).map((x) => x.state),
    );
    expect([...little.sample(2, { seed: 1 })]).toEqual([['1000', 2]]);
    expect(little.inner(little)).toEqual(new StateVector(source).inner(s));
    expect(state(0, 0, 1, 0, 0, 0, 0, 0).littleEndian().toDirac()).toBe('|10>');
  });

  it('reverses indices beyond 32 bits exactly', () => {
    const read = (first: number) => Float32Array.of(first % 1000, Math.floor(first / 2 ** 32));
    const wide = new StateVector(sourceOf(34, read));
    expect(wide.littleEndian().amplitude(5)).toEqual({ re: (5 * 2 ** 31) % 1000, im: 2 });
    expect(wide.littleEndian().amplitude(2 ** 33 + 2)).toEqual({ re: (2 ** 32 + 1) % 1000, im: 1 });
  });
});

describe('disposal', () => {
  it('frees the source once', () => {
    const { source, state: s } = randomState(2, 13);
    s.dispose();
    s.dispose();
    expect(source.dispose).toHaveBeenCalledTimes(1);
  });

  it('happens at the end of a block that uses the state', () => {
    const { source, state: s } = randomState(2, 13);
    s[Symbol.dispose]();
    expect(source.dispose).toHaveBeenCalledTimes(1);
  });

  it('ends the state and its views', () => {
    const { state: s } = randomState(2, 14);
    const view = s.littleEndian();
    const observable = pauli.sum({ ZZ: 1 });
    const calls: (() => unknown)[] = [
      () => view.data,
      () => s.data,
      () => s.slice(0, 1),
      () => s.amplitude(0),
      () => s.probability(0),
      () => s.probabilities(),
      () => s.norm,
      () => s.toDirac(),
      () => String(s),
      () => s.reduced([0]),
      () => s.inner(s),
      () => s.fidelity(s),
      () => s.littleEndian(),
      () => s.sample(1),
      () => s.expectation(observable),
      () => s.variance(observable),
      () => [...s],
    ];
    s.dispose();
    for (const call of calls) {
      expect(call).toThrow(expect.objectContaining({ code: 'ERR_DISPOSED' }));
    }
    expect(inspect(s)).toBe('StateVector(2 qubits) (disposed)');
  });
});

describe('display', () => {
  it('shows Dirac notation', () => {
    const s = state(1, 0, 0, 0, 0, 0, 1, 0);
    expect(String(s)).toBe('0.707|00> + 0.707|11>');
    expect(inspect(s)).toBe('StateVector(2 qubits) 0.707|00> + 0.707|11>');
    expect(inspect(s.littleEndian())).toBe(
      'StateVector(2 qubits, little endian) 0.707|00> + 0.707|11>',
    );
    expect(s.norm).toBe(0.999);
    const read = () => {
      throw new Error('read');
    };
    expect(inspect(new StateVector(sourceOf(21, read)))).toBe('StateVector(21 qubits)');
  });
});
