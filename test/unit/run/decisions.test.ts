import { describe, expect, it } from '@jest/globals';
import {
  bit,
  circuit,
  param,
  QuantumError,
  reg,
  variable,
  type Circuit,
  type ErrorCode,
} from 'qmlx';

const open = (c: unknown): Circuit => c as Circuit;

async function errorOf(work: () => unknown): Promise<QuantumError> {
  try {
    await work();
  } catch (error) {
    if (QuantumError.is(error)) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('refused', () => {
  it.each<[string, ErrorCode, () => unknown]>([
    [
      'a condition on a bit out of range',
      'ERR_BIT_RANGE',
      () => circuit(1, 1).if(bit(1), (c) => c.x(0)),
    ],
    [
      'a register that is not there',
      'ERR_INVALID_ARGUMENT',
      () => circuit(1, 1).if(reg('d').eq(0), (c) => c.x(0)),
    ],
    [
      'a register of more than 64 bits',
      'ERR_LIMIT',
      () => circuit(1, 65).if(reg('c').eq(0), (c) => c.x(0)),
    ],
    [
      'a fraction as a condition',
      'ERR_INVALID_ARGUMENT',
      () => circuit(1, 1).if(0.5, (c) => c.x(0)),
    ],
    [
      'NaN in a condition',
      'ERR_INVALID_ARGUMENT',
      () => circuit(1, 1).if(bit(0).eq(NaN), (c) => c.x(0)),
    ],
    [
      'a block that is no function',
      'ERR_INVALID_ARGUMENT',
      () => circuit(1, 1).if(bit(0), 1 as never),
    ],
    [
      'a gate out of range in a block',
      'ERR_QUBIT_RANGE',
      () => open(circuit(1, 1)).if(bit(0), (c) => c.x(3)),
    ],
    [
      'break outside a loop',
      'ERR_INVALID_ARGUMENT',
      () => circuit(1, 1).if(bit(0), (c) => c.break()),
    ],
    ['continue outside a loop', 'ERR_INVALID_ARGUMENT', () => circuit(1, 1).continue()],
    [
      'one name for two types',
      'ERR_INVALID_ARGUMENT',
      () => circuit(1).assign(variable.int('k'), 1).assign(variable.float('k'), 1),
    ],
    ['a float for a bit', 'ERR_INVALID_ARGUMENT', () => circuit(1, 1).assign(bit(0), 0.5)],
    [
      'an assignment to a sum',
      'ERR_INVALID_ARGUMENT',
      () => circuit(1, 1).assign(bit(0).add(1), 1),
    ],
    [
      'a loop over a bit',
      'ERR_INVALID_ARGUMENT',
      () => circuit(1, 1).for(bit(0), [1], (c) => c.x(0)),
    ],
    [
      'steps of 0',
      'ERR_INVALID_ARGUMENT',
      () => circuit(1).for(variable.int('k'), { first: 0, last: 1, step: 0 }, (c) => c.x(0)),
    ],
    [
      'a case twice',
      'ERR_INVALID_ARGUMENT',
      () => circuit(1, 1).switch(bit(0), { '0': (c) => c, '0 ': (c) => c }),
    ],
    [
      'a case that is no number',
      'ERR_INVALID_ARGUMENT',
      () => circuit(1, 1).switch(bit(0), { x: (c) => c }),
    ],
    ['an outcome of 2', 'ERR_INVALID_ARGUMENT', () => circuit(1).postselect(0, 2 as never)],
    ['a width of 65', 'ERR_INVALID_ARGUMENT', () => variable.int('k', 65)],
    [
      'blocks 65 deep',
      'ERR_LIMIT',
      () => {
        const nest = (c: Circuit, depth: number): Circuit =>
          c.if(bit(0), (d) => (depth === 0 ? d : nest(d, depth - 1)));
        return nest(open(circuit(1, 1)), 64);
      },
    ],
    [
      'a matrix that is not unitary',
      'ERR_INVALID_ARGUMENT',
      () =>
        circuit(1).unitary(
          [
            [1, 1],
            [0, 1],
          ],
          0,
        ),
    ],
    [
      'a matrix of another size',
      'ERR_INVALID_ARGUMENT',
      () =>
        circuit(2).unitary(
          [
            [1, 0],
            [0, 1],
          ],
          0,
          1,
        ),
    ],
    ['a table that repeats', 'ERR_INVALID_ARGUMENT', () => circuit(1).permutation([0, 0], 0)],
    ['amplitudes without norm', 'ERR_INVALID_ARGUMENT', () => circuit(1).initialize([1, 1])],
    ['symbols of another length', 'ERR_INVALID_ARGUMENT', () => circuit(2).initialize('0')],
    [
      'letters of another length',
      'ERR_INVALID_ARGUMENT',
      () => circuit(2).pauliRotation('X', 1, 0, 1),
    ],
    ['the inverse of a reset', 'ERR_MEASURED', () => circuit(1).reset(0).inverse()],
    [
      'the control of an initialize',
      'ERR_UNSUPPORTED',
      () => circuit(1).initialize('1').controlled(),
    ],
    ['the state of a reset', 'ERR_MEASURED', () => circuit(1).reset(0).state()],
    [
      'the state under a condition',
      'ERR_MEASURED',
      () =>
        circuit(1, 1)
          .if(bit(0), (c) => c.x(0))
          .state(),
    ],
    [
      'runSync of a feedback',
      'ERR_MEASURED',
      () => circuit(1, 1).measure(0, 0).x(0).compile().runSync(),
    ],
    [
      'division by zero',
      'ERR_NUMERIC',
      () =>
        circuit(1, 1)
          .if(bit(0).add(1).div(bit(0)).eq(1), (c) => c.x(0))
          .run(),
    ],
    [
      'a bit that was expected otherwise',
      'ERR_ASSERTION',
      () => circuit(1, 1).x(0).measure(0, 0).expectBit(0, 0).run(),
    ],
    [
      'a shot that does not exist',
      'ERR_INVALID_ARGUMENT',
      async () => (await circuit(1, 1).measure(0, 0).run({ shots: 2 })).trajectory(2),
    ],
    [
      'a snapshot that does not exist',
      'ERR_INVALID_ARGUMENT',
      async () => (await circuit(1, 1).measure(0, 0).run()).snapshot('a'),
    ],
  ])('%s', async (_, code, work) => {
    expect((await errorOf(work)).code).toBe(code);
  });

  it('more rounds than max, with their number', async () => {
    const endless = circuit(1, 1).while(bit(0).eq(0), (c) => c.measure(0, 0), { max: 40 });
    const error = await errorOf(() => endless.run());
    expect(
      QuantumError.is(error, 'ERR_LIMIT') && [error.limit, error.maximum, error.received],
    ).toEqual(['loop', 40, 41]);
  });
});

describe('decisions', () => {
  const keys = async (c: unknown): Promise<string[]> => [
    ...(await open(c).run({ shots: 20 })).counts.keys(),
  ];

  it('read bits never written as 0', async () => {
    expect(
      await keys(
        circuit(1, 2)
          .if(bit(1).eq(0), (c) => c.x(0))
          .measure(0, 0),
      ),
    ).toEqual(['10']);
  });

  it('measure in a block and into a used bit in a loop', async () => {
    const loop = circuit(2, 1)
      .x(1)
      .for(variable.int('k'), [0, 1], (c) => c.measure(0, 0).swap(0, 1));
    expect(await keys(loop)).toEqual(['1']);
    expect(
      await keys(
        circuit(1, 2)
          .x(0)
          .measure(0, 0)
          .if(bit(0), (c) => c.measure(0, 1)),
      ),
    ).toEqual(['11']);
  });

  it('take registers with the first bit least significant, keys with it leftmost', async () => {
    expect(await keys(circuit(1, 3).assign(reg('c'), 4))).toEqual(['001']);
    expect(
      await keys(circuit(1, 3).assign(bit(0), 1).assign(reg('c'), reg('c').shiftLeft(2))),
    ).toEqual(['001']);
  });

  it('compute with variables that wrap', async () => {
    const n = variable.uint('n', 3);
    const i = variable.int('i', 4);
    const c = circuit(0, 8).assign(n, 5).assign(n, n.add(4)).assign(i, 7).assign(i, i.add(1));
    const told = c
      .if(n.eq(1), (d) => d.assign(bit(0), 1))
      .if(i.eq(-8), (d) => d.assign(bit(1), 1))
      .if(n.rotateLeft(2).eq(4), (d) => d.assign(bit(2), 1))
      .if(i.shiftRight(0).lt(0), (d) => d.assign(bit(3), 1))
      .if(reg('c').popcount().ge(3).and(n.ne(2)), (d) => d.assign(bit(4), 1))
      .if(n.bitXor(7).eq(6).xor(0), (d) => d.assign(bit(5), 1))
      .if(n.toFloat().div(2).eq(0.5), (d) => d.assign(bit(6), 1))
      .if(i.mod(3).eq(-2).or(0), (d) => d.assign(bit(7), 1));
    expect(await keys(told)).toEqual(['11111111']);
  });

  it('go through ranges up and down, with break, continue and the variable in angles', async () => {
    const k = variable.int('k', 8);
    const sum = variable.int('sum', 16);
    const add = circuit(0, 6).for(k, { first: 10, last: 1, step: -3 }, (c) =>
      c.assign(sum, sum.add(k)),
    );
    expect(await keys(add.assign(reg('c'), sum))).toEqual([
      [...(22).toString(2).padStart(6, '0')].reverse().join(''),
    ]);
    const turn = circuit(1, 1)
      .for(k, { first: 1, last: 100 }, (c) =>
        c
          .if(k.gt(4), (d) => d.break())
          .if(k.eq(3), (d) => d.continue())
          .rx(k.angle().mul(Math.PI / 7), 0),
      )
      .measure(0, 0);
    expect(await keys(turn)).toEqual(['1']);
  });

  it('drop the shots that a postselection excludes', async () => {
    const result = await circuit(2, 1)
      .h(0)
      .cx(0, 1)
      .postselect(0, 1)
      .measure(1, 0)
      .run({ shots: 400, seed: 4 });
    expect(result.counts.total + result.dropped).toBe(400);
    expect(result.probabilities?.get('1')).toBe(1);
    const lost = [...result.memory!].findIndex((row) => row === undefined);
    expect(result.memory!.get(lost, 0)).toBeUndefined();
    const kept = [...result.memory!.packed()].filter((row) => row === 0b1000_0000);
    expect(kept).toHaveLength(result.counts.total);
    expect((await errorOf(() => result.trajectory(lost))).code).toBe('ERR_UNSUPPORTED');
  });

  it('count registers by themselves', async () => {
    const named = circuit({ qubits: { q: 3 }, bits: { a: 2, b: 1 } })
      .x(0)
      .x(2)
      .measureAll();
    const result = await named.run({ shots: 6 });
    expect([...result.register('a')]).toEqual([['10', 6]]);
    expect([...result.register('b')]).toEqual([['1', 6]]);
    expect([...result.counts.reorder([2, 0, 1]).keys()]).toEqual(['110']);
    expect(result.counts.postselect({ 0: 1 }).merge(result.counts).total).toBe(12);
  });

  it('run at once, with the counts of run', async () => {
    const c = circuit(2, 2)
      .h(0)
      .measure(0, 0)
      .if(bit(0), (d) => d.h(1))
      .measure(1, 1);
    const options = { shots: 500, seed: 8 };
    using program = c.compile();
    expect([...program.sampleSync([], options)]).toEqual([...(await c.run(options)).counts]);
    using narrow = c.compile({ memoryLimit: 32 });
    expect([...narrow.sampleSync([], options)]).toEqual([...program.sampleSync([], options)]);
    using turned = circuit(1, 2).rx(param('a'), 0).measure(0, 0).reset(0).measure(0, 1).compile();
    expect([...turned.sampleSync([Math.PI], { shots: 3 })]).toEqual([['10', 3]]);
    expect((await errorOf(() => turned.sampleSync([NaN]))).code).toBe('ERR_PARAMETER');
    expect(
      (await errorOf(() => circuit(1).reset(0).compile({ memoryLimit: 8 }).sampleSync())).code,
    ).toBe('ERR_OUT_OF_MEMORY');
    const failing = circuit(1, 1).expectBit(0, 1).compile();
    expect((await errorOf(() => failing.sampleSync())).code).toBe('ERR_ASSERTION');
    expect(circuit(1).reset(0).compile().sampleSync().size).toBe(0);
  });

  it('keep or leave out what each shot measured', async () => {
    const c = circuit(1, 1).h(0).measure(0, 0);
    expect((await c.run({ shots: 4, memory: false })).memory).toBeUndefined();
    const { memory, counts } = await c.run({ shots: 100, seed: 3 });
    expect([...memory!].filter((row) => row === '1')).toHaveLength(counts.get('1')!);
  });

  it('stop when told', async () => {
    const controller = new AbortController();
    const long = circuit(1, 1).while(bit(0).eq(0), (c) => c.measure(0, 0), { max: 2 ** 31 - 1 });
    const run = long.run({ signal: controller.signal });
    setTimeout(() => controller.abort(new Error('enough')), 20);
    await expect(run).rejects.toThrow('enough');
  });

  it('go to JSON and back', () => {
    const k = variable.uint('k', 5);
    const c = circuit(3, 3)
      .h(0)
      .measure(0, 0)
      .reset(0)
      .initialize([0.6, [0, 0.8]], 1)
      .snapshot('a')
      .if(bit(0).eq(1).and(reg('c').lt(5)), (d) => d.x(0), {
        else: (d) => d.rz(k.angle().mul(0.5), 1),
      })
      .while(k.lt(3), (d) => d.assign(k, k.add(1)).if(k.eq(2), (e) => e.break()), { max: 7 })
      .for(k, { first: 0, last: 3 }, (d) => d.x(1))
      .for(k, [1, 5], (d) => d.continue())
      .switch(reg('c'), { '1, 2': (d) => d.x(0), default: (d) => d.y(1) })
      .unitary(
        [
          [0, 1],
          [1, 0],
        ],
        0,
      )
      .diagonal([0, 1], 1)
      .permutation([1, 0], 2)
      .pauliRotation('XZ', 0.3, 0, 1)
      .postselect(0, 1)
      .expectBit(0, 1);
    const Read = c.constructor as unknown as { fromJSON(json: unknown): Circuit };
    const read = Read.fromJSON(JSON.parse(JSON.stringify(c)));
    expect(read.equals(c)).toBe(true);
    expect(read.toJSON()).toEqual(c.toJSON());
  });

  it('move with compose, scattered registers included', async () => {
    const inner = circuit(1, 2).if(reg('c').eq(2), (c) => c.x(0));
    const outer = open(circuit(2, 3).assign(bit(0), 1)).compose(open(inner), {
      qubits: [1],
      bits: [2, 0],
    });
    expect(await keys(outer.measure(1, 1))).toEqual(['110']);
  });
});
