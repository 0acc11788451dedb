import { checkBit, checkOptions, checkQubit, invalidArgument } from './arguments.js';
import type { Circuit } from './circuit.js';
import type { Classical, ClassicalOperand } from './classical.js';
import { DataMethods } from './data-methods.js';
import {
  checkAssign,
  checkCondition,
  checkLoop,
  checkMax,
  checkOutcome,
  inside,
  type Surroundings,
} from './dynamic-checks.js';
import type { Index } from './index-types.js';
import { LIMITS } from '../limits.js';
import { checkName } from './arguments.js';
import type { Operation } from './operation.js';

/**
 * Appends operations to the circuit it is given. Of what it returns only the names of parameters count, which become
 * part of the circuit's type; they alone are named here, so that circuits of literal sizes stay circuits of any size.
 */
export type Block<N extends number, B extends number, P extends string, A extends string> = (
  circuit: Circuit<N, B, P>,
  // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- a block may end in a statement
) => { readonly parameters: readonly A[] } | void;

/** Values that a `for` goes through, both ends included, as in OpenQASM. */
export interface LoopRange {
  readonly first: ClassicalOperand;
  readonly last: ClassicalOperand;
  /** 1 if absent; negative to go down. */
  readonly step?: number;
}

/** Methods for what is not unitary: resets, conditions, loops, assignments and checks. */
export abstract class DynamicMethods<
  N extends number,
  B extends number,
  P extends string,
