// Amplitudes of float64: which device computes them, what they come as, what they take.

import { afterEach, describe, expect, it } from '@jest/globals';
import { circuit, configure, param, pauli, Simulator, type Precision } from 'qmlx';

const precision = 'complex128';

afterEach(() => {
  configure({ device: undefined, precision: undefined });
  delete process.env['QMLX_PRECISION'];
});

describe('complex128', () => {
  it('is computed on the CPU where no device is named', async () => {
    const large = circuit(18, 1).h(0).measure(0, 0);
    expect((await large.run({ precision, shots: 1 })).device).toBe('cpu');
    const simulator = await Simulator.create({ precision });
    expect(simulator.info.device).toBe('cpu');
    await simulator.dispose();
  });

  it.each(['gpu', 'mlx-cpu'] as const)('is refused on %s with what to do', async (device) => {
    const refusal = expect.objectContaining({
      code: 'ERR_UNSUPPORTED',
      feature: `complex128 on the device '${device}'`,
      message: expect.stringMatching(
        /Use the device 'cpu' or 'auto', or the precision 'complex64'/,
      ),
    });
    await expect(circuit(1).state({ device, precision })).rejects.toEqual(refusal);
    await expect(Simulator.create({ device, precision })).rejects.toEqual(refusal);
    configure({ device });
    expect(() => circuit(1).compile({ precision })).toThrow(refusal);
  });

  it('is a default of the process and of the environment, over which options win', async () => {
    const kinds = async (options: { precision?: Precision } = {}) =>
      (await circuit(1).state(options)).data.constructor.name;
    expect(await kinds()).toBe('Float32Array');
    process.env['QMLX_PRECISION'] = 'complex128';
    expect(await kinds()).toBe('Float64Array');
    configure({ precision: 'complex64' });
    expect(await kinds()).toBe('Float32Array');
    expect(await kinds({ precision })).toBe('Float64Array');
  });

  it('is one of two names', async () => {
    const wrong = { precision: 'double' } as never;
    const error = { code: 'ERR_INVALID_ARGUMENT', argument: 'precision', received: 'double' };
    await expect(circuit(1).state(wrong)).rejects.toMatchObject(error);
    expect(() => configure(wrong)).toThrow(expect.objectContaining(error));
    process.env['QMLX_PRECISION'] = 'float64';
    await expect(circuit(1).state()).rejects.toMatchObject({ argument: 'QMLX_PRECISION' });
  });

  it('has no float32 number on the way from angles to results', async () => {
    const theta = param('theta');
    const made = circuit(1).rx(theta, 0);
    const value = Math.PI / 7;
    const [c, s] = [Math.cos(value / 2), Math.sin(value / 2)];
    const state = await made.state({ precision, params: { theta: value } });
    expect(Math.abs((state.data[0] as number) - c)).toBeLessThan(1e-15);
    expect(Math.abs((state.data[3] as number) + s)).toBeLessThan(1e-15);
    expect(Math.abs(state.probability('1') - s * s)).toBeLessThan(1e-15);
    const z = pauli.sum({ Z: 1 });
    const swept = await made.sweep({ theta: [value] }).expectation(z, { precision });
    expect(Math.abs((swept[0] as number) - Math.cos(value))).toBeLessThan(1e-15);
    const matrix = await circuit(1).rx(value, 0).unitary({ precision });
    expect(matrix.data).toBeInstanceOf(Float64Array);
    expect(Math.abs(matrix.element(1, 0).im + s)).toBeLessThan(1e-15);
  });

  it('keeps what small angles add to large ones', async () => {
    const state = await circuit(1).x(0).p(1e8, 0).p(0.3, 0).p(-1e8, 0).state({ precision });
    expect(Math.abs(state.amplitude('1').im - Math.sin(0.3))).toBeLessThan(1e-15);
  });

  it('starts from the amplitudes given and from states of either precision', async () => {
    const amplitudes = [Math.sqrt(1 / 3), Math.sqrt(2 / 3)];
    const state = await circuit(1).state({ precision, initialState: amplitudes });
    expect(
      [state.data[0], state.data[2]]
        .map((part, k) => Math.abs((part as number) - (amplitudes[k] as number)))
        .every((d) => d < 2e-16),
    ).toBe(true);
    const again = await circuit(1).x(0).state({ precision, initialState: state });
    expect(again.data[2]).toBe(state.data[0]);
    const single = await circuit(1).h(0).state();
    const raised = await circuit(1).state({ precision, initialState: single });
    expect(Math.abs(raised.norm - 1)).toBeLessThan(1e-15);
    expect((await circuit(1).state({ initialState: state })).data).toBeInstanceOf(Float32Array);
  });

  it('follows decisions, steps and single shots', async () => {
    const made = circuit(2, 1).ry(0.7, 0).cx(0, 1).measure(0, 0).ry(0.2, 1);
    const distribution = await made.exactDistribution({ precision });
    expect(Math.abs((distribution.get('1') as number) - Math.sin(0.35) ** 2)).toBeLessThan(1e-15);
    const result = await made.run({ precision, shots: 20, seed: 1 });
    const after = await result.trajectory(0);
    const bit = result.memory!.row(0) === '1' ? 1 : 0;
    const chance = bit === 1 ? Math.sin(0.1) ** 2 : Math.cos(0.1) ** 2;
    expect(Math.abs(after.probability(`${bit}0`) - chance)).toBeLessThan(1e-14);
    for (const step of made.steps({ precision, seed: 3 })) {
      expect(step.state.data).toBeInstanceOf(Float64Array);
    }
  });

  it('gives programs and batches arrays of float64', async () => {
    using program = circuit(2).ry(param('a'), 0).compile({ precision });
    program.runSync([1]);
    expect(program.amplitudes()).toBeInstanceOf(Float64Array);
    const out = new Float64Array(8);
    expect(program.amplitudes(out)).toBe(out);
    expect(Math.abs((out[0] as number) - Math.cos(0.5))).toBeLessThan(1e-15);
    expect(() => program.amplitudes(new Float32Array(8))).toThrow('a Float64Array of 8');
    using batch = await program.runMany([[0.1], [0.2]]);
    const [first] = batch.amplitudes(1);
    expect(Math.abs((first as number) - Math.cos(0.1))).toBeLessThan(1e-15);
  });

  it('takes 16 bytes an amplitude', async () => {
    const memoryLimit = 8 * 2 ** 10;
    const made = circuit(10).h(0);
    await made.state({ memoryLimit });
    const refused = {
      code: 'ERR_OUT_OF_MEMORY',
      requiredBytes: 16 * 2 ** 10,
      largestQubitCount: 9,
    };
    await expect(made.state({ precision, memoryLimit })).rejects.toMatchObject(refused);
    const simulator = await Simulator.create({ precision, memoryLimit });
    await expect(simulator.state(made)).rejects.toMatchObject(refused);
    await simulator.dispose();
  });
});
