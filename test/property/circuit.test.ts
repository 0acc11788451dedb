// Laws of circuits on random ones. fast-check prints the seed of a failure; QMLX_TEST_SEED runs it again.

import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { circuit, Circuit, param, type Angle, type GateName, type Operation } from 'qmlx';
import { GATES } from '../../lib/circuit/gates.gen.js';
import { gateCalls } from '../reference/operations.js';
import { simulate } from '../reference/simulator.js';

const QUBITS = 4;
const BITS = 3;
const VALUES = { alpha: 0.4, beta: -1.7 };
const seed = Number(process.env['QMLX_TEST_SEED'] ?? Date.now() % 2 ** 31);
const settings = { seed, numRuns: 300 };

const finite = fc.double({ min: -20, max: 20, noNaN: true });
const leaf: fc.Arbitrary<Angle> = fc.oneof(finite, fc.constantFrom(param('alpha'), param('beta')));
const angle: fc.Arbitrary<Angle> = fc.oneof(
  { weight: 4, arbitrary: leaf },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom(param('alpha'), param('beta')),
        leaf,
        fc.constantFrom('add', 'sub', 'mul'),
      )
      .map(([left, right, op]) => left[op as 'add'](right).neg()),
  },
);

const gate: fc.Arbitrary<Operation> = fc
  .record({
    row: fc.constantFrom(...GATES),
    angles: fc.array(angle, { minLength: 4, maxLength: 4 }),
    qubits: fc.shuffledSubarray([...Array(QUBITS).keys()], { minLength: QUBITS }),
    extra: fc.nat(QUBITS),
    states: fc.array(fc.constantFrom<0 | 1>(0, 1), { minLength: QUBITS, maxLength: QUBITS }),
  })
  .map(({ row, angles, qubits, extra, states }) => {
    const own = Math.max(row.controls, 0);
    const count = own + Math.min(extra, QUBITS - own - row.targets);
    return {
      kind: 'gate',
      gate: row.name,
      params: angles.slice(0, row.params.length),
      controls: qubits.slice(row.targets, row.targets + count),
      controlStates: states.slice(0, count),
      targets: qubits.slice(0, row.targets),
    };
  });

const barrier: fc.Arbitrary<Operation> = fc
  .subarray([...Array(QUBITS).keys()])
  .map((qubits) => ({ kind: 'barrier', qubits }));

const unmeasured = fc
  .array(fc.oneof({ weight: 9, arbitrary: gate }, { weight: 1, arbitrary: barrier }), {
    maxLength: 20,
  })
  .map((operations) => {
    const c: Circuit = circuit(QUBITS, BITS);
    for (const operation of operations) c.append(operation);
    return c;
  });

/** A random circuit that may measure some qubits at its end. */
const anyCircuit = fc
  .tuple(unmeasured, fc.subarray([...Array(BITS).keys()]))
  .map(([c, measured]) => {
    const result = c.clone();
    for (const qubit of measured) result.measure(qubit, BITS - 1 - qubit);
    return result;
  });

function amplitudes(c: Circuit, start: number): Float64Array {
  const size = 2 ** c.qubits;
  const initial = { re: new Float64Array(size), im: new Float64Array(size) };
  initial.re[start] = 1;
  const { re, im } = simulate(c.qubits, gateCalls(c, VALUES), initial);
  return Float64Array.from([...re, ...im]);
}

const difference = (a: Float64Array, b: Float64Array): number =>
  Math.max(...a.map((value, k) => Math.abs(value - b[k]!)));

const composed = (...parts: readonly Circuit[]): Circuit =>
  parts.reduce((whole: Circuit, part) => whole.compose(part), circuit(QUBITS, BITS));

/** Depth by its definition: the longest chain of operations that share a qubit or a bit. */
function longestChain(c: Circuit): number {
  const wires = (operation: Operation): string[] => {
    if (operation.kind === 'measure') return [`q${operation.qubit}`, `c${operation.bit}`];
    return touched(operation).map((qubit) => `q${qubit}`);
  };
  const lengths: number[] = [];
  c.operations.forEach((operation, k) => {
    const own = wires(operation);
    const before = c.operations
      .slice(0, k)
      .flatMap((other, j) =>
        wires(other).some((wire) => own.includes(wire)) ? [lengths[j]!] : [],
      );
    const counts = operation.kind !== 'barrier' && own.length > 0;
    lengths.push(Math.max(0, ...before) + (counts ? 1 : 0));
  });
  return Math.max(0, ...lengths);
}

