// Operations with data as gates of the table and Pauli rotations, under the same controls.

import type {
  ControlState,
  DataOperation,
  GateOperation,
  PauliRotationOperation,
  PermutationOperation,
  UnitaryOperation,
} from './operation.js';

/** What the core takes. */
export type Step = GateOperation | PauliRotationOperation;

/** Angles below this are rounding. */
const NEGLIGIBLE = 1e-15;

/** Controls by qubit. */
interface Controls {
  readonly controls: readonly number[];
  readonly controlStates: readonly ControlState[];
}

type Gate = Pick<GateOperation, 'gate' | 'params' | 'targets'>;

function outerControls({ controls, controlStates }: DataOperation): Controls {
  return { controls, controlStates: controlStates ?? controls.map(() => 1 as const) };
}

function controlled(gate: Gate, outer: Controls, inner: Controls): GateOperation {
  return {
    kind: 'gate',
    ...gate,
    controls: [...outer.controls, ...inner.controls],
    controlStates: [...outer.controlStates, ...inner.controlStates],
  };
}

/** Steps whose product, applied first to last, is the operation. */
export function decompose(operation: DataOperation): readonly Step[] {
  switch (operation.kind) {
    case 'pauliRotation':
      return [operation];
    case 'diagonal':
      return diagonalSteps(operation, operation.phases);
    case 'permutation':
      return permutationSteps(operation);
    case 'unitary':
      return unitarySteps(operation);
  }
}

/**
 * A product of phases by parities. The Walsh–Hadamard transform w of the phases gives
 * φ(x) = Σ_S w_S (−1)^{S·x}, and e^{i w_S Z_S} is the rotation by −2 w_S about the string of Z on S.
 */
function diagonalSteps(operation: DataOperation, phases: readonly number[]): readonly Step[] {
  const { controls, targets } = operation;
  const outer = outerControls(operation);
  const weights = Float64Array.from(phases);
  for (let half = 1; half < weights.length; half *= 2) {
    for (let k = 0; k < weights.length; k++) {
      if ((k & half) !== 0) continue;
      const [a, b] = [weights[k] as number, weights[k + half] as number];
      weights[k] = (a + b) / 2;
      weights[k + half] = (a - b) / 2;
    }
  }
  const steps: Step[] = [];
  weights.forEach((weight, mask) => {
    if (Math.abs(weight) < NEGLIGIBLE) return;
    if (mask === 0) {
      steps.push(controlled({ gate: 'gphase', params: [weight], targets: [] }, outer, NO_CONTROLS));
      return;
    }
    const members = targets.filter((_, k) => (mask >> (targets.length - 1 - k)) & 1);
    const { controlStates } = outer;
    const pauli = 'Z'.repeat(members.length);
    steps.push({
      kind: 'pauliRotation',
      pauli,
      params: [-2 * weight],
      controls,
      controlStates,
      targets: members,
    });
  });
  return steps;
}

const NO_CONTROLS: Controls = { controls: [], controlStates: [] };

/** The bits of a mask as closed controls on the targets, one of them left out. */
function closedOn(targets: readonly number[], mask: number): Controls {
  const controls = targets.filter((_, k) => (mask >> (targets.length - 1 - k)) & 1);
  return { controls, controlStates: controls.map(() => 1 as const) };
}

/**
 * Turns the table into the identity row by row with X under closed controls, none of which moves a finished row
 * (Miller, Maslov and Dueck, DAC 2003, basic algorithm), and takes them in reverse order.
 */
function permutationSteps(operation: PermutationOperation): readonly Step[] {
  const { targets } = operation;
  const outer = outerControls(operation);
  const table = [...operation.table];
  const steps: Step[] = [];
  const flip = (target: number, conditions: number): void => {
    for (let k = 0; k < table.length; k++) {
      if (((table[k] as number) & conditions) === conditions)
        table[k] = (table[k] as number) ^ target;
    }
    const place = targets.length - 1 - Math.log2(target);
    const gate: Gate = { gate: 'x', params: [], targets: [targets[place] as number] };
    steps.push(controlled(gate, outer, closedOn(targets, conditions)));
  };
  for (let row = 0; row < table.length; row++) {
    for (let bit = 1; bit < table.length; bit *= 2) {
      if ((row & bit) !== 0 && ((table[row] as number) & bit) === 0)
        flip(bit, table[row] as number);
    }
    for (let bit = 1; bit < table.length; bit *= 2) {
      if ((row & bit) === 0 && ((table[row] as number) & bit) !== 0) flip(bit, row);
    }
  }
  return steps.reverse();
}

