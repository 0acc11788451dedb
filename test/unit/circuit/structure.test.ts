import { describe, expect, test } from '@jest/globals';
import type { Circuit } from 'qmlx';
import { circuit, param, QuantumError, variable } from 'qmlx';
import { inspect } from 'node:util';
import { argumentOf, codeOf, errorOf, NOT_INDICES, NOT_NUMBERS } from './refusals.js';

const t = param('t');

describe('compose', () => {
  test('appends on the same qubits by default', () => {
    const c = circuit(3, 2).h(2);
    expect(c.compose(circuit(2, 1).cx(0, 1).measure(1, 0))).toBe(c);
    expect(c.equals(circuit(3, 2).h(2).cx(0, 1).measure(1, 0))).toBe(true);
  });

  test('places qubits and bits where asked, control states and parameters included', () => {
    const part = circuit(3, 2)
      .gate('ry', [t], [1], { controls: [0, 2], states: '01' })
      .barrier([0, 1])
      .measure(0, 1);
    const c = circuit(5, 4).compose(part, { qubits: [4, 0, 2], bits: [3, 1] });
    const expected = circuit(5, 4)
      .gate('ry', [t], [0], { controls: [4, 2], states: '01' })
      .barrier([4, 0])
      .measure(4, 1);
    expect(c.equals(expected)).toBe(true);
    expect(c.parameters).toEqual(['t']);
  });

  test('takes the circuit itself', () => {
    const c = circuit(2).h(0).cx(0, 1);
    expect(c.compose(c, { qubits: [1, 0] }).operations).toEqual(
      circuit(2).h(0).cx(0, 1).h(1).cx(1, 0).operations,
    );
  });

  test('appends all or nothing', () => {
    const c = circuit(2, 2).measure(1, 1);
    const wide = circuit(2, 2).h(0).measure(0, 0).h(1).assign(variable.int('k'), 1);
    c.assign(variable.float('k'), 1);
    expect(codeOf(() => c.compose(wide))).toBe('ERR_INVALID_ARGUMENT');
    expect(c.size).toBe(2);
    expect(c.h(0).measure(0, 0).size).toBe(4);
  });

  const other = circuit(2, 2).h(0).measure(1, 1);
  test.each<[unknown, string]>([
    [{ qubits: [0] }, 'options.qubits'],
    [{ qubits: [0, 1, 2] }, 'options.qubits'],
    [{ qubits: 0 }, 'options.qubits'],
    [{ qubits: [0, 0] }, 'options.qubits'],
    [{ qubits: [0, '1'] }, 'options.qubits[1]'],
    [{ bits: [0] }, 'options.bits'],
    [{ bits: [0, -1] }, 'options.bits[1]'],
    [{ qubit: [0, 1] }, 'options.qubit'],
  ])('refuses %j', (options, argument) => {
    expect(argumentOf(() => circuit(3, 3).compose(other, options as never))).toBe(argument);
  });

  test('refuses what does not fit', () => {
    const outside: number = 3;
    expect(codeOf(() => circuit(3, 3).compose(other, { qubits: [0, outside] }))).toBe(
      'ERR_QUBIT_RANGE',
    );
    expect(codeOf(() => circuit(3, 3).compose(other, { bits: [0, outside] }))).toBe(
      'ERR_BIT_RANGE',
    );
    expect(codeOf(() => circuit(1, 3).compose(circuit(2).h(1)))).toBe('ERR_QUBIT_RANGE');
    expect(codeOf(() => circuit(3).compose(other))).toBe('ERR_BIT_RANGE');
    expect(argumentOf(() => circuit(3).compose('h' as never))).toBe('other');
  });
});

describe('inverse', () => {
  test('reverses and inverts', () => {
    const c = circuit(2).h(0).s(1).barrier().u(0.1, 0.2, 0.3, 0).cx(0, 1).rx(t, 1);
    const expected = circuit(2)
      .rx(t.neg(), 1)
      .cx(0, 1)
      .u(-0.1, -0.3, -0.2, 0)
      .barrier()
      .sdg(1)
      .h(0);
    expect(c.inverse().equals(expected)).toBe(true);
    expect(c.inverse().inverse().equals(c)).toBe(true);
  });

  test('keeps control states and registers', () => {
    const c = circuit({ qubits: { a: 1, b: 1 } }).gate('s', [], [1], {
      controls: [0],
      states: '0',
    });
    expect(c.inverse().operations).toEqual([
      { kind: 'gate', gate: 'csdg', params: [], controls: [0], controlStates: [0], targets: [1] },
    ]);
    expect(c.inverse().qubitRegisters).toEqual(c.qubitRegisters);
  });
});

