/** The qubits or bits of a register. */
export interface Elements {
  readonly start: number;
  readonly size: number;
}

/** What a name means. */
export type ProgramSymbol =
  | ({ readonly kind: 'qubits' } & Elements)
  | ({ readonly kind: 'bits' } & Elements)
  | { readonly kind: 'gate'; readonly gate: number }
  | { readonly kind: 'angle'; readonly index: number }
  | { readonly kind: 'argument'; readonly index: number }
  | { readonly kind: 'constant'; readonly value: number };

export type SymbolKind = ProgramSymbol['kind'];

const DESCRIPTIONS: { readonly [K in SymbolKind]: string } = {
  qubits: 'a register of qubits',
  bits: 'a register of bits',
  gate: 'a gate',
  angle: 'an angle of the gate',
  argument: 'a qubit of the gate',
  constant: 'a constant',
};

/** A symbol's kind in the words of a message. */
export function describeKind(kind: SymbolKind): string {
  return DESCRIPTIONS[kind];
}

/** Names and what they mean, over those of an enclosing scope. Names are numbers of `Names`. */
export class SymbolScope {
  readonly #symbols = new Map<number, ProgramSymbol>();
  readonly #outer: SymbolScope | undefined;

  constructor(outer?: SymbolScope) {
    this.#outer = outer;
  }

  /** Declares a name in this scope, over any meaning it has outside. */
  declare(name: number, symbol: ProgramSymbol): void {
    this.#symbols.set(name, symbol);
  }

  /** What a name means in this scope itself. */
  own(name: number): ProgramSymbol | undefined {
    return this.#symbols.get(name);
  }

  find(name: number): ProgramSymbol | undefined {
    return this.#symbols.get(name) ?? this.#outer?.find(name);
  }

  /** Names of some kinds, the innermost first. */
  *namesOf(kinds: readonly SymbolKind[]): Generator<number> {
    for (const [name, symbol] of this.#symbols) if (kinds.includes(symbol.kind)) yield name;
    if (this.#outer !== undefined) yield* this.#outer.namesOf(kinds);
  }
}
