import type { Angle } from '../circuit/expression.js';
import { ANGLES } from '../circuit/gate-calls.js';

/** One line of a gate's body: a gate under some number of controls, on named qubits, controls first. */
export interface BodyCall {
  readonly gate: 'x' | 'p';
  readonly controls: number;
  readonly angles: readonly Angle[];
  readonly qubits: readonly string[];
}

/** `qelib1.inc` itself has X under up to four controls. */
export const LARGEST_CONTROLLED_X = 4;

function flip(controls: readonly string[], target: string): BodyCall {
  return { gate: 'x', controls: controls.length, angles: [], qubits: [...controls, target] };
}

/**
 * X under many controls from small ones with borrowed qubits, which may be in any state and end as they began; there
 * must be two fewer of them than controls (Barenco et al., Physical Review A 52, 3457, 1995, lemma 7.2).
 */
function flipBorrowingMany(
  controls: readonly string[],
  target: string,
  borrowed: readonly string[],
): BodyCall[] {
  const count = controls.length;
  if (count <= LARGEST_CONTROLLED_X) return [flip(controls, target)];
  const wires = [...borrowed.slice(0, count - 2), target];
  const steps = Array.from({ length: count - 2 }, (_, k) =>
    flip([controls[k + 2] as string, wires[k] as string], wires[k + 1] as string),
  );
  const bottom = flip(controls.slice(0, 2), wires[0] as string);
  const inner = steps.slice(0, -1);
  return [...steps].reverse().concat(bottom, steps, [...inner].reverse(), bottom, inner);
}

/** X under many controls that borrows one qubit in any state (the same paper, lemma 7.3). */
export function flipBorrowingOne(
  controls: readonly string[],
  target: string,
  borrowed: string,
): BodyCall[] {
  if (controls.length <= LARGEST_CONTROLLED_X) return [flip(controls, target)];
  const half = Math.ceil(controls.length / 2);
  const [first, rest] = [controls.slice(0, half), controls.slice(half)];
  const onBorrowed = flipBorrowingMany(first, borrowed, [...rest, target]);
  const onTarget = flipBorrowingMany([...rest, borrowed], target, first);
  return [...onBorrowed, ...onTarget, ...onBorrowed, ...onTarget];
}

/**
 * The phase exp(i angle) where all qubits are 1, on three or more qubits without a spare one (the same paper, lemma
 * 7.5); it needs the same on one qubit less.
 */
export function phaseOnAll(qubits: readonly string[], angle: Angle): BodyCall[] {
  const target = qubits.at(-1) as string;
  const control = qubits.at(-2) as string;
  const others = qubits.slice(0, -2);
  const half = ANGLES.div(angle, 2);
  const flips = flipBorrowingOne(others, control, target);
  const turn = (by: Angle): BodyCall => ({
    gate: 'p',
    controls: 1,
    angles: [by],
    qubits: [control, target],
  });
  const rest: BodyCall = {
    gate: 'p',
    controls: others.length,
    angles: [half],
    qubits: [...others, target],
  };
  return [turn(half), ...flips, turn(ANGLES.neg(half)), ...flips, rest];
}
