import type { Analysis } from './analysis.js';
import {
  evaluate,
  FUNCTIONS_2,
  FUNCTIONS_3,
  functionNumber,
  Item,
  type BinaryItem,
} from './expression.js';
import { quoted } from './printable.js';
import { nearest } from '../circuit/suggest.js';
import type { SymbolScope } from './symbols.js';
import { Token } from './tokens.js';
import { Node, type NodeKind } from './tree.js';

const BINARY = new Map<number, BinaryItem>([
  [Token.Plus, Item.Add],
  [Token.Minus, Item.Subtract],
  [Token.Asterisk, Item.Multiply],
  [Token.Slash, Item.Divide],
  [Token.Caret, Item.Power],
  [Token.DoubleAsterisk, Item.Power],
]);

/** An integer or a real number on the stack of the compiler: OpenQASM 3 divides integers differently. */
type Kind = 'integer' | 'real';

/** Compiles one Expression of the tree. */
class AngleCompiler {
  readonly #analysis: Analysis;
  readonly #scope: SymbolScope;
  readonly #kinds: Kind[] = [];
  /** Whether the value depends on no angle of a gate. */
  isConstant = true;

  constructor(analysis: Analysis, scope: SymbolScope) {
    this.#analysis = analysis;
    this.#scope = scope;
  }

  /** Writes the code of one postfix item; false after an error. */
  item(node: number): boolean {
    const { tree } = this.#analysis;
    const kind = tree.kind(node);
    if (kind === Node.Integer) return this.#constant(tree.number(node), 'integer');
    if (kind === Node.Real) return this.#constant(tree.number(node), 'real');
    if (kind === Node.Name) return this.#name(node);
    if (kind === Node.Unary) return this.#unary(node);
    return kind === Node.Binary ? this.#binary(node) : this.#call(node);
  }

  #emit(item: number, operand: number, kind: Kind): true {
    const { expressions } = this.#analysis.program;
    expressions.push(item);
    expressions.push(operand);
    this.#kinds.push(kind);
    return true;
  }

  #constant(value: number, kind: Kind): boolean {
    return this.#emit(Item.Constant, this.#analysis.program.constants.push(value), kind);
  }

  #name(node: number): boolean {
    const symbol = this.#analysis.resolve(node, this.#scope, ['angle', 'constant']);
    if (symbol === undefined) return false;
    if (symbol.kind === 'constant') return this.#constant(symbol.value, 'real');
    this.isConstant = false;
    return this.#emit(Item.Angle, symbol.index, 'real');
  }

  #unary(node: number): boolean {
    const operator = this.#analysis.tree.data(node);
    if (operator === Token.Plus) return true;
    if (operator !== Token.Minus) return this.#refuseOperator(node);
    return this.#emit(Item.Negate, 0, this.#kinds.pop() as Kind);
  }

  #binary(node: number): boolean {
    const { tree, version } = this.#analysis;
    const operator = tree.data(node);
    const item = BINARY.get(operator);
    const isExclusiveOr = version === 3 && operator === Token.Caret;
    if (item === undefined || isExclusiveOr) return this.#refuseOperator(node);
    const right = this.#kinds.pop() as Kind;
    const left = this.#kinds.pop() as Kind;
    const kind = left === 'integer' && right === 'integer' ? 'integer' : 'real';
    if (version === 3 && kind === 'integer' && item === Item.Divide) {
      const message = 'qmlx does not read the division of integers by integers yet';
      const hint = 'OpenQASM 3 drops the remainder; for a real quotient write 1.0/2';
      this.#analysis.unsupported(node, message, hint);
      return false;
    }
    return this.#emit(item, 0, kind);
  }

  #refuseOperator(node: number): false {
    const { tree, diagnostics } = this.#analysis;
    const operator = quoted(diagnostics.sources.slice(tree.offset(node), tree.length(node)));
    this.#analysis.unsupported(node, `qmlx does not read the operator ${operator} in angles yet`);
    return false;
  }

  #call(node: number): boolean {
    const { tree, version } = this.#analysis;
    const functions = version === 2 ? FUNCTIONS_2 : FUNCTIONS_3;
    const name = tree.name(node);
    const fn = functions.get(name);
    if (fn === undefined) {
      const similar = nearest(name, functions.keys());
      const hint =
        similar === undefined
          ? `functions: ${[...functions.keys()].join(' ')}`
          : `did you mean ${quoted(similar)}?`;
      this.#analysis.error(node, `${quoted(name)} is not a function`, hint);
      return false;
    }
    if (tree.arity(node) !== 1) {
      this.#analysis.error(node, `${name} takes 1 argument, received ${tree.arity(node)}`);
      return false;
    }
    this.#kinds.pop();
    return this.#emit(Item.Function, functionNumber(fn), 'real');
  }
}

/**
 * Compiles the Expression at `node` for evaluation under the angles of a gate and returns its place in the program's
 * expressions; undefined after an error. What depends on no angle is computed here, once, and must be finite.
 */
export function compileAngle(
  analysis: Analysis,
  node: number,
  scope: SymbolScope,
): number | undefined {
  const { tree, program } = analysis;
  const { expressions, constants } = program;
  const compiler = new AngleCompiler(analysis, scope);
  const place = expressions.size;
  for (let item = node + 1; item < tree.extent(node); item += 1) {
    if (!compiler.item(item)) return undefined;
  }
  expressions.push(Item.End);
  if (!compiler.isConstant) return place;
  const value = evaluate(expressions, constants, place, []);
  expressions.truncate(place);
  if (!Number.isFinite(value)) {
    reportNotFinite(analysis, node, value);
    return undefined;
  }
  expressions.push(Item.Constant);
  expressions.push(constants.push(value));
  expressions.push(Item.End);
  return place;
}

/** Value of an Expression outside gates; undefined after an error. */
export function constantAngle(analysis: Analysis, node: number): number | undefined {
  const { tree } = analysis;
  if (tree.extent(node) === node + 2 && isNumber(tree.kind(node + 1))) {
    const value = tree.number(node + 1);
    if (Number.isFinite(value)) return value;
  }
  const { expressions, constants } = analysis.program;
  const [codeSize, constantCount] = [expressions.size, constants.size];
  const place = compileAngle(analysis, node, analysis.global);
  const value = place === undefined ? undefined : evaluate(expressions, constants, place, []);
  expressions.truncate(codeSize);
  constants.truncate(constantCount);
  return value;
}

function isNumber(kind: NodeKind): boolean {
  return kind === Node.Integer || kind === Node.Real;
}

/** Reports an angle that no gate can take. */
export function reportNotFinite(analysis: Analysis, node: number, value: number): void {
  analysis.error(node, `this angle is ${value}; an angle must be a finite number`);
}
