// The operations of a public circuit as gate calls of the reference.

import type { Circuit, GateOperation } from 'qmlx';
import type { GateCall } from './simulator.js';

/** All gates of a circuit with their angles worked out; measurements and barriers are left out. */
export function gateCalls(
  circuit: Pick<Circuit, 'operations'>,
  params: Readonly<Record<string, number>> = {},
): GateCall[] {
  return circuit.operations
    .filter((operation): operation is GateOperation => operation.kind === 'gate')
    .map(({ gate, params: angles, controls, controlStates, targets }) => ({
      name: gate,
      angles: angles.map((angle) => (typeof angle === 'number' ? angle : angle.evaluate(params))),
      qubits: targets,
      controls: controls.map((qubit, k) => ({ qubit, value: controlStates?.[k] ?? 1 })),
    }));
}
