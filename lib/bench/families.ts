// The circuit families that benchmarks measure.

import type { GateList, ListedGate } from './gate-list.js';
import { randomNumbers, shuffled, type RandomNumbers } from './random.js';
import { randomUnitary } from './random-unitary.js';

const range = (n: number): number[] => Array.from({ length: n }, (_, k) => k);
const gate = (name: string, qubits: readonly number[], ...angles: number[]): ListedGate => [
  name,
  angles,
  qubits,
];

/** H on every qubit. */
export const hLayer = (n: number): GateList =>
  family(
    'H on all',
    n,
    range(n).map((q) => gate('h', [q])),
  );

/** Quantum Fourier transform without the final swaps: n(n+1)/2 gates. */
export function qft(n: number): GateList {
  const gates = range(n).flatMap((target) => [
    gate('h', [target]),
    ...range(n - target - 1).map((k) =>
      gate('cp', [target + 1 + k, target], Math.PI / 2 ** (k + 1)),
    ),
  ]);
  return family('QFT', n, gates);
}

/** H and a chain of CX. */
export const ghz = (n: number): GateList =>
  family('GHZ', n, [gate('h', [0]), ...range(n - 1).map((q) => gate('cx', [q, q + 1]))]);

/** Random one-qubit gates and CZ on a two-dimensional grid, in four alternating patterns. */
export function grid(n: number, depth: number, seed = 1): GateList {
  const random = randomNumbers(seed);
  const width = Math.ceil(Math.sqrt(n));
  const angle = (): number => random() * 2 * Math.PI;
  const gates: ListedGate[] = [];
  for (let layer = 0; layer < depth; layer++) {
    for (const q of range(n)) gates.push(gate('u', [q], angle() / 2, angle(), angle()));
    for (const [a, b] of gridPairs(n, width, layer % 4)) gates.push(gate('cz', [a, b]));
  }
  return family(`random grid, depth ${depth}`, n, gates);
}

function gridPairs(n: number, width: number, pattern: number): (readonly [number, number])[] {
  return range(n)
    .filter((q) => {
      const x = q % width;
      const y = Math.floor(q / width);
      return pattern < 2 ? x % 2 === pattern && x + 1 < width : y % 2 === pattern - 2;
    })
    .map((q) => [q, pattern < 2 ? q + 1 : q + width] as const)
    .filter(([, b]) => b < n);
}

/** Hardware-efficient ansatz: layers of RY and RZ on every qubit and a chain of CX. */
export function ansatz(n: number, layers = 5, seed = 2): GateList {
  const random = randomNumbers(seed);
  const angle = (): number => random() * 2 * Math.PI;
  const layer = (): ListedGate[] => [
    ...range(n).map((q) => gate('ry', [q], angle())),
    ...range(n).map((q) => gate('rz', [q], angle())),
    ...range(n - 1).map((q) => gate('cx', [q, q + 1])),
  ];
  return family(`ansatz x${layers}`, n, range(layers).flatMap(layer));
}

/** n layers of random two-qubit unitaries on random pairs. */
export function quantumVolume(n: number, seed = 3): GateList {
  const random = randomNumbers(seed);
  const layer = (): ListedGate[] => {
    const order = shuffled(range(n), random);
    return range(Math.floor(n / 2)).map((k) =>
      randomUnitary([order[2 * k]!, order[2 * k + 1]!], random),
    );
  };
  return family('quantum volume', n, range(n).flatMap(layer));
}

/** QAOA for MaxCut on a random 3-regular graph, with the cost as a Pauli sum; n has to be even. */
export function qaoa(n: number, layers = 3, seed = 4): GateList {
  const random = randomNumbers(seed);
  const edges = regularGraph(n, random);
  const gates = range(n).map((q) => gate('h', [q]));
  for (let layer = 0; layer < layers; layer++) {
    const [gamma, beta] = [random(), random()];
    for (const edge of edges) gates.push(gate('rzz', edge, -gamma));
    for (const q of range(n)) gates.push(gate('rx', [q], 2 * beta));
  }
  const cost = edges.map((edge) => [0.5, edge.map((q) => `Z${q}`).join(' ')] as const);
  return { ...family(`QAOA p=${layers}`, n, gates), cost };
}

/** A random 3-regular graph: points of three a vertex are paired until no edge is a loop or double. */
function regularGraph(n: number, random: RandomNumbers): (readonly [number, number])[] {
  for (;;) {
    const points = shuffled(
      range(3 * n).map((k) => k % n),
      random,
    );
    const edges = range((3 * n) / 2).map(
      (k) => [points[2 * k]!, points[2 * k + 1]!].sort((a, b) => a - b) as [number, number],
    );
    const names = new Set(edges.map(String));
    if (edges.every(([a, b]) => a !== b) && names.size === edges.length) return edges;
  }
}

/** Second-order Trotter steps of the open transverse-field Ising chain. */
export function trotter(n: number, steps = 10, time = 1): GateList {
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
export function grover(n: number, iterations = 3): GateList {
  const all = (name: string): ListedGate[] => range(n).map((q) => gate(name, [q]));
  const flip = gate('mcz', range(n));
  const iteration = [flip, ...all('h'), ...all('x'), flip, ...all('x'), ...all('h')];
  return family(`Grover x${iterations}`, n, [
    ...all('h'),
    ...range(iterations).flatMap(() => iteration),
  ]);
}

function family(name: string, qubits: number, gates: readonly ListedGate[]): GateList {
  return { name, qubits, gates };
}
