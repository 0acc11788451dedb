import type { Classical, ClassicalItem } from '../circuit/classical.js';
import { numberText } from '../circuit/expression-text.js';
import { QuantumError } from '../errors.js';

/** What the text of a value is to a reader of OpenQASM 3. */
type Kind = 'int' | 'uint' | 'float' | 'bit' | 'bits';

interface Part {
  readonly text: string;
  readonly kind: Kind;
  /** How tightly the text holds together; `ATOM` for a name, a number or a call. */
  readonly binding: number;
}

const ATOM = 20;
const UNARY = 13;

interface Infix {
  readonly symbol: string;
  readonly binding: number;
  readonly operands: 'int' | 'uint' | 'float' | 'bit' | 'same';
  readonly result: Kind | 'same';
}

function infix(
  symbol: string,
  binding: number,
  operands: Infix['operands'],
  result: Infix['result'],
): Infix {
  return { symbol, binding, operands, result };
}

const INFIX: Readonly<Record<string, Infix>> = {
  add: infix('+', 11, 'float', 'float'),
  sub: infix('-', 11, 'float', 'float'),
  mul: infix('*', 12, 'float', 'float'),
  div: infix('/', 12, 'float', 'float'),
  pow: infix('**', 14, 'float', 'float'),
  mod: infix('%', 12, 'float', 'float'),
  intAdd: infix('+', 11, 'int', 'int'),
  intSub: infix('-', 11, 'int', 'int'),
  intMul: infix('*', 12, 'int', 'int'),
  intDiv: infix('/', 12, 'int', 'int'),
  intMod: infix('%', 12, 'int', 'int'),
  uintDiv: infix('/', 12, 'uint', 'uint'),
  uintMod: infix('%', 12, 'uint', 'uint'),
  intPow: infix('**', 14, 'int', 'int'),
  bitAnd: infix('&', 7, 'same', 'same'),
  bitOr: infix('|', 5, 'same', 'same'),
  bitXor: infix('^', 6, 'same', 'same'),
  shiftLeft: infix('<<', 10, 'int', 'int'),
  shiftRight: infix('>>', 10, 'int', 'int'),
  intEq: infix('==', 8, 'same', 'bit'),
  intLt: infix('<', 9, 'int', 'bit'),
  intLe: infix('<=', 9, 'int', 'bit'),
  uintLt: infix('<', 9, 'uint', 'bit'),
  uintLe: infix('<=', 9, 'uint', 'bit'),
  floatEq: infix('==', 8, 'float', 'bit'),
  floatLt: infix('<', 9, 'float', 'bit'),
  floatLe: infix('<=', 9, 'float', 'bit'),
  and: infix('&&', 4, 'bit', 'bit'),
  or: infix('||', 3, 'bit', 'bit'),
};

const FUNCTIONS: Readonly<Record<string, string>> = {
  sin: 'sin',
  cos: 'cos',
  tan: 'tan',
  exp: 'exp',
  ln: 'log',
  sqrt: 'sqrt',
  asin: 'arcsin',
  acos: 'arccos',
  atan: 'arctan',
  floor: 'floor',
  ceil: 'ceiling',
};

/** Names of bits and variables as the text has them. */
export interface ClassicalNames {
  readonly bit: (bit: number) => string;
  /** Consecutive bits as a register. */
  readonly bits: (first: number, count: number) => string;
  readonly variable: (name: string) => string;
  readonly parameter: (name: string) => string;
}

function atom(text: string, kind: Kind): Part {
  return { text, kind, binding: ATOM };
}

function within(part: Part, binding: number): string {
  return part.binding < binding ? `(${part.text})` : part.text;
}

/** A part as a value of a type, by a cast where it is none. */
function as(part: Part, kind: 'int' | 'uint' | 'float' | 'bit'): Part {
  if (part.kind === kind) return part;
  const type = kind === 'bit' ? 'bool' : kind;
  return atom(`${type}(${part.text})`, kind);
}

function integerText(value: bigint): Part {
  if (value >= 0n) return atom(String(value), 'int');
  if (value === -(2n ** 63n)) return { text: `${value + 1n} - 1`, kind: 'int', binding: 11 };
  return { text: String(value), kind: 'int', binding: UNARY };
}

/** A real number that no reader takes for a whole one. */
function realText(value: number): Part {
  if (Number.isNaN(value)) return { text: '1e999 - 1e999', kind: 'float', binding: 11 };
  // A literal beyond all numbers is read as infinite.
  const text = numberText(value).replace('Infinity', '1e999');
  const binding = text.startsWith('-') ? UNARY : /[*/]/.test(text) ? 12 : ATOM;
  return { text: /^-?\d+$/.test(text) ? `${text}.0` : text, kind: 'float', binding };
}

/** The text of a value in OpenQASM 3, computed as the items say: whole numbers in 64 bits, wrapped where they are. */
class Writer {
  readonly #stack: Part[] = [];
  readonly #names: ClassicalNames;

  constructor(names: ClassicalNames) {
    this.#names = names;
  }

  write(items: readonly ClassicalItem[]): Part {
    for (const item of items) this.#item(item);
    return this.#pop();
  }

