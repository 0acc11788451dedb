import { QuantumError } from '../errors.js';
import { LIMITS } from '../limits.js';
import { checkInteger, invalidArgument } from './arguments.js';
import {
  classicalText,
  common,
  isWhole,
  sameClassicalItem,
  sameType,
  widened,
  type ClassicalItem,
  type ClassicalOperator,
  type ClassicalType,
} from './classical-items.js';
import { Expression } from './expression.js';

export type { ClassicalItem, ClassicalType } from './classical-items.js';

/** What classical expressions take as operands: expressions, angles over parameters, and plain values. */
export type ClassicalOperand<P extends string = string> =
  Classical<P> | Expression<P> | number | bigint | boolean;

const FLOAT: ClassicalType = Object.freeze({ kind: 'float' });
const BOOL: ClassicalType = Object.freeze({ kind: 'bool' });
const INTEGER: ClassicalType = Object.freeze({ kind: 'integer' });

/** Widths of whole types, in bits. */
const LONGEST = 64;

/**
 * An immutable classical expression: bits, registers, variables, parameters and numbers with arithmetic,
 * comparisons and logic. Conditions, assignments and, through `angle()`, gates take it. Bits, registers and plain
 * numbers count as signed 64-bit integers; `int` and `uint` variables wrap at their width, as in OpenQASM 3.
 *
 * Errors of all methods: `ERR_INVALID_ARGUMENT` for an operand of the wrong type, `ERR_LIMIT` beyond 4,096 items.
 *
 * @example
 * ```ts
 * import { bit, reg } from 'qmlx';
 * String(bit(0).eq(1).and(reg('c').lt(4))); // => '(c0 == 1) && (c < 4)'
 * ```
 */
export class Classical<P extends string = string> {
  /** The expression in postfix order. */
  readonly items: readonly ClassicalItem[];
  /** Type of the value. */
  readonly type: ClassicalType;

  /** @internal Use `bit`, `reg`, `variable` and the methods; the items must be well formed. */
  constructor(items: readonly ClassicalItem[], type: ClassicalType) {
    if (items.length > LIMITS.expressionItems) {
      throw new QuantumError(
        'ERR_LIMIT',
        `Expected an expression of at most ${LIMITS.expressionItems} items, received ${items.length}.`,
        { limit: 'expressionItems', maximum: LIMITS.expressionItems, received: items.length },
      );
    }
    this.items = Object.freeze([...items]);
    this.type = Object.freeze(type);
    Object.freeze(this);
  }

  /** Names of the parameters, in the order in which they first appear. */
  get parameters(): readonly P[] {
    const names = this.items.flatMap((item) => (item.op === 'parameter' ? [item.name] : []));
    return [...new Set(names)] as P[];
  }

  /** Classical bits that the value depends on. */
  get bits(): readonly number[] {
    return this.items.flatMap((item) => {
      if (item.op === 'bit') return [item.bit];
      return item.op === 'bits' ? Array.from({ length: item.count }, (_, k) => item.first + k) : [];
    });
  }

  /** Types of the variables that the value depends on, by name. */
  get variables(): ReadonlyMap<string, ClassicalType> {
    return new Map(
      this.items.flatMap((item) => (item.op === 'variable' ? [[item.name, item.type]] : [])),
    );
  }

  /** Whether this equals the other value; 0 or 1. */
  eq<Q extends string = never>(other: ClassicalOperand<Q>): Classical<P | Q> {
    return this.#compare(other, 'intEq', 'intEq', 'floatEq');
  }

  /** Whether this differs from the other value. */
  ne<Q extends string = never>(other: ClassicalOperand<Q>): Classical<P | Q> {
    return this.eq(other).not();
  }

  /** Whether this is less than the other value. */
  lt<Q extends string = never>(other: ClassicalOperand<Q>): Classical<P | Q> {
    return this.#compare(other, 'intLt', 'uintLt', 'floatLt');
  }

  /** Whether this is at most the other value. */
  le<Q extends string = never>(other: ClassicalOperand<Q>): Classical<P | Q> {
    return this.#compare(other, 'intLe', 'uintLe', 'floatLe');
  }

