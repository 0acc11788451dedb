// The quantum Fourier transform reads the frequency of a wave of 2^20 amplitudes.
// Coppersmith, IBM Research Report RC 19642 (1994), arXiv:quant-ph/0201067.
//
//   npm run example qft20 [frequency]             runs it
//   npm run example qft20 [frequency] -- --qasm   writes it as OpenQASM 2

import { circuit, qasm, type Circuit } from 'qmlx';

const size = 20;
const given = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
const frequency = Number(given ?? 123456);
if (!Number.isInteger(frequency) || frequency < 0 || frequency >= 2 ** size) {
  throw new RangeError(`Expected a whole number from 0 to ${2 ** size - 1}`);
}

// Amplitude y of the wave is exp(2πi · frequency · y / 2^20) / 2^10: a product of one phase for each bit of y.
// Qubit k is the bit worth 2^(19-k).
const transform: Circuit = circuit(size, size).hAll();
for (let k = 0; k < size; k++) {
  const turns = (frequency / 2 ** (k + 1)) % 1;
  transform.p(2 * Math.PI * turns, k);
}

// The inverse transform gathers the whole wave in one amplitude: the frequency.
transform.inverseQft().measureAll();

if (process.argv.includes('--qasm')) {
  const outcome = frequency.toString(2).padStart(size, '0');
  console.log(
    `// The inverse quantum Fourier transform reads the frequency ${frequency} of a wave of 2^20 amplitudes.`,
  );
  console.log(
    `// Expect ${outcome} every time. Written by: npm run --silent example qft20 -- --qasm`,
  );
  console.log(qasm.stringify(transform, { version: 2 }).trimEnd());
} else {
  const { counts, timings } = await transform.run({ shots: 100 });
  const outcome = counts.mostFrequent() ?? '';
  console.log(`frequency ${frequency}, found ${outcome} = ${Number.parseInt(outcome, 2)}`);
  console.log(`${transform.size} operations in ${timings.total.toFixed(1)} ms`);
}
