import { describe, expect, test } from '@jest/globals';
import type { Circuit } from 'qmlx';
import { circuit, LIMITS, param, QuantumError, type GateName } from 'qmlx';
import { GATES } from '../../../lib/circuit/gates.gen.js';
import { argumentOf, codeOf, errorOf, NOT_INDICES, NOT_NUMBERS } from './refusals.js';

type Loose = Record<string, (...args: unknown[]) => Circuit>;
const loose = (c: Circuit): Loose => c as unknown as Loose;

describe('sizes', () => {
  test('qubits and bits are those asked for', () => {
    expect([circuit(3, 2).qubits, circuit(3, 2).bits]).toEqual([3, 2]);
    expect([circuit(0).qubits, circuit(0).bits]).toEqual([0, 0]);
    expect(circuit(LIMITS.qubits, LIMITS.bits).bits).toBe(2 ** 20);
  });

  test.each(NOT_INDICES.filter((value) => value !== 2 ** 53))('%p is no size', (value) => {
    const isObject = typeof value === 'object' && value !== null;
    expect(argumentOf(() => circuit(value as number))).toMatch(
      isObject ? /^(registers|qubits)/ : /^qubits$/,
    );
    if (value !== undefined) expect(argumentOf(() => circuit(1, value as number))).toBe('bits');
  });

  test('a size beyond the limit is named with it', () => {
    const error = errorOf(() => circuit(35 as number));
    expect(
      QuantumError.is(error, 'ERR_LIMIT') && [error.limit, error.maximum, error.received],
    ).toEqual(['qubits', 34, 35]);
    expect(codeOf(() => circuit(1, 2 ** 20 + 1))).toBe('ERR_LIMIT');
  });
});

describe('registers', () => {
  test('stand one after the other in order of declaration', () => {
    const c = circuit({ qubits: { b: 2, a: 3 }, bits: { x: 1, y: 2 } });
    expect(c.qubitRegisters).toEqual([
      { name: 'b', start: 0, size: 2 },
      { name: 'a', start: 2, size: 3 },
    ]);
    expect(c.bitRegisters).toEqual([
      { name: 'x', start: 0, size: 1 },
      { name: 'y', start: 1, size: 2 },
    ]);
    expect([c.qubits, c.bits]).toEqual([5, 3]);
    expect(Object.isFrozen(c.qubitRegisters) && Object.isFrozen(c.qubitRegisters[0])).toBe(true);
  });

  test('are q and c where only sizes are given', () => {
    expect(circuit(2, 1).qubitRegisters).toEqual([{ name: 'q', start: 0, size: 2 }]);
    expect(circuit(2, 1).bitRegisters).toEqual([{ name: 'c', start: 0, size: 1 }]);
    expect(circuit(0).qubitRegisters).toEqual([]);
  });

  test.each<[unknown, string]>([
    [{ qubits: { '1a': 1 } }, 'a register name of qubits'],
    [{ qubits: { a: 0 } }, 'qubits.a'],
    [{ qubits: { a: 1.5 } }, 'qubits.a'],
    [{ qubits: { a: 1 }, bits: { a: 1 } }, 'registers'],
    [{ qubits: [2] }, 'qubits'],
    [{ bits: { a: 1 } }, 'qubits'],
    [{ qubits: { a: 1 }, bit: { c: 1 } }, 'registers.bit'],
  ])('%j is refused', (registers, argument) => {
    expect(argumentOf(() => circuit(registers as never))).toBe(argument);
  });

  test('leave no room for a number of bits', () => {
    expect(argumentOf(() => circuit({ qubits: { a: 1 } }, ...([2] as unknown as [])))).toBe('bits');
  });

  test('names like those of object members are plain names', () => {
    const c = circuit({ qubits: { constructor: 1, toString: 1 } });
    expect(c.qubits).toBe(2);
  });
});

