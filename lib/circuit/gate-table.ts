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
const familyKey = (row: GateRow): string => JSON.stringify([row.params, row.matrix]);
const families = new Map<string, GateRow[]>();
for (const row of GATES.toSorted((a, b) => a.controls - b.controls)) {
  const family = families.get(familyKey(row)) ?? [];
  families.set(familyKey(row), family);
  family.push(row);
}
const familyOf = new Map(GATES.map((row) => [row.name, families.get(familyKey(row)) ?? []]));

/**
 * The one name a gate is stored under for its number of controls: x under one is cx, under three mcx. Where no row
 * has that number, it is the row with the fewest: a csx under one more control is an sx under two.
 */
export function nameUnderControls(name: GateName, controls: number): GateName {
  const family = familyOf.get(name) ?? [];
  const exact = family.find((row) => row.controls === controls);
  const row = exact ?? family.find((candidate) => candidate.controls < 0) ?? family[0];
  return row?.name ?? name;
}
