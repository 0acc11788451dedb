/** How the statements that a statement owns end. */
export const Scope = {
  /** At `}`. */
  Block: 0,
  /** After one statement. */
  Single: 1,
  /** With the last block or single statement, such as that of `else`. */
  Owner: 2,
  /** At the `}` of a `switch`, between whose cases nothing stands. */
  Cases: 3,
} as const;

export type ScopeKind = (typeof Scope)[keyof typeof Scope];

/** The statements around the current place, outermost first. Nothing here recurses, however deep they nest. */
export class OpenStatements {
  readonly #nodes: number[] = [];
  readonly #scopes: ScopeKind[] = [];
  /** Blocks and owners of single statements among them. */
  depth = 0;

  get length(): number {
    return this.#nodes.length;
  }

  /** How the innermost one ends; undefined outside of all. */
  get scope(): ScopeKind | undefined {
    return this.#scopes[this.#scopes.length - 1];
  }

  /** The innermost one. */
  get node(): number {
    return this.#nodes[this.#nodes.length - 1] as number;
  }

  push(node: number, scope: ScopeKind): void {
    this.#nodes.push(node);
    this.#scopes.push(scope);
    if (scope !== Scope.Owner) this.depth += 1;
  }

  /** Leaves the innermost one and returns its node. */
  pop(): number {
    if (this.#scopes.pop() !== Scope.Owner) this.depth -= 1;
    return this.#nodes.pop() as number;
  }

  /** Leaves all but the `length` outermost ones. */
  cut(length: number): void {
    while (this.length > length) this.pop();
  }
}
