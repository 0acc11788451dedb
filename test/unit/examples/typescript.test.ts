// Runs the TypeScript examples and reads what they print.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

const folder = join(import.meta.dirname, '../../../examples');
const { argv } = process;

let printed: string[];
beforeEach(() => {
  printed = [];
  jest.spyOn(console, 'log').mockImplementation((...values) => printed.push(values.join(' ')));
});
afterEach(() => {
  jest.restoreAllMocks();
  process.argv = argv;
});

async function run(name: string, ...given: string[]): Promise<string> {
  process.argv = ['node', name, ...given];
  jest.resetModules();
  await import(join(folder, `${name}.ts`));
  return printed.join('\n');
}

describe('examples', () => {
  it('bell', async () => {
    const text = await run('bell');
    expect(text).toContain('0.707|00> + 0.707|11>');
    expect(text).toMatch(/1000 shots on cpu, seed 42.*\n00 .*\n11 .*$/);
  });

  it('ghz20', async () => {
    const text = await run('ghz20');
    expect(text).toMatch(/^0{20} .*\n1{20} /);
    expect(text).toContain('Mean of X on every qubit at once: 1.0000');
  });

  it('bernstein-vazirani', async () => {
    expect(await run('bernstein-vazirani')).toContain('secret 1011010, found 1011010');
    expect(await run('bernstein-vazirani', '0011')).toContain('secret 0011, found 0011');
  });

  it('grover', async () => {
    const text = await run('grover');
    expect(text).toMatch(/^10110 .* 9\d\.\d%|^10110 .* 100\.0%/);
    expect(text).toContain('4 rounds; theory promises 10110 in 99.9% of all runs');
  });

  it.each([
    [11, 6],
    [15, 15],
    [0, 0],
    [9, 12],
  ])('adder of %d and %d', async (a, b) => {
    expect(await run('adder', String(a), String(b))).toContain(`${a} + ${b} = ${a + b}`);
  });

  it('qft20', async () => {
    expect(await run('qft20', '777777')).toContain('found 10111101111000110001 = 777777');
  });

  it('random-grid', async () => {
    const text = await run('random-grid');
    const [measured, ideal] = [...text.matchAll(/shots: (\S+)/g)].map((match) => Number(match[1]));
    expect(Math.abs(measured! - ideal!)).toBeLessThan(0.05);
    expect(Math.abs(ideal! - 1)).toBeLessThan(0.15);
  });

  it('h2-energy', async () => {
    const text = await run('h2-energy');
    expect(text).toContain('best angle -0.22354, electronic energy -1.857275 hartree');
    expect(text).toContain('with the repulsion of the nuclei -1.137306 hartree');
  });

  it.each(['qft20', 'random-grid'])('%s writes its OpenQASM file', async (name) => {
    const file = readFileSync(join(folder, `${name}.qasm`), 'utf8');
    expect(`${await run(name, '--qasm')}\n`).toBe(file);
  });
});
