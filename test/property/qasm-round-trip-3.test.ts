import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bit, circuit, param, qasm, reg, variable, type Circuit } from 'qmlx';
import { GATES } from '../../lib/circuit/gates.gen.js';
import { decisionCircuit, distributionOf, randomDecisions } from '../reference/decisions.js';
import { RandomStream } from '../reference/random.js';
import { randomCircuit } from '../reference/random-circuit.js';
import { distance, genericState, stateOf } from '../unit/qasm/states.js';

const { parse, stringify } = qasm;
const write = (c: Circuit): string => stringify(c, { version: 3 });

const angle = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc
    .tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: 1, max: 99 }))
    .map(([n, d]) => (n * Math.PI) / d),
);

/** One gate of the table under as many further controls as there is room for. */
const calls = fc
  .record({
    row: fc.constantFrom(...GATES),
    extra: fc.integer({ min: 0, max: 2 }),
    angles: fc.tuple(angle, angle, angle, angle),
    order: fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
    states: fc.array(fc.constantFrom(0 as const, 1 as const), { minLength: 5, maxLength: 5 }),
    isOpen: fc.boolean(),
  })
  .map(({ row, extra, angles, order, states, isOpen }) => {
    const own = Math.max(0, row.controls);
    const inner = circuit(row.targets + own);
    const places = Array.from({ length: row.targets + own }, (_, k) => k);
    inner.gate(row.name, angles.slice(0, row.params.length), places);
    const state = states.slice(0, extra).join('');
    const all = extra === 0 ? inner : inner.controlled(extra, isOpen ? { state } : {});
    return circuit(5).compose(all, { qubits: order.slice(0, all.qubits) });
  });

describe('parse(stringify(c, 3))', () => {
  it('is c for every gate of the table under any controls', () => {
    fc.assert(
      fc.property(calls, (c) => {
        const read = parse(write(c));
        expect({ text: write(c), same: read.equals(c) }).toEqual({ text: write(c), same: true });
        expect(write(read)).toBe(write(c));
      }),
      { numRuns: 500 },
    );
  });

  it('acts as random circuits do', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 0, max: 12 }),
        (seed, qubits, gates) => {
          const { circuit: c } = randomCircuit(new RandomStream(seed), qubits, gates);
          fc.pre(c.parameters.length === 0);
          const initial = genericState(qubits);
          expect(distance(stateOf(parse(write(c)), initial), stateOf(c, initial))).toBeLessThan(
            1e-9,
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('decides as random circuits do, which an independent interpreter knows', async () => {
    for (let seed = 0; seed < 400; seed += 1) {
      const random = new RandomStream(seed);
      const list = randomDecisions(random, 3, 3, random.integer(3, 14));
      const made = decisionCircuit(3, 3, list);
      const read = parse(write(made));
      if (!made.measured) continue;
      const expected = distributionOf(3, 3, list);
      const exact = await read.exactDistribution();
      for (const key of new Set([...expected.keys(), ...exact.keys()])) {
        const difference = (exact.get(key) ?? 0) - (expected.get(key) ?? 0);
        if (Math.abs(difference) > 2e-6) throw new Error(`seed ${seed}: ${key} in\n${write(made)}`);
      }
    }
  });

  it('computes as circuits with variables do', async () => {
    const i = variable.int('i', 8);
    const n = variable.uint('n', 5);
    const x = variable.float('x');
    const coin = () =>
      circuit({ qubits: { q: 2 }, bits: { c: 3, d: 2 } })
        .h(0)
        .measure(0, 0);
    const circuits = [
      coin().assign(n, bit(0).add(30)).assign(n, n.add(3)).assign(reg('c'), n),
      coin()
        .for(i, { first: 0, last: 5 }, (c) => c.if(i.gt(2), (b) => b.assign(n, n.add(i))))
        .assign(reg('c'), n),
      coin()
        .for(i, [1, 5, 2], (c) => c.assign(n, n.mul(3).add(i)))
        .assign(reg('c'), n.mod(7)),
      coin()
        .for(i, { first: 3, last: 0, step: -1 }, (c) => c.if(i.eq(1), (b) => b.break()))
        .assign(reg('c'), i),
      coin()
        .while(n.lt(6), (c) => c.assign(n, n.add(bit(0)).add(1)).if(n.eq(3), (b) => b.continue()))
        .assign(reg('c'), n),
      coin()
        .switch(reg('c'), {
          0: (c) => c.x(1),
          '1, 2': (c) => c.x(1).measure(1, 3),
          default: (c) => c.h(1),
        })
        .measure(1, 4),
      coin().assign(x, bit(0).toFloat().mul(Math.PI)).rx(x.angle(), 1).measure(1, 3),
      coin()
        .assign(n, reg('c').bitNot().toUint(5).rotateLeft(2).bitXor(9))
        .assign(reg('d'), n.popcount()),
      coin()
        .assign(i, bit(0).sub(3))
        .assign(reg('c'), i.shiftRight(1).bitAnd(7))
        .assign(bit(4), i.lt(-2)),
      coin()
        .if(bit(0).and(reg('d').eq(0)).or(bit(1)), (c) => c.x(1), { else: (c) => c.reset(1) })
        .measure(1, 3),
      coin().assign(n, bit(0).add(2)).assign(reg('d'), n.div(2).pow(3).neg()),
    ];
    for (const made of circuits) {
      const text = write(made);
      const [before, after] = [
        await made.exactDistribution(),
        await parse(text).exactDistribution(),
      ];
      expect({ text, result: [...after].sort() }).toEqual({ text, result: [...before].sort() });
      expect(write(parse(text)).length).toBeGreaterThan(0);
    }
  });

  it('keeps parameters', async () => {
    const theta = param('theta');
    const made = circuit(2).rx(theta.div(2).add(Math.PI), 0).cp(theta.mul(theta).sin(), 0, 1).h(1);
    const read = parse(write(made));
    expect(read.parameters).toEqual(['theta']);
    const params = { theta: 0.7 };
    const [a, b] = [await made.state({ params }), await read.state({ params })];
    expect([...b.data]).toEqual([...a.data]);
  });
});
