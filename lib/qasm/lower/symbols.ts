import type { SyntaxTree } from '../tree.js';
import type { GateDefinition } from './gates.js';
import type { Type } from './types.js';
import type { Known, Value } from './values.js';

/** A variable of the classical layer. What it holds is followed as long as it is known. */
export interface Variable {
  readonly kind: 'variable';
  readonly type: Type;
  /** Its name in the circuit. */
  readonly name: string;
  known: Known | undefined;
}

/** Classical bits of the circuit: a register, or a single bit. */
export interface Bits {
  readonly kind: 'bits';
  readonly bits: readonly number[];
  readonly isRegister: boolean;
  /** The type of an output that is kept in bits. */
  readonly type?: Type;
}

/** Qubits of the circuit: a register, or a single qubit. */
export interface Qubits {
  readonly kind: 'qubits';
  readonly qubits: readonly number[];
  readonly isRegister: boolean;
}

/** An array, or the part of one that was passed to a subroutine. */
export interface ArrayVariable {
  readonly kind: 'array';
  readonly type: Type;
  readonly shape: readonly number[];
  readonly elements: readonly Variable[];
  readonly isReadonly: boolean;
}

/** A value that never changes: a constant, an argument of a gate or an input. */
export interface Constant {
  readonly kind: 'constant';
  value: Value;
}

export interface GateSymbol {
  readonly kind: 'gate';
  readonly gate: GateDefinition;
}

/** One qubit of the gate whose body this is. */
export interface GateQubit {
  readonly kind: 'argument';
  readonly index: number;
}

/** A subroutine or an external function, by its node. */
export interface Callable {
  readonly kind: 'def' | 'extern';
  readonly node: number;
  readonly name: string;
  /** Names in force where it is declared. */
  readonly scope: Scope;
  /** How many calls its body makes at least. */
  readonly calls: number;
}

/** A declaration that failed: what uses it fails without another message. */
export interface Broken {
  readonly kind: 'broken';
}

export type LoweredSymbol =
  Variable | Bits | Qubits | ArrayVariable | Constant | GateSymbol | GateQubit | Callable | Broken;

export const DESCRIPTIONS: { readonly [K in LoweredSymbol['kind']]: string } = {
  variable: 'a variable',
  bits: 'a register of bits',
  qubits: 'a register of qubits',
  array: 'an array',
  constant: 'a constant',
  gate: 'a gate',
  argument: 'a qubit of the gate',
  def: 'a subroutine',
  extern: 'an external function',
  broken: 'a name',
};

/** Names and what they mean, over those of the scope around. Names are numbers of `Names`. */
export class Scope {
  #symbols: Map<number, LoweredSymbol> | undefined;

  constructor(
    readonly outer?: Scope,
    /** What of the scopes around can be seen: inside gates and subroutines only what never changes. */
    readonly sees: (symbol: LoweredSymbol) => boolean = () => true,
  ) {}

  declare(name: number, symbol: LoweredSymbol): void {
    (this.#symbols ??= new Map<number, LoweredSymbol>()).set(name, symbol);
  }

  own(name: number): LoweredSymbol | undefined {
    return this.#symbols?.get(name);
  }

  find(name: number): LoweredSymbol | undefined {
    const own = this.#symbols?.get(name);
    if (own !== undefined) return own;
    const symbol = this.outer?.find(name);
    return symbol === undefined || this.sees(symbol) ? symbol : undefined;
  }

  /** Whether a name means something around that cannot be seen here. */
  hides(name: number): boolean {
    if (this.#symbols?.has(name) === true || this.outer === undefined) return false;
    const symbol = this.outer.find(name);
    return symbol === undefined ? this.outer.hides(name) : !this.sees(symbol);
  }

  *texts(tree: SyntaxTree): Generator<string> {
    for (const name of this.#symbols?.keys() ?? []) yield tree.names.text(name);
    if (this.outer !== undefined) yield* this.outer.texts(tree);
  }
}

/** What subroutines and gates see of the names around. */
export function isLasting({ kind }: LoweredSymbol): boolean {
  return (
    kind === 'constant' ||
    kind === 'gate' ||
    kind === 'def' ||
    kind === 'extern' ||
    kind === 'broken'
  );
}
