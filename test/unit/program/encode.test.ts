// The encoded words against the format as lib/program/encode.ts documents it, written out by hand.

import { describe, expect, it } from '@jest/globals';
import { GATES } from '../../../lib/circuit/gates.gen.js';
import { encode } from '../../../lib/program/encode.js';
import { bit, circuit, param, variable } from 'qmlx';

const row = (name: string): number => GATES.findIndex((gate) => gate.name === name);

describe('words', () => {
  it('starts with version, qubits, bits, parameters, angles, operations, variables, counters', () => {
    expect([...encode(circuit(3, 2)).words]).toEqual([2, 3, 2, 0, 0, 0, 0, 0]);
  });

  it('writes a gate as row, length, counts, controls, control values, targets, angles', () => {
    const { words } = encode(circuit(3).cx(2, 0));
    expect([...words.subarray(8)]).toEqual([row('cx'), 8, 1, 1, 0, 2, 1, 0]);
  });

  it('writes every control of a gate with many and the state of open ones', () => {
    const many = circuit(4).gate('x', [], [3], { controls: [0, 1, 2], states: '010' });
    const { words } = encode(many);
    expect([...words.subarray(8)]).toEqual([row('mcx'), 12, 3, 1, 0, 0, 1, 2, 0, 1, 0, 3]);
  });

  it('writes measurements and leaves barriers out', () => {
    const { words } = encode(circuit(2, 2).h(1).barrier().measure(1, 0));
    expect([...words]).toEqual([2, 2, 2, 0, 0, 2, 0, 0, row('h'), 6, 0, 1, 0, 1, -1, 4, 1, 0]);
  });

  it('jumps over the block of a condition that does not hold', () => {
    const { words, code, codeIntegers } = encode(
      circuit(1, 1).if(bit(0).eq(1), (c) => c.reset(0), { else: (c) => c.postselect(0, 1) }),
    );
    const body = [-4, 4, 0, 3, -2, 3, 0, -3, 3, 4, -8, 4, 0, 1];
    expect([...words]).toEqual([2, 1, 1, 0, 0, 4, 0, 0, ...body]);
    expect([...code]).toEqual([33, 0, 32, 0, 64, 0, 0, 0]);
    expect([...codeIntegers]).toEqual([1n]);
  });

  it('counts the rounds of a loop', () => {
    const { words } = encode(circuit(1, 1).while(bit(0), (c) => c.measure(0, 0), { max: 9 }));
    const body = [-10, 3, 0, -4, 4, 0, 5, -11, 4, 0, 9, -1, 4, 0, 0, -3, 3, 1];
    expect([...words.subarray(5)]).toEqual([5, 0, 1, ...body]);
  });

  it('writes variables with their types and converts what they receive', () => {
    const encoded = encode(
      circuit(0, 1).assign(variable.float('x'), 0.5).assign(variable.uint('n', 3), bit(0)),
    );
    expect([...encoded.words.subarray(5)]).toEqual([2, 2, 0, 1, 0, -6, 4, 0, 0, -6, 4, 1, 4]);
    expect([...encoded.code]).toEqual([1, 0, 0, 0, 33, 0, 60, 3, 0, 0]);
  });

  it('moves measurements behind what does not touch their qubit or bit', () => {
    const kinds = (c: Parameters<typeof encode>[0]): string[] =>
      encode(c).sources.map(({ operation }) => operation.kind);
    expect(kinds(circuit(2, 2).measure(0, 0).h(1).measure(1, 1))).toEqual([
      'gate',
      'measure',
      'measure',
    ]);
    expect(kinds(circuit(2, 1).measure(0, 0).h(0))).toEqual(['measure', 'gate']);
    expect(
      kinds(
        circuit(2, 1)
          .measure(0, 0)
          .if(bit(0), (c) => c.h(1)),
      ),
    ).toEqual(['measure', 'if', 'gate']);
  });

  it('does not depend on the values of angles', () => {
    const a = encode(circuit(1).rx(0.1, 0).u(1, 2, 3, 0));
    const b = encode(circuit(1).rx(7, 0).u(0, 0, 0, 0));
    expect(a.words).toEqual(b.words);
    expect(a.angles).not.toEqual(b.angles);
  });
});

describe('angles', () => {
  it('numbers them in order, constants without code', () => {
    const encoded = encode(circuit(1).rx(0.25, 0).u(1, 2, 3, 0));
    expect([...encoded.angles]).toEqual([0.25, 1, 2, 3]);
    expect([...encoded.angleCode]).toEqual([-1, -1, -1, -1]);
    expect([...encoded.words.subarray(-3)]).toEqual([1, 2, 3]);
    expect(encoded.code).toHaveLength(0);
  });

  it('writes expressions in postfix order over parameters by first appearance', () => {
    const b = param('b');
    const a = param('a');
    const encoded = encode(circuit(1).rx(b, 0).rz(a.mul(2).sub(b), 0));
    expect(encoded.words[3]).toBe(2);
    expect([...encoded.angles]).toEqual([0, 0]);
    expect([...encoded.angleCode]).toEqual([0, 4]);
    // b end, a 2 * b - end
    expect([...encoded.code]).toEqual([2, 0, 0, 0, 2, 1, 1, 0, 5, 0, 2, 0, 4, 0, 0, 0]);
    expect([...encoded.codeConstants]).toEqual([2]);
  });

  it('stores an expression that several gates share once', () => {
    const theta = param('theta').add(1);
    const encoded = encode(circuit(2).rx(theta, 0).ry(theta, 1));
    expect([...encoded.angleCode]).toEqual([0, 0]);
    expect([...encoded.code]).toEqual([2, 0, 1, 0, 3, 0, 0, 0]);
  });

  it('knows every operator', () => {
    const x = param('x');
    const items = x.div(3).pow(2).neg().sin().cos().tan().exp().ln().sqrt().abs();
    const { code } = encode(circuit(1).rx(items, 0));
    const operators = [...code].filter((_, k) => k % 2 === 0);
    expect(operators).toEqual([2, 1, 6, 1, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0]);
  });
});
