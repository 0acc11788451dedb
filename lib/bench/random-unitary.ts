// Random two-qubit unitaries as a product of one-qubit gates around exp(-i/2 (a XX + b YY + c ZZ)).

import type { Entry, ListedGate, Matrix } from './gate-list.js';
import type { RandomNumbers } from './random.js';

/** A random unitary on two qubits: its gates, and the product of their matrices. */
export function randomUnitary(
  qubits: readonly [number, number],
  random: RandomNumbers,
): ListedGate {
  const [a, b] = qubits;
  const angle = (): number => random() * 2 * Math.PI;
  // The angle from the pole has the density of a uniform point on a sphere.
  const local = (qubit: number): ListedGate => [
    'u',
    [Math.acos(1 - 2 * random()), angle(), angle()],
    [qubit],
  ];
  const gates: ListedGate[] = [
    ...[local(a), local(b)],
    ...['rxx', 'ryy', 'rzz'].map((name): ListedGate => [name, [angle()], [a, b]]),
    ...[local(a), local(b)],
  ];
  const matrix = gates.reduce<Matrix>((m, g) => product(matrixOf(g, a), m), identity());
  return ['unitary', [], qubits, { matrix, gates }];
}

const times = ([a, b]: Entry, [c, d]: Entry): Entry => [a * c - b * d, a * d + b * c];
const expI = (angle: number): Entry => [Math.cos(angle), Math.sin(angle)];
const identity = (): Entry[][] =>
  [0, 1, 2, 3].map((r) => [0, 1, 2, 3].map((c): Entry => [r === c ? 1 : 0, 0]));

function product(left: Matrix, right: Matrix): Matrix {
  return left.map((row) =>
    right[0]!.map((_, c) =>
      row.reduce<Entry>(
        ([re, im], x, k) => {
          const [a, b] = times(x, right[k]![c]!);
          return [re + a, im + b];
        },
        [0, 0],
      ),
    ),
  );
}

function matrixOf([name, angles, qubits]: ListedGate, first: number): Matrix {
  return name === 'u' ? localMatrix(angles, qubits[0] === first) : exchange(name, angles[0]!);
}

/** u on one of the two qubits. */
function localMatrix(angles: readonly number[], onFirst: boolean): Matrix {
  const [theta, phi, lambda] = angles as [number, number, number];
  const [c, s] = [Math.cos(theta / 2), Math.sin(theta / 2)];
  const u: Matrix = [
    [[c, 0], times([-s, 0], expI(lambda))],
    [times([s, 0], expI(phi)), times([c, 0], expI(phi + lambda))],
  ];
  const bits = (index: number): readonly [number, number] =>
    onFirst ? [index >> 1, index & 1] : [index & 1, index >> 1];
  return identity().map((row, r) =>
    row.map((_, c): Entry => {
      const [[mine, rest], [column, restColumn]] = [bits(r), bits(c)];
      return rest === restColumn ? u[mine]![column]! : [0, 0];
    }),
  );
}

/** exp(-i angle/2 P P): P P maps basis state k to 3-k with sign, or only gives a sign. */
function exchange(name: string, angle: number): Matrix {
  const signs = { rxx: [1, 1, 1, 1], ryy: [-1, 1, 1, -1] }[name] ?? [1, -1, -1, 1];
  const partner = (k: number): number => (name === 'rzz' ? k : 3 - k);
  const matrix = identity().map((row) => row.map((): Entry => [0, 0]));
  for (let k = 0; k < 4; k++) {
    matrix[k]![k] = [Math.cos(angle / 2), 0];
    const [re, im] = matrix[partner(k)]![k]!;
    matrix[partner(k)]![k] = [re, im - signs[k]! * Math.sin(angle / 2)];
  }
  return matrix;
}
