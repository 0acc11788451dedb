// The circuits that are compared with rivals, and how far ahead qmlx means to be.
import * as families from '../dist/bench/families.js';
import { randomNumbers } from '../dist/bench/random.js';

const shots = 100_000;
const row = (circuit, goal, more = {}) => ({
  name: [
    circuit.name,
    ...(more.shots ? [`${more.shots} shots`] : []),
    ...(more.points ? [`${more.points} points`] : []),
    `${circuit.qubits} qubits`,
  ].join(', '),
  circuit,
  goal,
  ...more,
});

/** An ansatz with the mean of 100 products of Z, which every rival can compute. */
function energy(qubits) {
  const random = randomNumbers(7);
  const cost = Array.from({ length: 100 }, () => {
    const factors = Array.from({ length: qubits }, (_, q) => q).filter(() => random() < 0.3);
    return [random() - 0.5, (factors.length > 0 ? factors : [0]).map((q) => `Z${q}`).join(' ')];
  });
  return { ...families.ansatz(qubits), name: 'ansatz x5, 100 products of Z', cost };
}

/** Every row: its name, neutral circuit, goal, and shots where it samples. */
export const rows = [
  row(families.hLayer(20), '≥ 3 ×'),
  row(families.hLayer(24), '≥ 5 ×'),
  row(families.hLayer(26), '≥ 5 ×'),
  row(families.qft(10), '≥ 6 ×'),
  row(families.qft(16), '≥ 5 ×'),
  row(families.qft(20), '≥ 8 ×'),
  row(families.qft(24), '≥ 12 ×'),
  row(families.qft(26), '≥ 15 ×'),
  row(families.grid(16, 20), '≥ 1.3 ×'),
  row(families.grid(20, 20), '≥ 1.5 ×'),
  row(families.grid(24, 20), '≥ 2.2 ×'),
  row(families.grid(26, 20), '≥ 2.5 ×'),
  row(families.ansatz(4), '≤ 2 µs'),
  row(families.ansatz(10), '≤ 12 µs'),
  row(families.ansatz(16), '≥ 3 ×'),
  row(families.ansatz(20), '≥ 4 ×'),
  row(families.ansatz(24), '≥ 4 ×'),
  row(families.ghz(10), '≤ 3 µs'),
  row(families.ghz(20), '≥ 4 ×'),
  row(families.ghz(26), '≥ 5 ×'),
  row(families.quantumVolume(10), '≥ 4 ×'),
  row(families.quantumVolume(16), '≥ 1.2 ×'),
  row(families.quantumVolume(20), '≥ 1.3 ×'),
  row(families.qaoa(16), '≥ 3 ×'),
  row(families.qaoa(20), '≥ 4 ×'),
  row(families.qaoa(24), '≥ 5 ×'),
  row(families.trotter(20), ''),
  row(families.grover(20), ''),
  row(families.grid(20, 20), 'sampling part ≤ 2 ms', { shots }),
  row(families.grid(24, 20), 'sampling part ≤ 10 ms', { shots }),
  // Nearly all of the time is sampling; every rival takes part.
  row(families.ansatz(24, 1), '≥ 5 ×', { shots: 1_000_000, everyRival: true }),
  row(energy(10), '≥ 10 ×', { points: 1000 }),
];
