import { Classical } from '../../circuit/classical.js';
import type { Operation } from '../../circuit/operation.js';
import type { Lowering } from './lowering.js';

/** How a jump leaves its target: for good, or to go on with the next round of a loop. */
type JumpKind = 'break' | 'continue';

/**
 * Something that jumps leave: a loop of the circuit, or statements that were written out one after another (the body
 * of a subroutine, the rounds of a loop, the program), which become a loop of one round if the run leaves them.
 */
export interface Context {
  readonly isLoop: boolean;
  isLeft: boolean;
  /** Variables that say, after the run left something inside, that it goes on to leave this. */
  readonly flags: Map<JumpKind, Classical>;
  /** Jumps from inside that have further to go. */
  readonly pending: Map<string, { readonly target: Context; readonly kind: JumpKind }>;
}

/** The end of statements that come to a jump before the run: where to. */
export interface Jump {
  readonly target: Context;
  readonly kind: JumpKind;
}

/** What is around the place at hand that jumps can leave, and the operations for jumps of the run. */
export class Flow {
  readonly contexts: Context[] = [];
  readonly #lowering: Lowering;
  #flags = 0;

  constructor(lowering: Lowering) {
    this.#lowering = lowering;
  }

  open(isLoop: boolean): Context {
    const context: Context = { isLoop, isLeft: false, flags: new Map(), pending: new Map() };
    this.contexts.push(context);
    return context;
  }

  /** Runs work in a context that the work closes; what ends it early closes it too. */
  guard<T>(work: () => T): T {
    const { length } = this.contexts;
    try {
      return work();
    } catch (fault) {
      this.contexts.length = length;
      throw fault;
    }
  }

  /** Operations that jump to a target, from a place that the run may or may not reach. */
  jump({ target, kind }: Jump): void {
    const { contexts } = this;
    const inner = contexts.slice(contexts.indexOf(target) + 1);
    if (!target.isLoop) target.isLeft = true;
    if (inner.length > 0) {
      this.#assign(this.#flag(target, kind), 1n);
      for (const context of inner) {
        context.pending.set(`${this.contexts.indexOf(target)} ${kind}`, { target, kind });
      }
    }
    this.#leave(target, kind);
  }

  /** Leaves the loop around, which is the target or leads to it. */
  #leave(target: Context, kind: JumpKind): void {
    const loop = this.contexts.findLast(({ isLoop }) => isLoop);
    const goesOn = kind === 'continue' && loop === target;
    this.#lowering.add({ kind: goesOn ? 'continue' : 'break' });
  }

  /**
   * Closes the innermost context, whose operations are given, and writes what it becomes: `make` gives the loop of a
   * context that is one.
   */
  close(operations: readonly Operation[], make?: (body: readonly Operation[]) => Operation): void {
    const context = this.contexts.pop() as Context;
    const { out } = this.#lowering;
    for (const flag of context.flags.values()) this.#assign(flag, 0n);
    if (make !== undefined) this.#lowering.add(make(Object.freeze([...operations])));
    else if (context.isLeft) this.#lowering.add(this.#once(operations));
    else for (const operation of operations) out.push(operation);
    if (make === undefined && !context.isLeft) return;
    for (const { target, kind } of context.pending.values()) {
      const flag = this.#flag(target, kind);
      const jump = this.#lowering.collect(() => this.#leave(target, kind));
      this.#lowering.add({
        kind: 'if',
        condition: flag,
        body: Object.freeze(jump),
        otherwise: Object.freeze([]),
      });
    }
  }

  /** A loop of one round, which `break` leaves. */
  #once(operations: readonly Operation[]): Operation {
    const type = { kind: 'uint', width: 1 } as const;
    const variable = new Classical([{ op: 'variable', name: ROUND, type }], type);
    return {
      kind: 'for',
      variable,
      values: Object.freeze([0]),
      body: Object.freeze([...operations]),
    };
  }

  #flag(target: Context, kind: JumpKind): Classical {
    const known = target.flags.get(kind);
    if (known !== undefined) return known;
    this.#flags += 1;
    const type = { kind: 'bool' } as const;
    const name = `${FLAG}${this.#flags}`;
    const flag = new Classical([{ op: 'variable', name, type }], type);
    target.flags.set(kind, flag);
    return flag;
  }

  #assign(target: Classical, value: bigint): void {
    const number = new Classical([{ op: 'integer', value }], { kind: 'bool' });
    this.#lowering.add({ kind: 'assign', target, value: number });
  }
}

/** Names of variables that no program has, since subroutines and inner variables avoid them. */
const ROUND = '_round';
const FLAG = '_left';
