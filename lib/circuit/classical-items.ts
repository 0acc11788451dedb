/** Type of a classical value. `integer` is what bits, registers and plain numbers give: 64 bits, signed. */
export type ClassicalType =
  | { readonly kind: 'bit' | 'bool' | 'integer' | 'float' | 'angle' }
  | { readonly kind: 'int' | 'uint'; readonly width: number };

/** Operators and functions of classical expressions. */
export type ClassicalOperator =
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'pow'
  | 'mod'
  | 'neg'
  | 'sin'
  | 'cos'
  | 'tan'
  | 'exp'
  | 'ln'
  | 'sqrt'
  | 'abs'
  | 'asin'
  | 'acos'
  | 'atan'
  | 'floor'
  | 'ceil'
  | 'toSingle'
  | 'intAdd'
  | 'intSub'
  | 'intMul'
  | 'intDiv'
  | 'intMod'
  | 'uintDiv'
  | 'uintMod'
  | 'intNeg'
  | 'intPow'
  | 'bitAnd'
  | 'bitOr'
  | 'bitXor'
  | 'bitNot'
  | 'shiftLeft'
  | 'shiftRight'
  | 'popcount'
  | 'intEq'
  | 'intLt'
  | 'intLe'
  | 'uintLt'
  | 'uintLe'
  | 'floatEq'
  | 'floatLt'
  | 'floatLe'
  | 'and'
  | 'or'
  | 'not'
  | 'intToFloat'
  | 'uintToFloat'
  | 'floatToInt';

/** Operators that know how many bits wide their result is. */
export type WidthOperator = 'rotateLeft' | 'rotateRight' | 'wrapUint' | 'wrapInt';

/** One item of a classical expression in postfix order. */
export type ClassicalItem =
  | { readonly op: 'number'; readonly value: number }
  | { readonly op: 'integer'; readonly value: bigint }
  | { readonly op: 'parameter'; readonly name: string }
  | { readonly op: 'bit'; readonly bit: number }
  /** Consecutive bits as a number, the first one least significant. */
  | { readonly op: 'bits'; readonly first: number; readonly count: number }
  /** The bits of a register, until a circuit says which they are. */
  | { readonly op: 'register'; readonly name: string }
  | { readonly op: 'variable'; readonly name: string; readonly type: ClassicalType }
  | { readonly op: WidthOperator; readonly width: number }
  | { readonly op: ClassicalOperator };

const TWO = new Set<string>([
  'add',
  'sub',
  'mul',
  'div',
  'pow',
  'mod',
  'intAdd',
  'intSub',
  'intMul',
  'intDiv',
  'intMod',
  'uintDiv',
  'uintMod',
  'intPow',
  'bitAnd',
  'bitOr',
  'bitXor',
  'shiftLeft',
  'shiftRight',
  'rotateLeft',
  'rotateRight',
  'intEq',
  'intLt',
  'intLe',
  'uintLt',
  'uintLe',
  'floatEq',
  'floatLt',
  'floatLe',
  'and',
  'or',
]);
const LEAVES = new Set<string>([
  'number',
  'integer',
  'parameter',
  'bit',
  'bits',
  'register',
  'variable',
]);

/** How many operands an item takes. */
export function operandsOf(op: ClassicalItem['op']): number {
  if (LEAVES.has(op)) return 0;
  return TWO.has(op) ? 2 : 1;
}

/** Whether a type holds whole numbers. */
export function isWhole({ kind }: ClassicalType): boolean {
  return kind !== 'float' && kind !== 'angle';
}

/** Whether two types are the same. */
export function sameType(a: ClassicalType, b: ClassicalType): boolean {
  return a.kind === b.kind && ('width' in a ? a.width : 0) === ('width' in b ? b.width : 0);
}

/** The type in which bits and bools count. */
export function widened(type: ClassicalType): ClassicalType {
  return type.kind === 'bit' || type.kind === 'bool' ? { kind: 'integer' } : type;
}

/** The type of what two whole numbers give. */
export function common(a: ClassicalType, b: ClassicalType): ClassicalType {
  const [left, right] = [widened(a), widened(b)];
  if (!('width' in left)) return right;
  if (!('width' in right)) return left;
  const kind = left.kind === 'uint' && right.kind === 'uint' ? 'uint' : 'int';
  return { kind, width: Math.max(left.width, right.width) };
}

/** Whether two items are the same. */
export function sameClassicalItem(a: ClassicalItem, b: ClassicalItem): boolean {
  const values = (item: ClassicalItem): readonly unknown[] =>
    Object.entries(item)
      .filter(([key]) => key !== 'type')
      .flat();
  const left = values(a);
  const right = values(b);
  return left.length === right.length && left.every((value, k) => value === right[k]);
}

const SYMBOLS: Readonly<Record<string, string>> = {
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  pow: '**',
  mod: '%',
  intAdd: '+',
  intSub: '-',
  intMul: '*',
  intDiv: '/',
  intMod: '%',
  uintDiv: '/',
  uintMod: '%',
  intPow: '**',
  bitAnd: '&',
  bitOr: '|',
  bitXor: '^',
  shiftLeft: '<<',
  shiftRight: '>>',
  intEq: '==',
  floatEq: '==',
  intLt: '<',
  uintLt: '<',
  floatLt: '<',
  intLe: '<=',
  uintLe: '<=',
  floatLe: '<=',
  and: '&&',
  or: '||',
};
const PREFIXES: Readonly<Record<string, string>> = { neg: '-', intNeg: '-', bitNot: '~', not: '!' };
const SILENT = new Set<string>(['wrapUint', 'wrapInt', 'intToFloat', 'uintToFloat']);

function leafText(item: ClassicalItem): string | undefined {
  switch (item.op) {
    case 'number':
    case 'integer':
      return String(item.value);
    case 'parameter':
    case 'register':
    case 'variable':
      return item.name;
    case 'bit':
      return `c${item.bit}`;
    case 'bits':
      return item.count === 1
        ? `c${item.first}`
        : `c[${item.first}:${item.first + item.count - 1}]`;
    default:
      return undefined;
  }
}

/** Postfix items as infix text. Conversions and wrapping, which types imply, are left out. */
export function classicalText(items: readonly ClassicalItem[]): string {
  const stack: { text: string; compound: boolean }[] = [];
  const pop = (): string => {
    const { text, compound } = stack.pop() as { text: string; compound: boolean };
    return compound ? `(${text})` : text;
  };
  for (let at = 0; at < items.length; at++) {
    const item = items[at] as ClassicalItem;
    const leaf = leafText(item);
    const symbol = SYMBOLS[item.op];
    const prefix = PREFIXES[item.op];
    if (leaf !== undefined) stack.push({ text: leaf, compound: false });
    else if (SILENT.has(item.op)) continue;
    else if (symbol !== undefined) {
      const right = pop();
      const differs = symbol === '==' && items[at + 1]?.op === 'not';
      stack.push({ text: `${pop()} ${differs ? '!=' : symbol} ${right}`, compound: true });
      if (differs) at += 1;
    } else if (prefix !== undefined) stack.push({ text: `${prefix}${pop()}`, compound: false });
    else if (operandsOf(item.op) === 2) {
      const right = pop();
      stack.push({ text: `${item.op}(${pop()}, ${right})`, compound: false });
    } else {
      stack.push({ text: `${item.op}(${stack.pop()?.text ?? ''})`, compound: false });
    }
  }
  return stack.pop()?.text ?? '';
}
