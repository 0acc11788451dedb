import { LANGUAGE_3, STDGATES } from '../gate-library.js';
import { quoted } from '../printable.js';
import type { Gate, TableCall } from '../program.js';
import { Included } from '../tree.js';
import type { Lowering } from './lowering.js';
import { type Constant, DESCRIPTIONS } from './symbols.js';
import { FLOAT } from './types.js';
import { known } from './values.js';

const CONSTANTS: readonly (readonly [string, number])[] = [
  ['pi', Math.PI],
  ['π', Math.PI],
  ['tau', 2 * Math.PI],
  ['τ', 2 * Math.PI],
  ['euler', Math.E],
  ['ℇ', Math.E],
];

const LIBRARY_NAMES: ReadonlySet<string> = new Set(STDGATES.map(({ name }) => name));

/** Whether `stdgates.inc` has a gate of this name. */
export function libraryHas(name: string): boolean {
  return LIBRARY_NAMES.has(name);
}

/** Declares what the language itself has: constants that a program may replace, and two gates. */
export function declareLanguage(lowering: Lowering): void {
  const { global, tree } = lowering;
  for (const [name, value] of CONSTANTS) {
    const constant: Constant = { kind: 'constant', value: known(FLOAT, value) };
    lowering.builtIns.add(constant);
    global.declare(tree.names.number(name), constant);
  }
  for (const gate of LANGUAGE_3) declareGate(lowering, gate);
}

function declareGate({ global, tree }: Lowering, gate: Gate): void {
  const { name, angles, qubits, table, operations } = gate;
  const definition = {
    name,
    angles,
    qubits,
    operations,
    depth: 0,
    table: table as readonly TableCall[],
  };
  global.declare(tree.names.number(name), { kind: 'gate', gate: definition });
}

/** `include "stdgates.inc";` The statements of other files stand in the tree already. */
export function includeLibrary(lowering: Lowering, node: number): void {
  const { global, tree } = lowering;
  const included = tree.data(node);
  if (included === Included.File) return;
  if (included === Included.Qelib1) {
    lowering.error(node, 'this file belongs to OpenQASM 2', 'OpenQASM 3 has `stdgates.inc`');
  }
  for (const gate of STDGATES) {
    const own = global.own(tree.names.number(gate.name));
    if (own === undefined) declareGate(lowering, gate);
    else if (own.kind !== 'gate') {
      const message = `this file defines the gate ${quoted(gate.name)}, which is ${DESCRIPTIONS[own.kind]}`;
      lowering.error(node, message, 'include the file first and choose another name');
    }
  }
}