  #pop(): Part {
    return this.#stack.pop() as Part;
  }

  #item(item: ClassicalItem): void {
    const leaf = this.#leaf(item);
    if (leaf !== undefined) this.#stack.push(leaf);
    else if (INFIX[item.op] !== undefined) this.#infix(INFIX[item.op] as Infix);
    else this.#stack.push(this.#operator(item));
  }

  #leaf(item: ClassicalItem): Part | undefined {
    const names = this.#names;
    switch (item.op) {
      case 'number':
        return realText(item.value);
      case 'integer':
        return integerText(item.value);
      case 'parameter':
        return atom(names.parameter(item.name), 'float');
      case 'bit':
        return atom(names.bit(item.bit), 'bit');
      case 'bits':
        return item.count === 1
          ? atom(names.bit(item.first), 'bit')
          : atom(names.bits(item.first, item.count), 'bits');
      case 'variable': {
        const { kind } = item.type;
        const name = names.variable(item.name);
        if (kind === 'bit' || kind === 'bool') return atom(name, 'bit');
        if (kind === 'int' || kind === 'uint') return atom(name, kind);
        return atom(kind === 'angle' ? `float(${name})` : name, 'float');
      }
      default:
        return undefined;
    }
  }

  #infix({ symbol, binding, operands, result }: Infix): void {
    const given = [this.#pop(), this.#pop()].reverse() as [Part, Part];
    const kind = operands === 'same' ? sharedKind(given, symbol) : operands;
    const [left, right] = given.map((part) => (kind === undefined ? part : as(part, kind))) as [
      Part,
      Part,
    ];
    const isPower = symbol === '**';
    const text = `${within(left, isPower ? binding + 1 : binding)} ${symbol} ${within(right, isPower ? binding : binding + 1)}`;
    this.#stack.push({ text, kind: result === 'same' ? (kind as Kind) : result, binding });
  }

  #operator(item: ClassicalItem): Part {
    const operand = this.#pop();
    switch (item.op) {
      case 'neg':
        return {
          text: `-${within(as(operand, 'float'), UNARY + 1)}`,
          kind: 'float',
          binding: UNARY,
        };
      case 'intNeg':
        return { text: `-${within(as(operand, 'int'), UNARY + 1)}`, kind: 'int', binding: UNARY };
      case 'bitNot':
        return { text: `~${within(as(operand, 'int'), UNARY)}`, kind: 'int', binding: UNARY };
      case 'not':
        return { text: `!${within(as(operand, 'bit'), UNARY)}`, kind: 'bit', binding: UNARY };
      case 'popcount':
        return atom(`int(popcount(${as(operand, 'uint').text}))`, 'int');
      case 'wrapUint':
        return atom(`uint(uint[${item.width}](${wholeText(operand)}))`, 'uint');
      case 'wrapInt':
        return atom(`int(int[${item.width}](${wholeText(operand)}))`, 'int');
      case 'intToFloat':
        return atom(`float(${as(operand, 'int').text})`, 'float');
      case 'uintToFloat':
        return atom(`float(${as(operand, 'uint').text})`, 'float');
      case 'toSingle':
        return atom(`float(float[32](${operand.text}))`, 'float');
      case 'floatToInt':
        return atom(`int(${as(operand, 'float').text})`, 'int');
      case 'rotateLeft':
      case 'rotateRight': {
        const value = this.#pop();
        const name = item.op === 'rotateLeft' ? 'rotl' : 'rotr';
        const turned = `${name}(uint[${item.width}](${wholeText(value)}), ${as(operand, 'int').text})`;
        return atom(`uint(${turned})`, 'uint');
      }
      default:
        return this.#function(item.op, operand);
    }
  }

  #function(op: string, operand: Part): Part {
    const name = FUNCTIONS[op];
    if (name !== undefined) return atom(`${name}(${as(operand, 'float').text})`, 'float');
    const message = `Expected a circuit that OpenQASM 3 can express, received the function ${op}.`;
    throw new QuantumError('ERR_UNSUPPORTED', message, { feature: `the function ${op}` });
  }
}

function wholeText(part: Part): string {
  return part.kind === 'bits' || part.kind === 'bit' ? `int(${part.text})` : part.text;
}

/** The type in which two parts are compared or combined bit by bit; undefined where they are so as they are. */
function sharedKind(
  [left, right]: readonly [Part, Part],
  symbol: string,
): 'int' | 'bit' | undefined {
  if (left.kind === 'bit' && right.kind === 'bit') return symbol === '==' ? undefined : 'bit';
  const isMixed = left.kind === 'int' || right.kind === 'int';
  const isBits =
    left.kind === 'bits' || right.kind === 'bits' || left.kind === 'bit' || right.kind === 'bit';
  return symbol === '==' && isMixed && isBits ? undefined : 'int';
}

/** The text of an expression, and of what kind its value is. */
export function classicalText3(
  value: Classical,
  names: ClassicalNames,
): { readonly text: string; readonly kind: Kind } {
  return new Writer(names).write(value.items);
}

/** The text of an expression as a condition. */
export function conditionText3(value: Classical, names: ClassicalNames): string {
  const { text, kind } = classicalText3(value, names);
  return kind === 'bit' ? text : `bool(${text})`;
}

/** The text of an expression as a whole number. */
export function wholeText3(value: Classical, names: ClassicalNames): string {
  const { text, kind } = classicalText3(value, names);
  return kind === 'int' || kind === 'uint' ? text : `int(${text})`;
}
