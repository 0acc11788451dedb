import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getEventListeners } from 'node:events';
import { circuit, linspace, param, pauli, Simulator, type Progress } from 'qmlx';
import { heavyCircuit } from '../../reference/heavy-circuit.js';

/** Takes seconds: it cannot end before it is stopped. */
const long = heavyCircuit(20, 800).measureAll();
const short = circuit(1, 1).x(0).measureAll();
let simulator: Simulator;

beforeAll(async () => {
  simulator = await Simulator.create();
});

afterAll(() => simulator.dispose());

describe('a signal', () => {
  it('that is aborted already rejects with its reason', async () => {
    const reason = new Error('mine');
    await expect(simulator.run(short, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    await expect(simulator.run(short, { signal: AbortSignal.abort('text') })).rejects.toBe('text');
  });

  it('stops a run under way with its own reason', async () => {
    const controller = new AbortController();
    const running = simulator.run(long, { signal: controller.signal });
    setTimeout(() => controller.abort({ because: 1 }), 30);
    await expect(running).rejects.toEqual({ because: 1 });
    expect((await simulator.run(short)).counts.get('1')).toBe(1024);
  });

  it('stops a run that waits, and only that one', async () => {
    const controller = new AbortController();
    const first = simulator.run(circuit(16, 16).hAll().measureAll());
    const second = simulator.run(short, { signal: controller.signal });
    const third = simulator.run(short);
    controller.abort();
    await expect(second).rejects.toMatchObject({ name: 'AbortError' });
    await expect(first).resolves.toBeDefined();
    await expect(third).resolves.toBeDefined();
  });

  it('may come from a timeout', async () => {
    await expect(simulator.run(long, { signal: AbortSignal.timeout(20) })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });

  it('has no listener left after the run', async () => {
    const { signal } = new AbortController();
    await simulator.run(short, { signal });
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('after the run changes nothing', async () => {
    const controller = new AbortController();
    const result = await simulator.run(short, { signal: controller.signal });
    controller.abort();
    expect(result.counts.get('1')).toBe(1024);
  });

  it('stops every kind of run', async () => {
    const built = heavyCircuit(18, 400).rx(param('t'), 0);
    const options = () => ({ signal: AbortSignal.timeout(5) });
    const params = { t: 1 };
    const observable = pauli.sum({ ['Z'.repeat(18)]: 1 });
    const calls = [
      simulator.state(built, { params, ...options() }),
      simulator.probabilities(built, { params, qubits: [0], ...options() }),
      simulator.expectation(built, observable, { params, ...options() }),
      simulator.sweep(built, { t: linspace(0, 1, 500) }).expectation(observable, options()),
    ];
    for (const settled of await Promise.allSettled(calls)) {
      expect(settled).toMatchObject({ status: 'rejected', reason: { name: 'TimeoutError' } });
    }
  });
});

describe('onProgress', () => {
  it('counts up to the end of each phase', async () => {
    const seen: Progress[] = [];
    await simulator.run(heavyCircuit(18, 20).measureAll(), {
      onProgress: (progress) => void seen.push(progress),
    });
    expect(seen.length).toBeGreaterThan(0);
    for (const { done, total } of seen) expect(done).toBeLessThanOrEqual(total);
    const last = seen.filter(({ phase }) => phase === 'run').at(-1) as Progress;
    expect(last.done).toBe(last.total);
  });

  it('ends the run with what it throws', async () => {
    const failure = new Error('enough');
    const running = simulator.run(long, {
      onProgress: () => {
        throw failure;
      },
    });
    await expect(running).rejects.toBe(failure);
    await expect(simulator.run(short)).resolves.toBeDefined();
  });
});
