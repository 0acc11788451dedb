import { Classical } from '../../circuit/classical.js';
import type { Operation } from '../../circuit/operation.js';
import type { Lowering } from './lowering.js';

/**
 * Something that jumps leave: a loop of the circuit, or statements that were written out one after another (the body
 * of a subroutine, the rounds of a loop, the program), which become a loop of one round if the run leaves them.
 */
export interface Context {
  readonly isLoop: boolean;
  isLeft: boolean;
  /** Says, after the run left something inside, that it goes on to leave this. */
  flag: Classical | undefined;
  /** Targets of jumps from inside that have further to go. */
  pending: Set<Context> | undefined;
}

/** The end of statements that come to a jump before the run: where to, and whether to go on with the next round. */
export interface Jump {
  readonly target: Context;
  readonly kind: 'break' | 'continue';
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
    const context: Context = { isLoop, isLeft: false, flag: undefined, pending: undefined };
    this.contexts.push(context);
    return context;
  }

  /** Runs work; contexts that it leaves open when it fails are closed. */
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
    if (this.#lowering.rehearsal !== undefined) return;
    const inner = this.contexts.slice(this.contexts.indexOf(target) + 1);
    if (!target.isLoop) target.isLeft = true;
    if (inner.length > 0) {
      // Loops of the circuit are left from directly inside; only what is written out is left from further in.
      this.#assign(this.#flagOf(target), 1n);
      for (const context of inner) (context.pending ??= new Set()).add(target);
    }
    this.#lowering.add({ kind });
  }

  /** Closes a loop of the circuit, the innermost context. */
  closeLoop(operation: Operation): void {
    const { pending } = this.contexts.pop() as Context;
    this.#lowering.add(operation);
    this.#goOn(pending);
  }

  /** Closes statements that were written out from a place in the list at hand on. */
  closeFrame(first: number): void {
    const { isLeft, flag, pending } = this.contexts.pop() as Context;
    if (!isLeft) return;
    const { out } = this.#lowering;
    const body = out.splice(first);
    if (flag !== undefined) this.#assign(flag, 0n);
    this.#lowering.add(once(body));
    this.#goOn(pending);
  }

  /** After a loop that the run may have left for good: leaves what is around, where that is meant. */
  #goOn(pending: ReadonlySet<Context> | undefined): void {
    for (const target of pending ?? []) {
      const leave = this.#lowering.collect(() => {
        this.#lowering.add({ kind: 'break' });
      });
      this.#lowering.add({
        kind: 'if',
        condition: this.#flagOf(target),
        body: Object.freeze(leave),
        otherwise: Object.freeze([]),
      });
    }
  }

  #flagOf(target: Context): Classical {
    if (target.flag !== undefined) return target.flag;
    this.#flags += 1;
    const type = { kind: 'bool' } as const;
    target.flag = new Classical([{ op: 'variable', name: `${FLAG}${this.#flags}`, type }], type);
    return target.flag;
  }

  #assign(target: Classical, value: bigint): void {
    const number = new Classical([{ op: 'integer', value }], { kind: 'bool' });
    this.#lowering.add({ kind: 'assign', target, value: number });
  }
}

/** Names of variables that only jumps use. */
const ROUND = '_round';
const FLAG = '_left';

/** A loop of one round, which `break` leaves. */
function once(body: readonly Operation[]): Operation {
  const type = { kind: 'uint', width: 1 } as const;
  const variable = new Classical([{ op: 'variable', name: ROUND, type }], type);
  return { kind: 'for', variable, values: Object.freeze([0]), body: Object.freeze([...body]) };
}
