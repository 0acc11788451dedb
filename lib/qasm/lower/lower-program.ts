import { Circuit } from '../../circuit/circuit.js';
import type { Operation } from '../../circuit/operation.js';
import { shapeOf } from '../../circuit/registers.js';
import type { Diagnostics } from '../diagnostics.js';
import type { Lowered } from '../operation-places.js';
import { Node, type SyntaxTree } from '../tree.js';
import { executeAll } from './execute.js';
import { declareLanguage } from './library.js';
import { Lowering, type Supplies } from './lowering.js';
import { newQubits } from './declarations.js';
import { withoutUnused } from './prune.js';
import { inFrame } from './frames.js';
import { rehearseUncalled } from './uncalled.js';

/** The circuit of a program of OpenQASM 3; undefined after errors. */
export function lowerProgram(
  tree: SyntaxTree,
  diagnostics: Diagnostics,
  supplies: Supplies,
): Lowered | undefined {
  const lowering = new Lowering(tree, diagnostics, supplies);
  declareLanguage(lowering);
  declareHardware(lowering);
  inFrame(lowering, () => executeAll(lowering, 0, tree.size));
  rehearseUncalled(lowering);
  if (diagnostics.hasErrors) return undefined;
  if (lowering.borrowsBit && lowering.bits === 0) {
    lowering.bitRegisters.push(Object.freeze({ name: 'borrowed', start: 0, size: 1 }));
  }
  const replacements: [Operation, Operation][] = [];
  const operations = withoutUnused(lowering.out, (before, after) =>
    replacements.push([before, after]),
  );
  const shape = shapeOf(lowering.qubitRegisters, lowering.bitRegisters);
  return {
    circuit: Circuit.fromChecked(shape, operations),
    offsets: () => offsetsOf(lowering, replacements),
  };
}

function offsetsOf(
  { written, offsets }: Lowering,
  replacements: readonly (readonly [Operation, Operation])[],
): ReadonlyMap<Operation, number> {
  const map = new Map<Operation, number>();
  written.forEach((operation, k) => map.set(operation, offsets.at(k)));
  for (const [before, after] of replacements) map.set(after, map.get(before) as number);
  return map;
}

/** Qubits for the `$n` that a program names, in the order of their numbers. */
function declareHardware(lowering: Lowering): void {
  const { tree } = lowering;
  const names = new Map<number, number>();
  for (let node = 0; node < tree.size; node += 1) {
    const kind = tree.kind(node);
    if (kind !== Node.Operand && kind !== Node.HardwareQubit) continue;
    const text = tree.name(node);
    if (text.startsWith('$') && !names.has(tree.data(node))) names.set(tree.data(node), node);
  }
  const ordered = [...names].sort(
    ([a], [b]) => numberOf(tree.names.text(a)) - numberOf(tree.names.text(b)),
  );
  for (const [name, node] of ordered) {
    const { qubits } = newQubits(lowering, node, tree.names.text(name), 1, false);
    lowering.hardwareQubits.set(name, qubits[0] as number);
  }
}

function numberOf(text: string): number {
  return Number(text.slice(1));
}