describe(`random circuits, seed ${seed}`, () => {
  test('the inverse of the inverse is the circuit', () => {
    fc.assert(
      fc.property(unmeasured, (c) => {
        expect(c.inverse().inverse().equals(c)).toBe(true);
      }),
      settings,
    );
  });

  test('the inverse undoes the circuit', () => {
    fc.assert(
      fc.property(unmeasured, fc.nat(2 ** QUBITS - 1), (c, start) => {
        const after = amplitudes(composed(c, c.inverse()), start);
        expect(difference(after, amplitudes(circuit(QUBITS), start))).toBeLessThan(1e-12);
      }),
      settings,
    );
  });

  test('compose is associative and has a unit', () => {
    fc.assert(
      fc.property(unmeasured, unmeasured, anyCircuit, (a, b, c) => {
        expect(composed(composed(a, b), c).equals(composed(a, composed(b, c)))).toBe(true);
        expect(composed(circuit(QUBITS), a).equals(composed(a, circuit(QUBITS)))).toBe(true);
      }),
      settings,
    );
  });

  test('JSON gives the circuit back', () => {
    fc.assert(
      fc.property(anyCircuit, (c) => {
        const text = JSON.stringify(c);
        const read = Circuit.fromJSON(JSON.parse(text));
        expect(read.equals(c)).toBe(true);
        expect(JSON.stringify(read)).toBe(text);
        expect(read.parameters).toEqual(c.parameters);
      }),
      settings,
    );
  });

  test('depth is the longest chain of operations', () => {
    fc.assert(
      fc.property(anyCircuit, (c) => {
        expect(c.depth).toBe(longestChain(c));
      }),
      settings,
    );
  });

  test('powers add up and agree with repetition', () => {
    fc.assert(
      fc.property(unmeasured, fc.nat(3), fc.nat(3), (c, k, m) => {
        expect(composed(c.power(k), c.power(m)).equals(c.repeat(k + m))).toBe(true);
        expect(c.power(-k).equals(c.repeat(k).inverse())).toBe(true);
      }),
      settings,
    );
  });

  test('a fractional power of one gate, taken often enough, is the gate', () => {
    fc.assert(
      fc.property(
        gate,
        fc.integer({ min: 2, max: 5 }),
        fc.nat(2 ** QUBITS - 1),
        (one, k, start) => {
          const c: Circuit = circuit(QUBITS).append(one);
          fc.pre(GATES.some(({ name, power }) => name === nameOf(c) && power.length > 0));
          const whole = amplitudes(c.power(1 / k).repeat(k), start);
          expect(difference(whole, amplitudes(c, start))).toBeLessThan(1e-12);
        },
      ),
      settings,
    );
  });

  test('a controlled circuit acts where its controls are on, and nowhere else', () => {
    fc.assert(
      fc.property(unmeasured, fc.nat(3), fc.nat(2 ** QUBITS - 1), (c, state, start) => {
        const size = 2 ** QUBITS;
        const text = state.toString(2).padStart(2, '0');
        const controlled = c.controlled(2, { state: text });
        for (let controls = 0; controls < 4; controls++) {
          const after = amplitudes(controlled, controls * size + start);
          const inner = amplitudes(controls === state ? c : circuit(QUBITS), start);
          const expected = new Float64Array(8 * size);
          expected.set(inner.subarray(0, size), controls * size);
          expected.set(inner.subarray(size), (4 + controls) * size);
          expect(difference(after, expected)).toBeLessThan(1e-12);
        }
      }),
      { ...settings, numRuns: 100 },
    );
  });

  test('compose on other qubits relabels them', () => {
    const places = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: QUBITS, maxLength: QUBITS });
    fc.assert(
      fc.property(unmeasured, places, (c, qubits) => {
        const moved = circuit(5, BITS).compose(c, { qubits });
        expect(moved.operations.map(touched)).toEqual(
          c.operations.map((operation) => touched(operation).map((qubit) => qubits[qubit])),
        );
      }),
      settings,
    );
  });
});

function nameOf(c: Circuit): GateName | undefined {
  const [operation] = c.operations;
  return operation?.kind === 'gate' ? operation.gate : undefined;
}

function touched(operation: Operation): number[] {
  if (operation.kind === 'measure') return [operation.qubit];
  if (operation.kind === 'barrier') return [...operation.qubits];
  if (operation.kind !== 'gate') throw new Error(`no ${operation.kind} is made here`);
  return [...operation.controls, ...operation.targets];
}
