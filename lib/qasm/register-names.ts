import { GATES } from '../circuit/gates.gen.js';
import type { Register } from '../circuit/registers.js';
import { QELIB1 } from './gate-library.js';
import { KEYWORDS } from './keywords.js';

/** Names that gates have, or that the definitions of `stringify` may take (`c2ry`). */
const GATE_NAMES: ReadonlySet<string> = new Set([
  ...QELIB1.map(({ name }) => name),
  ...GATES.map(({ name }) => name),
]);
const GENERATED = /^c\d+[A-Za-z]/;
const WORDS: ReadonlySet<string> = new Set(KEYWORDS);

/** Names that OpenQASM 3 gives a meaning that a register or variable should not hide. */
const LANGUAGE_3: ReadonlySet<string> = new Set([
  ...['tau', 'euler', 'π', 'τ', 'ℇ', 'arcsin', 'arccos', 'arctan', 'log', 'floor', 'ceiling'],
  ...[
    'mod',
    'popcount',
    'rotl',
    'rotr',
    'real',
    'imag',
    'sizeof',
    'phase',
    'cphase',
    'u1',
    'u2',
    'u3',
  ],
]);

const NAME = { 2: /^[a-z][A-Za-z0-9_]*$/, 3: /^[\p{L}\p{Nl}_][\p{L}\p{Nl}0-9_]*$/u };

function isAllowed(name: string, version: 2 | 3): boolean {
  if (version === 3 && LANGUAGE_3.has(name)) return false;
  return (
    NAME[version].test(name) && !WORDS.has(name) && !GATE_NAMES.has(name) && !GENERATED.test(name)
  );
}

/** Gives registers names that a version of OpenQASM allows, each once. */
export class RegisterNames {
  readonly #taken = new Set<string>();
  /** How many registers share a replacement so far. */
  readonly #shared = new Map<string, number>();
  readonly #version: 2 | 3;

  constructor(version: 2 | 3 = 2) {
    this.#version = version;
  }

  /** A name for something else, which then is taken too. */
  take(wanted: string): string {
    const name = this.#free(wanted);
    this.#taken.add(name);
    return name;
  }

  /** The registers under their own names where those are allowed and free, else under others. */
  allowed(registers: readonly Register[]): Register[] {
    return registers.map((register) => ({ ...register, name: this.take(register.name) }));
  }

  #free(wanted: string): string {
    if (isAllowed(wanted, this.#version) && !this.#taken.has(wanted)) return wanted;
    const base = `r_${wanted.replace(/[^A-Za-z0-9]/g, '_')}`;
    let count = (this.#shared.get(base) ?? 0) + 1;
    while (this.#taken.has(numbered(base, count))) count += 1;
    this.#shared.set(base, count);
    return numbered(base, count);
  }
}

function numbered(base: string, count: number): string {
  return count === 1 ? base : `${base}_${count}`;
}
