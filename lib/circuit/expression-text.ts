import type { ExpressionItem } from './expression.js';

interface Fragment {
  readonly text: string;
  /** How tightly the fragment holds together; 5 is a name, a number or a call. */
  readonly binding: number;
}

const INFIX: Readonly<Record<string, { symbol: string; binding: number }>> = {
  add: { symbol: ' + ', binding: 1 },
  sub: { symbol: ' - ', binding: 1 },
  mul: { symbol: '*', binding: 2 },
  div: { symbol: '/', binding: 2 },
  pow: { symbol: '^', binding: 4 },
};
const NEGATION = 3;
const ATOM = 5;

/** Those of everyday gates, then the powers of two of Fourier transforms. */
const DENOMINATORS = [
  1,
  2,
  3,
  4,
  5,
  6,
  8,
  10,
  12,
  ...Array.from({ length: 37 }, (_, k) => 2 ** (k + 4)),
];
const LARGEST_NUMERATOR = 64;

/** A number as text; exact small fractions of pi are written as such, like `-3*pi/4`. */
export function numberText(value: number): string {
  if (value === 0) return '0';
  for (const denominator of DENOMINATORS) {
    const numerator = Math.round((value * denominator) / Math.PI);
    if (numerator === 0 || Math.abs(numerator) > LARGEST_NUMERATOR) continue;
    if ((numerator * Math.PI) / denominator !== value) continue;
    const factor = Math.abs(numerator) === 1 ? '' : `${Math.abs(numerator)}*`;
    const divisor = denominator === 1 ? '' : `/${denominator}`;
    return `${numerator < 0 ? '-' : ''}${factor}pi${divisor}`;
  }
  return String(value);
}

function constant(value: number): Fragment {
  const text = numberText(value);
  if (text.startsWith('-')) return { text, binding: NEGATION };
  return { text, binding: /[*/]/.test(text) ? 2 : ATOM };
}

const classical = (text: string): Fragment => ({
  text: /^\w+$/.test(text) ? text : `(${text})`,
  binding: ATOM,
});

const within = (fragment: Fragment, loose: boolean): string =>
  loose ? `(${fragment.text})` : fragment.text;

function infix(op: string, left: Fragment, right: Fragment): Fragment {
  const { symbol, binding } = INFIX[op] as { symbol: string; binding: number };
  const leftLoose = left.binding < (op === 'pow' ? ATOM : binding);
  return {
    text: within(left, leftLoose) + symbol + within(right, right.binding <= binding),
    binding,
  };
}

/** Postfix items as infix text that groups exactly as the items do. */
export function expressionText(items: readonly ExpressionItem[]): string {
  const stack: Fragment[] = [];
  const pop = (): Fragment => stack.pop() as Fragment;
  for (const item of items) {
    if (item.op === 'constant') stack.push(constant(item.value));
    else if (item.op === 'parameter') stack.push({ text: item.name, binding: ATOM });
    else if (item.op === 'classical') stack.push(classical(String(item.value)));
    else if (item.op in INFIX) {
      const right = pop();
      stack.push(infix(item.op, pop(), right));
    } else if (item.op === 'neg') {
      const operand = pop();
      stack.push({ text: `-${within(operand, operand.binding <= NEGATION)}`, binding: NEGATION });
    } else stack.push({ text: `${item.op}(${pop().text})`, binding: ATOM });
  }
  return pop().text;
}
