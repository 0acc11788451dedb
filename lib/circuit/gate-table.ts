import { QuantumError } from '../errors.js';
import { describe } from './arguments.js';
import type { GateRow } from './gate-row.js';
import { GATES, type GateName } from './gates.gen.js';

const byName = new Map<string, GateRow>();
for (const row of GATES) for (const name of [row.name, ...row.aliases]) byName.set(name, row);

/** The row of a gate that is known to exist. */
export function gateRow(name: GateName): GateRow {
  return byName.get(name) as GateRow;
}

/** The row for a name or alias from outside; `ERR_INVALID_ARGUMENT` where there is none. */
export function findGate(name: unknown, argument: string): GateRow {
  const row = typeof name === 'string' ? byName.get(name) : undefined;
  if (row !== undefined) return row;
  throw new QuantumError(
    'ERR_INVALID_ARGUMENT',
    `Expected ${argument} to be a gate of the table (docs/gates.md), received ${describe(name)}.`,
    { argument, received: name },
  );
}

/** Rows that do the same to their targets and differ in the number of controls, such as x, cx, ccx, mcx. */
const families = new Map<string, GateRow[]>();
const familyKey = (row: GateRow): string => JSON.stringify([row.params, row.matrix]);
for (const row of GATES) {
  const key = familyKey(row);
  families.set(key, [...(families.get(key) ?? []), row]);
}
const familyOf = new Map<GateName, readonly GateRow[]>(
  GATES.map((row) => [row.name, families.get(familyKey(row)) as GateRow[]]),
);

/** The most usual name for a gate under so many controls: x under one is cx, under three mcx. */
export function nameUnderControls(name: GateName, controls: number): GateName {
  const family = familyOf.get(name) as readonly GateRow[];
  const row =
    family.find((candidate) => candidate.controls === controls) ??
    family.find((candidate) => candidate.controls < 0);
  return row?.name ?? name;
}