describe('gates', () => {
  test('become frozen data', () => {
    const [operation] = circuit(3).cu(0.1, 0.2, 0.3, 0.4, 2, 0).operations;
    expect(operation).toEqual({
      kind: 'gate',
      gate: 'cu',
      params: [0.1, 0.2, 0.3, 0.4],
      controls: [2],
      targets: [0],
    });
    const gate = operation as unknown as Record<string, object>;
    for (const value of [gate, gate['params'], gate['controls'], gate['targets']]) {
      expect(Object.isFrozen(value)).toBe(true);
    }
  });

  test('chain on one object', () => {
    const c = circuit(2);
    expect(c.h(0)).toBe(c);
    expect(c.rx(param('t'), 0)).toBe(c);
  });

  test('the list of operations is a snapshot', () => {
    const c = circuit(1).h(0);
    const before = c.operations;
    c.x(0);
    expect([before.length, c.operations.length]).toEqual([1, 2]);
    expect(c.operations).toBe(c.operations);
  });

  test('an alias does the same', () => {
    expect(circuit(1).phase(0.3, 0).equals(circuit(1).p(0.3, 0))).toBe(true);
  });

  test('are stored under the usual name for their controls', () => {
    expect(circuit(4).mcx([0], 1).mcx([0, 1], 2).mcx([0, 1, 2], 3).mcx([], 0).countOps()).toEqual({
      cx: 1,
      ccx: 1,
      mcx: 1,
      x: 1,
    });
    const c = circuit(3).gate('rz', [0.1], [2], { controls: [0] });
    expect(c.equals(circuit(3).crz(0.1, 0, 2))).toBe(true);
  });

  test('extra controls come first and may be open', () => {
    const c = circuit(4).gate('cx', [], [2, 3], { controls: [1, 0], states: '01' });
    expect(c.operations[0]).toEqual({
      kind: 'gate',
      gate: 'mcx',
      params: [],
      controls: [1, 0, 2],
      controlStates: [0, 1, 1],
      targets: [3],
    });
  });

  test('closed controls leave no states behind', () => {
    const c = circuit(2).gate('x', [], [1], { controls: [0], states: '1' });
    expect(c.operations[0]).not.toHaveProperty('controlStates');
  });
});

// Every numeric argument of every builder method, one at a time.
const calls = GATES.map((row) => {
  const controls = row.controls < 0 ? 2 : row.controls;
  const total = Math.max(controls + row.targets, 1);
  const qubits = [...Array(controls + row.targets).keys()];
  const operands = row.controls < 0 ? [qubits.slice(0, 2), ...qubits.slice(2)] : qubits;
  return { row, total, args: [...row.params.map(() => 0.5), ...operands] };
});

describe.each(calls.map((call) => [call.row.name, call] as const))('%s refuses', (name, call) => {
  const { row, total, args } = call;
  const names = [...row.params, ...row.controlNames, ...row.targetNames];
  const withArgument = (k: number, value: unknown) => () =>
    loose(circuit(total))[name]!(...args.map((arg, j) => (j === k ? value : arg)));

  test('angles that are no finite number', () => {
    row.params.forEach((param, k) => {
      for (const value of NOT_NUMBERS) expect(argumentOf(withArgument(k, value))).toBe(param);
    });
  });

  test('indices that are none, and those out of range', () => {
    args.forEach((arg, k) => {
      if (k < row.params.length || Array.isArray(arg)) return;
      for (const value of NOT_INDICES) {
        const expected = value === 2 ** 53 ? [names[k], undefined] : [names[k]];
        expect(expected).toContain(argumentOf(withArgument(k, value)));
      }
      for (const value of [total, 34, 2 ** 31, 2 ** 32]) {
        expect(codeOf(withArgument(k, value))).toBe('ERR_QUBIT_RANGE');
      }
    });
  });

  test('a list of controls that is none, and wrong members of it', () => {
    if (row.controls >= 0) return;
    const k = row.params.length;
    for (const value of [0, '01', null, undefined, { length: 1, 0: 0 }]) {
      expect(argumentOf(withArgument(k, value))).toBe('controls');
    }
    for (const value of NOT_INDICES) {
      if (value !== 2 ** 53) expect(argumentOf(withArgument(k, [0, value]))).toBe('controls[1]');
    }
    expect(argumentOf(withArgument(k, Object.assign([0], { length: 2 })))).toBe('controls[1]');
    expect(codeOf(withArgument(k, [0, 9]))).toBe('ERR_QUBIT_RANGE');
    expect(codeOf(withArgument(k, [0, 0]))).toBe('ERR_INVALID_ARGUMENT');
  });

  test('the same qubit twice', () => {
    const first = row.params.length;
    if (row.controls < 0 || args.length - first < 2) return;
    expect(codeOf(withArgument(args.length - 1, args[first]))).toBe('ERR_INVALID_ARGUMENT');
  });

  test('and leaves the circuit as it was', () => {
    const c = circuit(total);
    expect(errorOf(() => loose(c)[name]!(...args.map(() => NaN)))).toBeDefined();
    expect(c.operations).toEqual([]);
    loose(c)[name]!(...args);
    expect(c.size).toBe(1);
  });
});

