// The circuit families of the benchmarks as neutral gate lists: { name, qubits, gates, cost? }, each gate
// [name, angles, qubits] with controls before targets. A random two-qubit unitary is
// ['unitary', [], [a, b], { matrix, gates }]: its 16 entries [re, im] by rows (a most significant) for simulators
// that take matrices, and the gates it is the product of for those that do not.
import { randomNumbers, shuffled } from './random.mjs';
import { randomUnitary } from './unitary.mjs';

const range = (n) => Array.from({ length: n }, (_, k) => k);
const gate = (name, qubits, ...angles) => [name, angles, qubits];

/** H on every qubit. */
export const hLayer = (n) =>
  family(
    'H on all',
    n,
    range(n).map((q) => gate('h', [q])),
  );

/** Quantum Fourier transform without the final swaps: n(n+1)/2 gates. */
export function qft(n) {
  const gates = range(n).flatMap((target) => [
    gate('h', [target]),
    ...range(n - target - 1).map((k) =>
      gate('cp', [target + 1 + k, target], Math.PI / 2 ** (k + 1)),
    ),
  ]);
  return family('QFT', n, gates);
}

/** H and a chain of CX. */
export const ghz = (n) =>
  family('GHZ', n, [gate('h', [0]), ...range(n - 1).map((q) => gate('cx', [q, q + 1]))]);

/** Random one-qubit gates and CZ on a two-dimensional grid, in four alternating patterns. */
export function grid(n, depth, seed = 1) {
  const random = randomNumbers(seed);
  const width = Math.ceil(Math.sqrt(n));
  const angle = () => random() * 2 * Math.PI;
  const gates = [];
  for (let layer = 0; layer < depth; layer++) {
    for (const q of range(n)) gates.push(gate('u', [q], angle() / 2, angle(), angle()));
    for (const [a, b] of gridPairs(n, width, layer % 4)) gates.push(gate('cz', [a, b]));
  }
  return family(`random grid, depth ${depth}`, n, gates);
}

function gridPairs(n, width, pattern) {
  return range(n)
    .filter((q) => {
      const x = q % width;
      const y = Math.floor(q / width);
      return pattern < 2 ? x % 2 === pattern && x + 1 < width : y % 2 === pattern - 2;
    })
    .map((q) => [q, pattern < 2 ? q + 1 : q + width])
    .filter(([, b]) => b < n);
}

/** Hardware-efficient ansatz: layers of RY and RZ on every qubit and a chain of CX. */
export function ansatz(n, layers = 5, seed = 2) {
  const random = randomNumbers(seed);
  const angle = () => random() * 2 * Math.PI;
  const layer = () => [
    ...range(n).map((q) => gate('ry', [q], angle())),
    ...range(n).map((q) => gate('rz', [q], angle())),
    ...range(n - 1).map((q) => gate('cx', [q, q + 1])),
  ];
  return family(`ansatz x${layers}`, n, range(layers).flatMap(layer));
}

/** n layers of random two-qubit unitaries on random pairs. */
export function quantumVolume(n, seed = 3) {
  const random = randomNumbers(seed);
  const layer = () => {
    const order = shuffled(range(n), random);
    return range(Math.floor(n / 2)).map((k) =>
      randomUnitary([order[2 * k], order[2 * k + 1]], random),
    );
  };
  return family('quantum volume', n, range(n).flatMap(layer));
}

/** QAOA for MaxCut on a random 3-regular graph, with the cost as a Pauli sum; n has to be even. */
export function qaoa(n, layers = 3, seed = 4) {
  const random = randomNumbers(seed);
  const edges = regularGraph(n, random);
  const gates = range(n).map((q) => gate('h', [q]));
  for (let layer = 0; layer < layers; layer++) {
    const [gamma, beta] = [random(), random()];
    for (const edge of edges) gates.push(gate('rzz', edge, -gamma));
    for (const q of range(n)) gates.push(gate('rx', [q], 2 * beta));
  }
  const cost = edges.map((edge) => [0.5, edge.map((q) => `Z${q}`).join(' ')]);
  return { ...family(`QAOA p=${layers}`, n, gates), cost };
}

/** A random 3-regular graph: points of three a vertex are paired until no edge is a loop or double. */
function regularGraph(n, random) {
  for (;;) {
    const points = shuffled(
      range(3 * n).map((k) => k % n),
      random,
    );
    const edges = range((3 * n) / 2).map((k) =>
      [points[2 * k], points[2 * k + 1]].sort((a, b) => a - b),
    );
    const names = new Set(edges.map(String));
    if (edges.every(([a, b]) => a !== b) && names.size === edges.length) return edges;
  }
}

/** Second-order Trotter steps of the open transverse-field Ising chain. */
export function trotter(n, steps = 10, time = 1) {
  const dt = time / steps;
  const half = range(n).map((q) => gate('rx', [q], -dt));
  const bonds = range(n - 1).map((q) => gate('rzz', [q, q + 1], -2 * dt));
  return family(
    `TFIM Trotter x${steps}`,
    n,
    range(steps).flatMap(() => [...half, ...bonds, ...half]),
  );
}

/** Grover iterations that look for the state of all ones. */
export function grover(n, iterations = 3) {
  const all = (name) => range(n).map((q) => gate(name, [q]));
  const flip = gate('mcz', range(n));
  const iteration = [flip, ...all('h'), ...all('x'), flip, ...all('x'), ...all('h')];
  return family(`Grover x${iterations}`, n, [
    ...all('h'),
    ...range(iterations).flatMap(() => iteration),
  ]);
}

function family(name, qubits, gates) {
  return { name, qubits, gates };
}
