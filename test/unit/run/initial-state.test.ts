import { describe, expect, it } from '@jest/globals';
import { circuit, param, pauli, QuantumError, Simulator, type Circuit } from 'qmlx';
import { gateCalls } from '../../reference/operations.js';
import { randomCircuit } from '../../reference/random-circuit.js';
import { RandomStream } from '../../reference/random.js';
import { simulate } from '../../reference/simulator.js';
import { genericState } from '../qasm/states.js';

const interleaved = ({ re, im }: { re: Float64Array; im: Float64Array }): Float64Array =>
  Float64Array.from({ length: 2 * re.length }, (_, k) => (k % 2 === 0 ? re : im)[k >> 1] as number);

const codeOf = async (work: () => unknown): Promise<string> => {
  try {
    await work();
  } catch (error) {
    if (QuantumError.is(error)) return error.code;
  }
  return 'none';
};

describe('initialState', () => {
  it('is where gates start', async () => {
    const random = new RandomStream(11);
    for (let k = 0; k < 40; k++) {
      const { circuit: made, params, qubits } = randomCircuit(random, 1 + (k % 6), 12);
      const start = genericState(qubits);
      const expected = simulate(qubits, gateCalls(made, params), start);
      using state = await made.state({
        initialState: interleaved(start),
        params: pick(made, params),
      });
      state.data.forEach((part, at) => {
        expect(Math.abs(part - interleaved(expected)[at]!)).toBeLessThan(3e-6);
      });
    }
  });

  it('comes as a state, as numbers and as pairs', async () => {
    using state = await circuit(2).h(0).cx(0, 1).state();
    const undo = circuit(2, 2).cx(0, 1).h(0).measureAll();
    const half = Math.SQRT1_2;
    const pairs = [[half, 0], 0, 0, { re: half, im: 0 }] as const;
    for (const initialState of [state, [half, 0, 0, half], pairs, state.data]) {
      const { counts } = await undo.run({ initialState, shots: 20 });
      expect([...counts]).toEqual([['00', 20]]);
    }
  });

  it('serves every way of running', async () => {
    using one = await circuit(1).x(0).state();
    const options = { initialState: one };
    const z = pauli.sum({ Z: 1 });
    expect([...(await circuit(1).probabilities(options))]).toEqual([0, 1]);
    expect(await circuit(1).expectation(z, options)).toBe(-1);
    const sweep = circuit(1)
      .rx(param('a'), 0)
      .sweep({ a: [0, Math.PI] });
    expect(Array.from(await sweep.expectation(z, options), Math.round)).toEqual([-1, 1]);
    const measured = circuit(1, 2).measure(0, 0).x(0).measure(0, 1);
    expect([...(await measured.exactDistribution(options)).keys()]).toEqual(['10']);
    const kets: string[] = [];
    circuit(1).tapState((state) => kets.push(state.toDirac()), options);
    expect(kets).toEqual(['|1>']);
    const lines = [...measured.steps(options)].map(({ outcome }) => outcome);
    expect(lines).toEqual([1, undefined, 0]);
    const simulator = await Simulator.create({ threads: 1 });
    expect((await simulator.state(circuit(1), options)).toDirac()).toBe('|1>');
    await simulator.dispose();
  });

  it('holds for branches that are computed again and for single shots', async () => {
    using start = await circuit(3).ry(1, 0).ry(2, 1).cx(0, 2).state();
    const c = circuit(3, 3).measure(0, 0).h(0).measure(0, 1).cx(0, 2).measure(2, 2);
    const options = { initialState: start, shots: 300, seed: 4 };
    const result = await c.run(options);
    const narrow = await c.run({ ...options, memoryLimit: 64 });
    expect([...narrow.memory!]).toEqual([...result.memory!]);
    for (let shot = 0; shot < 20; shot++) {
      using end = await result.trajectory(shot);
      const row = result.memory!.row(shot)!;
      expect(end.probabilities({ qubits: [2] })[Number(row[2])]).toBeCloseTo(1, 5);
    }
  });

  it('leaves no qubit fresh for initialize', async () => {
    using bell = await circuit(2).h(0).cx(0, 1).state();
    const c = circuit(2, 2).initialize('0', 1).measureAll();
    const distribution = await c.exactDistribution({ initialState: bell });
    expect([...distribution.keys()]).toEqual(['00', '10']);
    expect(await codeOf(() => circuit(2).initialize('0', 1).state({ initialState: bell }))).toBe(
      'ERR_MEASURED',
    );
    expect((await circuit(2).initialize('0', 1).state()).toDirac()).toBe('|00>');
  });

  it.each<[string, unknown]>([
    ['another number of amplitudes', [1, 0, 0, 0]],
    ['a state of another size', null],
    ['no norm', [1, 1]],
    ['NaN', [NaN, 1]],
    ['a text', '0'],
    ['a matrix of floats', new Float32Array(2)],
  ])('refuses %s', async (_, value) => {
    const initialState = value ?? (await circuit(2).state());
    expect(await codeOf(() => circuit(1).state({ initialState: initialState as never }))).toBe(
      'ERR_INVALID_ARGUMENT',
    );
  });
});

/** The values of the parameters that a circuit uses. */
function pick(made: Circuit, params: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(made.parameters.map((name) => [name, params[name] as number]));
}
