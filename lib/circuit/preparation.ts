import type { GateName } from './gates.gen.js';
import type { ControlState, GateOperation, InitializeOperation } from './operation.js';

const SYMBOL_GATES: Readonly<Record<string, readonly GateName[]>> = {
  '0': [],
  '1': ['x'],
  '+': ['h'],
  '-': ['x', 'h'],
  r: ['h', 's'],
  l: ['h', 'sdg'],
};

/** Angles below this are rounding. */
const NEGLIGIBLE = 1e-15;

function gate(
  name: GateName,
  params: readonly number[],
  targets: readonly number[],
  controls: readonly number[],
  value: number,
): GateOperation {
  const controlStates = controls.map(
    (_, k) => ((value >> (controls.length - 1 - k)) & 1) as ControlState,
  );
  return { kind: 'gate', gate: name, params, controls, controlStates, targets };
}

/**
 * Gates that bring |0…0> into a state. Amplitudes take one rotation for each branching of the tree of their norms
 * (Möttönen et al., quant-ph/0407010, the rotations left under their controls), then one phase each.
 */
export function preparation({
  symbols,
  amplitudes,
  targets,
}: InitializeOperation): readonly GateOperation[] {
  if (amplitudes === undefined) {
    return Array.from(symbols ?? '').flatMap((symbol, k) =>
      (SYMBOL_GATES[symbol] ?? []).map((name) => gate(name, [], [targets[k] as number], [], 0)),
    );
  }
  return [...rotations(amplitudes, targets), ...phases(amplitudes, targets)];
}

function rotations(amplitudes: readonly number[], targets: readonly number[]): GateOperation[] {
  const size = amplitudes.length / 2;
  // Node k of a heap holds the norm of the amplitudes below it; its children are 2k and 2k + 1.
  const norms = new Float64Array(2 * size);
  for (let k = 0; k < size; k++) {
    norms[size + k] = Math.hypot(amplitudes[2 * k] as number, amplitudes[2 * k + 1] as number);
  }
  for (let k = size - 1; k > 0; k--) {
    norms[k] = Math.hypot(norms[2 * k] as number, norms[2 * k + 1] as number);
  }
  const gates: GateOperation[] = [];
  targets.forEach((target, level) => {
    const controls = targets.slice(0, level);
    for (let prefix = 0; prefix < 2 ** level; prefix++) {
      const node = 2 ** level + prefix;
      const theta = 2 * Math.atan2(norms[2 * node + 1] as number, norms[2 * node] as number);
      if (theta > NEGLIGIBLE) gates.push(gate('ry', [theta], [target], controls, prefix));
    }
  });
  return gates;
}

function phases(amplitudes: readonly number[], targets: readonly number[]): GateOperation[] {
  const gates: GateOperation[] = [];
  for (let k = 0; k < amplitudes.length / 2; k++) {
    const phase = Math.atan2(amplitudes[2 * k + 1] as number, amplitudes[2 * k] as number);
    if (Math.abs(phase) > NEGLIGIBLE) gates.push(gate('gphase', [phase], [], targets, k));
  }
  return gates;
}
