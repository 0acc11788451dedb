// Programs of OpenQASM 3 with loops, decisions, subroutines and arrays do what an interpreter of their own computes,
// whether their first values are known before the run or measured in it.

import { describe, expect, it } from '@jest/globals';
import '../../lib/run/install.js';
import { tryParse } from '../../lib/qasm/index.js';
import { RandomStream } from '../reference/random.js';

/** What variables hold: all are `uint[3]`. */
type Memory = Map<string, number>;

/** A piece of a program, and what it computes. */
interface Piece<Result> {
  readonly text: string;
  readonly run: (memory: Memory) => Result;
}

type Value = Piece<number>;
/** How statements end: `break` and `continue` leave the rest of the block. */
type Step = Piece<'break' | 'continue' | undefined>;

const VARIABLES = ['v0', 'v1', 'v2'];
const SIZE = 4;
const SUBROUTINES = `
def f(uint[3] a) -> uint[3] { if (a > 3) { return a - uint[3](1); } for uint[3] j in [0:2] { if (j == a) { return j; } } return a * a; }
def g(uint[3] a, mutable array[uint[3], ${SIZE}] m) -> uint[3] { uint[3] b = m[a % uint[3](4)]; m[a % uint[3](4)] = a; return b; }`;

const wrap = (value: number): number => value & 7;
const read = (memory: Memory, name: string): number => memory.get(name) as number;

function f(a: number): number {
  if (a > 3) return a - 1;
  return a < 3 ? a : wrap(a * a);
}

class Generator {
  #loops = 0;

  constructor(readonly random: RandomStream) {}

  value(depth: number, loop: readonly string[]): Value {
    const { random } = this;
    const name = random.pick([...VARIABLES, ...loop]);
    if (depth === 0 && random.integer(0, 2) > 0) return { text: name, run: (m) => read(m, name) };
    const number = random.integer(0, 7);
    if (depth === 0) return { text: `uint[3](${number})`, run: () => number };
    const [a, b] = [this.value(depth - 1, loop), this.value(0, loop)];
    const infix = (symbol: string, compute: (x: number, y: number) => number): Value => ({
      text: `(${a.text} ${symbol} ${b.text})`,
      run: (m) => wrap(compute(a.run(m), b.run(m))),
    });
    return random.pick([
      () => infix('+', (x, y) => x + y),
      () => infix('-', (x, y) => x - y),
      () => infix('^', (x, y) => x ^ y),
      () => infix('*', (x, y) => x * y),
      () => ({ text: `f(${a.text})`, run: (m: Memory) => f(a.run(m)) }),
      () => ({
        text: `arr[${a.text} % uint[3](4)]`,
        run: (m: Memory) => read(m, `arr${a.run(m) % SIZE}`),
      }),
    ])();
  }

  condition(loop: readonly string[]): Piece<boolean> {
    const [a, b] = [this.value(1, loop), this.value(1, loop)];
    return this.random.pick([
      { text: `${a.text} < ${b.text}`, run: (m: Memory) => a.run(m) < b.run(m) },
      { text: `${a.text} == ${b.text}`, run: (m: Memory) => a.run(m) === b.run(m) },
      {
        text: `!(${a.text} >= ${b.text}) || ${a.text} == uint[3](0)`,
        run: (m: Memory) => a.run(m) < b.run(m) || a.run(m) === 0,
      },
    ]);
  }

  block(depth: number, loop: readonly string[], isLoop: boolean): Step {
    const steps = Array.from({ length: this.random.integer(1, 3) }, () =>
      this.statement(depth, loop, isLoop),
    );
    return {
      text: `{ ${steps.map(({ text }) => text).join(' ')} }`,
      run: (memory) => {
        for (const step of steps) {
          const end = step.run(memory);
          if (end !== undefined) return end;
        }
        return undefined;
      },
    };
  }

  statement(depth: number, loop: readonly string[], isLoop: boolean): Step {
    const { random } = this;
    const choice = random.integer(0, depth === 0 ? 3 : 7);
    if (choice === 3 && isLoop) return this.#jump(loop);
    if (choice <= 1) return this.#assign(loop);
    if (choice <= 3) return this.#store(loop);
    if (choice === 4) return this.#for(depth, loop);
    if (choice === 5) return this.#while(depth, loop);
    return choice === 6 ? this.#if(depth, loop, isLoop) : this.#switch(depth, loop, isLoop);
  }

