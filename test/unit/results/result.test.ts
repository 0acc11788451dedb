import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Counts } from '../../../lib/results/counts.js';
import { Result, type ResultParts } from '../../../lib/results/result.js';

const parts: ResultParts = {
  counts: new Counts([
    ['10', 3],
    ['01', 1],
  ]),
  shots: 4,
  seed: 42,
  device: 'cpu',
  versions: { qmlx: '0.1.0' },
  timings: { total: 1.23456 },
  measured: true,
};

describe('Result', () => {
  it('divides counts by shots, in their order', () => {
    const { probabilities } = new Result(parts);
    expect([...probabilities!]).toEqual([
      ['01', 0.25],
      ['10', 0.75],
    ]);
  });

  it('has no probabilities without measurements', () => {
    const result = new Result({ ...parts, counts: new Counts(), measured: false });
    expect(result.probabilities).toBeUndefined();
    expect(result.memory).toBeUndefined();
    expect(String(result)).toBe('4 shots on cpu, seed 42, 1.23 ms\n(no measurements)');
  });

  it('unpacks the outcome of each shot in order', () => {
    const keys = Uint8Array.of(64, 128);
    const shotOutcomes = Uint32Array.of(1, 0, 2 ** 32 - 1, 1);
    const { memory } = new Result({ ...parts, memory: { bits: 2, keys, shotOutcomes } });
    expect([...memory!]).toEqual(['10', '01', undefined, '10']);
    expect([memory!.get(0, 0), memory!.get(0, 1), memory!.get(2, 0)]).toEqual([1, 0, undefined]);
    expect(() => memory!.get(4, 0)).toThrow(/shot/);
    expect(() => memory!.get(0, 2)).toThrow(/bit/);
    expect(String(memory)).toBe('ShotMemory: 4 shots of 2 bits');
  });

  it('prints a line and its counts', () => {
    const text = [
      '4 shots on cpu, seed 42, 1.23 ms',
      '01  ██████████▋                       1   25.0%',
      '10  ████████████████████████████████  3   75.0%',
    ].join('\n');
    expect(String(new Result(parts))).toBe(text);
    expect(inspect(new Result(parts))).toBe(`Result ${text}`);
    expect(inspect([[[new Result(parts)]]], { depth: 1 })).not.toContain('shots');
  });

  it.each([
    [0.0123, '12.3 µs'],
    [12345, '12.3 s'],
  ])('prints %d milliseconds as %s', (total, text) => {
    expect(String(new Result({ ...parts, timings: { total } }))).toContain(`, ${text}\n`);
  });

  it('becomes plain data', () => {
    const text = JSON.stringify(new Result({ ...parts, seed: 2n ** 60n }));
    expect(text).toBe(
      '{"counts":{"01":1,"10":3},"shots":4,"seed":"1152921504606846976","device":"cpu",' +
        '"versions":{"qmlx":"0.1.0"},"timings":{"total":1.23456}}',
    );
    expect(new Result({ ...parts, seed: 7n }).toJSON().seed).toBe(7);
  });
});
