import { describe, expect, it } from '@jest/globals';
import { circuit, info, linspace, param, pauli, Simulator } from 'qmlx';
import { heavyCircuit } from '../../reference/heavy-circuit.js';

const disposed = { code: 'ERR_DISPOSED' };

describe('Simulator', () => {
  it('cannot be made with new', () => {
    expect(() => new (Simulator as never as new () => Simulator)()).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }),
    );
  });

  it('takes its device and threads once', async () => {
    const simulator = await Simulator.create({ device: 'cpu', threads: 2 });
    expect(simulator.info).toMatchObject({ device: 'cpu', threads: 2 });
    await expect(simulator.run(circuit(1), { threads: 1 } as never)).rejects.toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
      argument: 'options.threads',
    });
    await simulator.dispose();
  });

  it('refuses what dispose ended', async () => {
    const simulator = await Simulator.create();
    await simulator.run(circuit(1, 1).measureAll());
    await simulator.dispose();
    await simulator.dispose();
    const observable = pauli.sum({ Z: 1 });
    await expect(simulator.run(circuit(1))).rejects.toMatchObject(disposed);
    await expect(simulator.state(circuit(1))).rejects.toMatchObject(disposed);
    await expect(simulator.probabilities(circuit(1))).rejects.toMatchObject(disposed);
    await expect(simulator.expectation(circuit(1), observable)).rejects.toMatchObject(disposed);
    expect(() => simulator.sweep(circuit(1), {})).toThrow(expect.objectContaining(disposed));
    expect(() => simulator.info).toThrow(expect.objectContaining(disposed));
  });

  it('ends the runs under way and waiting when it is disposed', async () => {
    const simulator = await Simulator.create();
    const large = heavyCircuit(20, 400).measureAll();
    const runs = [simulator.run(large), simulator.run(large), simulator.run(large)];
    const settled = Promise.allSettled(runs);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await simulator.dispose();
    for (const run of await settled) {
      expect(run).toMatchObject({ status: 'rejected', reason: disposed });
    }
  });

  it('leaves its states alone when it is disposed', async () => {
    const simulator = await Simulator.create();
    const state = await simulator.state(circuit(2).x(1));
    await simulator.dispose();
    expect(state.toDirac()).toBe('|01>');
    state.dispose();
    expect(() => state.data).toThrow(expect.objectContaining(disposed));
  });

  it('works with await using', async () => {
    let kept: Simulator;
    {
      await using simulator = await Simulator.create();
      kept = simulator;
      expect((await simulator.probabilities(circuit(1)))[0]).toBe(1);
    }
    await expect(kept.run(circuit(1))).rejects.toMatchObject(disposed);
  });

  it.each([
    ['a text', 'bell'],
    ['a plain object', { qubits: 1, bits: 0, operations: [] }],
    ['nothing', undefined],
  ])('refuses %s for a circuit', async (_, value) => {
    const simulator = await Simulator.create();
    await expect(simulator.run(value as never)).rejects.toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
      argument: 'circuit',
    });
    await simulator.dispose();
  });
});

describe('sweep', () => {
  const ansatz = circuit(1).ry(param('a'), 0).rz(param('b'), 0);
  const observable = pauli.sum({ Z: 1 });

  it('takes a number for a parameter that stays', async () => {
    const values = await ansatz.sweep({ a: [0, Math.PI], b: 0.3 }).expectation(observable);
    expect([...values].map(Math.round)).toEqual([1, -1]);
  });

  it('runs once when all parameters stay', async () => {
    const sweep = ansatz.sweep({ a: 0, b: 0 });
    expect(sweep.rows).toBe(1);
    expect(await sweep.expectation(observable)).toHaveLength(1);
  });

  it('takes no rows', async () => {
    expect(await ansatz.sweep({ a: [], b: [] }).expectation(observable)).toHaveLength(0);
  });

  it.each([
    ['lists of different lengths', { a: [1, 2], b: [1] }, 'ERR_INVALID_ARGUMENT'],
    ['a missing parameter', { a: [1] }, 'ERR_PARAMETER'],
    ['a further parameter', { a: [1], b: [1], c: [1] }, 'ERR_PARAMETER'],
    ['a text', { a: [1], b: '1' }, 'ERR_PARAMETER'],
    ['NaN', { a: [1], b: [NaN] }, 'ERR_INVALID_ARGUMENT'],
    ['no object', [1, 2], 'ERR_INVALID_ARGUMENT'],
  ])('refuses %s', (_, values, code) => {
    expect(() => ansatz.sweep(values as never)).toThrow(expect.objectContaining({ code }));
  });
});

describe('linspace', () => {
  it('includes both ends exactly', () => {
    const values = linspace(0.1, 0.7, 7);
    expect([values[0], values[6], values.length]).toEqual([0.1, 0.7, 7]);
    expect([...linspace(3, 5, 1)]).toEqual([3]);
  });

  it.each([
    [NaN, 1, 2],
    [0, Infinity, 2],
    [0, 1, 0],
    [0, 1, 1.5],
  ])('refuses (%p, %p, %p)', (start, stop, count) => {
    expect(() => linspace(start, stop, count)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }),
    );
  });
});

describe('info', () => {
  it('tells versions and engines', () => {
    const { versions, platform, device, engines } = info();
    expect(versions.node).toBe(process.versions.node);
    expect(versions.qmlx).toMatch(/^\d+\.\d+\.\d+/);
    expect(platform).toBe(`${process.platform}-${process.arch}`);
    expect(engines.map((engine) => engine.device)).toContain(device);
  });
});
