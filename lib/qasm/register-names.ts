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

/** Registers under names that OpenQASM 2 allows; `taken` are the names in use, to which theirs are added. */
export function allowedNames(registers: readonly Register[], taken: Set<string>): Register[] {
  return registers.map((register) => {
    const name = freeName(register.name, taken);
    taken.add(name);
    return { ...register, name };
  });
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  if (isAllowed(wanted) && !taken.has(wanted)) return wanted;
  const base = `r_${wanted.replace(/[^A-Za-z0-9]/g, '_')}`;
  let name = base;
  for (let k = 2; taken.has(name); k += 1) name = `${base}_${k}`;
  return name;
}