describe('power and repeat', () => {
  test('a whole exponent repeats', () => {
    const c = circuit(2).h(0).rx(t, 1);
    expect(c.power(3).equals(c.repeat(3))).toBe(true);
    expect(c.repeat(2).operations).toEqual(circuit(2).h(0).rx(t, 1).h(0).rx(t, 1).operations);
    expect(c.power(1).equals(c)).toBe(true);
    expect(c.power(0).size).toBe(0);
    expect(c.power(-2).equals(c.inverse().repeat(2))).toBe(true);
    expect(c.size).toBe(2);
  });

  test('a fraction uses the rule of the gate', () => {
    expect(circuit(1).rx(0.8, 0).power(0.25).equals(circuit(1).rx(0.2, 0))).toBe(true);
    expect(
      circuit(1)
        .s(0)
        .barrier()
        .power(0.5)
        .equals(circuit(1).p(Math.PI / 4, 0)),
    ).toBe(true);
    expect(String(circuit(1).rz(t, 0).power(0.5).toJSON().operations.length)).toBe('1');
    const [operation] = circuit(1).rz(t, 0).power(0.5).operations;
    expect(operation?.kind === 'gate' && String(operation.params[0])).toBe('0.5*t');
    expect(circuit(1).power(0.5).size).toBe(0);
  });

  test.each([
    ['a gate without a rule', circuit(1).u(1, 2, 3, 0)],
    ['two gates', circuit(1).h(0).x(0)],
  ])('a fraction of %s is not supported', (_, c) => {
    const error = errorOf(() => c.power(0.5));
    expect(QuantumError.is(error, 'ERR_UNSUPPORTED') && error.feature).toBe('fractional power');
    expect(c.power(2).size).toBe(2 * c.size);
  });

  test.each(NOT_NUMBERS)('the exponent %p is refused', (value) => {
    expect(argumentOf(() => circuit(1).power(value as number))).toBe('exponent');
  });

  test.each(NOT_INDICES.filter((value) => value !== 2 ** 53))('%p times is refused', (value) => {
    expect(argumentOf(() => circuit(1).repeat(value as number))).toBe('times');
  });

  test('the limit of operations is checked before anything grows', () => {
    const c = circuit(1).h(0).x(0);
    for (const grow of [() => c.repeat(1e9), () => c.power(1e15), () => c.power(-1e7)]) {
      expect(codeOf(grow)).toBe('ERR_LIMIT');
    }
    expect(argumentOf(() => c.power(-1e300))).toBe('exponent');
    expect(circuit(1).repeat(2 ** 40).size).toBe(0);
  });

  test('a measured circuit repeats too', () => {
    const c = circuit(1, 1).measure(0, 0);
    expect([c.repeat(2).size, c.repeat(1).size, c.repeat(0).size]).toEqual([2, 1, 0]);
  });
});

describe('controlled', () => {
  test('puts the controls before all other qubits', () => {
    const c = circuit(2, 1).h(0).cx(0, 1).barrier().controlled(2, { state: '01' });
    expect([c.qubits, c.bits]).toEqual([4, 1]);
    expect(c.qubitRegisters).toEqual([
      { name: 'control', start: 0, size: 2 },
      { name: 'q', start: 2, size: 2 },
    ]);
    expect(c.operations).toEqual([
      {
        kind: 'gate',
        gate: 'h',
        params: [],
        controls: [0, 1],
        controlStates: [0, 1],
        targets: [2],
      },
      {
        kind: 'gate',
        gate: 'mcx',
        params: [],
        controls: [0, 1, 2],
        controlStates: [0, 1, 1],
        targets: [3],
      },
      { kind: 'barrier', qubits: [2, 3] },
    ]);
  });

  test('adds one closed control by default, and none if asked', () => {
    expect(circuit(1).x(0).controlled().operations).toEqual(circuit(2).cx(0, 1).operations);
    expect(circuit(1).x(0).controlled(0).equals(circuit(1).x(0))).toBe(true);
  });

  test('twice finds a free register name', () => {
    const names = circuit(1)
      .h(0)
      .controlled()
      .controlled()
      .qubitRegisters.map(({ name }) => name);
    expect(names).toEqual(['control2', 'control', 'q']);
  });

  test('makes a global phase a phase of the controls', () => {
    expect(circuit(1).gphase(0.3).controlled().operations).toEqual([
      { kind: 'gate', gate: 'gphase', params: [0.3], controls: [0], targets: [] },
    ]);
  });

  test('refuses wrong arguments', () => {
    for (const value of NOT_INDICES) {
      if (value === undefined) continue;
      const code =
        value === 2 ** 53 ? ['ERR_INVALID_ARGUMENT', 'ERR_LIMIT'] : ['ERR_INVALID_ARGUMENT'];
      expect(code).toContain(codeOf(() => circuit(1).controlled(value as number)));
    }
    expect(codeOf(() => circuit(1).controlled(34))).toBe('ERR_LIMIT');
    for (const state of ['1', '111', '2', 'ab', 11, ['1', '1']]) {
      const call = (): unknown => circuit(1).controlled(2, { state: state as string });
      expect(argumentOf(call)).toBe('options.state');
    }
    expect(argumentOf(() => circuit(1).controlled(1, { states: '1' } as never))).toBe(
      'options.states',
    );
  });
});

