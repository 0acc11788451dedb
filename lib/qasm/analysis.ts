import type { DiagnosticCode, Diagnostics } from './diagnostics.js';
import { QELIB1 } from './gate-library.js';
import { quoted } from './printable.js';
import { Program } from './program.js';
import { nearest } from '../circuit/suggest.js';
import { describeKind, SymbolScope, type ProgramSymbol, type SymbolKind } from './symbols.js';
import type { SyntaxTree } from './tree.js';

/** What the steps of the analysis of OpenQASM 2 share: the tree, the names in force, the program under construction. */
export class Analysis {
  readonly program = new Program();
  readonly global = new SymbolScope();
  readonly #reported = new Set<number>();

  constructor(
    readonly tree: SyntaxTree,
    readonly diagnostics: Diagnostics,
  ) {}

  /** Reports an error at a node. */
  report(code: DiagnosticCode, node: number, message: string, hint?: string): void {
    const { tree } = this;
    this.diagnostics.error(code, tree.offset(node), tree.length(node), message, hint);
  }

  /** Reports that the text at a node means nothing. */
  error(node: number, message: string, hint?: string): void {
    this.report('ERR_QASM_SEMANTIC', node, message, hint);
  }

  /** Reports a construct that qmlx does not simulate. */
  unsupported(node: number, message: string, hint?: string): void {
    this.report('ERR_QASM_UNSUPPORTED', node, message, hint);
  }

  /** Throws for a limit that a node passes. */
  exceed(node: number, message: string, limit: string, maximum: number, received: number): never {
    const { tree } = this;
    const figures = { limit, maximum, received };
    this.diagnostics.exceed(tree.offset(node), tree.length(node), message, figures);
  }

  /** The symbol a node names, if it is of one of the wanted kinds; else an error. */
  resolve<K extends SymbolKind>(
    node: number,
    scope: SymbolScope,
    kinds: readonly K[],
  ): Extract<ProgramSymbol, { kind: K }> | undefined {
    const symbol = scope.find(this.tree.data(node));
    if (symbol === undefined) {
      this.unknown(node, scope, kinds);
      return undefined;
    }
    if ((kinds as readonly SymbolKind[]).includes(symbol.kind)) {
      return symbol as Extract<ProgramSymbol, { kind: K }>;
    }
    const name = quoted(this.tree.name(node));
    this.error(node, `expected ${wanted(kinds)}, but ${name} is ${describeKind(symbol.kind)}`);
    return undefined;
  }

  /** Reports a name that nothing declares. */
  unknown(node: number, scope: SymbolScope, kinds: readonly SymbolKind[], hint?: string): void {
    // One message a name: the first says it all.
    if (this.#reported.has(this.tree.data(node))) return;
    this.#reported.add(this.tree.data(node));
    const name = this.tree.name(node);
    const similar = nearest(name, this.#texts(scope, kinds));
    const suggestion = similar === undefined ? hint : `did you mean ${quoted(similar)}?`;
    this.error(node, `${quoted(name)} is not ${wanted(kinds)} that is declared here`, suggestion);
  }

  /** Whether `qelib1.inc` has a gate of this name. */
  libraryHas(name: string): boolean {
    return QELIB1.some((gate) => gate.name === name);
  }

  *#texts(scope: SymbolScope, kinds: readonly SymbolKind[]): Generator<string> {
    for (const name of scope.namesOf(kinds)) yield this.tree.names.text(name);
  }
}

function wanted(kinds: readonly SymbolKind[]): string {
  return kinds.map(describeKind).join(' or ');
}
