// Every option with values it must refuse, and the error that names it.

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { circuit, configure, param, Result, Simulator, type ErrorFields } from 'qmlx';
import { presentDevices } from '../../../lib/run/engines.js';
import { DEVICES } from '../../../lib/run/settings.js';

const bell = circuit(2, 2).h(0).cx(0, 1).measureAll();

/** Values that are no whole number in any range. */
const NO_INTEGERS = [NaN, Infinity, -Infinity, 0.5, -1.5, '3', null, {}, [1], true];

type Options = Record<string, unknown>;
const run = (options: Options) => bell.run(options);

async function refusal(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('It was accepted.');
}

describe.each([
  ['shots', [...NO_INTEGERS, -1, 2 ** 31 + 1, 5n]],
  ['seed', [...NO_INTEGERS, 2 ** 53]],
  ['threads', [...NO_INTEGERS, 0, -2, 5000, 2n]],
  ['memoryLimit', [...NO_INTEGERS, 0, -1, 5n]],
  ['device', ['CPU', '', 'cuda', 1, {}, []]],
  ['signal', [true, {}, 'abort', new EventTarget()]],
  ['onProgress', [true, {}, 'log']],
])('%s', (name, values) => {
  it.each(values.map((value) => [inspect(value), value]))('refuses %s', async (_, value) => {
    const error = await refusal(run({ [name]: value }));
    expect(error).toMatchObject({ code: 'ERR_INVALID_ARGUMENT', argument: name });
    expect((error as Error).message).toContain(name);
  });

  it('may be undefined', async () => {
    await expect(run({ [name]: undefined })).resolves.toBeDefined();
  });
});

describe('unknown options', () => {
  it.each([
    ['run', () => run({ shot: 3 }), 'shot', 'shots'],
    ['state', () => circuit(1).state({ shots: 3 } as never), 'shots', undefined],
    ['Simulator.create', () => Simulator.create({ thread: 1 } as never), 'thread', 'threads'],
  ])('%s names them', async (_, call, name, meant) => {
    const error = await refusal(call());
    expect(error).toMatchObject({ code: 'ERR_INVALID_ARGUMENT', argument: `options.${name}` });
    if (meant !== undefined) expect((error as Error).message).toContain(`"${meant}"?`);
  });

  it.each([[null], [3], ['fast'], [[]]])('%j are no options', async (options) => {
    expect(await refusal(bell.run(options as never))).toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
      argument: 'options',
    });
  });
});

describe('params', () => {
  const built = circuit(1, 1).rx(param('theta'), 0).rz(param('phi'), 0).measureAll();
  const runWith = (params: unknown) => built.run({ params } as never);

  it.each([
    ['nothing', undefined, 'theta'],
    ['one of two', { theta: 1 }, 'phi'],
    ['a value too many', { theta: 1, phi: 2, psi: 3 }, 'psi'],
  ])('refuses %s', async (_, params, parameter) => {
    const error = await refusal(runWith(params));
    expect(error).toMatchObject({ code: 'ERR_PARAMETER', parameter });
    expect((error as Error).message).toContain(parameter);
  });

  it.each([[NaN], [Infinity], ['1'], [null], [1n], [undefined]])(
    'refuses the value %p',
    async (phi) => {
      const error = await refusal(runWith({ theta: 1, phi }));
      expect((error as Error).message).toContain('phi');
    },
  );

  it('refuses values that make an angle infinite', async () => {
    const divided = circuit(1).rx(param('a').div(param('b')), 0);
    const error = await refusal(divided.state({ params: { a: 1, b: 0 } }));
    expect(error).toMatchObject({ code: 'ERR_PARAMETER' });
  });

  it('is not misled by names of Object.prototype', async () => {
    const odd = circuit(1).rx(param('constructor'), 0);
    expect(await refusal(odd.state({ params: {} as never }))).toMatchObject({
      code: 'ERR_PARAMETER',
      parameter: 'constructor',
    });
    await expect(odd.state({ params: { constructor: 1 } })).resolves.toBeDefined();
  });
});

