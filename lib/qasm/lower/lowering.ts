import { nearest } from '../../circuit/suggest.js';
import type { Operation } from '../../circuit/operation.js';
import type { Register } from '../../circuit/registers.js';
import { LIMITS } from '../../limits.js';
import type { DiagnosticCode, Diagnostics } from '../diagnostics.js';
import { IntList } from '../number-list.js';
import { quoted } from '../printable.js';
import type { SyntaxTree } from '../tree.js';
import { type Context, Flow, type Jump } from './flow.js';
import {
  type Callable,
  DESCRIPTIONS,
  type LoweredSymbol,
  type Qubits,
  Scope,
  type Variable,
} from './symbols.js';
import type { Type } from './types.js';
import type { Known } from './values.js';

/** Registers longer than this are no numbers of the classical layer. */
const LONGEST = 64;

/** Gives up the statement at hand; what is wrong is already reported. */
export class Fault extends Error {}

/** An external function that the caller supplies. */
export type ExternFunction = (...values: (number | bigint | boolean)[]) => unknown;

/**
 * What is looked for in statements that the run does not come to: everything, or only what no condition around them can
 * make right. A division by 0 or an index that is too large may be what keeps the run away.
 */
export type Rehearsal = 'all' | 'types';

/** What a caller may supply. */
export interface Supplies {
  readonly extern?: Readonly<Record<string, ExternFunction>>;
}

/**
 * The state of the walk over a program of OpenQASM 3 that carries out what is known before the run and writes
 * operations for the rest.
 */
export class Lowering {
  readonly global = new Scope();
  scope = this.global;
  readonly flow = new Flow(this);
  readonly qubitRegisters: Register[] = [];
  readonly bitRegisters: Register[] = [];
  qubits = 0;
  bits = 0;
  /** The list that statements write to. */
  out: Operation[] = [];
  /** Operations in all lists. */
  operations = 0;
  /** Rounds of loops that were carried out before the run. */
  rounds = 0;
  /** Statements that were given up. */
  faults = 0;
  /** Blocks, loops and subroutines at hand. */
  depth = 0;
  /** Node of the statement at hand. */
  statement = 0;
  /** Calls of subroutines that the statement at hand has made. */
  calls = 0;
  /** What the variables that those calls change held before; absent before the first of them. */
  changed: Map<Variable, Known | undefined> | undefined;
  /** All operations and, in the same order, the offsets that they come from. */
  readonly written: Operation[] = [];
  readonly offsets = new IntList();
  /** Names of outputs, if the program says what they are. */
  readonly outputs = new Set<string>();
  /** Values that indices known only in the run are assumed to have, by what computes them. */
  readonly assumed = new Map<string, number>();
  /** A value that is wrong for one of these values; an error if one is for each of them. */
  doubt:
    | { readonly node: number; readonly message: string; readonly hint: string | undefined }
    | undefined;
  /** The statement that is written once for each value of such indices, and how many times that is. */
  cases: { readonly node: number; readonly count: number } | undefined;
  /** How many variables of the circuit begin with a name. */
  readonly #variableNames = new Map<string, number>();
  /** Variables of the circuit by the nodes that declare them. */
  readonly #variableOf = new Map<number, string>();
  readonly hardwareQubits = new Map<number, number>();
  /** Subroutines at hand. */
  readonly active = new Set<number>();
  /** Subroutines and external functions that were declared, and those that were called. */
  readonly callables: Callable[] = [];
  readonly called = new Set<number>();
  /** Where the run writes the result of the subroutine at hand. */
  result: { readonly variable: Variable | undefined; readonly frame: Context } | undefined;
  /** Loops at hand, innermost last: what `break` and `continue` leave. */
  loops: { readonly leave: Jump; readonly goOn: Jump }[] = [];
  /** Set while statements are rehearsed that the run does not come to (`rehearse.ts`). */
  rehearsal: Rehearsal | undefined;
  /** Nodes of statements that were rehearsed. */
  readonly rehearsed = new Set<number>();
  readonly #reported = new Set<string>();
  readonly #unknown = new Set<number>();
  #journal: Journal | undefined;

  constructor(
    readonly tree: SyntaxTree,
    readonly diagnostics: Diagnostics,
    readonly supplies: Supplies,
  ) {}

  /** Reports what is wrong at a node and gives up the statement. */
  fail(code: DiagnosticCode, node: number, message: string, hint?: string): never {
    this.report(code, node, message, hint);
    throw new Fault(message);
  }