  /** Whether this is greater than the other value. */
  gt<Q extends string = never>(other: ClassicalOperand<Q>): Classical<P | Q> {
    return toClassical(other, 'other').lt(this) as Classical<P | Q>;
  }

  /** Whether this is at least the other value. */
  ge<Q extends string = never>(other: ClassicalOperand<Q>): Classical<P | Q> {
    return toClassical(other, 'other').le(this) as Classical<P | Q>;
  }

  /** Whether neither is 0. */
  and<Q extends string = never>(other: ClassicalOperand<Q>): Classical<P | Q> {
    return this.#logic('and', other);
  }

  /** Whether one is not 0. */
  or<Q extends string = never>(other: ClassicalOperand<Q>): Classical<P | Q> {
    return this.#logic('or', other);
  }

  /** Whether exactly one is not 0. */
  xor<Q extends string = never>(other: ClassicalOperand<Q>): Classical<P | Q> {
    const [left, right] = [truth(this), truth(toClassical(other, 'other'))];
    return made([...left.items, ...right.items, { op: 'bitXor' }], BOOL);
  }

  /** Whether this is 0. */
  not(): Classical<P> {
    return made([...truth(this).items, { op: 'not' }], BOOL);
  }

  /** This plus the other value. */
  add<Q extends string = never>(other: ClassicalOperand<Q>): Classical<P | Q> {
    return this.#arithmetic(other, 'intAdd', 'intAdd', 'add');
  }

  /** This minus the other value. */
  sub<Q extends string = never>(other: ClassicalOperand<Q>): Classical<P | Q> {
    return this.#arithmetic(other, 'intSub', 'intSub', 'sub');
  }

  /** This times the other value. */
  mul<Q extends string = never>(other: ClassicalOperand<Q>): Classical<P | Q> {
    return this.#arithmetic(other, 'intMul', 'intMul', 'mul');
  }

  /** This divided by the other value; whole numbers drop the fraction. Dividing by 0 fails the run: ERR_NUMERIC. */
  div<Q extends string = never>(other: ClassicalOperand<Q>): Classical<P | Q> {
    return this.#arithmetic(other, 'intDiv', 'uintDiv', 'div');
  }

  /** The remainder, which has the sign of this. */
  mod<Q extends string = never>(other: ClassicalOperand<Q>): Classical<P | Q> {
    return this.#arithmetic(other, 'intMod', 'uintMod', 'mod');
  }

  /** This to the power of the other value. */
  pow<Q extends string = never>(other: ClassicalOperand<Q>): Classical<P | Q> {
    return this.#arithmetic(other, 'intPow', 'intPow', 'pow');
  }

  /** The negative of this. */
  neg(): Classical<P> {
    if (!isWhole(this.type)) return made([...this.items, { op: 'neg' }], FLOAT);
    return wrapped([...this.items, { op: 'intNeg' }], widened(this.type));
  }

  /** The bits that are 1 in both. */
  bitAnd<Q extends string = never>(other: ClassicalOperand<Q>): Classical<P | Q> {
    return this.#bitwise('bitAnd', other);
  }

  /** The bits that are 1 in either. */
  bitOr<Q extends string = never>(other: ClassicalOperand<Q>): Classical<P | Q> {
    return this.#bitwise('bitOr', other);
  }

  /** The bits that differ. */
  bitXor<Q extends string = never>(other: ClassicalOperand<Q>): Classical<P | Q> {
    return this.#bitwise('bitXor', other);
  }

  /** All bits turned over; of a bit or bool, its opposite. */
  bitNot(): Classical<P> {
    if (this.type.kind === 'bit' || this.type.kind === 'bool') return this.not();
    return wrapped([...wholeItems(this, 'this'), { op: 'bitNot' }], this.type);
  }

  /** Bits moved up by so many places; those that leave the width are lost. */
  shiftLeft<Q extends string = never>(places: ClassicalOperand<Q>): Classical<P | Q> {
    return this.#shift('shiftLeft', places);
  }