describe('gate() refuses', () => {
  const call =
    (...args: unknown[]) =>
    () =>
      loose(circuit(4))['gate']!(...args);
  test.each<[unknown[], string]>([
    [['cnot', [], [0, 1]], 'name'],
    [[3, [], [0]], 'name'],
    [['__proto__', [], [0]], 'name'],
    [['x', [0.1], [0]], 'name'],
    [['rx', [], [0]], 'name'],
    [['rx', [NaN], [0]], 'params[0]'],
    [['rx', 0.1, [0]], 'params'],
    [['x', [], 0], 'qubits'],
    [['x', [], []], 'qubits'],
    [['cx', [], [0]], 'qubits'],
    [['cx', [], [0, 1, 2]], 'qubits'],
    [['cx', [], [0, 1.5]], 'qubits[1]'],
    [['mcx', [], []], 'qubits'],
    [['x', [], [0], { controls: 1 }], 'options.controls'],
    [['x', [], [0], { controls: [-1] }], 'options.controls[0]'],
    [['x', [], [0], { controls: [1], states: '01' }], 'options.states'],
    [['x', [], [0], { controls: [1], states: '2' }], 'options.states'],
    [['x', [], [0], { control: [1] }], 'options.control'],
    [['x', [], [0], null], 'options'],
    [['x', [], [0], { controls: [0] }], 'qubits[0]'],
  ])('%j', (args, argument) => {
    expect(argumentOf(call(...args))).toBe(argument);
  });

  test('qubits out of range', () => {
    expect(codeOf(call('cx', [], [0, 4]))).toBe('ERR_QUBIT_RANGE');
    expect(codeOf(call('x', [], [0], { controls: [4] }))).toBe('ERR_QUBIT_RANGE');
  });
});

describe('append', () => {
  test('takes what operations gives', () => {
    const source = circuit(3, 2)
      .gate('ry', [param('a').mul(2)], [2], { controls: [0], states: '0' })
      .barrier([0, 2])
      .measure(1, 0);
    const copy = circuit(3, 2);
    for (const operation of source.operations) copy.append(operation);
    expect(copy.equals(source)).toBe(true);
  });

  test.each<[unknown, string]>([
    [undefined, 'operation'],
    [5, 'operation'],
    [{}, 'operation.kind'],
    [{ kind: 'teleport', qubit: 0 }, 'operation.kind'],
    [{ kind: 'gate', gate: 'x', params: [], controls: [], targets: [] }, 'operation.gate'],
    [{ kind: 'gate', gate: 'cx', params: [], controls: [], targets: [0] }, 'operation.gate'],
    [{ kind: 'gate', gate: 'x', params: [], controls: [] }, 'operation.targets'],
    [{ kind: 'gate', gate: 'x', params: [], controls: [], targets: ['0'] }, 'operation.targets[0]'],
    [{ kind: 'gate', gate: 'x', params: [], targets: [0] }, 'operation.controls'],
    [{ kind: 'gate', gate: 'y2', params: [], controls: [], targets: [0] }, 'operation.gate'],
    [
      { kind: 'gate', gate: 'x', params: [], controls: [1], controlStates: [2], targets: [0] },
      'operation.controlStates',
    ],
    [
      { kind: 'gate', gate: 'x', params: [], controls: [1], controlStates: [], targets: [0] },
      'operation.controlStates',
    ],
    [
      { kind: 'gate', gate: 'x', params: [], controls: [], targets: [0], power: 2 },
      'operation.power',
    ],
    [{ kind: 'measure', qubit: 0 }, 'operation.bit'],
    [{ kind: 'measure', qubit: '0', bit: 0 }, 'operation.qubit'],
    [{ kind: 'barrier', qubits: 1 }, 'operation.qubits'],
    [{ kind: 'barrier', qubits: [0, 0] }, 'operation.qubits'],
    [{ kind: 'barrier', qubits: [0], label: 'a' }, 'operation.label'],
  ])('refuses %j', (operation, argument) => {
    expect(argumentOf(() => circuit(2, 1).append(operation as never))).toBe(argument);
  });
});

