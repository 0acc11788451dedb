// The OpenQASM examples against the float64 reference: what each promises in its comments.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { qasm, type Circuit } from 'qmlx';
import { gateCalls } from '../../reference/operations.js';
import { probabilities } from '../../reference/readers.js';
import { simulate } from '../../reference/simulator.js';

const folder = join(import.meta.dirname, '../../../examples');

function read(name: string): Circuit {
  return qasm.parse(readFileSync(join(folder, `${name}.qasm`), 'utf8'), { file: `${name}.qasm` });
}

/** Probability of every outcome that is not impossible. */
function outcomes(circuit: Circuit): Map<string, number> {
  const { qubits, bits } = circuit;
  const sums = new Map<string, number>();
  const measured = circuit.operations.filter((operation) => operation.kind === 'measure');
  probabilities(simulate(qubits, gateCalls(circuit))).forEach((probability, index) => {
    if (probability < 1e-12) return;
    const key = new Array<string>(bits).fill('0');
    for (const { qubit, bit } of measured) {
      key[bit] = String(Math.floor(index / 2 ** (qubits - 1 - qubit)) % 2);
    }
    const name = key.join('');
    sums.set(name, (sums.get(name) ?? 0) + probability);
  });
  return sums;
}

/**
 * The outcome of a Fourier transform that ends in a basis state. All along every qubit is by itself: either
 * in a basis state or in (|0> + exp(i phase)|1>)/√2, which a Hadamard gate exchanges at phases 0 and π.
 */
function productOutcome(circuit: Circuit): string {
  const turns = new Array<number | undefined>(circuit.qubits).fill(undefined);
  const ones = new Array<number>(circuit.qubits).fill(0);
  for (const { name, angles, qubits, controls } of gateCalls(circuit)) {
    const [q, other] = qubits as [number, number];
    const angle = (angles[0] ?? 0) / (2 * Math.PI);
    const before = turns[q];
    if (name === 'swap') {
      [turns[q], turns[other]] = [turns[other], turns[q]];
      [ones[q], ones[other]] = [ones[other]!, ones[q]!];
    } else if (name === 'h') {
      const bit = Math.round(2 * (before ?? 0)) & 1;
      if (before !== undefined) expect(2 * before - Math.round(2 * before)).toBeCloseTo(0, 9);
      turns[q] = before === undefined ? ones[q]! / 2 : undefined;
      ones[q] = before === undefined ? 0 : bit;
    } else {
      expect(['p', 'cp']).toContain(name);
      const operands = [q, ...(controls ?? []).map(({ qubit }) => qubit)];
      const phased = operands.filter((qubit) => turns[qubit] !== undefined);
      expect(phased).toHaveLength(1);
      const acts = operands.every((qubit) => qubit === phased[0] || ones[qubit] === 1);
      turns[phased[0]!]! += acts ? angle : 0;
    }
  }
  expect(turns.every((turn) => turn === undefined)).toBe(true);
  return ones.join('');
}

function expectOutcomes(name: string, expected: Readonly<Record<string, number>>): void {
  const found = Object.fromEntries(outcomes(read(name)));
  const close = Object.entries(expected).map(([key, p]) => [key, expect.closeTo(p, 9)]);
  expect(found).toEqual(Object.fromEntries(close));
}

describe('OpenQASM examples', () => {
  it('exist for every TypeScript example, in plain ASCII', () => {
    const files = readdirSync(folder);
    const names = (suffix: string) =>
      files.filter((file) => file.endsWith(suffix)).map((file) => file.slice(0, -suffix.length));
    expect(names('.qasm')).toEqual(names('.ts'));
    expect(names('.qasm')).toHaveLength(8);
    for (const name of names('.qasm')) {
      const text = readFileSync(join(folder, `${name}.qasm`), 'utf8');
      expect(text).toMatch(/^[\x00-\x7f]*$/);
      expect(text).toContain('include "qelib1.inc";');
    }
  });

  it('bell: both qubits agree', () => expectOutcomes('bell', { '00': 0.5, '11': 0.5 }));

  it('ghz20: all 0 or all 1', () => {
    expectOutcomes('ghz20', { ['0'.repeat(20)]: 0.5, ['1'.repeat(20)]: 0.5 });
  });

  it('bernstein-vazirani: the secret', () => {
    expectOutcomes('bernstein-vazirani', { '1011010': 1 });
  });

  it('grover: the marked item, as the closed form says', () => {
    const found = outcomes(read('grover'));
    expect(found.get('10110')).toBeCloseTo(Math.sin(9 * Math.asin(2 ** -2.5)) ** 2, 9);
    expect(found.size).toBe(32);
  });

  it('adder: both sums', () => {
    const sums = [11 + 6, 15 + 6].map((sum) => sum.toString(2));
    expectOutcomes('adder', Object.fromEntries(sums.map((sum) => [sum, 0.5])));
  });

  it('adder: adds every pair of numbers', () => {
    const text = readFileSync(join(folder, 'adder.qasm'), 'utf8');
    const preparation = /^[xh] [ab]\[\d\];.*\n/gm;
    for (let a = 0; a < 16; a += 3) {
      for (let b = 0; b < 16; b++) {
        const bits = (name: string, value: number) =>
          [0, 1, 2, 3].map((k) => ((value >> k) & 1 ? `x ${name}[${k}];` : '')).join('\n');
        const gates = `${bits('a', a)}\n${bits('b', b)}\nmajority cin[0]`;
        const changed = text.replaceAll(preparation, '').replace('majority cin[0]', gates);
        expect([...outcomes(qasm.parse(changed)).keys()]).toEqual([
          (a + b).toString(2).padStart(5, '0'),
        ]);
      }
    }
  });

  it('qft20: the frequency', () => {
    expect(productOutcome(read('qft20'))).toBe((123456).toString(2).padStart(20, '0'));
  });

  it('random-grid: probabilities spread as those of random states do', () => {
    const found = [...outcomes(read('random-grid')).values()];
    // Porter-Thomas: 2^n times the sum of squares is 2·2^n/(2^n + 1), with a spread of about 2/√(2^n).
    const purity = 2 ** 12 * found.reduce((sum, p) => sum + p * p, 0);
    expect(purity).toBeGreaterThan(1.85);
    expect(purity).toBeLessThan(2.15);
  });

  it('h2-energy: the ground-state energy from the means of its outcomes', () => {
    const found = [...outcomes(read('h2-energy'))];
    const mean = (...bits: number[]) =>
      found.reduce((sum, [key, probability]) => {
        const ones = bits.filter((bit) => key[bit] === '1').length;
        return sum + (ones % 2 === 0 ? probability : -probability);
      }, 0);
    const energy =
      -1.052373245772859 +
      0.39793742484318045 * mean(1) -
      0.39793742484318045 * mean(0) -
      0.01128010425623538 * mean(0, 1) +
      0.18093119978423156 * mean(2, 3);
    expect(energy).toBeCloseTo(-1.857275030202, 9);
  });
});
