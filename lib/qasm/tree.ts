import { Names } from './names.js';

/**
 * Kinds of nodes. Statements and their parts come before their children (`extent` is the node after the last
 * descendant). The items inside an `Expression` are in postfix order, operands before operators, each with `arity`.
 *
 * `data` is the number of a name unless said otherwise.
 */
export const Node = {
  /** data: 100 · major + minor. */
  Version: 0,
  /** data: an `Included`. The statements of a file of the caller follow as if written here. */
  Include: 1,
  /** Children: at most one Expression, the size. */
  QuantumRegister: 2,
  /** Children: at most one Expression, the size. */
  ClassicalRegister: 3,
  /** Children: Parameter*, Argument+, statements of the body. */
  Gate: 4,
  /** Children: Parameter*, Argument+. */
  Opaque: 5,
  /** An angle of a definition. */
  Parameter: 6,
  /** A qubit of a definition. */
  Argument: 7,
  /** Children: Expression* (angles), Operand*. */
  GateCall: 8,
  /** Children: Operand (qubits), then at most one Operand (bits). */
  Measure: 9,
  /** Children: Operand. */
  Reset: 10,
  /** Children: Operand*. */
  Barrier: 11,
  /** Children: Operand (register), Expression (value), one statement. */
  If: 12,
  /** Children: Expression*, the indices; `data` of each is `SAME_BRACKETS` after a comma. */
  Operand: 13,
  /** Children: postfix items. */
  Expression: 14,
  /** Postfix item; data: index into `numbers`. */
  Integer: 15,
  /** Postfix item; data: index into `numbers`. */
  Real: 16,
  /** Postfix item. */
  Name: 17,
  /** Postfix item; data: the token of the operator. */
  Unary: 18,
  /** Postfix item; data: the token of the operator. */
  Binary: 19,
  /** Postfix item; `arity` arguments before it. */
  Call: 20,
  // What follows is of OpenQASM 3 alone.
  /** Postfix item; data: 1 for true. */
  Boolean: 21,
  /** Postfix item; data: the name that its text is, quotes included. */
  BitString: 22,
  /** Postfix item; data: index into `numbers`. */
  Imaginary: 23,
  /** Postfix item; data: index into `numbers`, of seconds; of `dt` where the text ends so. */
  Timing: 24,
  /** Postfix item; data: name `$0`. */
  HardwareQubit: 25,
  /** Postfix item on the indexed value and `arity - 1` indices. */
  Index: 26,
  /** Postfix item on start and end, or start, step and end. */
  Range: 27,
  /** Postfix item: an index set, or the values of a `for`. */
  Set: 28,
  /** Postfix item: a part of a Range that is left out. */
  Missing: 29,
  /** Postfix item on the value and, if `arity` is 2, a width before it; data: keyword of the type. */
  Cast: 30,
  /** Postfix item: the duration of a block. */
  DurationOf: 31,
  /** Children: statements. */
  Block: 32,
  /** Children: Expression, Block, Block for else if there is one. */
  IfElse: 33,
  /** Children: Type, Expression (a range in brackets if `data` of it is `IN_BRACKETS`), Block. */
  For: 34,
  /** Children: Expression, Block. */
  While: 35,
  /** Children: Expression, Case*, at most one of them without Expressions, the default. */
  Switch: 36,
  /** Children: Expression*, Block. */
  Case: 37,
  /** Children: Formal*, at most one Type (of the result), Block. */
  Def: 38,
  /** Children: Type*, then at most one Result. */
  Extern: 39,
  /** Children: Type. */
  Result: 40,
  /** Children: Type. */
  Formal: 41,
  /** data: keyword. Children: Expression (size), or Type and Expression* for an array. */
  Type: 42,
  /** Children: at most one value. */
  Return: 43,
  /** data: keyword `break`, `continue` or `end`. */
  Jump: 44,
  /** Children: Expression+, joined by `++`. */
  Alias: 45,
  /** data: token of the operator, `Equals` for none. Children: Operand, value. */
  Assign: 46,
  /** Children: Type, at most one value. */
  Variable: 47,
  /** Children: Type, value. */
  Constant: 48,
  /** Children: Type. */
  Input: 49,
  /** Children: Type. */
  Output: 50,
  /** Children: Expression, Operand*. */
  Delay: 51,
  /** Children: Expression?, Block. */
  Box: 52,
  /** Children: Expression. */
  Evaluate: 53,
  /** data: keyword. The text is not read. */
  Calibration: 54,
  /** data: keyword. Children: at most one Expression. */
  Modifier: 55,
  /** Children: Expression, the duration of a gate call. */
  Designator: 56,
  /** A value: children: Operand. */
  MeasureValue: 57,
  /** A value: children: Expression or ArrayLiteral, in order. */
  ArrayLiteral: 58,
  /** data: keyword `readonly` or `mutable`. Children: Type, then Expression+ (sizes) or Dimensions. */
  ArrayReference: 59,
  /** Children: Expression, the number of dimensions. */
  Dimensions: 60,
  /** Children: Operand*. */
  Nop: 61,
  /** Children: Operand, the bits that a call of a subroutine with an arrow writes. */
  Target: 62,
} as const;

