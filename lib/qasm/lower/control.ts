import { Node } from '../tree.js';
import { convert, toKnownInteger } from './convert.js';
import { evaluate } from './evaluate.js';
import { branch, type Branch, type Completion, executeBlock, join } from './execute.js';
import type { Lowering } from './lowering.js';
import { behind, rehearse } from './rehearse.js';
import { BOOL, INT, isInteger } from './types.js';
import { toLayer } from './values.js';

/** `if (condition) … else …` */
export function executeIf(lowering: Lowering, node: number): Completion {
  const { tree } = lowering;
  const condition = node + 1;
  const then = tree.extent(condition);
  const otherwise = tree.extent(then);
  const hasElse = otherwise < tree.extent(node);
  const value = convert(lowering, condition, evaluate(lowering, condition), BOOL);
  if (value.run === undefined) {
    const blocks = hasElse ? [then, otherwise] : [then];
    return executeOne(lowering, condition, blocks, value.known === 1n ? then : blocks[1]);
  }
  const branches = [
    branch(lowering, () => executeBlock(lowering, then)),
    branch(lowering, () => (hasElse ? executeBlock(lowering, otherwise) : undefined)),
  ] as const;
  lowering.statement = node;
  lowering.add({
    kind: 'if',
    condition: value.run,
    body: branches[0].operations,
    otherwise: branches[1].operations,
  });
  return join(lowering, branches);
}

/** Carries out the one of some blocks that a known value chooses, and rehearses the others. */
function executeOne(
  lowering: Lowering,
  value: number,
  blocks: readonly number[],
  chosen: number | undefined,
): Completion {
  for (const block of blocks) {
    if (block === chosen) continue;
    rehearse(lowering, block, behind(lowering, value), () => executeBlock(lowering, block));
  }
  return chosen === undefined ? undefined : executeBlock(lowering, chosen);
}

/** `switch (value) { … }` */
export function executeSwitch(lowering: Lowering, node: number): Completion {
  const value = evaluate(lowering, node + 1);
  if (!isInteger(value.type)) {
    return lowering.error(node + 1, 'a switch needs a whole number', 'cast it: switch (int(c))');
  }
  const cases = casesOf(lowering, node);
  if (value.run === undefined) {
    const chosen = cases.find(({ values }) => values?.includes(Number(value.known as bigint)));
    const found = chosen ?? cases.find(({ values }) => values === undefined);
    const blocks = cases.map(({ block }) => block);
    return executeOne(lowering, node + 1, blocks, found?.block);
  }
  const made: { values: readonly number[]; body: Branch }[] = [];
  let otherwise: Branch = branch(lowering, () => undefined);
  for (const { values, block } of cases) {
    const body = branch(lowering, () => executeBlock(lowering, block));
    if (values === undefined) otherwise = body;
    else made.push({ values: Object.freeze(values), body });
  }
  lowering.statement = node;
  lowering.add({
    kind: 'switch',
    on: toLayer(convert(lowering, node + 1, value, INT)),
    cases: Object.freeze(
      made.map(({ values, body }) => Object.freeze({ values, body: body.operations })),
    ),
    otherwise: otherwise.operations,
  });
  return join(lowering, [...made.map(({ body }) => body), otherwise]);
}

interface CaseOf {
  /** Absent for the default. */
  readonly values: readonly number[] | undefined;
  readonly block: number;
}

function casesOf(lowering: Lowering, node: number): CaseOf[] {
  const { tree } = lowering;
  const cases: CaseOf[] = [];
  const seen = new Set<number>();
  for (let at = tree.extent(node + 1); at < tree.extent(node); at = tree.extent(at)) {
    const values: number[] = [];
    let child = at + 1;
    for (; tree.kind(child) === Node.Expression; child = tree.extent(child)) {
      const value = evaluate(lowering, child);
      if (value.run !== undefined || !value.isConst)
        lowering.error(child, 'a case must be a constant');
      const number = toKnownInteger(lowering, child, value, 'a case');
      if (seen.has(number)) lowering.error(child, `the value ${number} has a case already`);
      seen.add(number);
      values.push(number);
    }
    const isDefault = values.length === 0;
    if (isDefault && cases.some((one) => one.values === undefined)) {
      lowering.error(at, 'this switch has a default already');
    }
    cases.push({ values: isDefault ? undefined : values, block: child });
  }
  if (seen.size === 0) lowering.error(node, 'a switch needs at least one case');
  return cases;
}
