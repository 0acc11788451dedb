// Circuits written and read again. `npm run fuzz:round-trip` tries more of the generated ones.

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bit, circuit, qasm, reg, variable, type Circuit } from 'qmlx';
import { QELIB1 } from '../../lib/qasm/gate-library.js';
import { checkRoundTrip } from '../fuzz/round-trips.js';

const { parse, stringify } = qasm;
const write = (c: Circuit): string => stringify(c, { version: 3 });
const seed = 20_250_101;

/** Any number that an angle can be, fractions of pi among them. */
const angle = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc
    .tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: 1, max: 99 }))
    .map(([n, d]) => (n * Math.PI) / d),
  fc.integer({ min: -40, max: 40 }).map((k) => Math.PI / 2 ** k),
);

describe('parse(stringify(c))', () => {
  it(`is or acts as 1,000 generated circuits in both versions (seed ${seed})`, async () => {
    for (let k = 0; k < 1000; k += 1) {
      try {
        await checkRoundTrip(seed + k);
      } catch (error) {
        throw new Error(`circuit ${seed + k}`, { cause: error });
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
