// Circuits that decide, on every engine present, through the public interface.

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bit, circuit, reg, Simulator, variable, type Circuit } from 'qmlx';
import { settings } from '../reference/settings.js';

/** A bit kept by three qubits through rounds of errors and corrections; the syndrome is written again each round. */
function memory(rounds: number, p: number): Circuit {
  const theta = 2 * Math.asin(Math.sqrt(p));
  const c = circuit({ qubits: { data: 3, coin: 1, ancilla: 2 }, bits: { s: 2, out: 1 } });
  c.for(variable.int('round'), { first: 1, last: rounds }, (round) => {
    for (const qubit of [0, 1, 2]) round.ry(theta, 3).cx(3, qubit).reset(3);
    round.cx(0, 4).cx(1, 4).cx(1, 5).cx(2, 5).measure(4, 0).measure(5, 1).reset(4).reset(5);
    round.switch(reg('s'), { 1: (d) => d.x(0), 3: (d) => d.x(1), 2: (d) => d.x(2) });
  });
  return c.measure(0, 2).measure(4, 0).measure(5, 1);
}

describe.each(settings)('decisions on $name', (setting) => {
  const { device, precision, decimals, amplitudeBytes } = setting;
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await Simulator.create({ device, precision });
  });

  afterAll(() => simulator.dispose());

  it('have exact distributions of many rounds, since equal branches merge', async () => {
    const p = 0.05;
    const once = 3 * p ** 2 - 2 * p ** 3;
    const distribution = await simulator.exactDistribution(memory(20, p));
    expect(distribution.get('001')).toBeCloseTo((1 - (1 - 2 * once) ** 20) / 2, decimals - 1);
    expect([...distribution.keys()]).toEqual(['000', '001']);
  });

  it('count the same whatever fits in memory', async () => {
    const c = memory(3, 0.2);
    const options = { device, precision, shots: 300, seed: 6 };
    const [wide, narrow] = [
      await c.run(options),
      await c.run({ ...options, memoryLimit: 64 * amplitudeBytes }),
    ];
    expect([...narrow.memory!]).toEqual([...wide.memory!]);
  });

  it('end each shot in the state of its own outcomes', async () => {
    const c = circuit(3, 3)
      .h(0)
      .cx(0, 1)
      .measure(1, 0)
      .if(bit(0), (d) => d.x(2))
      .h(1)
      .measure(1, 1);
    const result = await c.run({ device, precision, shots: 12, seed: 2 });
    for (let shot = 0; shot < 12; shot++) {
      using state = await result.trajectory(shot);
      const row = result.memory!.row(shot)!;
      expect(state.probability(`${row[0]!}${row[1]!}${row[0]!}`)).toBeCloseTo(1, decimals);
    }
  });

  it('step, look at snapshots and start anywhere', async () => {
    using one = await simulator.state(circuit(2).x(0));
    const c = circuit(2, 1).snapshot('start').cx(0, 1).measure(1, 0).reset(1);
    const lines = [...simulator.steps(c, { initialState: one.data })].map(String);
    expect(lines).toEqual([
      'Step 0: snapshot start  =>  |10>   bits 0',
      'Step 1: cx q0, q1  =>  |11>   bits 0',
      'Step 2: measure q1 -> c0  =>  |11>   bits 1',
      'Step 3: reset q1  =>  |10>   bits 1',
    ]);
    const result = await simulator.run(c, { initialState: one.data });
    expect((await result.snapshot('start')).toDirac()).toBe('|10>');
    expect([...result.counts]).toEqual([['1', 1024]]);
  });

  it('run at once as they do in time', async () => {
    const c = memory(2, 0.3);
    using program = c.compile({ device, precision });
    const options = { shots: 200, seed: 9 };
    expect([...program.sampleSync([], options)]).toEqual([
      ...(await c.run({ ...options, device, precision })).counts,
    ]);
  });

  it('stop and fail without harm', async () => {
    const endless = circuit(1, 1).while(bit(0).eq(0), (d) => d.measure(0, 0), { max: 2 ** 31 - 1 });
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('enough')), 30);
    await expect(simulator.run(endless, { signal: controller.signal })).rejects.toThrow('enough');
    const bounded = circuit(1, 1).while(bit(0).eq(0), (d) => d.measure(0, 0), { max: 9 });
    await expect(simulator.run(bounded)).rejects.toMatchObject({ code: 'ERR_LIMIT', received: 10 });
    await expect(simulator.run(circuit(1, 1).expectBit(0, 1))).rejects.toMatchObject({
      code: 'ERR_ASSERTION',
    });
    const { counts } = await simulator.run(circuit(1, 1).x(0).measure(0, 0), { shots: 3 });
    expect([...counts]).toEqual([['1', 3]]);
  });
});