> extends DataMethods<N, B, P> {
  /**
   * Puts a qubit into |0>, as if it were measured and turned over where the outcome is 1.
   *
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * const result = await circuit(1, 1).h(0).reset(0).measure(0, 0).run({ shots: 10 });
   * result.counts.get('0'); // => 10
   * ```
   */
  reset<Q extends number>(qubit: Index<Q, N>): this {
    return this.push(
      Object.freeze({ kind: 'reset', qubit: checkQubit(qubit, 'qubit', this.qubits) }),
    );
  }

  /**
   * Keeps only the shots in which the qubit measures `outcome`; the others count as dropped. No bit is written.
   *
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * const result = await circuit(2, 1).h(0).cx(0, 1).postselect(0, 1).measure(1, 0).run({ seed: 1 });
   * result.counts.probability('1'); // => 1
   * ```
   */
  postselect<Q extends number>(qubit: Index<Q, N>, outcome: 0 | 1): this {
    const checked = checkQubit(qubit, 'qubit', this.qubits);
    return this.push(
      Object.freeze({
        kind: 'postselect',
        qubit: checked,
        outcome: checkOutcome(outcome, 'outcome'),
      }),
    );
  }

  /**
   * Fails the run with `ERR_ASSERTION` where a classical bit has another value: a test inside the circuit.
   *
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_BIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * await circuit(1, 1).x(0).measure(0, 0).expectBit(0, 1).run();
   * ```
   */
  expectBit<C extends number>(bit: Index<C, B>, value: 0 | 1): this {
    const checked = checkBit(bit, 'bit', this.bits);
    return this.push(
      Object.freeze({ kind: 'expectBit', bit: checked, value: checkOutcome(value, 'value') }),
    );
  }

  /**
   * Names a place in the circuit, whose state `result.snapshot(name)` and `steps()` give. It changes nothing.
   *
   * @throws `ERR_INVALID_ARGUMENT` for what is no name, `ERR_LIMIT`, `ERR_FROZEN`.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * const result = await circuit(1, 1).h(0).snapshot('before').measure(0, 0).run();
   * (await result.snapshot('before')).toDirac(); // => '0.707|0> + 0.707|1>'
   * ```
   */
  snapshot(name: string): this {
    return this.push(
      Object.freeze({ kind: 'snapshot', name: checkName(name, 'name', LIMITS.nameLength) }),
    );
  }

  /**
   * Writes a value to a bit, a register or a variable. The value is converted to the type of what it is written to:
   * whole numbers wrap at the width, bits are 1 for anything but 0.
   *
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_BIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`.
   *
   * @example
   * ```ts
   * import { bit, circuit, reg } from 'qmlx';
   * const flags = circuit(0, 2).assign(bit(1), 1).assign(bit(0), bit(1).not());
   * (await flags.run({ shots: 5 })).counts.get('01'); // => 5
   * ```
   */
  assign<A extends string = never>(
    target: Classical<never>,
    value: ClassicalOperand<A>,
  ): Circuit<N, B, P | A> {
    return this.push(checkAssign(target, value, this.around, '')) as unknown as Circuit<
      N,
      B,
      P | A
    >;
  }

  /**
   * Carries out a block where a condition holds, and the block `else`, if given, where it does not.
   *
   * @param condition - a comparison, a bit, or any whole number: true where it is not 0
   * @param block - appends operations, measurements and further blocks included
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_BIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`.
   *
   * @example
   * ```ts
   * import { bit, circuit } from 'qmlx';
   * const correct = circuit(2, 2).x(0).measure(0, 0).if(bit(0).eq(1), (c) => c.x(1)).measure(1, 1);
   * (await correct.run({ shots: 5 })).counts.get('11'); // => 5
   * ```
   */
  if<A extends string = never, E extends string = never>(
    condition: ClassicalOperand<never>,
    block: Block<N, B, P, A>,
    options: { readonly else?: Block<N, B, P, E> } = {},
  ): Circuit<N, B, P | A | E> {
    const given = checkOptions(options, 'options', ['else']);
    return this.#appendBlock<A | E>({
      kind: 'if',
      condition: checkCondition(condition, this.around, 'condition'),
      body: this.#list(block, 'block', false),
      otherwise: given.else === undefined ? EMPTY : this.#list(given.else, 'options.else', false),
    });
  }

  /**
   * Repeats a block as long as a condition holds, which is looked at before each round. A shot that needs more than
   * `max` rounds fails the run with `ERR_LIMIT`.
   *
   * @param options - `max`: most rounds, 10^6 if absent
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_BIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`.
   *
   * @example
   * ```ts
   * import { bit, circuit } from 'qmlx';
   * const untilOne = circuit(1, 1).while(bit(0).eq(0), (c) => c.h(0).measure(0, 0), { max: 100 });
   * (await untilOne.run({ shots: 5 })).counts.get('1'); // => 5
   * ```
   */
  while<A extends string = never>(
    condition: ClassicalOperand<never>,
    block: Block<N, B, P, A>,
    options: { readonly max?: number } = {},
  ): Circuit<N, B, P | A> {
    const { max } = checkOptions(options, 'options', ['max']);
    return this.#appendBlock<A>({
      kind: 'while',
      condition: checkCondition(condition, this.around, 'condition'),
      body: this.#list(block, 'block', true),
      max: checkMax(max, 'options.max'),
    });
  }

  /**
   * Repeats a block for each value of a variable. The block may use the variable in conditions and, through
   * `angle()`, in gates.
   *
   * @param values - a list of numbers, or a range with both ends included, whose ends are read once
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_LIMIT`, `ERR_FROZEN`.
   *
   * @example
   * ```ts
   * import { circuit, variable } from 'qmlx';
   * const k = variable.int('k');
   * const turns = circuit(1).for(k, { first: 1, last: 4 }, (c) => c.rx(k.angle().mul(0.1), 0));
   * turns.countOps(); // => { for: 1 }
   * ```
   */
  for<A extends string = never>(
    variable: Classical<never>,
    values: LoopRange | readonly number[],
    block: Block<N, B, P, A>,
  ): Circuit<N, B, P | A> {
    const loop = checkLoop(variable, values, this.around, '');
    return this.#appendBlock<A>({ kind: 'for', ...loop, body: this.#list(block, 'block', true) });
  }

  /**
   * Carries out the block whose key is the value of an expression, or the block `default`, or none.
   *
   * @param on - a whole number
   * @param cases - blocks by whole number; a key such as `'1, 2'` stands for several
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_BIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`.
   *
   * @example
   * ```ts
   * import { circuit, reg } from 'qmlx';
   * const branches = circuit(2, 2).x(0).measure(0, 0)
   *   .switch(reg('c'), { 0: (c) => c.id(1), 1: (c) => c.x(1), default: (c) => c.h(1) })
   *   .measure(1, 1);
   * (await branches.run({ shots: 5 })).counts.get('11'); // => 5
   * ```
   */
  switch<A extends string = never>(
    on: ClassicalOperand<never>,
    cases: Readonly<Record<string | number, Block<N, B, P, A>>>,
  ): Circuit<N, B, P | A> {
    const given: unknown = cases;
    if (typeof given !== 'object' || given === null)
      throw invalidArgument('cases', 'an object of blocks', cases);
    const value = checkCondition(on, this.around, 'on');
    const read = new Set<number>();
    const listed = Object.entries(cases).filter(([key]) => key !== 'default');
    const checked = listed.map(([key, block]) => {
      const values = key.split(',').map((text) => checkCase(text, read));
      return Object.freeze({
        values: Object.freeze(values),
        body: this.#list(block, `cases[${key}]`, false),
      });
    });
    const fallback = Object.hasOwn(cases, 'default') ? cases['default'] : undefined;
    const otherwise = fallback === undefined ? EMPTY : this.#list(fallback, 'cases.default', false);
    return this.#appendBlock<A>({
      kind: 'switch',
      on: value,
      cases: Object.freeze(checked),
      otherwise,
    });
  }

  /**
   * Leaves the innermost loop.
   *
   * @throws `ERR_INVALID_ARGUMENT` outside a loop, `ERR_LIMIT`, `ERR_FROZEN`.
   *
   * @example
   * ```ts
   * import { bit, circuit } from 'qmlx';
   * circuit(1, 1).while(1, (c) => c.h(0).measure(0, 0).if(bit(0), (d) => d.break())).size; // => 1
   * ```
   */
  break(): this {
    return this.#jump('break');
  }

  /**
   * Goes on with the next round of the innermost loop.
   *
   * @throws `ERR_INVALID_ARGUMENT` outside a loop, `ERR_LIMIT`, `ERR_FROZEN`.
   *
   * @example
   * ```ts
   * import { circuit, variable } from 'qmlx';
   * const k = variable.int('k');
   * circuit(1).for(k, [1, 2, 3], (c) => c.if(k.eq(2), (d) => d.continue()).x(0)).size; // => 1
   * ```
   */
  continue(): this {
    return this.#jump('continue');
  }

  /** @internal An empty circuit of the same registers, for a block. */
  protected abstract emptyBlock(around: Surroundings): Circuit<N, B, P>;

  #jump(kind: 'break' | 'continue'): this {
    if (this.around.inLoop) return this.push(Object.freeze({ kind }));
    throw invalidArgument(kind, 'inside the block of a loop', kind);
  }

  #list(block: unknown, argument: string, loop: boolean): readonly Operation[] {
    if (typeof block !== 'function')
      throw invalidArgument(argument, 'a function that appends operations', block);
    const circuit = this.emptyBlock(inside(this.around, loop));
    (block as (circuit: unknown) => unknown)(circuit);
    return circuit.freeze().operations;
  }

  #appendBlock<A extends string>(operation: Operation): Circuit<N, B, P | A> {
    return this.push(Object.freeze(operation)) as unknown as Circuit<N, B, P | A>;
  }
}

const EMPTY: readonly Operation[] = Object.freeze([]);

function checkCase(text: string, read: Set<number>): number {
  const value = /^\s*-?\d+\s*$/.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(value))
    throw invalidArgument('cases', 'keyed by whole numbers and default', text);
  if (read.has(value)) throw invalidArgument('cases', 'an object that names each value once', text);
  read.add(value);
  return value;
}
