// The circuits that are compared with rivals, and how far ahead qmlx means to be.
import * as families from '../dist/bench/families.js';

const shots = 100_000;
const row = (circuit, goal, more = {}) => ({
  name: `${circuit.name}${more.shots ? `, ${more.shots} shots` : ''}, ${circuit.qubits} qubits`,
  circuit,
  goal,
  ...more,
});

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
];
