import { describe, expect, test } from '@jest/globals';
import { LIMITS, QuantumError } from 'qmlx';
import { inspect } from 'node:util';

describe('QuantumError', () => {
  const cause = new Error('below');
  const error = new QuantumError('ERR_QUBIT_RANGE', 'Expected less.', {
    qubit: 5,
    qubits: 2,
    cause,
  });

  test('carries its code, message, fields and cause', () => {
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ code: 'ERR_QUBIT_RANGE', qubit: 5, qubits: 2 });
    expect([error.name, error.message, error.cause]).toEqual([
      'QuantumError',
      'Expected less.',
      cause,
    ]);
    expect(String(error)).toBe('QuantumError: Expected less.');
    expect(inspect(error)).toContain("code: 'ERR_QUBIT_RANGE'");
  });

  test('has no cause unless one is given', () => {
    expect('cause' in new QuantumError('ERR_FROZEN', 'Frozen.')).toBe(false);
  });

  test('is recognised by its brand, also from another copy of the package', () => {
    expect(QuantumError.is(error)).toBe(true);
    expect(QuantumError.is(error, 'ERR_QUBIT_RANGE')).toBe(true);
    expect(QuantumError.is(error, 'ERR_BIT_RANGE')).toBe(false);
    const foreign = Object.assign(new Error('other copy'), {
      code: 'ERR_FROZEN',
      [Symbol.for('qmlx.QuantumError')]: true,
    });
    expect(QuantumError.is(foreign, 'ERR_FROZEN')).toBe(true);
  });

  test.each([undefined, null, 'ERR_FROZEN', 1, {}, new Error('plain'), { code: 'ERR_FROZEN' }])(
    '%p is none',
    (value) => {
      expect(QuantumError.is(value)).toBe(false);
    },
  );
});

test('the limits are frozen', () => {
  expect(Object.isFrozen(LIMITS)).toBe(true);
});
