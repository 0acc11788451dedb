import type { Algebra } from '../circuit/postfix.js';
import { evaluatePostfix } from '../circuit/postfix.js';
import type { GateStep } from '../circuit/gate-row.js';
import type { Gate } from './program.js';
import type { Matrix, State } from './state.js';

const REALS: Algebra<number> = {
  number: (value) => value,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  neg: (a) => -a,
  functions: {},
};

const FLIP: Matrix = [0, 0, 1, 0, 1, 0, 0, 0];

/** P(φ) · RY(θ) · P(λ). */
function rotation(theta: number, phi = 0, lambda = 0): Matrix {
  const [c, s] = [Math.cos(theta / 2), Math.sin(theta / 2)];
  const turned = (size: number, angle: number): [number, number] => [
    size * Math.cos(angle),
    size * Math.sin(angle),
  ];
  return [c, 0, ...turned(-s, lambda), ...turned(s, phi), ...turned(c, phi + lambda)];
}

/** Applies a gate with its angles in radians. */
export function applyGate(state: State, gate: Gate, angles: readonly number[]): void {
  const controls = [state.placed(gate.controlMask), state.placed(gate.controlValue)] as const;
  if (gate.row === undefined) {
    rotatePauli(state, gate.pauli, gate.targets, angles[0] as number, controls);
    return;
  }
  const names = new Map([
    ['pi', Math.PI],
    ...gate.row.params.map((name, k) => [name, angles[k]]),
  ] as [string, number][]);
  for (const step of gate.row.steps) {
    const values = step.angles.map((angle) => evaluatePostfix(angle, REALS, names));
    applyStep(
      state,
      step,
      step.targets.map((target) => gate.targets[target] as number),
      values,
    );
  }

  function applyStep(
    state: State,
    { primitive, pauli }: GateStep,
    targets: readonly number[],
    [first = 0, second, third]: readonly number[],
  ): void {
    const [mask, value] = [state.placed(gate.controlMask), state.placed(gate.controlValue)];
    const places = targets.map((target) => state.order[target] as number);
    const all = places.reduce((sum, place) => sum | (1 << place), 0);
    switch (primitive) {
      case 'u':
        state.apply(rotation(first, second, third), places[0] as number, mask, value);
        return;
      case 'rot':
        state.apply(rotation(first), places[0] as number, mask, value);
        return;
      case 'flip':
        state.apply(FLIP, places[0] as number, mask, value);
        return;
      case 'phase':
        state.phase(first, mask | all, value | all);
        return;
      case 'parity':
        state.rotate({ x: 0, z: all }, first, mask, value);
        return;
      case 'swap':
        exchange(state, targets as [number, number], mask, value);
        return;
      case 'pauli':
        rotatePauli(state, pauli, targets, first, [mask, value]);
    }
  }
}

function rotatePauli(
  state: State,
  letters: string,
  targets: readonly number[],
  angle: number,
  [mask, value]: readonly [number, number],
): void {
  const where = (wanted: string): number =>
    targets.reduce(
      (sum, target, k) =>
        wanted.includes(letters[k] as string) ? sum | (1 << (state.order[target] as number)) : sum,
      0,
    );
  state.rotate({ x: where('XY'), z: where('YZ') }, angle, mask, value);
}

/** Without controls, bits only change their names. */
function exchange(state: State, [a, b]: [number, number], mask: number, value: number): void {
  const [first, second] = [state.order[a] as number, state.order[b] as number];
  if (mask !== 0) {
    state.exchange(first, second, mask, value);
    return;
  }
  state.order[a] = second;
  state.order[b] = first;
}
