import { decompose } from '../circuit/decompose.js';
import type {
  ControlState,
  GateOperation,
  InitializeOperation,
  Operation,
  PauliRotationOperation,
  ResetOperation,
  UnitaryLike,
} from '../circuit/operation.js';
import { preparation } from '../circuit/preparation.js';

/** An operation with data that OpenQASM 2 has no words for. */
export type DataOperation = Exclude<UnitaryLike, GateOperation> | InitializeOperation;

export function carriesData(operation: Operation): operation is DataOperation {
  const { kind } = operation;
  const matrices = kind === 'unitary' || kind === 'diagonal' || kind === 'permutation';
  return matrices || kind === 'pauliRotation' || kind === 'initialize';
}

/** The gates that the simulator runs for it; `fresh` says which qubits are in |0> for certain. */
export function plainGates(
  operation: DataOperation,
  fresh: (qubit: number) => boolean,
): readonly (GateOperation | ResetOperation)[] {
  if (operation.kind === 'initialize') {
    const used = operation.targets.filter((qubit) => !fresh(qubit));
    const resets = used.map((qubit): ResetOperation => ({ kind: 'reset', qubit }));
    return [...resets, ...preparation(operation)];
  }
  return decompose(operation).flatMap((step) =>
    step.kind === 'gate' ? [step] : rotationAboutZ(step),
  );
}

/** A rotation about a Pauli string: each letter turned into Z, the parity gathered on one qubit and turned there. */
function rotationAboutZ(rotation: PauliRotationOperation): readonly GateOperation[] {
  const { pauli, targets, params, controls, controlStates } = rotation;
  const turns = [...pauli].flatMap((letter, k) => {
    const target = targets[k] as number;
    if (letter === 'X') return [[gate('h', [], target), gate('h', [], target)]];
    if (letter !== 'Y') return [];
    return [
      [gate('sdg', [], target), gate('s', [], target)],
      [gate('h', [], target), gate('h', [], target)],
    ];
  });
  const last = targets.at(-1) as number;
  const gather = targets.slice(0, -1).map((control) => gate('cx', [control], last));
  const states = controlStates === undefined ? {} : { controlStates };
  return [
    ...turns.map(([turn]) => turn as GateOperation),
    ...gather,
    { kind: 'gate', gate: 'rz', params, controls, ...states, targets: [last] },
    ...gather.toReversed(),
    ...turns.toReversed().map(([, back]) => back as GateOperation),
  ];
}

function gate(
  name: 'h' | 's' | 'sdg' | 'cx',
  controls: readonly number[],
  target: number,
): GateOperation {
  const controlStates = controls.map((): ControlState => 1);
  return { kind: 'gate', gate: name, params: [], controls, controlStates, targets: [target] };
}
