// Decisions, variables and data written as OpenQASM: the text decides as the circuit does.

import { describe, expect, it } from '@jest/globals';
import { bit, circuit, qasm, reg, variable, type Circuit } from 'qmlx';
import { Classical } from '../../../lib/circuit/classical.js';

const { parse, stringify } = qasm;

/** c0 is 1 and c1 a coin. */
const coin = () =>
  circuit({ qubits: { q: 2 }, bits: { c: 3, d: 2 } })
    .x(0)
    .h(1)
    .measure(0, 0)
    .measure(1, 1);

const i = variable.int('i', 8);
const n = variable.uint('n', 5);
const long = variable.int('long', 64);
const x = variable.float('x');
const y = variable.float('y');
const b = variable.bool('b');

const deciding: Record<string, Circuit> = {
  truths: coin()
    .assign(b, bit(0))
    .if(b.not(), (c) => c.x(1), { else: (c) => c.measure(0, 3) }),
  'exclusive or of bits': coin()
    .assign(bit(2), bit(0).bitXor(bit(1)))
    .assign(bit(3), bit(0).xor(bit(1))),
  'equal bits': coin()
    .assign(bit(2), bit(0).eq(bit(1)))
    .assign(bit(3), reg('d').eq(bit(1))),
  'bits of a number': coin()
    .assign(n, bit(1).add(1))
    .assign(bit(2), n.bitAnd(2))
    .assign(b, n.sub(1))
    .assign(bit(3), b),
  'registers in numbers': coin()
    .assign(n, reg('c'))
    .assign(long, reg('c'))
    .assign(reg('d'), n.add(long)),
  'numbers as conditions': coin()
    .assign(n, bit(1).add(0))
    .if(n, (c) => c.measure(0, 2)),
  'real numbers': coin()
    .assign(
      x,
      bit(1)
        .toFloat()
        .mul(-Math.PI / 4),
    )
    .assign(n, x.mul(x).toUint(5))
    .assign(reg('d'), n),
  'real numbers as whole ones': coin()
    .assign(x, bit(1).toFloat().add(1.5))
    .assign(i, x.toInt(8))
    .assign(reg('d'), i),
  'the smallest number': coin().assign(
    bit(2),
    bit(1)
      .toInt(64)
      .gt(-(2n ** 63n)),
  ),
  rotations: coin().assign(n, reg('c').toUint(5).rotateRight(1)).assign(reg('d'), n.shiftRight(3)),
  'a part of a register': coin().assign(reg('d'), reg('c').shiftRight(1)),
  'a switch on a register': coin()
    .switch(reg('d'), { 1: (c) => c.x(1) })
    .measure(1, 4),
  'a switch without cases': coin().switch(reg('c'), { default: (c) => c.measure(0, 2) }),
  'a loop over nothing': coin()
    .for(i, [], (c) => c.x(1))
    .measure(1, 2),
  'a loop over real numbers': coin()
    .for(y, [1, 0.5], (c) => c.rx(y.mul(Math.PI).angle(), 1))
    .measure(1, 2),
  'a loop in a loop over the same variable': coin()
    .for(i, [1, 2], (c) => c.for(i, [3], (d) => d.x(1)).assign(n, n.add(i)))
    .assign(reg('d'), n),
  'a loop that writes to its variable': coin()
    .for(n, [1, 2], (c) => c.assign(n, n.add(1)))
    .assign(reg('d'), n),
  'data, first and later': coin()
    .if(bit(1).eq(1), (c) => c.reset(1).initialize([0, 1], 1))
    .measure(1, 2),
  'an angle that is a fraction': coin()
    .assign(
      x,
      bit(1)
        .toFloat()
        .mul(Math.PI / 4),
    )
    .rx(x.angle(), 1)
    .measure(1, 2),
  'no of a number': coin()
    .assign(n, bit(1).add(0))
    .if(new Classical([...n.items, { op: 'not' }], { kind: 'bool' }), (c) => c.measure(0, 2)),
  'data at the beginning': circuit({ qubits: { q: 1 }, bits: { c: 1 } })
    .initialize([0, 1], 0)
    .measure(0, 0),
  'a register as another': coin().assign(reg('d'), reg('c').bitAnd(3)).assign(reg('d'), reg('d')),
  'a register of one bit': circuit({ qubits: { q: 2 }, bits: { c: 2, e: 1 } })
    .h(0)
    .measure(0, 1)
    .assign(reg('e'), reg('c'))
    .assign(bit(0), reg('e').eq(0)),
  'its lowest bit': circuit({ qubits: { q: 2 }, bits: { c: 2, e: 1 } })
    .h(0)
    .measure(0, 0)
    .assign(reg('e'), reg('c').mul(2).add(reg('e'))),
  snapshots: coin().snapshot('here').measure(1, 2),
  'names of the language': circuit({ qubits: { tau: 1 }, bits: { log: 1 } })
    .x(0)
    .measure(0, 0),
};