export type NodeKind = (typeof Node)[keyof typeof Node];

/** What an Include stands for. */
export const Included = { File: 0, Qelib1: 1, Stdgates: 2 } as const;

/** Data of an Expression that is an index in the same brackets as the one before. */
export const SAME_BRACKETS = 1;

/** Data of the Expression of a For that is a range in brackets. */
export const IN_BRACKETS = 2;

/** Words of a node: kind, data, offset, length, extent or arity. */
const WORDS = 5;

/**
 * A program as one typed array. No node is an object and nothing in it recurses, so that neither building nor walking
 * nor freeing a tree depends on how deep the text nests.
 */
export class SyntaxTree {
  readonly names = new Names();
  readonly numbers: number[] = [];
  #words = new Int32Array(1024 * WORDS);
  #size = 0;

  /** Number of nodes; also the number that the next node gets. */
  get size(): number {
    return this.#size;
  }

  /** Adds a node without children, or the parent of those that follow until {@link close}. */
  add(kind: NodeKind, data: number, offset: number, length: number): number {
    return this.#write(kind, data, offset, length, this.#size + 1);
  }

  /** Adds a postfix item. */
  item(kind: NodeKind, data: number, offset: number, length: number, arity: number): void {
    this.#write(kind, data, offset, length, arity);
  }

  #write(kind: number, data: number, offset: number, length: number, last: number): number {
    const at = this.#size * WORDS;
    if (at === this.#words.length) {
      const grown = new Int32Array(at * 2);
      grown.set(this.#words);
      this.#words = grown;
    }
    const words = this.#words;
    words[at] = kind;
    words[at + 1] = data;
    words[at + 2] = offset;
    words[at + 3] = length;
    words[at + 4] = last;
    this.#size += 1;
    return this.#size - 1;
  }

  /** Makes all nodes added since `node` its descendants. */
  close(node: number): void {
    this.#words[node * WORDS + 4] = this.#size;
  }

  setData(node: number, data: number): void {
    this.#words[node * WORDS + 1] = data;
  }

  /** Completes a node that was added before its name was read. */
  setName(node: number, name: number, offset: number, length: number): void {
    this.#words[node * WORDS + 1] = name;
    this.#words[node * WORDS + 2] = offset;
    this.setLength(node, length);
  }

  setLength(node: number, length: number): void {
    this.#words[node * WORDS + 3] = length;
  }

  /** Forgets `node` and all after it. */
  truncate(node: number): void {
    this.#size = node;
  }

  kind(node: number): NodeKind {
    return this.#words[node * WORDS] as NodeKind;
  }

  data(node: number): number {
    return this.#words[node * WORDS + 1] as number;
  }

  offset(node: number): number {
    return this.#words[node * WORDS + 2] as number;
  }

  /** Code units of the text that stands for the node in diagnostics: its name or its keyword. */
  length(node: number): number {
    return this.#words[node * WORDS + 3] as number;
  }

  /** The node after the last descendant: the next sibling, if there is one. */
  extent(node: number): number {
    return this.#words[node * WORDS + 4] as number;
  }

  /** Operands of a postfix item. */
  arity(node: number): number {
    return this.#words[node * WORDS + 4] as number;
  }

  /** The name that `data` numbers. */
  name(node: number): string {
    return this.names.text(this.data(node));
  }

  /** The value of an Integer or Real. */
  number(node: number): number {
    return this.numbers[this.data(node)] as number;
  }
}
