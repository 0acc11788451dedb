// Random two-qubit unitaries as a product of one-qubit gates around exp(-i/2 (a XX + b YY + c ZZ)).

/** A random unitary on two qubits: its gates, and the product of their matrices. */
export function randomUnitary(qubits, random) {
  const [a, b] = qubits;
  const angle = () => random() * 2 * Math.PI;
  // The angle from the pole has the density of a uniform point on a sphere.
  const local = (qubit) => ['u', [Math.acos(1 - 2 * random()), angle(), angle()], [qubit]];
  const gates = [
    ...[local(a), local(b)],
    ...['rxx', 'ryy', 'rzz'].map((name) => [name, [angle()], [a, b]]),
    ...[local(a), local(b)],
  ];
  const matrix = gates.reduce((m, g) => product(matrixOf(g, a), m), identity());
  return ['unitary', [], qubits, { matrix, gates }];
}

const times = ([a, b], [c, d]) => [a * c - b * d, a * d + b * c];
const expI = (angle) => [Math.cos(angle), Math.sin(angle)];
const identity = () => [0, 1, 2, 3].map((r) => [0, 1, 2, 3].map((c) => [r === c ? 1 : 0, 0]));

function product(left, right) {
  return left.map((row) =>
    right[0].map((_, c) =>
      row.reduce(
        ([re, im], x, k) => {
          const [a, b] = times(x, right[k][c]);
          return [re + a, im + b];
        },
        [0, 0],
      ),
    ),
  );
}

function matrixOf([name, angles, qubits], first) {
  return name === 'u' ? localMatrix(angles, qubits[0] === first) : exchange(name, angles[0]);
}

/** u on one of the two qubits. */
function localMatrix([theta, phi, lambda], onFirst) {
  const [c, s] = [Math.cos(theta / 2), Math.sin(theta / 2)];
  const u = [
    [[c, 0], times([-s, 0], expI(lambda))],
    [times([s, 0], expI(phi)), times([c, 0], expI(phi + lambda))],
  ];
  const bits = (index) => (onFirst ? [index >> 1, index & 1] : [index & 1, index >> 1]);
  return identity().map((row, r) =>
    row.map((_, c) => {
      const [[mine, rest], [column, restColumn]] = [bits(r), bits(c)];
      return rest === restColumn ? u[mine][column] : [0, 0];
    }),
  );
}

/** exp(-i angle/2 P P): P P maps basis state k to 3-k with sign, or only gives a sign. */
function exchange(name, angle) {
  const signs = { rxx: [1, 1, 1, 1], ryy: [-1, 1, 1, -1], rzz: [1, -1, -1, 1] }[name];
  const partner = (k) => (name === 'rzz' ? k : 3 - k);
  const matrix = identity().map((row) => row.map(() => [0, 0]));
  for (let k = 0; k < 4; k++) {
    matrix[k][k] = [Math.cos(angle / 2), 0];
    const [re, im] = matrix[partner(k)][k];
    matrix[partner(k)][k] = [re, im - signs[k] * Math.sin(angle / 2)];
  }
  return matrix;
}
