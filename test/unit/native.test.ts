// The addon itself, called as lib/ never calls it: every misuse is an error, none a crash.

import { describe, expect, it } from '@jest/globals';
import { circuit } from 'qmlx';
import {
  fromNative,
  loadAddon,
  type NativeProgram,
  type NativeSimulator,
} from '../../lib/native.js';
import { encode } from '../../lib/program/encode.js';

const { NativeSimulator: Simulator, NativeProgram: Program } = loadAddon();

const GARBAGE: unknown[] = [
  ...[undefined, null, 0, -1, 1.5, NaN, 2 ** 40, 1n, 'x', true, Symbol('s')],
  ...[{}, [], () => 0, new Map(), new ArrayBuffer(8), new DataView(new ArrayBuffer(8))],
  ...[new Float32Array(3), new Float64Array(3), new Int32Array(3), new Uint32Array(3)],
  new BigUint64Array(3),
];

function programOf(built: Parameters<typeof encode>[0]): NativeProgram {
  const { words, angles, angleCode, code, codeConstants, codeIntegers } = encode(built);
  return new Program(words, angles, angleCode, code, codeConstants, codeIntegers);
}

const simulator = new Simulator('cpu', { threads: 1 });
const program = programOf(circuit(2, 2).h(0).measureAll());

type Call = (...args: never[]) => unknown;

/** Calls with garbage in every place; each must throw an error with a code, or be harmless. */
function abuse(call: Call, places: number): void {
  for (let place = 0; place < places; place++) {
    for (const value of GARBAGE) {
      const args = Array.from({ length: places }, (_, k) => (k === place ? value : undefined));
      try {
        call(...(args as never[]));
      } catch (error) {
        expect(error).toMatchObject({ message: expect.any(String) });
      }
    }
  }
}

describe('garbage as arguments', () => {
  it('of constructors', () => {
    abuse((...args) => new (Simulator as never as new (...a: unknown[]) => unknown)(...args), 2);
    abuse((...args) => new (Program as never as new (...a: unknown[]) => unknown)(...args), 5);
  });

  it('of simulators', () => {
    const raw = simulator as never as Record<string, Call>;
    for (const name of ['run', 'cancel', 'createState', 'explain']) {
      abuse((...args) => (raw[name] as Call).apply(simulator, args), 4);
    }
  });

  it('of runs', () => {
    const run = (request: unknown) => simulator.run(program, request as never, () => undefined);
    const parameters = new Float64Array(0);
    const names = ['parameters', 'rows', 'shots', 'seed', 'observable', 'values', 'qubits'];
    for (const name of [...names, 'probabilities', 'amplitudes']) {
      for (const value of GARBAGE) {
        try {
          run({ parameters, [name]: value });
        } catch (error) {
          expect(error).toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
        }
      }
    }
    const wide = new BigUint64Array([2n ** 40n]);
    const masks = { coefficients: new Float64Array(1), xMasks: wide, zMasks: wide };
    expect(() => run({ parameters, observable: masks, values: new Float64Array(1) })).toThrow();
    expect(() => run({ parameters, qubits: new Uint32Array([0, 0]) })).toThrow();
  });

  it('of states', () => {
    const state = simulator.createState(program);
    const raw = state as never as Record<string, Call>;
    for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(state))) {
      if (['constructor', 'dispose'].includes(name)) continue;
      abuse((...args) => (raw[name] as Call).apply(state, args), 3);
    }
    expect(() => state.amplitudes(1, new Float32Array(8))).toThrow();
    expect(() => state.amplitudes(2 ** 53, new Float32Array(2))).toThrow();
    state.dispose();
    expect(() => state.squaredNorm()).toThrow(expect.objectContaining({ code: 'ERR_DISPOSED' }));
  });
});

describe('foreign objects', () => {
  const state = simulator.createState(program);

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a plain object', {}],
    ['a simulator', simulator],
    ['a state', state],
    ['a proxy', new Proxy(program, {})],
    ['an heir', Object.create(program)],
  ])('%s is no program', (_, value) => {
    expect(() => simulator.explain(value as NativeProgram)).toThrow();
    expect(() => simulator.createState(value as NativeProgram)).toThrow();
  });

  it('methods of one class refuse objects of another', () => {
    const methods = Object.getPrototypeOf(state) as Record<string, Call>;
    for (const name of ['evolve', 'squaredNorm', 'dispose']) {
      for (const receiver of [simulator, program, {}, undefined]) {
        expect(() => (methods[name] as Call).call(receiver)).toThrow();
      }
    }
  });

  it('states come from simulators only', () => {
    const State = (state as object).constructor as new (value?: unknown) => unknown;
    for (const value of GARBAGE) expect(() => new State(value)).toThrow();
  });
});

