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

function isAllowed(name: string): boolean {
  const isName = /^[a-z][A-Za-z0-9_]*$/.test(name);
  return isName && !WORDS.has(name) && !GATE_NAMES.has(name) && !GENERATED.test(name);
}

/** Gives registers names that OpenQASM 2 allows, each once. */
export class RegisterNames {
  readonly #taken = new Set<string>();
  /** How many registers share a replacement so far. */
  readonly #shared = new Map<string, number>();

  /** The registers under their own names where those are allowed and free, else under others. */
  allowed(registers: readonly Register[]): Register[] {
    return registers.map((register) => {
      const name = this.#free(register.name);
      this.#taken.add(name);
      return { ...register, name };
    });
  }

  #free(wanted: string): string {
    if (isAllowed(wanted) && !this.#taken.has(wanted)) return wanted;
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