  #assign(loop: readonly string[]): Step {
    const name = this.random.pick(VARIABLES);
    const value = this.value(2, loop);
    return { text: `${name} = ${value.text};`, run: (m) => void m.set(name, value.run(m)) };
  }

  #store(loop: readonly string[]): Step {
    const [at, value] = [this.value(1, loop), this.value(1, loop)];
    const kind = this.random.integer(0, 3);
    if (kind === 3) {
      return {
        text: `x r[${at.text} % uint[3](4)];`,
        run: (m) => {
          const place = `r${at.run(m) % SIZE}`;
          m.set(place, 1 - read(m, place));
          return undefined;
        },
      };
    }
    if (kind > 0) {
      return {
        text: `arr[${at.text} % uint[3](4)] = ${value.text};`,
        run: (m) => void m.set(`arr${at.run(m) % SIZE}`, value.run(m)),
      };
    }
    const name = this.random.pick(VARIABLES);
    return {
      text: `${name} = g(${value.text}, arr);`,
      run: (m) => {
        const a = value.run(m);
        const place = `arr${a % SIZE}`;
        const before = read(m, place);
        m.set(place, a);
        m.set(name, before);
        return undefined;
      },
    };
  }

  #jump(loop: readonly string[]): Step {
    const word = this.random.pick(['break', 'continue'] as const);
    const condition = this.condition(loop);
    return {
      text: `if (${condition.text}) ${word};`,
      run: (m) => (condition.run(m) ? word : undefined),
    };
  }

  #for(depth: number, loop: readonly string[]): Step {
    const name = `i${(this.#loops += 1)}`;
    const values = this.random.pick([[0, 1, 2], [5, 3, 1], [2, 7], []]);
    const list =
      values.length === 2
        ? '{2, 7}'
        : values.length === 0
          ? '[3:1]'
          : `[${values[0]}:${(values[1] as number) - (values[0] as number)}:${values[2]}]`;
    const body = this.block(depth - 1, [...loop, name], true);
    return {
      text: `for uint[3] ${name} in ${list} ${body.text}`,
      run: (m) => {
        for (const value of values) {
          m.set(name, value);
          if (body.run(m) === 'break') break;
        }
        return undefined;
      },
    };
  }

  #while(depth: number, loop: readonly string[]): Step {
    const name = `w${(this.#loops += 1)}`;
    const condition = this.condition(loop);
    const body = this.block(depth - 1, loop, true);
    return {
      text: `uint[3] ${name} = 0; while (${name} < uint[3](3) && (${condition.text})) { ${name} += uint[3](1); ${body.text.slice(1)}`,
      run: (m) => {
        for (let round = 0; round < 3 && condition.run(m); round += 1) {
          if (body.run(m) === 'break') break;
        }
        return undefined;
      },
    };
  }

  #if(depth: number, loop: readonly string[], isLoop: boolean): Step {
    const condition = this.condition(loop);
    const [then, otherwise] = [
      this.block(depth - 1, loop, isLoop),
      this.block(depth - 1, loop, isLoop),
    ];
    return {
      text: `if (${condition.text}) ${then.text} else ${otherwise.text}`,
      run: (m) => (condition.run(m) ? then : otherwise).run(m),
    };
  }

  #switch(depth: number, loop: readonly string[], isLoop: boolean): Step {
    const value = this.value(1, loop);
    const blocks = [0, 1, 2].map(() => this.block(depth - 1, loop, isLoop)) as [Step, Step, Step];
    return {
      text: `switch (${value.text}) { case 0, 5 ${blocks[0].text} case 2 ${blocks[1].text} default ${blocks[2].text} }`,
      run: (m) => {
        const found = value.run(m);
        return blocks[found === 0 || found === 5 ? 0 : found === 2 ? 1 : 2].run(m);
      },
    };
  }
}

/** A program around a block that starts with three values, known or measured. */
function program(block: string, values: readonly number[], isKnown: boolean): string {
  const lines = [
    'OPENQASM 3.1;',
    'include "stdgates.inc";',
    'qubit q;',
    `qubit[${SIZE}] r;`,
    SUBROUTINES,
  ];
  const outputs = [...VARIABLES, ...Array.from({ length: SIZE }, (_, k) => `arr[${k}]`)];
  outputs.forEach((_, k) => lines.push(`output uint[3] o${k};`));
  lines.push(`bit[${SIZE}] flips;`);
  VARIABLES.forEach((name, k) => {
    const value = values[k] as number;
    lines.push(`uint[3] ${name}${isKnown ? ` = ${value}` : ''};`);
    for (let bit = 0; bit < 3 && !isKnown; bit += 1) {
      lines.push('reset q;', (value >> bit) & 1 ? 'x q;' : '', `${name}[${bit}] = measure q;`);
    }
  });
  lines.push(`array[uint[3], ${SIZE}] arr = {1, v0, 3, v1};`, block);
  outputs.forEach((name, k) => lines.push(`o${k} = ${name};`));
  lines.push('flips = measure r;');
  return lines.join('\n');
}

async function outputOf(text: string): Promise<string> {
  const made = tryParse(text);
  if (!made.ok) return made.diagnostics.map(({ message }) => message).join('; ');
  try {
    const { counts } = await made.circuit.run({ shots: 1, seed: 1, device: 'cpu' });
    return (counts.mostFrequent() ?? '').slice(0, 21 + SIZE);
  } catch (error) {
    return String(error);
  }
}

describe('a program', () => {
  it('does what its statements say, before the run and in it', async () => {
    let limited = 0;
    for (let k = 0; k < 150; k += 1) {
      const random = new RandomStream(31_000 + k);
      const block = new Generator(random).block(2, [], false);
      const values = VARIABLES.map(() => random.integer(0, 7));
      const memory: Memory = new Map(VARIABLES.map((name, at) => [name, values[at] as number]));
      [1, values[0], 3, values[1]].forEach((value, at) => memory.set(`arr${at}`, value as number));
      const flips = Array.from({ length: SIZE }, (_, at) => `r${at}`);
      flips.forEach((name) => memory.set(name, 0));
      block.run(memory);
      const names = [...VARIABLES, 'arr0', 'arr1', 'arr2', 'arr3'];
      const bits = (value: number): string => [0, 1, 2].map((bit) => (value >> bit) & 1).join('');
      const expected = [
        ...names.map((name) => bits(read(memory, name))),
        ...flips.map((name) => read(memory, name)),
      ].join('');
      for (const isKnown of [true, false]) {
        const text = program(block.text, values, isKnown);
        const found = await outputOf(text);
        if (found.includes('rounds that are carried out')) limited += 1;
        else if (found !== expected)
          throw new Error(`${expected} expected, ${found} found:\n${text}`);
      }
    }
    expect(limited).toBeLessThan(20);
  });
});
