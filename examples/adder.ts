// Adds two 4-bit numbers with Cuccaro's ripple-carry adder, which needs a single extra qubit besides the sum.
// Cuccaro, Draper, Kutin and Moulton, arXiv:quant-ph/0410184. One addend may be several numbers at once.
//
//   npm run example adder [a] [b]

import { circuit, draw, type Circuit } from 'qmlx';

const size = 4;
const a = Number(process.argv[2] ?? 11);
const b = Number(process.argv[3] ?? 6);
if (![a, b].every((x) => Number.isInteger(x) && x >= 0 && x < 2 ** size)) {
  throw new RangeError(`Expected two whole numbers from 0 to ${2 ** size - 1}`);
}

// Qubit 0 is the incoming carry. Bit k of a and of b, where bit 0 is worth 1, follow in pairs, and the last
// qubit receives the outgoing carry.
const carryIn = 0;
const bitOfB = (k: number): number => 1 + 2 * k;
const bitOfA = (k: number): number => 2 + 2 * k;
const carryOut = 2 * size + 1;

const adder: Circuit = circuit(2 * size + 2, size + 1);
for (let k = 0; k < size; k++) {
  if ((a >> k) & 1) adder.x(bitOfA(k));
  if ((b >> k) & 1) adder.x(bitOfB(k));
}

// Going up, each step leaves the carry into the next bit on the qubit of a: the majority of the three.
const carryInto = (k: number): number => (k === 0 ? carryIn : bitOfA(k - 1));
for (let k = 0; k < size; k++) {
  adder
    .cx(bitOfA(k), bitOfB(k))
    .cx(bitOfA(k), carryInto(k))
    .ccx(carryInto(k), bitOfB(k), bitOfA(k));
}
adder.cx(bitOfA(size - 1), carryOut);
// Coming down, each step gives a back as it was and turns the qubit of b into the bit of the sum.
for (let k = size - 1; k >= 0; k--) {
  adder
    .ccx(carryInto(k), bitOfB(k), bitOfA(k))
    .cx(bitOfA(k), carryInto(k))
    .cx(carryInto(k), bitOfB(k));
}

// The leftmost character of the outcome shall be worth most, so the carry goes into bit 0.
adder.measure(carryOut, 0);
for (let k = 0; k < size; k++) adder.measure(bitOfB(k), size - k);

console.log(`${draw(adder).text}\n`);
const result = await adder.run({ shots: 100 });
const sum = result.counts.mostFrequent() ?? '';
console.log(draw.counts(result).text);
console.log(`\n${a} + ${b} = ${Number.parseInt(sum, 2)}`);