  /** Bits moved down by so many places, zeros coming in. */
  shiftRight<Q extends string = never>(places: ClassicalOperand<Q>): Classical<P | Q> {
    return this.#shift('shiftRight', places);
  }

  /** Bits moved up by so many places within the width, those that leave coming in below. */
  rotateLeft<Q extends string = never>(places: ClassicalOperand<Q>): Classical<P | Q> {
    return this.#rotate('rotateLeft', places);
  }

  /** Bits moved down by so many places within the width, those that leave coming in above. */
  rotateRight<Q extends string = never>(places: ClassicalOperand<Q>): Classical<P | Q> {
    return this.#rotate('rotateRight', places);
  }

  /** Number of bits that are 1. */
  popcount(): Classical<P> {
    return made([...wholeItems(this, 'this'), { op: 'popcount' }], INTEGER);
  }

  /** This as a number with a fraction. */
  toFloat(): Classical<P> {
    if (!isWhole(this.type)) return made(this.items, FLOAT);
    const op = this.type.kind === 'uint' ? 'uintToFloat' : 'intToFloat';
    return made([...this.items, { op }], FLOAT);
  }

  /** This as a signed whole number of so many bits, 64 if absent; a fraction is dropped. */
  toInt(width = LONGEST): Classical<P> {
    return converted(this, { kind: 'int', width: checkWidth(width) }) as Classical<P>;
  }

  /** This as an unsigned whole number of so many bits, 64 if absent; a fraction is dropped. */
  toUint(width = LONGEST): Classical<P> {
    return converted(this, { kind: 'uint', width: checkWidth(width) }) as Classical<P>;
  }

  /** Whether this is not 0. */
  toBool(): Classical<P> {
    return truth(this) as Classical<P>;
  }

  /**
   * This as an angle in radians, which gates take. Its value is that of the moment when the gate is reached.
   *
   * @example
   * ```ts
   * import { bit, circuit } from 'qmlx';
   * circuit(2, 1).h(0).measure(0, 0).rz(bit(0).angle().mul(Math.PI), 1).size; // => 3
   * ```
   */
  angle(): Expression<P> {
    return new Expression<P>([{ op: 'classical', value: this.toFloat() }]);
  }

  /** Whether the other value is the same expression, item by item. */
  equals(other: unknown): boolean {
    return (
      other instanceof Classical &&
      sameType(this.type, (other as Classical).type) &&
      other.items.length === this.items.length &&
      this.items.every((item, k) => sameClassicalItem(item, other.items[k] as ClassicalItem))
    );
  }

  /** The expression in the notation of OpenQASM; conversions are left out. */
  toString(): string {
    return classicalText(this.items);
  }

