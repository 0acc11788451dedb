import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Counts } from '../../../lib/results/counts.js';

const bell = new Counts([
  ['11', 488],
  ['00', 512],
]);

describe('Counts', () => {
  it('iterates in the order of its keys', () => {
    const counts = new Counts(['11', '10', '01', '00'].map((key) => [key, 1]));
    expect([...counts.keys()]).toEqual(['00', '01', '10', '11']);
    expect([...counts]).toEqual([...new Map([...counts])]);
    expect(counts).toBeInstanceOf(Map);
  });

  it('adds up an outcome that comes again', () => {
    expect([
      ...new Counts([
        ['1', 2],
        ['0', 1],
        ['1', 3],
      ]),
    ]).toEqual([
      ['0', 1],
      ['1', 5],
    ]);
  });

  it('unpacks outcomes of the native side', () => {
    const packed = { bits: 10, keys: Uint8Array.of(0, 64, 0, 128, 129, 64) };
    const counts = Counts.fromPacked({ ...packed, counts: BigUint64Array.of(3n, 2n, 1n) });
    expect([...counts]).toEqual([
      ['0000000001', 3],
      ['0000000010', 2],
      ['1000000101', 1],
    ]);
    expect(counts.total).toBe(6);
    const eight = Counts.fromPacked({
      bits: 8,
      keys: Uint8Array.of(5),
      counts: Float64Array.of(2 ** 31),
    });
    expect([...eight]).toEqual([['00000101', 2 ** 31]]);
    const none = { bits: 0, keys: new Uint8Array(0), counts: new Float64Array(0) };
    expect(Counts.fromPacked(none).size).toBe(0);
  });

  it('names the most frequent outcome', () => {
    expect(bell.mostFrequent()).toBe('00');
    expect(
      new Counts([
        ['1', 5],
        ['0', 5],
      ]).mostFrequent(),
    ).toBe('0');
    expect(new Counts().mostFrequent()).toBeUndefined();
  });

  it('gives shares', () => {
    expect(bell.probability('11')).toBe(0.488);
    expect(bell.probability('01')).toBe(0);
    expect(new Counts().probability('0')).toBe(0);
  });

  it('gives the top outcomes', () => {
    const counts = new Counts([
      ['00', 1],
      ['01', 4],
      ['10', 9],
      ['11', 4],
    ]);
    expect(counts.top(3)).toEqual([
      ['10', 9],
      ['01', 4],
      ['11', 4],
    ]);
    expect(counts.top(0)).toEqual([]);
    expect(counts.top(99)).toHaveLength(4);
    for (const k of [-1, 1.5, NaN, '1']) {
      expect(() => counts.top(k as number)).toThrow(
        expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', argument: 'k' }),
      );
    }
  });

  it('filters by count or by function', () => {
    expect([...bell.filter(500)]).toEqual([['00', 512]]);
    const odd = bell.filter((count, key) => count < 500 && key.endsWith('1'));
    expect(odd.total).toBe(488);
    expect(odd.probability('11')).toBe(1);
    for (const threshold of [NaN, '5', null]) {
      expect(() => bell.filter(threshold as never)).toThrow(
        expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', argument: 'threshold' }),
      );
    }
  });

  it('writes sorted JSON although objects reorder keys', () => {
    const counts = new Counts(['11', '10', '01', '00'].map((key, n) => [key, n]));
    expect(JSON.stringify(counts)).toBe('{"00":3,"01":2,"10":1,"11":0}');
    expect(JSON.stringify({ counts }, null, 1).replace(/\s/g, '')).toBe(
      '{"counts":{"00":3,"01":2,"10":1,"11":0}}',
    );
    expect(counts.toObject()).toEqual({ '00': 3, '01': 2, '10': 1, '11': 0 });
  });

  it('never changes', () => {
    const calls: (() => unknown)[] = [
      () => (bell as Map<string, number>).set('00', 1),
      () => (bell as Map<string, number>).delete('00'),
      () => bell.clear(),
    ];
    for (const call of calls) expect(call).toThrow(expect.objectContaining({ code: 'ERR_FROZEN' }));
    expect(bell.size).toBe(2);
    expect(new Map(bell).set('01', 1).size).toBe(3);
  });

  it.each([
    [[['2', 1]]],
    [[['', 1]]],
    [[[0, 1]]],
    [
      [
        ['0', 1],
        ['01', 1],
      ],
    ],
    [[['0', -1]]],
    [[['0', 0.5]]],
    [[['0', NaN]]],
    [[['0', '1']]],
  ])('refuses the entries %j', (entries) => {
    expect(() => new Counts(entries as [string, number][])).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', argument: 'entries' }),
    );
  });
});

describe('display of counts', () => {
  it('is a table with bars', () => {
    expect(String(bell)).toBe(
      [
        '00  ████████████████████████████████  512   51.2%',
        '11  ██████████████████████████████▌   488   48.8%',
      ].join('\n'),
    );
    expect(inspect(bell)).toBe(`Counts(2) 1000 shots\n${String(bell)}`);
    expect(inspect({ a: { b: { bell } } }, { depth: 1 })).toContain('[Object]');
    expect(inspect([bell], { depth: 0 })).toBe('[ Counts(2) 1000 shots ]');
  });

  it('shows rare outcomes and nothing at all', () => {
    const counts = new Counts([
      ['0', 99999],
      ['1', 1],
    ]);
    expect(String(counts).split('\n')[1]).toBe(`1  ▏${' '.repeat(31)}      1   <0.1%`);
    expect(String(new Counts())).toBe('(no outcomes)');
    expect(String(new Counts([['0', 0]]))).toBe(`0  ${' '.repeat(32)}  0    0.0%`);
    expect(inspect(new Counts())).toBe('Counts(0) 0 shots');
  });

  it('shows the most frequent ones of many', () => {
    const entries = Array.from({ length: 40 }, (_, k): [string, number] => [
      k.toString(2).padStart(6, '0'),
      k + 1,
    ]);
    const lines = String(new Counts(entries)).split('\n');
    expect(lines).toHaveLength(33);
    expect(lines[0]).toMatch(/^100111 .* 40 +4\.9%$/);
    expect(lines[32]).toBe('… 8 more outcomes, together 4.4%');
  });

  it('clips long keys', () => {
    const text = String(new Counts([[`${'0'.repeat(50)}${'1'.repeat(50)}`, 3]]));
    expect(text).toMatch(/^0{31}…1{31} {2}█{32} {2}3 {2}100\.0%$/);
  });
});