describe('programs that are none', () => {
  const ints = (...values: number[]) => Int32Array.from(values);
  /** A program of one operation. */
  const one = (qubits: number, bits: number, ...words: number[]) =>
    ints(2, qubits, bits, 0, 0, 1, 0, 0, ...words);
  const none = new Float64Array(0);

  /** The error at the first use: programs are decoded then. */
  function refusal(words: Int32Array, angles = none, angleCode = ints(), code = ints()): unknown {
    try {
      simulator.createState(new Program(words, angles, angleCode, code, none, new BigInt64Array()));
    } catch (error) {
      return error;
    }
    return undefined;
  }

  it.each([
    ['no words', ints()],
    ['another version', ints(3, 1, 0, 0, 0, 0, 0, 0)],
    ['too many qubits', ints(2, 1000, 0, 0, 0, 0, 0, 0)],
    ['negative qubits', ints(2, -1, 0, 0, 0, 0, 0, 0)],
    ['fewer operations than it says', ints(2, 1, 0, 0, 0, 3, 0, 0)],
    ['words after the end', ints(2, 1, 0, 0, 0, 0, 0, 0, 7)],
    ['a gate that is not in the table', one(1, 0, 9999, 6, 0, 1, 0, 0)],
    ['a target out of range', one(1, 0, 1, 6, 0, 1, 0, 5)],
    ['a length beyond the end', one(1, 0, 1, 6000, 0, 1, 0, 0)],
    ['a negative count', one(1, 0, 1, 6, -1, 1, 0, 0)],
    ['a measured bit out of range', one(1, 1, -1, 4, 0, 9)],
    ['a reset qubit out of range', one(1, 0, -2, 3, 1)],
    ['a jump out of the program', one(1, 0, -3, 3, 2)],
    ['a branch without an expression', one(1, 0, -4, 4, 0, 1)],
    ['a bit to assign out of range', one(1, 0, -5, 4, 0, 0)],
    ['a variable that is not there', one(1, 0, -6, 4, 0, 0)],
    ['an outcome of 2', one(1, 0, -8, 4, 0, 2)],
    ['a counter that is not there', one(1, 0, -10, 3, 0)],
    ['a Pauli rotation without an angle', one(1, 0, -20, 7, 0, 1, 1, 0, 0)],
    ['a letter that is none', one(1, 0, -20, 7, 0, 1, 0, 0, 4)],
    ['a type that is none', ints(2, 1, 0, 0, 0, 0, 1, 0, 7)],
    ['a count of angles that are not there', ints(2, 1, 0, 0, 5, 0, 0, 0)],
  ])('%s', (_, words) => {
    expect(refusal(words)).toMatchObject({ code: expect.stringMatching(/^ERR_/) });
  });

  it('survives random words', () => {
    let seed = 1;
    const random = (range: number) => {
      seed = (seed * 48271) % 0x7fffffff;
      return seed % range;
    };
    const { words } = encode(
      circuit(3, 3)
        .h(0)
        .ccx(0, 1, 2)
        .rx(1, 2)
        .reset(1)
        .while(1, (c) => c.postselect(0, 1))
        .pauliRotation('XZ', 1, 0, 2)
        .measureAll(),
    );
    for (let round = 0; round < 3000; round++) {
      const mutated = Int32Array.from(words);
      for (let k = 0; k <= random(3); k++) {
        mutated[random(mutated.length)] = random(4) === 0 ? random(2 ** 31) : random(12) - 2;
      }
      const angles = new Float64Array(Math.max(0, Math.min(mutated[4] as number, 100)));
      refusal(mutated, angles, new Int32Array(angles.length).fill(-1));
    }
  });
});

describe('fromNative', () => {
  it('keeps what was thrown inside as the cause', () => {
    expect(fromNative(new Error('odd'))).toMatchObject({
      code: 'ERR_INTERNAL',
      cause: { message: 'odd' },
    });
    expect(fromNative('odd')).toMatchObject({ code: 'ERR_INTERNAL', cause: 'odd' });
  });
});

describe('a simulator that was closed', () => {
  it('throws ERR_DISPOSED', async () => {
    const closed: NativeSimulator = new Simulator('cpu', { threads: 1 });
    await new Promise<void>((resolve) => closed.close(resolve));
    const disposed = expect.objectContaining({ code: 'ERR_DISPOSED' });
    expect(() => closed.describe()).toThrow(disposed);
    expect(() => closed.createState(program)).toThrow(disposed);
    expect(() => closed.close(() => undefined)).toThrow(disposed);
  });
});