  /** @internal What `util.inspect` and `console.log` show. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `Classical(${String(this)})`;
  }

  #compare<Q extends string>(
    other: ClassicalOperand<Q>,
    signed: ClassicalOperator,
    unsigned: ClassicalOperator,
    float: ClassicalOperator,
  ): Classical<P | Q> {
    const right = toClassical(other, 'other');
    if (!isWhole(this.type) || !isWhole(right.type)) {
      return made([...this.toFloat().items, ...right.toFloat().items, { op: float }], BOOL);
    }
    const type = common(this.type, right.type);
    return made(
      [...this.items, ...right.items, { op: type.kind === 'uint' ? unsigned : signed }],
      BOOL,
    );
  }

  #arithmetic<Q extends string>(
    other: ClassicalOperand<Q>,
    signed: ClassicalOperator,
    unsigned: ClassicalOperator,
    float: ClassicalOperator,
  ): Classical<P | Q> {
    const right = toClassical(other, 'other');
    if (!isWhole(this.type) || !isWhole(right.type)) {
      return made([...this.toFloat().items, ...right.toFloat().items, { op: float }], FLOAT);
    }
    const type = common(this.type, right.type);
    const op = type.kind === 'uint' ? unsigned : signed;
    return wrapped([...this.items, ...right.items, { op }], type);
  }

  #logic<Q extends string>(op: 'and' | 'or', other: ClassicalOperand<Q>): Classical<P | Q> {
    const right = truth(toClassical(other, 'other'));
    return made([...truth(this).items, ...right.items, { op }], BOOL);
  }

  #bitwise<Q extends string>(op: ClassicalOperator, other: ClassicalOperand<Q>): Classical<P | Q> {
    const right = toClassical(other, 'other');
    const items = [...wholeItems(this, 'this'), ...wholeItems(right, 'other'), { op }];
    return made(items, common(this.type, right.type));
  }

  #shift<Q extends string>(op: ClassicalOperator, places: ClassicalOperand<Q>): Classical<P | Q> {
    const by = wholeItems(toClassical(places, 'places'), 'places');
    return wrapped([...wholeItems(this, 'this'), ...by, { op }], widened(this.type));
  }

  #rotate<Q extends string>(
    op: 'rotateLeft' | 'rotateRight',
    places: ClassicalOperand<Q>,
  ): Classical<P | Q> {
    const by = wholeItems(toClassical(places, 'places'), 'places');
    const [first] = this.items;
    const register = first?.op === 'bits' && this.items.length === 1 ? first.count : LONGEST;
    const width = 'width' in this.type ? this.type.width : register;
    return wrapped([...wholeItems(this, 'this'), ...by, { op, width }], this.type);
  }
}

/** @internal An expression of well-formed items. */
export function made<P extends string>(
  items: readonly ClassicalItem[],
  type: ClassicalType,
): Classical<P> {
  return new Classical<P>(items, type);
}

/** Items brought back into the range of their type. */
function wrapped<P extends string>(items: ClassicalItem[], type: ClassicalType): Classical<P> {
  if ('width' in type && type.width < LONGEST) {
    items.push({ op: type.kind === 'uint' ? 'wrapUint' : 'wrapInt', width: type.width });
  }
  return made(items, type);
}

function wholeItems(value: Classical, argument: string): readonly ClassicalItem[] {
  if (isWhole(value.type)) return value.items;
  throw invalidArgument(argument, 'a whole number; convert it with toInt()', value);
}

/** 1 where the value is not 0. */
function truth(value: Classical): Classical {
  if (value.type.kind === 'bit' || value.type.kind === 'bool') return value;
  return value.ne(0);
}

/** A value in another type, as an assignment to a variable of that type converts it. */
export function converted(value: Classical, type: ClassicalType): Classical {
  if (sameType(value.type, type)) return value;
  if (type.kind === 'bit' || type.kind === 'bool') return made(truth(value).items, type);
  if (!isWhole(type)) return made(value.toFloat().items, type);
  const whole: ClassicalItem[] = [...value.items];
  if (!isWhole(value.type)) whole.push({ op: 'floatToInt' });
  return wrapped(whole, type);
}

/** An operand as an expression; `argument` names it in errors. */
export function toClassical(value: unknown, argument: string): Classical {
  if (value instanceof Classical) return value as Classical;
  if (value instanceof Expression) return fromExpression(value as Expression);
  if (typeof value === 'boolean') return made([{ op: 'integer', value: value ? 1n : 0n }], BOOL);
  if (typeof value === 'bigint' && value === BigInt.asIntN(LONGEST, value)) {
    return made([{ op: 'integer', value }], INTEGER);
  }
  if (Number.isSafeInteger(value)) {
    return made([{ op: 'integer', value: BigInt(value as number) }], INTEGER);
  }
  if (typeof value === 'number' && Number.isFinite(value)) {
    return made([{ op: 'number', value }], FLOAT);
  }
  throw invalidArgument(argument, 'a finite number, a boolean or a classical expression', value);
}

function fromExpression(expression: Expression): Classical {
  const items = expression.items.flatMap((item): readonly ClassicalItem[] => {
    if (item.op === 'constant') return [{ op: 'number', value: item.value }];
    return item.op === 'classical' ? item.value.items : [item];
  });
  return made(items, FLOAT);
}

/** @internal The width of a whole type. */
export function checkWidth(width: unknown): number {
  return checkInteger(width, 'width', 1, LONGEST);
}
