// What Qx does wrong (docs/migrating-from-qx.md, "What behaves differently"), each point done right.

import { expect, it } from '@jest/globals';
import { bit, circuit, draw, qasm } from 'qmlx';

const keysOf = async (c: {
  run(options: { shots: number }): Promise<{ counts: Map<string, number> }>;
}) => [...(await c.run({ shots: 400 })).counts.keys()];

it('1: a measurement in the middle is not deferred', async () => {
  expect(await keysOf(circuit(1, 2).h(0).measure(0, 0).h(0).measure(0, 1))).toEqual([
    '00',
    '01',
    '10',
    '11',
  ]);
});

it('2: keys follow the bits, with and without conditions', async () => {
  const c = circuit(2, 3).x(1).measure(1, 2).measure(0, 0);
  expect(await keysOf(c)).toEqual(['001']);
  expect(await keysOf(c.if(bit(1), (d) => d.x(0)))).toEqual(['001']);
});

it('3: bit 0 is leftmost in keys, memory and distributions', async () => {
  const c = circuit(2, 2).x(0).measureAll();
  const result = await c.run({ shots: 2 });
  expect([...result.counts.keys(), ...result.memory!]).toEqual(['10', '10', '10']);
  expect([...(await c.exactDistribution()).keys()]).toEqual(['10']);
});

it('4: gates that Qx cannot draw are drawn', () => {
  const text = draw(circuit(2).p(1, 0).cy(0, 1).crx(1, 0, 1).cry(1, 0, 1).crz(1, 0, 1)).text;
  expect(text).toContain('RZ');
});

it('5: OpenQASM 2 measures with an arrow and keeps angles to the last bit', () => {
  const angle = 0.12345678901234567;
  const text = qasm.stringify(circuit(2, 2).iswap(0, 1).u(angle, 0, 0, 0).measure(0, 1));
  expect(text).toContain('measure q[0] -> c[1];');
  expect(text).toContain('gate iswap');
  expect(text).toContain(String(angle));
  expect(qasm.stringify(circuit(1).x(0))).not.toContain('creg');
});

it('6: a measurement in a condition measures', async () => {
  expect(
    await keysOf(
      circuit(1, 2)
        .x(0)
        .measure(0, 0)
        .if(bit(0), (c) => c.measure(0, 1)),
    ),
  ).toEqual(['11']);
});

it('7: the same seed gives the same counts, also of wide circuits with swaps', async () => {
  const c = circuit(16, 16)
    .hAll()
    .swap(0, 15)
    .iswap(1, 14)
    .cp(0.3, 2, 13)
    .crx(0.2, 3, 12)
    .measureAll();
  const [a, b] = [await c.run({ shots: 50, seed: 5 }), await c.run({ shots: 50, seed: 5 })];
  expect([...a.counts]).toEqual([...b.counts]);
});
