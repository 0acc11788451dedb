import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { circuit } from '../../lib/circuit/create.js';
import type { Circuit } from '../../lib/circuit/circuit.js';
import { GATES } from '../../lib/circuit/gates.gen.js';
import { QELIB1 } from '../../lib/qasm/gate-library.js';
import { parse, stringify } from '../../lib/qasm/index.js';
import { RandomStream } from '../reference/random.js';
import { randomCircuit } from '../reference/random-circuit.js';
import { distance, genericState, stateOf } from '../unit/qasm/states.js';

/** Any number that an angle can be, fractions of pi among them. */
const angle = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc
    .tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: 1, max: 99 }))
    .map(([n, d]) => (n * Math.PI) / d),
  fc.integer({ min: -40, max: 40 }).map((k) => Math.PI / 2 ** k),
);

/** Gates that OpenQASM 2 has under the names of the table. */
const native = GATES.filter(({ qasm2, controls }) => qasm2 !== '' && controls >= 0);

const sizes = fc.record({
  qubits: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
  bits: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }),
});

/** Circuits that OpenQASM 2 can express gate by gate. */
const expressible = sizes.chain(({ qubits, bits }) => {
  const named = (letter: string, list: readonly number[]): Record<string, number> =>
    Object.fromEntries(list.map((size, k) => [`${letter}${k}`, size]));
  const made = (): Circuit => circuit({ qubits: named('q', qubits), bits: named('c', bits) });
  const total = made().qubits;
  const steps = fc.array(
    fc.record({
      row: fc.constantFrom(...native.filter((row) => row.controls + row.targets <= total)),
      angles: fc.tuple(angle, angle, angle, angle),
      order: fc.shuffledSubarray(
        Array.from({ length: total }, (_, k) => k),
        { minLength: total },
      ),
      isBarrier: fc.boolean(),
    }),
    { maxLength: 20 },
  );
  return fc
    .tuple(steps, fc.shuffledSubarray(Array.from({ length: total }, (_, k) => k)))
    .map(([list, measured]) => {
      const c = made();
      for (const { row, angles, order, isBarrier } of list) {
        const count = row.controls + row.targets;
        c.gate(row.name, angles.slice(0, row.params.length), order.slice(0, count));
        if (isBarrier) c.barrier(order.slice(count));
      }
      measured.slice(0, c.bits).forEach((qubit, bit) => c.measure(qubit, bit));
      return c;
    });
});

describe('parse(stringify(c))', () => {
  it('is c where OpenQASM 2 has all its gates', () => {
    fc.assert(
      fc.property(expressible, (c) => {
        const text = stringify(c);
        expect(parse(text).equals(withoutEmptyBarriers(c))).toBe(true);
        expect(stringify(parse(text))).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it('acts as c for every gate of the table', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 0, max: 12 }),
        (seed, qubits, gates) => {
          const { circuit: c } = randomCircuit(new RandomStream(seed), qubits, gates);
          fc.pre(c.parameters.length === 0);
          const initial = genericState(qubits);
          const read = parse(stringify(c));
          // Angles of 10^8 lose digits in the sums of a definition.
          expect(distance(stateOf(read, initial), stateOf(c, initial))).toBeLessThan(1e-6);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('parse', () => {
  it('reads calls of every gate of qelib1.inc as what they say', () => {
    const calls = fc.constantFrom(...QELIB1.filter(({ table }) => table?.length === 1));
    fc.assert(
      fc.property(calls, fc.tuple(angle, angle, angle, angle), (gate, angles) => {
        const given = angles.slice(0, gate.angles);
        const list = given.length === 0 ? '' : `(${given.join(', ')})`;
        const operands = Array.from({ length: gate.qubits }, (_, k) => `q[${k}]`).join(', ');
        const text = `OPENQASM 2.0; include "qelib1.inc"; qreg q[5]; ${gate.name}${list} ${operands};`;
        const [operation] = parse(text).operations;
        const [call] = gate.table ?? [];
        expect(operation).toMatchObject({
          kind: 'gate',
          params: call?.angles(given).map((a) => Number(a) + 0),
        });
      }),
    );
  });
});

/** An empty barrier does nothing and has no text. */
function withoutEmptyBarriers(c: Circuit): Circuit {
  const kept = c.withoutMeasurements();
  const copy = circuit({
    qubits: Object.fromEntries(kept.qubitRegisters.map(({ name, size }) => [name, size])),
    bits: Object.fromEntries(kept.bitRegisters.map(({ name, size }) => [name, size])),
  });
  for (const operation of c.operations) {
    if (operation.kind === 'barrier' && operation.qubits.length === 0) continue;
    copy.append(operation);
  }
  return copy;
}
