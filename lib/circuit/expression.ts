import { QuantumError } from '../errors.js';
import { LIMITS } from '../limits.js';
import type { Classical, ClassicalType } from './classical.js';
import { checkName, checkNumber, invalidArgument } from './arguments.js';
import { expressionText } from './expression-text.js';

/** Operators of an expression on two operands. */
export type BinaryOperator = 'add' | 'sub' | 'mul' | 'div' | 'pow';

/** Operators and functions of an expression on one operand. */
export type UnaryOperator = 'neg' | 'sin' | 'cos' | 'tan' | 'exp' | 'ln' | 'sqrt' | 'abs';

/** One item of an expression in postfix order. */
export type ExpressionItem =
  | { readonly op: 'constant'; readonly value: number }
  | { readonly op: 'parameter'; readonly name: string }
  /** What classical bits and variables hold when the gate is reached. */
  | { readonly op: 'classical'; readonly value: Classical }
  | { readonly op: BinaryOperator | UnaryOperator };

/** An angle in radians: a number, or an expression over the parameters `P`. */
export type Angle<P extends string = string> = number | Expression<P>;

/** Values of parameters: one number for each name of `P`; further names do no harm. */
export type ParameterValues<P extends string = string> = { readonly [K in P]: number } & Readonly<
  Record<string, number>
>;

/** What the binary operators compute. */
export const BINARY: Readonly<Record<BinaryOperator, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  pow: (a, b) => a ** b,
};

/** What the unary operators and functions compute. */
export const UNARY: Readonly<Record<UnaryOperator, (a: number) => number>> = {
  neg: (a) => -a,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  exp: Math.exp,
  ln: Math.log,
  sqrt: Math.sqrt,
  abs: Math.abs,
};

const NO_VARIABLES: ReadonlyMap<string, ClassicalType> = new Map();

const isBinary = (op: string): op is BinaryOperator => Object.hasOwn(BINARY, op);

/**
 * An immutable expression over parameters, made by {@link param} and its methods, and used wherever a gate takes
 * an angle. It is stored in postfix order, so that evaluating never recurses.
 *
 * Errors: `ERR_INVALID_ARGUMENT` for an operand that is neither a finite number nor an expression, `ERR_LIMIT`
 * beyond 4,096 items.
 *
 * @example
 * ```ts
 * import { param } from 'qmlx';
 * const half = param('theta').add(Math.PI).div(2);
 * half.evaluate({ theta: 0 }); // => 1.5707963267948966
 * String(half); // => '(theta + pi)/2'
 * ```
 */
export class Expression<P extends string = string> {
  /** The expression in postfix order. */
  readonly items: readonly ExpressionItem[];
  /** Names of the parameters, in the order in which they first appear. */
  readonly parameters: readonly P[];
  /** Whether an item is a classical value. */
  readonly #isClassical: boolean;

  /** @internal Use `param` and the methods; the items must be well formed. */
  constructor(items: readonly ExpressionItem[]) {
    if (items.length > LIMITS.expressionItems) {
      throw new QuantumError(
        'ERR_LIMIT',
        `Expected an expression of at most ${LIMITS.expressionItems} items, received ${items.length}.`,
        { limit: 'expressionItems', maximum: LIMITS.expressionItems, received: items.length },
      );
    }
    const names = new Set<string>();
    for (const item of items) {
      if (item.op === 'parameter') names.add(item.name);
      else if (item.op === 'classical') item.value.parameters.forEach((name) => names.add(name));
    }
    this.items = Object.freeze([...items]);
    this.parameters = Object.freeze([...names]) as readonly P[];
    this.#isClassical = items.some(({ op }) => op === 'classical');
    Object.freeze(this);
  }

  /** Classical bits that the value depends on. */
  get bits(): readonly number[] {
    return this.items.flatMap((item) => (item.op === 'classical' ? item.value.bits : []));
  }