describe('devices', () => {
  it.each(DEVICES)('%s computes or says why it cannot', async (device) => {
    const outcome = await bell
      .run({ device })
      .catch((error: unknown) => error as ErrorFields['ERR_BACKEND_UNAVAILABLE']);
    const { present } = presentDevices();
    const expected = device === 'auto' ? 'cpu' : device;
    expect(outcome.device).toBe(expected);
    expect(present.includes(expected)).toBe(outcome instanceof Result);
    if (outcome instanceof Result) return;
    expect(outcome).toMatchObject({ code: 'ERR_BACKEND_UNAVAILABLE' });
    expect((outcome as unknown as Error).message).toContain(
      `The device '${device}' cannot be used`,
    );
  });
});

describe('memoryLimit', () => {
  it('refuses a larger state with the size that fits', async () => {
    const error = await refusal(circuit(12).state({ memoryLimit: 10_000 }));
    expect(error).toMatchObject({
      code: 'ERR_OUT_OF_MEMORY',
      requiredBytes: 8 * 2 ** 12,
      availableBytes: 10_000,
      largestQubitCount: 10,
    });
  });

  it('allows a state of exactly that size', async () => {
    await expect(circuit(12).state({ memoryLimit: 8 * 2 ** 12 })).resolves.toBeDefined();
  });
});

describe('defaults', () => {
  const environment = { ...process.env };

  beforeEach(() => configure({ device: undefined, threads: undefined }));
  afterEach(() => {
    process.env = { ...environment };
    configure({ device: undefined, threads: undefined });
  });

  it.each([
    ['QMLX_DEVICE', 'abacus'],
    ['QMLX_THREADS', 'many'],
    ['QMLX_THREADS', '0'],
    ['QMLX_THREADS', '2.5'],
    ['QMLX_THREADS', '-1'],
    ['QMLX_THREADS', '1e3'],
  ])('refuses %s=%s', async (name, value) => {
    process.env[name] = value;
    const error = await refusal(bell.run());
    expect(error).toMatchObject({ code: 'ERR_INVALID_ARGUMENT', argument: name, received: value });
    expect((error as Error).message).toContain(name);
  });

  it('takes an option before configure before the environment', async () => {
    // The device of the run, or the one that is missed.
    const device = async (options?: Options): Promise<unknown> => {
      const outcome = await bell.run(options as never).catch((error: unknown) => error);
      return (outcome as { readonly device: string }).device;
    };
    process.env['QMLX_DEVICE'] = 'gpu';
    expect(await device()).toBe('gpu');
    configure({ device: 'mlx-cpu' });
    expect(await device()).toBe('mlx-cpu');
    expect(await device({ device: 'cpu' })).toBe('cpu');
    configure({ threads: 1 });
    expect(await device()).toBe('mlx-cpu');
  });

  it.each([
    [{ device: 'cuda' }, 'device'],
    [{ threads: 0 }, 'threads'],
    [{ thread: 1 }, 'configuration.thread'],
  ])('configure refuses %j', (configuration, argument) => {
    expect(() => configure(configuration as never)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', argument }),
    );
  });
});

describe('other arguments', () => {
  it('probabilities refuses qubits and tops that are none', async () => {
    const built = circuit(3).h(0);
    const refused = (options: Options) => refusal(built.probabilities(options as never));
    expect(await refused({ qubits: [3] })).toMatchObject({ code: 'ERR_QUBIT_RANGE', qubit: 3 });
    expect(await refused({ qubits: [0, 0] })).toMatchObject({ argument: 'qubits' });
    expect(await refused({ qubits: 1 })).toMatchObject({ argument: 'qubits' });
    expect(await refused({ top: 0 })).toMatchObject({ argument: 'top' });
    expect(await refused({ top: 1.5 })).toMatchObject({ argument: 'top' });
  });

  it('expectation refuses other observables', async () => {
    const refused = (value: unknown) => refusal(circuit(2).expectation(value as never));
    const { pauli } = await import('qmlx');
    for (const value of ['ZZ', { ZZ: 1 }, undefined, pauli.sum({ Z: 1 })]) {
      expect(await refused(value)).toMatchObject({
        code: 'ERR_INVALID_ARGUMENT',
        argument: 'observable',
      });
    }
  });

  it('circuits that measure have no state', async () => {
    const { pauli } = await import('qmlx');
    const calls = [bell.state(), bell.probabilities(), bell.expectation(pauli.sum({ ZZ: 1 }))];
    for (const call of calls) {
      const error = await refusal(call);
      expect(error).toMatchObject({ code: 'ERR_MEASURED' });
      expect((error as Error).message).toContain('withoutMeasurements()');
    }
  });
});