/** A matrix that the elimination works on, row after row. */
class WorkMatrix {
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly size: number;

  constructor(entries: readonly number[], size: number) {
    this.size = size;
    this.re = Float64Array.from({ length: size * size }, (_, k) => entries[2 * k] as number);
    this.im = Float64Array.from({ length: size * size }, (_, k) => entries[2 * k + 1] as number);
  }

  /** Rows a and b become c·a + conj(s)·b and −s·a + c·b. */
  rotate(a: number, b: number, c: number, sRe: number, sIm: number): void {
    for (let column = 0; column < this.size; column++) {
      const [i, j] = [a * this.size + column, b * this.size + column];
      const [aRe, aIm, bRe, bIm] = [
        this.re[i] as number,
        this.im[i] as number,
        this.re[j] as number,
        this.im[j] as number,
      ];
      this.re[i] = c * aRe + sRe * bRe + sIm * bIm;
      this.im[i] = c * aIm + sRe * bIm - sIm * bRe;
      this.re[j] = -(sRe * aRe - sIm * aIm) + c * bRe;
      this.im[j] = -(sRe * aIm + sIm * aRe) + c * bIm;
    }
  }
}

const grayCode = (k: number): number => k ^ (k >> 1);

/**
 * Givens rotations between rows that are neighbours in a Gray code turn the matrix into a diagonal one. Such rows
 * differ in one bit, so each rotation is a one-qubit gate under controls on all other targets (Nielsen and Chuang,
 * section 4.5.1). Rotations of rows are backward stable: the error stays at the rounding of float64.
 */
function unitarySteps(operation: UnitaryOperation): readonly Step[] {
  const { targets } = operation;
  const outer = outerControls(operation);
  const size = 2 ** targets.length;
  const matrix = new WorkMatrix(operation.matrix, size);
  const undone: Step[] = [];
  for (let column = 0; column < size - 1; column++) {
    for (let row = size - 1; row > column; row--) {
      const step = eliminate(
        matrix,
        grayCode(row - 1),
        grayCode(row),
        grayCode(column),
        targets,
        outer,
      );
      if (step !== undefined) undone.push(step);
    }
  }
  const phases = Array.from({ length: size }, (_, k) =>
    Math.atan2(matrix.im[k * size + k] as number, matrix.re[k * size + k] as number),
  );
  return [...diagonalSteps(operation, phases), ...undone.reverse()];
}

/** Clears the entry of row `low` in a column against row `high`; returns the gate that undoes it. */
function eliminate(
  matrix: WorkMatrix,
  high: number,
  low: number,
  column: number,
  targets: readonly number[],
  outer: Controls,
): Step | undefined {
  const [i, j] = [high * matrix.size + column, low * matrix.size + column];
  const [aRe, aIm, bRe, bIm] = [
    matrix.re[i] as number,
    matrix.im[i] as number,
    matrix.re[j] as number,
    matrix.im[j] as number,
  ];
  const [a, b] = [Math.hypot(aRe, aIm), Math.hypot(bRe, bIm)];
  if (b < NEGLIGIBLE) return undefined;
  const norm = Math.hypot(a, b);
  const c = a / norm;
  // s = b·conj(a)/(|a|·norm); its phase is free where a is 0.
  const sRe = a === 0 ? bRe / norm : (bRe * aRe + bIm * aIm) / (a * norm);
  const sIm = a === 0 ? bIm / norm : (bIm * aRe - bRe * aIm) / (a * norm);
  matrix.rotate(high, low, c, sRe, sIm);
  const difference = high ^ low;
  const place = targets.length - 1 - Math.log2(difference);
  const others = targets.filter((_, k) => k !== place);
  const states = targets.flatMap((_, k): ControlState[] => {
    if (k === place) return [];
    return [((high >> (targets.length - 1 - k)) & 1) as ControlState];
  });
  // The inverse maps |high> to c|high> + s|low>. As a gate on |0>, |1> the sense depends on which of them has the 1.
  const phase = Math.atan2(sIm, sRe);
  const [theta, phi] =
    (low & difference) !== 0 ? [2 * Math.atan2(b, a), phase] : [-2 * Math.atan2(b, a), -phase];
  const gate: Gate = { gate: 'u', params: [theta, phi, -phi], targets: [targets[place] as number] };
  return controlled(gate, outer, { controls: others, controlStates: states });
}
