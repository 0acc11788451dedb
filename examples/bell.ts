// A Bell pair: two qubits whose measurements always agree, although each one alone is a fair coin.
//
//   npm run example bell

import { circuit, draw } from 'qmlx';

// h(0) puts qubit 0 into an equal superposition of 0 and 1. cx(0, 1) then flips qubit 1 where qubit 0 is 1.
const bell = circuit(2).h(0).cx(0, 1);

const state = await bell.state();
console.log(`The state before measuring: ${state.toDirac()}\n`);
state.dispose();

// Measuring writes each qubit into the classical bit of the same number.
const measured = circuit(2, 2).compose(bell).measureAll();
console.log(`${draw(measured).text}\n`);

// The same seed gives the same counts every time.
const result = await measured.run({ shots: 1000, seed: 42 });
console.log(String(result));
