// The gates of the interface, written from their definitions: Pauli matrices, exponentials of Pauli
// strings and roots. This is the independent truth that the gate table is tested against.

export type Complex = readonly [re: number, im: number];
export type Matrix = readonly (readonly Complex[])[];

const zero: Complex = [0, 0];
const one: Complex = [1, 0];
const i: Complex = [0, 1];
const root = Math.SQRT1_2;

const times = (a: Complex, b: Complex): Complex => [
  a[0] * b[0] - a[1] * b[1],
  a[0] * b[1] + a[1] * b[0],
];
const plus = (a: Complex, b: Complex): Complex => [a[0] + b[0], a[1] + b[1]];
const expI = (angle: number): Complex => [Math.cos(angle), Math.sin(angle)];
const scaled = (factor: Complex, m: Matrix): Matrix =>
  m.map((row) => row.map((x) => times(factor, x)));
const sum = (a: Matrix, b: Matrix): Matrix =>
  a.map((row, r) => row.map((x, c) => plus(x, (b[r] as readonly Complex[])[c] as Complex)));
/** Kronecker product; the left factor acts on the first, most significant target. */
const kron = (a: Matrix, b: Matrix): Matrix =>
  a.flatMap((rowA) => b.map((rowB) => rowA.flatMap((x) => rowB.map((y) => times(x, y)))));
const product = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) =>
    b.map((_, c) =>
      row.reduce((s, x, k) => plus(s, times(x, (b[k] as readonly Complex[])[c] as Complex)), zero),
    ),
  );

const diagonal = (...entries: Complex[]): Matrix =>
  entries.map((entry, r) => entries.map((_, c) => (r === c ? entry : zero)));
const I = diagonal(one, one);
// prettier-ignore
const X: Matrix = [[zero, one], [one, zero]];
// prettier-ignore
const Y: Matrix = [[zero, [0, -1]], [i, zero]];
const Z = diagonal(one, [-1, 0]);
const H = scaled([root, 0], sum(X, Z));
const SX = scaled([0.5, 0], sum(scaled([1, 1], I), scaled([1, -1], X)));
const SXDG = scaled([0.5, 0], sum(scaled([1, -1], I), scaled([1, 1], X)));
const SWAP = scaled([0.5, 0], sum(sum(kron(I, I), kron(X, X)), sum(kron(Y, Y), kron(Z, Z))));

const phase = (angle: number): Matrix => diagonal(one, expI(angle));
/** exp(−iθ/2 P) of an operator with P² = 1. */
const rotation = (angle: number, p: Matrix): Matrix => {
  const identity = p.map((row, r) => row.map((_, c) => (r === c ? one : zero)));
  return sum(scaled([Math.cos(angle / 2), 0], identity), scaled([0, -Math.sin(angle / 2)], p));
};
const u = (theta: number, phi: number, lambda: number): Matrix =>
  product(phase(phi), product(rotation(theta, Y), phase(lambda)));
/** |01⟩ and |10⟩ mixed by [[a, b], [c, a]], the rest left alone. */
const middle = (a: Complex, b: Complex, c: Complex): Matrix => [
  [one, zero, zero, zero],
  [zero, a, b, zero],
  [zero, c, a, zero],
  [zero, zero, zero, one],
];
// prettier-ignore
const cx: Matrix = [[one, zero, zero, zero], [zero, one, zero, zero], [zero, zero, zero, one], [zero, zero, one, zero]];

type Definition = (...angles: number[]) => Matrix;

/** Matrix on the targets of each gate; its own controls, if any, are the qubits listed before. */
const definitions: Readonly<Record<string, Definition>> = {
  id: () => I,
  x: () => X,
  y: () => Y,
  z: () => Z,
  h: () => H,
  s: () => diagonal(one, i),
  sdg: () => diagonal(one, [0, -1]),
  t: () => diagonal(one, [root, root]),
  tdg: () => diagonal(one, [root, -root]),
  sx: () => SX,
  sxdg: () => SXDG,
  rx: (theta = NaN) => rotation(theta, X),
  ry: (theta = NaN) => rotation(theta, Y),
  rz: (theta = NaN) => rotation(theta, Z),
  p: (theta = NaN) => phase(theta),
  u: (theta = NaN, phi = NaN, lambda = NaN) => u(theta, phi, lambda),
  cu: (theta = NaN, phi = NaN, lambda = NaN, gamma = NaN) =>
    scaled(expI(gamma), u(theta, phi, lambda)),
  swap: () => SWAP,
  iswap: () => middle(zero, i, i),
  iswapdg: () => middle(zero, [0, -1], [0, -1]),
  ecr: () => scaled([root, 0], sum(kron(X, I), scaled([-1, 0], kron(Y, X)))),
  dcx: () => product(product(SWAP, product(cx, SWAP)), cx),
  rxx: (theta = NaN) => rotation(theta, kron(X, X)),
  ryy: (theta = NaN) => rotation(theta, kron(Y, Y)),
  rzz: (theta = NaN) => rotation(theta, kron(Z, Z)),
  rzx: (theta = NaN) => rotation(theta, kron(Z, X)),
  xxPlusYY: (theta = NaN, beta = NaN) => {
    const c: Complex = [Math.cos(theta / 2), 0];
    const s: Complex = [0, -Math.sin(theta / 2)];
    return middle(c, times(s, expI(beta)), times(s, expI(-beta)));
  },
  gphase: (theta = NaN) => [[expI(theta)]],
};

/** Controlled gates act as another gate on their last qubits, wherever all earlier ones are 1. */
// prettier-ignore
const controlled: Readonly<Record<string, string>> = {
  cx: 'x', cy: 'y', cz: 'z', ch: 'h', cs: 's', csdg: 'sdg', csx: 'sx',
  cp: 'p', crx: 'rx', cry: 'ry', crz: 'rz', ccx: 'x', ccz: 'z', cswap: 'swap',
  mcx: 'x', mcz: 'z', mcp: 'p',
};

/** The matrix of a gate on its targets, and how many targets it has. */
export function targetMatrix(
  name: string,
  angles: readonly number[],
): { readonly matrix: Matrix; readonly targets: number } {
  const definition = definitions[controlled[name] ?? name];
  if (definition === undefined) throw new Error(`The reference has no gate '${name}'.`);
  const matrix = definition(...angles);
  if (matrix.some((row) => row.some(([re, im]) => Number.isNaN(re + im)))) {
    throw new Error(`Gate '${name}' got the angles [${angles.join(', ')}].`);
  }
  return { matrix, targets: Math.log2(matrix.length) };
}

/** Every gate name that the reference defines. */
export const referenceGates: readonly string[] = [
  ...Object.keys(definitions),
  ...Object.keys(controlled),
];
