// Imports files inside the package: its entry, which installs an engine, must stay out of this file.
import { expect, test } from '@jest/globals';
import { circuit } from '../../../lib/circuit/create.js';
import { setExecutor, type Executor } from '../../../lib/circuit/executor.js';
import { param } from '../../../lib/circuit/expression.js';
import { QuantumError } from '../../../lib/errors.js';
import { pauli } from '../../../lib/observable/pauli.js';
import { errorOf } from './refusals.js';

const c = circuit(1).rx(param('t'), 0);
const observable = pauli.sum({ Z: 1 });

/** Each method, its call, and the arguments that must arrive beside the circuit. */
const calls: readonly (readonly [keyof Executor, () => unknown, unknown[]])[] = [
  ['run', () => c.run({ params: { t: 1 }, shots: 3 }), [{ params: { t: 1 }, shots: 3 }]],
  ['state', () => c.state({ params: { t: 1 } }), [{ params: { t: 1 } }]],
  [
    'probabilities',
    () => c.probabilities({ params: { t: 1 }, qubits: [0] }),
    [{ params: { t: 1 }, qubits: [0] }],
  ],
  [
    'expectation',
    () => c.expectation(observable, { params: { t: 1 } }),
    [observable, { params: { t: 1 } }],
  ],
  ['sweep', () => c.sweep({ t: [1, 2] }), [{ t: [1, 2] }]],
  ['compile', () => c.compile(), [{}]],
  ['explain', () => c.explain({ threads: 2 }), [{ threads: 2 }]],
];

// The order matters: once an executor is installed it stays.
test.each(calls)('%s without an engine is an error that says so', (_, call) => {
  expect(QuantumError.is(errorOf(call), 'ERR_INTERNAL')).toBe(true);
});

test.each(calls)('%s hands the circuit and its arguments to the engine', (name, call, args) => {
  const received: unknown[] = [];
  const record = (...all: unknown[]): string => {
    received.push(...all);
    return name;
  };
  setExecutor({ [name]: record } as unknown as Executor);
  expect(call()).toBe(name);
  expect(received).toEqual([c, ...args]);
});