describe('measurement', () => {
  test.each<[string, (c: Circuit<2, 2, never>) => { readonly size: number }, number]>([
    ['a gate on the qubit', (c) => c.x(0), 3],
    ['a gate under its control', (c) => c.cx(0, 1), 3],
    ['a second measurement of it', (c) => c.measure(0, 1), 3],
    ['a second measurement into its bit', (c) => c.measure(1, 0), 3],
    ['a pattern that reaches it', (c) => c.hAll(), 4],
    ['a circuit composed onto it', (c) => c.compose(circuit(2).cx(1, 0)), 3],
  ])('is followed by %s', (_, act, size) => {
    expect(act(circuit(2, 2).h(0).measure(0, 0)).size).toBe(size);
  });

  test('may be followed by barriers, other qubits and a global phase', () => {
    const c = circuit(2, 2).measure(0, 0).barrier().h(1).gphase(0.1).measure(1, 1);
    expect(c.countOps()).toEqual({ measure: 2, barrier: 1, h: 1, gphase: 1 });
  });

  test.each(NOT_INDICES.filter((value) => value !== 2 ** 53))('refuses the indices %p', (value) => {
    expect(argumentOf(() => circuit(2, 2).measure(value as number, 0))).toBe('qubit');
    expect(argumentOf(() => circuit(2, 2).measure(0, value as number))).toBe('bit');
  });

  test('refuses indices out of range', () => {
    const outside: number = 2;
    const error = errorOf(() => circuit(2, 2).measure(0, outside));
    expect(QuantumError.is(error, 'ERR_BIT_RANGE') && [error.bit, error.bits]).toEqual([2, 2]);
    expect(codeOf(() => circuit(2, 2).measure(outside, 0))).toBe('ERR_QUBIT_RANGE');
  });
});

describe('frozen circuits', () => {
  const changes: readonly ((c: Circuit<2, 2, never>) => unknown)[] = [
    (c) => c.h(0),
    (c) => c.gate('x', [], [0]),
    (c) => c.measure(0, 0),
    (c) => c.measureAll(),
    (c) => c.barrier(),
    (c) => c.hAll([]),
    (c) => c.compose(circuit(2)),
    (c) => c.named('a'),
    (c) => c.append({ kind: 'barrier', qubits: [] }),
  ];
  test.each(changes.map((change) => [String(change).slice(7), change] as const))(
    'refuse %s',
    (_, change) => {
      const c = circuit(2, 2).freeze();
      expect(codeOf(() => change(c))).toBe('ERR_FROZEN');
      expect(c.operations).toEqual([]);
    },
  );

  test('can be derived from', () => {
    const c = circuit(2, 2).h(0).freeze();
    expect([c.isFrozen, c.clone().isFrozen, c.inverse().isFrozen]).toEqual([true, false, false]);
    expect(c.clone().h(0).size).toBe(2);
    expect(c.freeze()).toBe(c);
  });
});

test('a circuit may carry a name', () => {
  const c = circuit(1).named('bell');
  expect([c.name, c.clone().name, circuit(1).name]).toEqual(['bell', 'bell', undefined]);
  expect(argumentOf(() => c.named('a b'))).toBe('name');
});

test('parameters come in the order of first appearance', () => {
  const [a, b] = [param('a'), param('b')];
  expect(circuit(1).rx(b, 0).ry(a.add(b), 0).rz(a, 0).parameters).toEqual(['b', 'a']);
});

test('builder methods are on the prototype of every circuit, none by accident called then', () => {
  expect('then' in circuit(1)).toBe(false);
  for (const row of GATES) expect((row.name satisfies GateName) in circuit(1)).toBe(true);
});
