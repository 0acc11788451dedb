import { powerOperations } from '../../circuit/derived.js';
import { gateMatrix } from '../../circuit/gate-matrix.js';
import type { GateOperation, UnitaryLike } from '../../circuit/operation.js';
import { product, sum } from './complex.js';
import type { Complex } from './values.js';

/** A 2x2 matrix, row after row. */
type Matrix = readonly [Complex, Complex, Complex, Complex];

const ONE: Complex = { re: 1, im: 0 };
const ZERO: Complex = { re: 0, im: 0 };

function scaled(a: Complex, by: number): Complex {
  return { re: a.re * by, im: a.im * by };
}

function turned(phase: number): Complex {
  return { re: Math.cos(phase), im: Math.sin(phase) };
}

function matrixProduct(a: Matrix, b: Matrix): Matrix {
  return [
    sum(product(a[0], b[0]), product(a[1], b[2])),
    sum(product(a[0], b[1]), product(a[1], b[3])),
    sum(product(a[2], b[0]), product(a[3], b[2])),
    sum(product(a[2], b[1]), product(a[3], b[3])),
  ];
}

/** An angle between -pi, not included, and pi. */
function principal(angle: number): number {
  const rest = angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
  // What rounding puts just beyond -pi is pi.
  return rest <= -Math.PI + 1e-12 ? rest + 2 * Math.PI : rest;
}

/**
 * A power of a unitary matrix of two rows: its eigenvalues exp(i phase), with phases between -pi and pi, become
 * exp(i phase exponent).
 */
function matrixPower(matrix: Matrix, exponent: number): Matrix {
  const determinant = sum(product(matrix[0], matrix[3]), scaled(product(matrix[1], matrix[2]), -1));
  const mean = Math.atan2(determinant.im, determinant.re) / 2;
  const trace = product(sum(matrix[0], matrix[3]), turned(-mean));
  const half = Math.acos(Math.min(1, Math.max(-1, trace.re / 2)));
  const phases = [principal(mean + half), principal(mean - half)] as const;
  if (Math.sin(half) < 1e-12) {
    const value = turned(phases[0] * exponent);
    return [value, ZERO, ZERO, value];
  }
  // The matrix is a combination of the projections on its two eigenvectors.
  const [first, second] = phases.map(turned) as [Complex, Complex];
  const [a, b] = phases.map((phase) => turned(phase * exponent)) as [Complex, Complex];
  const difference = sum(first, scaled(second, -1));
  const size = difference.re ** 2 + difference.im ** 2;
  const over = scaled({ re: difference.re, im: -difference.im }, 1 / size);
  const slope = product(sum(a, scaled(b, -1)), over);
  const rest = sum(b, scaled(product(slope, second), -1));
  const entry = (value: Complex, unit: Complex): Complex =>
    sum(product(slope, value), product(rest, unit));
  return [
    entry(matrix[0], ONE),
    entry(matrix[1], ZERO),
    entry(matrix[2], ZERO),
    entry(matrix[3], ONE),
  ];
}

function matrixOf({ gate, params }: GateOperation): Matrix {
  return gateMatrix(gate, params as readonly number[]).flat() as unknown as Matrix;
}

function distance(a: Matrix, b: Matrix): number {
  return Math.max(
    ...a.map((entry, k) =>
      Math.hypot(entry.re - (b[k] as Complex).re, entry.im - (b[k] as Complex).im),
    ),
  );
}

/** The product of gates on one qubit and global phases; undefined for any others. */
function productOf(operations: readonly UnitaryLike[]): Matrix | undefined {
  let result: Matrix = [ONE, ZERO, ZERO, ONE];
  for (const operation of operations) {
    if (operation.kind !== 'gate' || operation.params.some((angle) => typeof angle !== 'number'))
      return undefined;
    if (operation.gate === 'gphase') {
      const phase = turned(operation.params[0] as number);
      result = result.map((entry) => product(entry, phase)) as unknown as Matrix;
    } else result = matrixProduct(matrixOf(operation), result);
  }
  return result;
}

/** Angles of `gphase` and `u` whose product is a matrix. */
function anglesOf(matrix: Matrix): readonly [number, number, number, number] {
  const size = (entry: Complex): number => Math.hypot(entry.re, entry.im);
  const phase = ({ re, im }: Complex): number => Math.atan2(im, re);
  const theta = 2 * Math.atan2(size(matrix[2]), size(matrix[0]));
  if (size(matrix[0]) < 1e-9) {
    // The upper left entry has no phase: that of the lower left one counts as global.
    return [
      phase(matrix[2]),
      Math.PI,
      0,
      principal(phase(scaled(matrix[1], -1)) - phase(matrix[2])),
    ];
  }
  const global = phase(matrix[0]);
  if (size(matrix[2]) < 1e-9) return [global, 0, 0, principal(phase(matrix[3]) - global)];
  const phi = principal(phase(matrix[2]) - global);
  return [global, theta, phi, principal(phase(scaled(matrix[1], -1)) - global)];
}

/** Gates that act alike on the same qubits under the same controls, if all do. */
function sameQubits(operations: readonly UnitaryLike[]): GateOperation | undefined {
  const [first] = operations.filter(
    (operation) => operation.kind === 'gate' && operation.gate !== 'gphase',
  );
  if (first?.kind !== 'gate' || first.targets.length !== 1) return undefined;
  const key = JSON.stringify([first.targets, first.controls, first.controlStates]);
  const alike = operations.every((operation) => {
    if ((operation as GateOperation).gate === 'gphase')
      return first.controls.length === 0 && operation.controls.length === 0;
    return JSON.stringify([operation.targets, operation.controls, operation.controlStates]) === key;
  });
  return alike ? first : undefined;
}

/**
 * A power of operations that is not whole, with principal values; undefined where there is no rule. Gates on one
 * qubit, also under controls, have one; others if they are a single gate of the table that has one.
 */
export function realPower(
  operations: readonly UnitaryLike[],
  exponent: number,
): UnitaryLike[] | undefined {
  const [only] = operations;
  if (only === undefined) return [];
  const rule = operations.length === 1 ? powerOperations(only, exponent) : undefined;
  const place = sameQubits(operations);
  const matrix = place === undefined ? undefined : productOf(operations);
  if (place === undefined || matrix === undefined) {
    const isPhase = only.kind === 'gate' && only.gate === 'gphase' && operations.length === 1;
    const angle = isPhase ? only.params[0] : undefined;
    if (isPhase && typeof angle === 'number')
      return [{ ...only, params: [principal(angle) * exponent] }];
    return rule;
  }
  const wanted = matrixPower(matrix, exponent);
  if (rule !== undefined) {
    const made = productOf(rule);
    if (made !== undefined && distance(made, wanted) < 1e-12) return rule;
  }
  const [global, theta, phi, lambda] = anglesOf(wanted);
  return [
    { ...place, gate: 'gphase', params: [global], targets: [] },
    { ...place, gate: 'u', params: [theta, phi, lambda] },
  ];
}
