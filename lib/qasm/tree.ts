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
  /** data: 0, or `BITS_FIRST`. Children: Operand (qubits), Operand (bits), or the other way round. */
  Measure: 9,
  /** Children: Operand. */
  Reset: 10,
  /** Children: Operand*. */
  Barrier: 11,
  /** Children: Operand (register), Expression (value), one statement. */
  If: 12,
  /** Children: Expression*, the indices. */
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
} as const;

export type NodeKind = (typeof Node)[keyof typeof Node];

/** What an Include stands for. */
export const Included = { File: 0, Qelib1: 1, Stdgates: 2 } as const;

/** Data of a Measure that is written as an assignment: the bits come before the qubits. */
export const BITS_FIRST = 1;

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
