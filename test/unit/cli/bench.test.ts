// What `qmlx bench` writes. How fast anything is, is not a matter of tests.

import { describe, expect, it } from '@jest/globals';
import { circuit, info } from 'qmlx';
import type { Benchmark } from '../../../lib/bench/benchmark.js';
import { conforms } from './schema.js';
import { qmlx } from './terminal.js';

async function figures(...args: string[]): Promise<Benchmark> {
  const { code, out, err } = await qmlx(['bench', '--quick', '--format', 'json', ...args]);
  expect([code, err]).toEqual([0, '']);
  return conforms('bench', out) as Benchmark;
}

describe('bench', () => {
  it('measures every family that suits a size', async () => {
    const { rows, threads } = await figures('--qubits', '5-6', '--threads', '2', '--device', 'cpu');
    expect(threads).toBe(2);
    const names = (qubits: number): string[] =>
      rows.filter((row) => row.qubits === qubits).map(({ family }) => family);
    expect(names(6)).toEqual([
      ...['H on all', 'QFT', 'GHZ', 'random grid, depth 20', 'ansatz x5', 'quantum volume'],
      ...['QAOA p=3 + cost', 'TFIM Trotter x10', 'Grover x3', 'grid + 100k shots'],
      'sweep of 1000 points',
    ]);
    // Graphs of three edges a vertex have an even number of vertices.
    expect(names(5)).toEqual(names(6).filter((family) => !family.startsWith('QAOA')));
    for (const { min, median } of rows) expect(min).toBeLessThanOrEqual(median);
  });

  it('takes the roofline from the plan and from a copy in the same run', async () => {
    const { rows } = await figures('--family', 'qft', '--qubits', '4,17', '--device', 'cpu');
    for (const { family, qubits, gates, min, roofline } of rows) {
      const passes = Number(/(\d+) pass/.exec(circuit(qubits).qft().explain())?.[1]);
      expect([family, gates]).toEqual(['QFT', (qubits * (qubits + 1)) / 2]);
      expect(roofline?.bytes).toBe(roofline!.passes * 2 * 8 * 2 ** qubits);
      expect(roofline?.passes).toBeGreaterThanOrEqual(1);
      expect(roofline?.passes).toBeLessThanOrEqual(passes);
      const time = (roofline!.bytes / roofline!.bandwidth) * 1e3;
      expect(roofline!.time).toBeCloseTo(time, 9);
      expect(roofline!.percent).toBeCloseTo((100 * time) / min, 6);
    }
    expect(rows.map(({ qubits }) => qubits)).toEqual([4, 17]);
  });

  it('writes a table with a line for each row', async () => {
    const { out } = await qmlx(['bench', '--quick', '--family', 'GHZ', '--qubits', '3,4']);
    const [title, blank, head, ...rows] = out.trimEnd().split('\n');
    expect([title, blank]).toEqual([expect.stringMatching(/^qmlx \d.*\d threads?$/), '']);
    expect(head).toMatch(/^circuit +qubits +gates +passes +device .* of copy speed$/);
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(row).toMatch(/^GHZ +[34] +[34] +1 +cpu .* \d+ %$/);
  });

  it('names the row on a terminal, and clears the line', async () => {
    const args = ['bench', '--quick', '--family', 'GHZ', '--qubits', '3'];
    const { err } = await qmlx(args, { isTTY: true });
    expect(err).toBe(`\r\u001B[KGHZ, 3 qubits ${'░'.repeat(24)} 0 %\r\u001B[K`);
  });

  it('has nothing to calibrate without a GPU', async () => {
    const { code, out } = await qmlx(['bench', '--calibrate']);
    const gpu = info().engines.some(({ device }) => device === 'gpu');
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(gpu ? /takes the GPU from \d+/ : /nothing/),
    ]);
  });

  it('needs the device that it is asked for', async () => {
    const { engines } = info();
    for (const device of ['gpu', 'mlx-cpu'] as const) {
      const there = engines.some((engine) => engine.device === device);
      const args = ['bench', '--quick', '--family', 'GHZ', '--qubits', '3', '--device', device];
      const { code, out, err } = await qmlx(args);
      expect(code).toBe(there ? 0 : 3);
      expect(there ? out : err).toContain(device);
    }
  });

  it.each([
    ['a family that is not there', ['--family', 'none']],
    ['a size that the family does not have', ['--family', 'QAOA', '--qubits', '3']],
    ['a size that is no number', ['--qubits', 'many']],
    ['a size out of range', ['--qubits', '35']],
    ['a range that runs backwards', ['--qubits', '9-4']],
    ['another device', ['--device', 'abacus', '--qubits', '2']],
    ['another form', ['--format', 'csv']],
  ])('refuses %s', async (_, args) => {
    const outcome = await qmlx(['bench', '--quick', ...args]);
    expect([outcome.code, outcome.out]).toEqual([2, '']);
    expect(outcome.err).not.toBe('');
  });
});