test('a measured circuit has no inverse, power or controlled form', () => {
  const c = circuit(1, 1).h(0).measure(0, 0);
  for (const call of [
    () => c.inverse(),
    () => c.power(2),
    () => c.power(0.5),
    () => c.controlled(),
  ]) {
    expect(codeOf(call)).toBe('ERR_MEASURED');
  }
  expect(c.withoutMeasurements().inverse().equals(circuit(1, 1).h(0))).toBe(true);
});

test('withoutMeasurements keeps everything else', () => {
  const c = circuit(2, 2).h(0).measure(0, 0).barrier().x(1).measure(1, 1);
  const kept = c.withoutMeasurements();
  expect(kept.countOps()).toEqual({ h: 1, barrier: 1, x: 1 });
  expect([kept.measured, c.measured, kept.bits]).toEqual([false, true, 2]);
});

describe('depth', () => {
  test.each<[string, Circuit, number]>([
    ['no operation', circuit(3), 0],
    ['gates side by side', circuit(3).hAll(), 1],
    ['a chain', circuit(3).h(0).cxChain(), 3],
    ['a barrier aligns', circuit(2).h(0).barrier().h(1), 2],
    ['a barrier on other qubits does not', circuit(3).h(0).barrier([1, 2]).h(1), 1],
    ['a barrier alone takes no layer', circuit(2).barrier().barrier(), 0],
    ['measurements side by side', circuit(2, 2).measureAll(), 1],
    ['a measurement after a gate', circuit(1, 1).h(0).measure(0, 0), 2],
    ['a global phase takes no layer', circuit(1).gphase(0.1).h(0).gphase(0.2), 1],
    ['a controlled global phase does', circuit(1).gate('gphase', [0.1], [], { controls: [0] }), 1],
    ['no qubits', circuit(0).gphase(1), 0],
  ])('%s', (_, c, depth) => {
    expect(c.depth).toBe(depth);
  });
});

test('size leaves barriers out, countOps counts them', () => {
  const c = circuit(2, 2).hAll().barrier().cx(0, 1).measureAll();
  expect(c.size).toBe(5);
  expect(c.countOps()).toEqual({ h: 2, barrier: 1, cx: 1, measure: 2 });
  expect(Object.keys(c.countOps())).toEqual(['h', 'barrier', 'cx', 'measure']);
});

describe('equals', () => {
  const base = (): Circuit =>
    circuit(2, 1)
      .rx(t, 0)
      .gate('h', [], [1], { controls: [0], states: '0' });
  test.each<[string, Circuit]>([
    ['another operation', base().h(0)],
    [
      'another angle',
      circuit(2, 1)
        .rx(t.neg(), 0)
        .gate('h', [], [1], { controls: [0], states: '0' }),
    ],
    ['other control states', circuit(2, 1).rx(t, 0).ch(0, 1)],
    ['other sizes', circuit(3, 1).compose(base())],
    ['other bits', circuit(2, 2).compose(base())],
    ['other registers', circuit({ qubits: { a: 2 }, bits: { c: 1 } }).compose(base())],
  ])('not with %s', (_, other) => {
    expect(base().equals(other)).toBe(false);
  });

  test('with a copy, whatever its name or state', () => {
    expect(base().equals(base().named('x').freeze())).toBe(true);
    expect(base().equals(base().operations)).toBe(false);
    expect(base().equals(undefined)).toBe(false);
  });

  test('tells measurements and barriers apart', () => {
    expect(circuit(2, 2).measure(0, 0).equals(circuit(2, 2).measure(0, 1))).toBe(false);
    expect(
      circuit(2)
        .barrier()
        .equals(circuit(2).barrier([0])),
    ).toBe(false);
    expect(circuit(2).barrier().equals(circuit(2).h(0))).toBe(false);
    expect(circuit(2).h(0).equals(circuit(2).barrier())).toBe(false);
    expect(circuit(2, 2).measure(0, 0).equals(circuit(2, 2).h(0))).toBe(false);
  });
});

test('clone is independent', () => {
  const c = circuit(1).h(0);
  const copy = c.clone();
  copy.x(0);
  expect([c.size, copy.size]).toEqual([1, 2]);
});

test('a circuit prints itself in one line', () => {
  const c = circuit(2, 1).rx(t, 0).named('ansatz');
  expect(String(c)).toBe('Circuit ansatz: 2 qubits, 1 bit, 1 operation, depth 1, parameters t');
  expect(inspect(circuit(1))).toBe('Circuit: 1 qubit, 0 bits, 0 operations, depth 0');
});
