// A GHZ state of 20 qubits: all of them 0 and all of them 1 at once.
//
//   npm run example ghz20

import { circuit, draw, pauli } from 'qmlx';

const size = 20;

// A chain of controlled X gates carries the superposition of qubit 0 from neighbour to neighbour.
const ghz = circuit(size).h(0).cxChain();

const result = await circuit(size, size).compose(ghz).measureAll().run({ shots: 1000, seed: 20 });
console.log(draw.counts(result).text);

// Counts alone would look the same for a hidden coin that chooses between two ordinary states. The product of
// all X operators tells them apart: it is 1 for the GHZ state and 0 for the coin.
const together = pauli.sum({ ['X'.repeat(size)]: 1 });
const mean = await ghz.expectation(together);
console.log(`\nMean of X on every qubit at once: ${mean.toFixed(4)}`);
