// Bernstein-Vazirani: a black box computes s·x, the parity of the bits of x that a secret s selects. Asking it
// about one bit at a time takes as many questions as s has bits; asking about all x at once takes one.
// Bernstein and Vazirani, SIAM J. Comput. 26, 1411 (1997).
//
//   npm run example bernstein-vazirani [secret]

import { circuit, draw, type Circuit } from 'qmlx';

const secret = process.argv[2] ?? '1011010';
const size = secret.length;

// One qubit for each bit of x, and one more that receives the answer.
const solver: Circuit = circuit(size + 1, size);

// The answer qubit starts in |1>. After its Hadamard gate, adding s·x to it changes only the sign of |x>.
solver.x(size).hAll();

// The black box: a controlled X for every bit that is 1 in the secret.
solver.barrier();
[...secret].forEach((bit, qubit) => {
  if (bit === '1') solver.cx(qubit, size);
});
solver.barrier();

// Hadamard gates turn the pattern of signs into the secret itself.
const question = { first: 0, last: size - 1 };
solver.hAll(question).measureAll(question);

console.log(`${draw(solver).text}\n`);
const result = await solver.run({ shots: 100 });
console.log(
  `secret ${secret}, found ${result.counts.mostFrequent() ?? 'nothing'} with one question`,
);