  /** Reports what is wrong at a node, once. */
  report(code: DiagnosticCode, node: number, message: string, hint?: string): void {
    const { tree } = this;
    // Rounds of a loop and calls of a subroutine would say it again and again.
    const key = `${tree.offset(node)} ${tree.length(node)}`;
    if (this.#reported.has(key)) return;
    this.#reported.add(key);
    this.diagnostics.error(code, tree.offset(node), tree.length(node), message, hint);
  }

  error(node: number, message: string, hint?: string): never {
    return this.fail('ERR_QASM_SEMANTIC', node, message, hint);
  }

  /** Reports a value that cannot be used where it stands, if it comes to stand there: for no index that the run may find. */
  wrongValue(node: number, message: string, hint?: string): never {
    const isAssumed = this.rehearsal === 'all' && this.assumed.size > 0;
    if (this.rehearsal === 'types' || isAssumed) throw new Fault(message);
    if (this.assumed.size === 0) return this.error(node, message, hint);
    this.doubt ??= { node, message, hint };
    throw new Fault(message);
  }

  /** Refuses what the language has and a circuit has not; what is never done may be anything. */
  unsupported(node: number, message: string, hint?: string): never {
    if (this.rehearsal !== undefined) throw new Fault(message);
    return this.fail('ERR_QASM_UNSUPPORTED', node, message, hint);
  }

  warn(node: number, message: string, hint?: string): void {
    if (this.rehearsal !== undefined) return;
    const { tree } = this;
    const key = `${tree.offset(node)} ${message}`;
    if (this.#reported.has(key)) return;
    this.#reported.add(key);
    this.diagnostics.warn(tree.offset(node), tree.length(node), message, hint);
  }

  exceed(node: number, message: string, limit: string, maximum: number, received: number): never {
    const { tree } = this;
    const figures = { limit, maximum, received };
    return this.diagnostics.exceed(tree.offset(node), tree.length(node), message, figures);
  }

  /** The symbol of a name, of one of the wanted kinds. */
  resolve<K extends LoweredSymbol['kind']>(
    node: number,
    kinds: readonly K[],
    hint?: string,
  ): Extract<LoweredSymbol, { kind: K }> {
    const { tree } = this;
    const symbol = this.scope.find(tree.data(node));
    if (symbol?.kind === 'broken') throw new Fault('a name that is not declared well');
    if (symbol === undefined) return this.unknownName(node, kinds, hint);
    if ((kinds as readonly string[]).includes(symbol.kind)) {
      return symbol as Extract<LoweredSymbol, { kind: K }>;
    }
    const name = quoted(tree.name(node));
    return this.error(
      node,
      `expected ${wanted(kinds)}, but ${name} is ${DESCRIPTIONS[symbol.kind]}`,
    );
  }

  /** Reports a name that means nothing here. */
  unknownName(node: number, kinds: readonly LoweredSymbol['kind'][], hint?: string): never {
    const { tree, scope } = this;
    const number = tree.data(node);
    if (this.#unknown.has(number)) throw new Fault('a name that is not declared');
    this.#unknown.add(number);
    const name = tree.name(node);
    if (scope.hides(number)) {
      const message = `${quoted(name)} cannot be used inside a gate or subroutine`;
      return this.error(node, message, 'pass it as an argument, or declare it with const');
    }
    const similar = nearest(name, scope.texts(tree));
    const suggestion = similar === undefined ? hint : `did you mean ${quoted(similar)}?`;
    return this.error(
      node,
      `${quoted(name)} is not ${wanted(kinds)} that is declared here`,
      hint ?? suggestion,
    );
  }

  /** Declares a name in the scope at hand. */
  declare(node: number, symbol: LoweredSymbol): void {
    const { tree, scope } = this;
    const name = tree.data(node);
    const own = scope.own(name);
    if (own !== undefined && own.kind !== 'broken' && !this.isReplaceable(own)) {
      const text = quoted(tree.name(node));
      this.error(node, `${text} is declared already: it is ${DESCRIPTIONS[own.kind]}`);
    }
    scope.declare(name, symbol);
  }

  /** Whether a name of an included file of the language may get another meaning. */
  isReplaceable(symbol: LoweredSymbol): boolean {
    return symbol.kind === 'constant' && symbol.value.isConst === true && this.builtIns.has(symbol);
  }

  readonly builtIns = new Set<LoweredSymbol>();
  /** Elements of all arrays. */
  elements = 0;
  /** Whether outcomes are written to a bit that gets its value back. */
  borrowsBit = false;

  /** The qubit that `$n` names. */
  hardware(node: number): Qubits {
    const qubit = this.hardwareQubits.get(this.tree.data(node)) as number;
    return { kind: 'qubits', qubits: [qubit], isRegister: false };
  }

  /** Refuses registers that are too long for a value. */
  checkLength(node: number, length: number, hint?: string): void {
    if (length <= LONGEST) return;
    const message = `only registers of up to ${LONGEST} bits can be computed with; this one has ${length}`;
    this.unsupported(node, message, hint);
  }

  /** A variable of the circuit for a declaration: the same one each time that the walk comes to it. */
  variable(node: number, name: string, type: Type): Variable {
    if (type.kind === 'bits') this.checkLength(node < 0 ? this.statement : node, type.width);
    if (this.rehearsal !== undefined) return { kind: 'variable', type, name, known: undefined };
    let text = this.#variableOf.get(node);
    if (text === undefined) {
      const base = /^[\w]+$/.test(name) ? name : `v_${name.replace(/[^\p{L}\p{N}_]/gu, '')}`;
      const count = (this.#variableNames.get(base) ?? 0) + 1;
      this.#variableNames.set(base, count);
      text = count === 1 ? base : `${base}__${count}`;
      this.#variableOf.set(node, text);
    }
    return { kind: 'variable', type, name: text, known: undefined };
  }

  /** Counts operations before they are made. */
  reserve(node: number, count: number): void {
    if (this.rehearsal !== undefined) return;
    this.operations += count;
    const maximum = LIMITS.operations;
    if (this.operations <= maximum) return;
    const message = `a program may have ${maximum} operations; with this one it has ${this.operations}`;
    this.exceed(node, message, 'operations', maximum, this.operations);
  }

  /** Counts one round of a loop that is carried out now, or what takes as long as `weight` rounds. */
  countRound(node: number, weight = 1): void {
    this.expectRounds(node, weight);
    this.rounds += weight;
  }

  /** Refuses rounds that are still to come, after those that are `done`, where they would be too many. */
  expectRounds(node: number, count: number, done = this.rounds): void {
    if (this.rehearsal !== undefined) return;
    const maximum = LIMITS.loopIterations;
    const received = done + count;
    if (received <= maximum) return;
    const message = `loops may have ${maximum} rounds that are carried out before the run`;
    this.exceed(node, message, 'loopIterations', maximum, received);
  }

  /** Writes an operation that was counted. */
  push(operation: Operation): void {
    if (this.rehearsal !== undefined) return;
    Object.freeze(operation);
    this.out.push(operation);
    this.written.push(operation);
    this.offsets.push(this.tree.offset(this.statement));
  }

  /** Counts and writes an operation. */
  add(operation: Operation): void {
    this.reserve(this.statement, 1);
    this.push(operation);
  }

  /** Runs work that writes to a list of its own. */
  collect(work: () => void): Operation[] {
    const { out } = this;
    const list: Operation[] = [];
    this.out = list;
    try {
      work();
    } finally {
      this.out = out;
    }
    return list;
  }

  /** Runs work in a scope of its own, or in a given one. */
  within<T>(scope: Scope, node: number, work: () => T): T {
    const outer = this.scope;
    this.scope = scope;
    this.depth += 1;
    if (this.depth > DEEPEST) {
      const message = `blocks and calls of subroutines may nest ${DEEPEST} deep`;
      this.exceed(node, message, 'nesting', DEEPEST, this.depth);
    }
    try {
      return work();
    } finally {
      this.scope = outer;
      this.depth -= 1;
    }
  }

  /** Notes what a variable holds, undefined where only the run knows. */
  setKnown(variable: Variable, value: Known | undefined): void {
    if (this.changed?.has(variable) === false) this.changed.set(variable, variable.known);
    note(this.#journal, variable);
    variable.known = value;
  }

  /** Lets variables hold what they did before the calls of the statement at hand. */
  takeBack(): void {
    for (const [variable, value] of this.changed ?? []) this.setKnown(variable, value);
  }

  /**
   * Runs work that may or may not happen in the run and takes back what it lets variables hold.
   * @returns what the variables that it changes hold after it; undefined where it changes none
   */
  perhaps(work: () => void): Map<Variable, Known | undefined> | undefined {
    const outer = this.#journal;
    const journal: Journal = { before: undefined };
    let after: Map<Variable, Known | undefined> | undefined;
    this.#journal = journal;
    try {
      work();
    } finally {
      this.#journal = outer;
      if (journal.before !== undefined) {
        after = new Map();
        for (const [variable, before] of journal.before) {
          after.set(variable, variable.known);
          variable.known = before;
          // A jump may carry what it held here to the end of something around.
          note(outer, variable);
        }
      }
    }
    return after;
  }
}

/** What variables held before work changed them. */
interface Journal {
  before: Map<Variable, Known | undefined> | undefined;
}

function note(journal: Journal | undefined, variable: Variable): void {
  if (journal === undefined) return;
  journal.before ??= new Map();
  if (!journal.before.has(variable)) journal.before.set(variable, variable.known);
}

/** Blocks and calls that may lie within one another, so that nothing depends on the stack of the machine. */
const DEEPEST = 128;

function wanted(kinds: readonly LoweredSymbol['kind'][]): string {
  if (kinds.length > 3) return 'a value';
  return kinds.map((kind) => DESCRIPTIONS[kind]).join(' or ');
}
