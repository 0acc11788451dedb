import { isWhole, type ClassicalItem, type ClassicalType } from '../circuit/classical-items.js';
import type { ExpressionItem } from '../circuit/expression.js';
import { CODE, FIELD_BITS, VARIABLE_CODE } from './opcodes.js';

/** An item that only the encoder makes: one of its own variables. */
export type CodeItem = ClassicalItem | { readonly op: 'hidden'; readonly index: number };

/** Variables of a program: those of the circuit by name, then those that the encoder needs for itself. */
export class VariableTable {
  /** 0 for whole numbers, 1 for floats; one entry a variable. */
  readonly types: number[] = [];
  readonly #places = new Map<string, number>();

  place(name: string, type: ClassicalType): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    const place = this.types.push(isWhole(type) ? 0 : 1) - 1;
    this.#places.set(name, place);
    return place;
  }

  /** A new whole number that no circuit sees. */
  hidden(): number {
    return this.types.push(0) - 1;
  }
}

/** Collects expressions; one that is used again is stored once. */
export class ExpressionCode {
  readonly words: number[] = [];
  readonly constants: number[] = [];
  readonly integers: bigint[] = [];
  readonly #parameters: ReadonlyMap<string, number>;
  readonly #variables: VariableTable;
  readonly #offsets = new Map<readonly unknown[], number>();

  constructor(parameters: readonly string[], variables: VariableTable) {
    this.#parameters = new Map(parameters.map((name, index) => [name, index]));
    this.#variables = variables;
  }

  /** Where the code of an angle's or of a classical expression starts. */
  offset(items: readonly (CodeItem | ExpressionItem)[]): number {
    const known = this.#offsets.get(items);
    if (known !== undefined) return known;
    const offset = this.words.length;
    this.#offsets.set(items, offset);
    for (const item of items) this.#write(item);
    this.words.push(0, 0);
    return offset;
  }

  #write(item: CodeItem | ExpressionItem): void {
    switch (item.op) {
      case 'classical':
        for (const inner of item.value.items) this.#write(inner);
        return;
      case 'constant':
      case 'number':
        this.words.push(CODE.constant, this.constants.push(item.value) - 1);
        return;
      case 'integer':
        this.words.push(CODE.integer, this.integers.push(item.value) - 1);
        return;
      case 'parameter':
        this.words.push(CODE.parameter, this.#parameters.get(item.name) as number);
        return;
      case 'bit':
        this.words.push(CODE.bit, item.bit);
        return;
      case 'bits':
        this.words.push(CODE.bits, item.first + item.count * 2 ** FIELD_BITS);
        return;
      case 'variable': {
        const code = isWhole(item.type) ? VARIABLE_CODE.whole : VARIABLE_CODE.float;
        this.words.push(code, this.#variables.place(item.name, item.type));
        return;
      }
      case 'hidden':
        this.words.push(VARIABLE_CODE.whole, item.index);
        return;
      case 'register':
        throw new TypeError(`The register ${item.name} was not resolved.`);
      default:
        this.words.push(CODE[item.op], 'width' in item ? item.width : 0);
    }
  }
}
