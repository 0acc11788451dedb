// A random circuit on a grid of qubits, as in experiments that try to leave classical computers behind. Their
// score is the linear cross-entropy: outcomes of an ideal machine reach about 1, blind guessing reaches 0.
// Boixo et al., Nature Physics 14, 595 (2018); Arute et al., Nature 574, 505 (2019).
//
//   npm run example random-grid [seed]             runs it
//   npm run example random-grid [seed] -- --qasm   writes it as OpenQASM 2

import { circuit, qasm, type Circuit } from 'qmlx';

const rows = 3;
const columns = 4;
const layers = 12;
const size = rows * columns;
const given = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
const seed = Number(given ?? 7);

/** Numbers from 0 to 1 that depend on the seed only (mulberry32). */
function randomNumbers(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Neighbours that a layer couples: horizontal and vertical pairs in turn, each in two shifted halves. */
function pairs(layer: number): [number, number][] {
  const horizontal = layer % 2 === 0;
  const shift = (layer >> 1) % 2;
  const found: [number, number][] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const qubit = row * columns + column;
      const fits = horizontal ? column + 1 < columns : row + 1 < rows;
      const place = horizontal ? column : row;
      if (fits && place % 2 === shift) found.push([qubit, qubit + (horizontal ? 1 : columns)]);
    }
  }
  return found;
}

const random = randomNumbers(seed);
const grid: Circuit = circuit(size).hAll();
for (let layer = 0; layer < layers; layer++) {
  for (const [first, second] of pairs(layer)) grid.cz(first, second);
  for (let qubit = 0; qubit < size; qubit++) {
    const choice = Math.floor(3 * random());
    if (choice === 0) grid.rx(Math.PI / 2, qubit);
    else if (choice === 1) grid.ry(Math.PI / 2, qubit);
    else grid.t(qubit);
  }
}
const measured: Circuit = circuit(size, size).compose(grid).measureAll();

if (process.argv.includes('--qasm')) {
  console.log(
    `// A random circuit on a grid of ${rows} by ${columns} qubits, ${layers} layers, seed ${seed}.`,
  );
  console.log('// Expect thousands of outcomes, all of them rare.');
  console.log('// Written by: npm run --silent example random-grid -- --qasm');
  console.log(qasm.stringify(measured, { version: 2 }).trimEnd());
} else {
  const shots = 20_000;
  const ideal = await grid.probabilities();
  const { counts } = await measured.run({ shots, seed });
  // 2^n times the mean ideal probability of what was measured, minus 1.
  const score = (mean: number): string => (2 ** size * mean - 1).toFixed(3);
  const total = [...counts].reduce((sum, [outcome, count]) => {
    return sum + count * (ideal[Number.parseInt(outcome, 2)] ?? 0);
  }, 0);
  const perfect = ideal.reduce((sum, probability) => sum + probability ** 2, 0);
  console.log(
    `${measured.size} operations on ${rows} × ${columns} qubits, ${counts.size} outcomes`,
  );
  console.log(`linear cross-entropy of ${shots} shots: ${score(total / shots)}`);
  console.log(`of infinitely many shots: ${score(perfect)}`);
}
