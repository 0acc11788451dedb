// What tests read from a reference state.

import type { Complex } from './gates.js';
import type { ReferenceState } from './simulator.js';

/** ⟨ψ|P|ψ⟩ of a Pauli string such as 'XIZ', qubit 0 first. */
export function pauliExpectation({ re, im }: ReferenceState, paulis: string): number {
  let sum = 0;
  for (let index = 0; index < re.length; index++) {
    let partner = 0;
    let phase: Complex = [1, 0];
    for (const [qubit, letter] of [...paulis].entries()) {
      const bit = (index >> (paulis.length - 1 - qubit)) & 1;
      const flips = letter === 'X' || letter === 'Y';
      partner = partner * 2 + (flips ? 1 - bit : bit);
      if (letter === 'Z' && bit === 1) phase = [-phase[0], -phase[1]];
      // Y|0⟩ = i|1⟩ and Y|1⟩ = −i|0⟩.
      if (letter === 'Y') phase = bit === 0 ? [-phase[1], phase[0]] : [phase[1], -phase[0]];
    }
    const real = at(re, partner) * at(re, index) + at(im, partner) * at(im, index);
    const imaginary = at(re, partner) * at(im, index) - at(im, partner) * at(re, index);
    sum += phase[0] * real - phase[1] * imaginary;
  }
  return sum;
}

/** Probability of every basis index. */
export function probabilities({ re, im }: ReferenceState): Float64Array {
  return re.map((x, index) => x * x + at(im, index) ** 2);
}

function at(values: Float64Array, index: number): number {
  return values[index] as number;
}