describe('OpenQASM 3', () => {
  it.each(Object.entries(deciding))('decides as the circuit does: %s', async (_, made) => {
    const text = stringify(made, { version: 3 });
    const [before, after] = [await made.exactDistribution(), await parse(text).exactDistribution()];
    const shown = (exact: ReadonlyMap<string, number>) =>
      [...exact].map(([key, p]) => `${key} ${p.toFixed(6)}`).sort();
    expect({ text, exact: shown(after) }).toEqual({ text, exact: shown(before) });
  });

  it('carries the name of a circuit', () => {
    const named = circuit(1).named('bell');
    expect(stringify(named, { version: 3 }).split('\n')[0]).toBe('// bell');
  });

  it.each([
    ['angle a; if (c[0]) a = pi / 2; rx(a) q[1]; d[0] = measure q[1];'],
    ['if (c[0:1] == 1) x q[1]; d[0] = measure q[1];'],
    ['bit[2] e; d = c[1:2]; e = d; d[1] = e[0];'],
  ])('decides as the text does that it comes from: %s', async (statements) => {
    const head =
      'OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; bit[3] c; bit[2] d; h q[0]; c[0] = measure q[0];';
    const made = parse(head + statements);
    const again = parse(stringify(made, { version: 3 }));
    const [before, after] = [await made.exactDistribution(), await again.exactDistribution()];
    expect([...after].sort()).toEqual([...before].sort());
  });

  it('refuses a number made of bits of several registers', () => {
    const made = parse('OPENQASM 3.0; bit[2] a; bit[2] b; let d = a ++ b; output int[4] r; r = d;');
    expect(() => stringify(made, { version: 3 })).toThrow('bits that reach over several');
  });

  it('writes whole angles of any size so that they do not wrap', () => {
    for (const angle of [-15616988390684127000, 2 ** 63, -(2 ** 53), 1e15, 1e300]) {
      const made = circuit(1).rx(angle, 0);
      expect(parse(stringify(made, { version: 3 })).equals(made)).toBe(true);
    }
  });

  it.each(['1e999', '-1e999', '1e999 - 1e999'])(
    'writes numbers that are not finite: %s',
    async (value) => {
      const text = `OPENQASM 3.0; qubit q; bit c; bit d; U(pi, 0, 0) q; c = measure q; float f; if (c) { f = 1.0; } if (f < ${value}) { d = 1; }`;
      const made = parse(text);
      const again = parse(stringify(made, { version: 3 }));
      expect([...(await again.exactDistribution())]).toEqual([...(await made.exactDistribution())]);
    },
  );

  it('drops barriers on nothing', () => {
    expect(stringify(circuit(1).barrier([]), { version: 3 })).not.toContain('barrier');
  });

  it.each([['postselect', coin().postselect(0, 1)]])('refuses %s', (_, made) => {
    expect(() => stringify(made, { version: 3 })).toThrow(/Expected/);
  });
});

describe('OpenQASM 2', () => {
  const whole = reg('c').eq(1);
  it.each([
    ['another condition', coin().if(bit(0).and(bit(1)), (c) => c.x(0))],
    ['another comparison', coin().if(reg('c').lt(2), (c) => c.x(0))],
    ['a negative number', coin().if(reg('c').eq(-1), (c) => c.x(0))],
    ['one bit of a register', coin().if(bit(0), (c) => c.x(0))],
    ['a number as a condition', coin().if(variable.uint('n', 5).eq(1), (c) => c.x(0))],
    ['else', coin().if(whole, (c) => c.x(0), { else: (c) => c.z(0) })],
    ['a block that changes its register', coin().if(whole, (c) => c.measure(1, 2).x(0))],
    ['a decision in a decision', coin().if(whole, (c) => c.if(reg('d').eq(1), (d) => d.x(0)))],
    ['loops', coin().while(whole, (c) => c.measure(1, 0))],
    ['angles of the run', coin().assign(variable.float('x'), 1).rx(variable.float('x').angle(), 0)],
  ])('refuses %s', (_, made) => {
    expect(() => stringify(made)).toThrow(/Expected a circuit that OpenQASM 2 can express/);
  });

  it('tests a condition for each statement of its block', () => {
    const one = circuit({ qubits: { q: 2 }, bits: { c: 1, d: 2 } });
    const made = one.if(bit(0), (c) => c.x(0).barrier([0]).measure(0, 1)).snapshot('s');
    const lines = stringify(made).split('\n');
    expect(lines.slice(-3, -1)).toEqual([
      'if (c == 1) x q[0];',
      'if (c == 1) measure q[0] -> d[0];',
    ]);
  });
});
