// Classical expressions of OpenQASM 3 are computed by the front end where all is known, and by the run otherwise.
// The two share no code: what one of them computes the other must too.

import { describe, expect, it } from '@jest/globals';
import '../../lib/run/install.js';
import { tryParse } from '../../lib/qasm/index.js';
import { RandomStream } from '../reference/random.js';

const WIDTH = 6;
const LEAVES = ['a', 'b', 'c', 'd'] as const;
const TYPES: Readonly<Record<(typeof LEAVES)[number], string>> = {
  a: 'int[6]',
  b: 'uint[6]',
  c: 'uint[6]',
  d: 'int[6]',
};

/** A random expression over whole numbers whose value is one. */
function expression(random: RandomStream, depth: number): string {
  if (depth === 0) return random.pick([...LEAVES, String(random.integer(0, 9))]);
  const inner = (): string => expression(random, random.integer(0, depth - 1));
  return random.pick([
    () => `(${inner()} + ${inner()})`,
    () => `(${inner()} - ${inner()})`,
    () => `(${inner()} * ${inner()})`,
    () => `(${inner()} & ${inner()})`,
    () => `(${inner()} | ${inner()})`,
    () => `(${inner()} ^ ${inner()})`,
    () => `(-${inner()})`,
    () => `(~${inner()})`,
    () => `(b << ${random.integer(0, 7)})`,
    () => `(c >> ${random.integer(0, 7)})`,
    () => `int[6](${inner()})`,
    () => `uint[6](${inner()})`,
    () => `uint[4](${inner()})`,
    () => `popcount(b)`,
    () => `rotl(c, ${random.integer(0, 9)})`,
    () => `rotr(b, ${random.integer(0, 9)})`,
    () => `int[6](${condition(random, depth - 1)})`,
    () => `(${inner()} / ${random.integer(1, 9)})`,
    () => `(${inner()} % ${random.integer(1, 9)})`,
    () => `int(b[${random.integer(0, 5)}])`,
    () => `uint[3](c[${random.pick(['0:2', '1:2:5', '-3:-1', '{4, 0, 2}'])}])`,
    () => `int(floor(float(${inner()}) / 4.0))`,
  ])();
}

function condition(random: RandomStream, depth: number): string {
  const whole = (): string => expression(random, Math.max(0, depth));
  return random.pick([
    () => `(${whole()} ${random.pick(['<', '<=', '>', '>=', '==', '!='])} ${whole()})`,
    () => `(bool(${whole()}) && bool(${whole()}))`,
    () => `(bool(${whole()}) || bool(${whole()}))`,
    () => `!bool(${whole()})`,
    () => `(float(${whole()}) < 2.5)`,
  ])();
}

/** Variables of the program as literals, or as outcomes of measurements of the same values. */
function program(values: readonly number[], text: string, isKnown: boolean): string {
  const lines = ['OPENQASM 3.1;', 'qubit q;', `output int[${WIDTH}] result;`];
  LEAVES.forEach((name, k) => {
    const value = values[k] as number;
    if (isKnown) lines.push(`${TYPES[name]} ${name} = ${value};`);
    else {
      lines.push(`${TYPES[name]} ${name};`);
      for (let bit = 0; bit < WIDTH; bit += 1) {
        lines.push('reset q;');
        if (((value >> bit) & 1) === 1) lines.push('U(π, 0, π) q;');
        lines.push(`${name}[${bit}] = measure q;`);
      }
    }
  });
  return `${[...lines, `result = int[6](${text});`].join('\n')}\n`;
}

async function resultOf(text: string): Promise<string> {
  const read = tryParse(text);
  if (!read.ok) return read.diagnostics.map(({ message }) => message).join('; ');
  const { counts } = await read.circuit.run({ shots: 1, seed: 1, device: 'cpu' });
  return counts.mostFrequent() ?? '';
}

describe('a classical expression', () => {
  it('has the same value before and during the run', async () => {
    const random = new RandomStream(20_261_130);
    let computed = 0;
    for (let k = 0; k < 400; k += 1) {
      const text = expression(random, 4);
      const values = LEAVES.map((name) =>
        name === 'b' || name === 'c' ? random.integer(0, 63) : random.integer(-32, 31),
      );
      const known = await resultOf(program(values, text, true));
      const run = await resultOf(program(values, text, false));
      if (known !== run) {
        throw new Error(`${text} with ${values.join(', ')} is ${known} before, ${run} in the run`);
      }
      if (/^[01]{6}$/.test(known)) computed += 1;
    }
    expect(computed).toBeGreaterThan(380);
  });
});
