import type { Postfix } from './gate-row.js';

/** The operations that an expression of the gate table may use, over some kind of value. */
export interface Algebra<T> {
  number(value: number): T;
  add(a: T, b: T): T;
  sub(a: T, b: T): T;
  mul(a: T, b: T): T;
  div(a: T, b: T): T;
  neg(a: T): T;
  /** Functions by name; angles need none. */
  readonly functions: Readonly<Record<string, (a: T) => T>>;
}

const OPERATORS = { '+': 'add', '-': 'sub', '*': 'mul', '/': 'div' } as const;

const tokensOf = new Map<Postfix, readonly string[]>();

function tokenize(code: Postfix): readonly string[] {
  let tokens = tokensOf.get(code);
  if (tokens === undefined) {
    tokens = code.split(' ');
    tokensOf.set(code, tokens);
  }
  return tokens;
}

/** Value of an expression of the gate table; `names` gives the parameters and constants it uses. */
export function evaluatePostfix<T>(
  code: Postfix,
  algebra: Algebra<T>,
  names: ReadonlyMap<string, T>,
): T {
  const stack: T[] = [];
  const pop = (): T => stack.pop() as T;
  for (const token of tokenize(code)) {
    const named = names.get(token);
    if (named !== undefined) stack.push(named);
    else if (token in OPERATORS) {
      const right = pop();
      stack.push(algebra[OPERATORS[token as keyof typeof OPERATORS]](pop(), right));
    } else if (token === 'neg') stack.push(algebra.neg(pop()));
    else if (token in algebra.functions) {
      stack.push((algebra.functions[token] as (a: T) => T)(pop()));
    } else stack.push(algebra.number(Number(token)));
  }
  return pop();
}
