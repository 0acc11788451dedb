// How fast circuits are drawn: `node bench/draw.mjs`. Goal: SVG of 60 wires × 500 columns in ≤ 200 ms. Of the wires 34
// are qubits, the most that a circuit has, and 26 are registers of bits, which measurements reach.
import { circuit, draw } from 'qmlx';
import { formatTime, summary, table, timeOf } from './measure.mjs';

const goal = 200;
const qubits = 34;
const registers = 26;
const columns = 500;

/** A circuit whose columns are full: layers of one-qubit gates and of controlled ones in turn. */
function fullCircuit() {
  const bits = Object.fromEntries(Array.from({ length: registers }, (_, k) => [`c${k}_`, 1]));
  const made = circuit({ qubits: { q: qubits }, bits });
  for (let column = 0; column < columns - 4; column++) {
    for (let qubit = 0; qubit < qubits; qubit++) {
      if (column % 3 === 0) made.rx((Math.PI * (qubit + 1)) / 7, qubit);
      else if (column % 3 === 1) made.h(qubit);
      else if (qubit % 2 === 0) made.cx(qubit, qubit + 1);
    }
  }
  for (let bit = 0; bit < 4; bit++) made.measure(bit, registers - 1 - bit);
  return made;
}

const made = fullCircuit();
const kinds = ['svg', 'text', 'latex'];
const rows = kinds.map((kind) => {
  let size = 0;
  const run = () => {
    size = draw(made, { measurements: 'arrow' })[kind].length;
  };
  const first = timeOf(run);
  const { min, median } = summary(Array.from({ length: 5 }, () => timeOf(run)));
  if (kind === 'svg' && median > goal) process.exitCode = 1;
  return [kind, formatTime(first), formatTime(min), formatTime(median), `${size >> 10} KiB`];
});
console.log(`${made.size} operations on ${qubits + registers} wires, ${columns} columns\n`);
console.log(table(['form', 'first', 'best', 'median', 'size'], rows));