  /** Types of the classical variables that the value depends on, by name. */
  get variables(): ReadonlyMap<string, ClassicalType> {
    if (!this.#isClassical) return NO_VARIABLES;
    return new Map(
      this.items.flatMap((item) => (item.op === 'classical' ? [...item.value.variables] : [])),
    );
  }

  /** This plus another angle. */
  add<Q extends string = never>(other: Angle<Q>): Expression<P | Q> {
    return this.#binary('add', other);
  }

  /** This minus another angle. */
  sub<Q extends string = never>(other: Angle<Q>): Expression<P | Q> {
    return this.#binary('sub', other);
  }

  /** This times another angle. */
  mul<Q extends string = never>(other: Angle<Q>): Expression<P | Q> {
    return this.#binary('mul', other);
  }

  /** This divided by another angle. */
  div<Q extends string = never>(other: Angle<Q>): Expression<P | Q> {
    return this.#binary('div', other);
  }

  /** This to the power of another angle. */
  pow<Q extends string = never>(other: Angle<Q>): Expression<P | Q> {
    return this.#binary('pow', other);
  }

  /** The negative of this; the negative of a negative is the expression itself. */
  neg(): Expression<P> {
    if (this.items.at(-1)?.op === 'neg') return new Expression(this.items.slice(0, -1));
    return this.#unary('neg');
  }

  /** Sine, of radians. */
  sin(): Expression<P> {
    return this.#unary('sin');
  }

  /** Cosine, of radians. */
  cos(): Expression<P> {
    return this.#unary('cos');
  }

  /** Tangent, of radians. */
  tan(): Expression<P> {
    return this.#unary('tan');
  }

  /** e to the power of this. */
  exp(): Expression<P> {
    return this.#unary('exp');
  }

  /** Natural logarithm. */
  ln(): Expression<P> {
    return this.#unary('ln');
  }

  /** Square root. */
  sqrt(): Expression<P> {
    return this.#unary('sqrt');
  }

  /** Absolute value. */
  abs(): Expression<P> {
    return this.#unary('abs');
  }

  /**
   * The value for given parameters.
   *
   * Errors: `ERR_PARAMETER` where a parameter has no value or the result is not finite, `ERR_INVALID_ARGUMENT`
   * where a value is not a finite number.
   *
   * @example
   * ```ts
   * import { param } from 'qmlx';
   * param('a').mul(param('b')).evaluate({ a: 2, b: 3 }); // => 6
   * ```
   */
  evaluate(values: ParameterValues<P>): number {
    const given = checkParameterValues(values, this.parameters);
    const stack: number[] = [];
    const pop = (): number => stack.pop() as number;
    for (const item of this.items) {
      if (item.op === 'constant') stack.push(item.value);
      else if (item.op === 'parameter') stack.push(given.get(item.name) as number);
      else if (item.op === 'classical') throw classicalValue(this);
      else if (isBinary(item.op)) {
        const right = pop();
        stack.push(BINARY[item.op](pop(), right));
      } else stack.push(UNARY[item.op](pop()));
    }
    const result = pop();
    if (Number.isFinite(result)) return result;
    throw new QuantumError(
      'ERR_PARAMETER',
      `Expected the expression ${String(this)} to be finite, received ${result}: change the values of its parameters.`,
      { parameter: this.parameters[0] ?? '' },
    );
  }

  /** Whether the other angle is the same expression, item by item. */
  equals(other: unknown): boolean {
    if (!(other instanceof Expression) || other.items.length !== this.items.length) return false;
    return this.items.every((item, k) => sameItem(item, other.items[k] as ExpressionItem));
  }

  /** The expression in the notation of OpenQASM, such as `2*theta + pi/2`. */
  toString(): string {
    return expressionText(this.items);
  }

  /** @internal What `util.inspect` and `console.log` show. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `Expression(${String(this)})`;
  }

  #binary<Q extends string>(op: BinaryOperator, other: Angle<Q>): Expression<P | Q> {
    return new Expression([...this.items, ...angleItems(other, 'other'), { op }]);
  }

  #unary(op: UnaryOperator): Expression<P> {
    return new Expression([...this.items, { op }]);
  }
}

function classicalValue(expression: Expression): QuantumError {
  return new QuantumError(
    'ERR_UNSUPPORTED',
    `Expected an expression over parameters alone, but ${String(expression)} depends on classical bits or variables: they have values only while a circuit runs.`,
    { feature: 'classical values outside a run' },
  );
}

function sameItem(a: ExpressionItem, b: ExpressionItem): boolean {
  if (a.op === 'constant') return b.op === 'constant' && a.value === b.value;
  if (a.op === 'parameter') return b.op === 'parameter' && a.name === b.name;
  if (a.op === 'classical') return b.op === 'classical' && a.value.equals(b.value);
  return a.op === b.op;
}

function angleItems(angle: unknown, argument: string): readonly ExpressionItem[] {
  if (angle instanceof Expression) return angle.items;
  return [{ op: 'constant', value: checkAngleNumber(angle, argument) }];
}

function checkAngleNumber(value: unknown, argument: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw invalidArgument(argument, 'a finite number or an expression made by param()', value);
}

/** Checks an angle: a finite number or an expression. */
export function checkAngle(value: unknown, argument: string): Angle {
  return value instanceof Expression ? value : checkAngleNumber(value, argument);
}

/** An angle as an expression, a number becoming a constant. */
export function toExpression<P extends string>(angle: Angle<P>): Expression<P> {
  return new Expression(angleItems(angle, 'angle'));
}

/** Whether two angles are the same number or the same expression. */
export function sameAngle(a: Angle, b: Angle): boolean {
  return typeof a === 'number' ? a === b : a.equals(b);
}

/** Values by name, checked: every name has its own finite number. */
export function checkParameterValues(
  values: unknown,
  names: readonly string[],
): ReadonlyMap<string, number> {
  const checked = new Map<string, number>();
  for (const name of names) {
    if (typeof values !== 'object' || values === null || !Object.hasOwn(values, name)) {
      throw new QuantumError(
        'ERR_PARAMETER',
        `Expected a value for the parameter ${name}: pass { params: { ${name}: … } }.`,
        { parameter: name },
      );
    }
    checked.set(name, checkNumber((values as Record<string, unknown>)[name], name));
  }
  return checked;
}

/**
 * A named parameter, to be given a value when the circuit runs. The name is part of the circuit's type, so a
 * missing value is a compile error in chained code.
 *
 * Errors: `ERR_INVALID_ARGUMENT` for anything but letters, digits and underscores, not starting with a digit.
 *
 * @example
 * ```ts
 * import { circuit, param } from 'qmlx';
 * const theta = param('theta');
 * circuit(1).ry(theta.mul(2), 0).parameters; // => ['theta']
 * ```
 */
export function param<const Name extends string>(name: Name): Expression<Name> {
  return new Expression([{ op: 'parameter', name: checkName(name, 'name', LIMITS.nameLength) }]);
}
