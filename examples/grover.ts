// Grover's search: finds one marked item among 32 with 4 looks instead of the 16 that guessing takes on average.
// Grover, Phys. Rev. Lett. 79, 325 (1997).
//
//   npm run example grover [marked]

import { circuit, draw, type Circuit } from 'qmlx';

const marked = process.argv[2] ?? '10110';
const size = marked.length;
const last = size - 1;
const others = Array.from({ length: last }, (_, qubit) => qubit);

/** Changes the sign of one basis state and of no other. */
function flipSign(search: Circuit, basis: string): void {
  const zeros = [...basis].flatMap((bit, qubit) => (bit === '0' ? [qubit] : []));
  // A controlled Z acts on 11…1; X gates before and after make it act where the listed bits are 0.
  search.xAll(zeros).mcz(others, last).xAll(zeros);
}

// Every round turns the state by the same angle towards the marked item; after too many it turns away again.
const angle = Math.asin(2 ** (-size / 2));
const rounds = Math.floor(Math.PI / (4 * angle));

const search: Circuit = circuit(size, size).hAll();
for (let round = 0; round < rounds; round++) {
  flipSign(search, marked);
  // Reflects all amplitudes about their mean: the marked one grows.
  search.hAll();
  flipSign(search, '0'.repeat(size));
  search.hAll();
}
search.measureAll();

const result = await search.run({ shots: 1000, seed: 1 });
console.log(draw.counts(result, { top: 5 }).text);
const expected = Math.sin((2 * rounds + 1) * angle) ** 2;
console.log(
  `\n${rounds} rounds; theory promises ${marked} in ${(100 * expected).toFixed(1)}% of all runs`,
);
