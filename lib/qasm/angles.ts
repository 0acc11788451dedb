import type { Analysis } from './analysis.js';
import { REAL_FUNCTIONS } from './arithmetic.js';
import { evaluate, functionNumber, Item, operatorNumber } from './expression.js';
import { quoted } from './printable.js';
import { nearest } from '../circuit/suggest.js';
import type { SymbolScope } from './symbols.js';
import { Token } from './tokens.js';
import { Node, type NodeKind } from './tree.js';

/** Compiles one Expression of the tree. */
class AngleCompiler {
  readonly #analysis: Analysis;
  readonly #scope: SymbolScope;
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
    if (isNumber(kind)) return this.#constant(tree.number(node));
    if (kind === Node.Name) return this.#name(node);
    if (kind === Node.Unary) return this.#unary(node);
    if (kind === Node.Call) return this.#call(node);
    return this.#emit(Item.Operator, operatorNumber(tree.data(node)));
  }

  #emit(item: number, operand: number): true {
    const { expressions } = this.#analysis.program;
    expressions.push(item);
    expressions.push(operand);
    return true;
  }

  #constant(value: number): boolean {
    return this.#emit(Item.Constant, this.#analysis.program.constants.push(value));
  }

  #name(node: number): boolean {
    const symbol = this.#analysis.resolve(node, this.#scope, ['angle', 'constant']);
    if (symbol === undefined) return false;
    if (symbol.kind === 'constant') return this.#constant(symbol.value);
    this.isConstant = false;
    return this.#emit(Item.Angle, symbol.index);
  }

  #unary(node: number): boolean {
    const isPlus = this.#analysis.tree.data(node) === Token.Plus;
    return isPlus || this.#emit(Item.Negate, 0);
  }

  #call(node: number): boolean {
    const { tree } = this.#analysis;
    const name = tree.name(node);
    const number = functionNumber(name);
    if (number < 0) {
      const names = [...REAL_FUNCTIONS[2].keys()];
      const similar = nearest(name, names);
      const hint =
        similar === undefined
          ? `functions: ${names.join(' ')}`
          : `did you mean ${quoted(similar)}?`;
      this.#analysis.error(node, `${quoted(name)} is not a function`, hint);
      return false;
    }
    if (tree.arity(node) !== 1) {
      this.#analysis.error(node, `${name} takes 1 argument, received ${tree.arity(node)}`);
      return false;
    }
    return this.#emit(Item.Function, number);
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
