// The ground-state energy of a hydrogen molecule, by turning one angle until the energy is least.
//
// The Hamiltonian is that of H2 at a distance of 0.735 Å in the STO-3G basis, mapped to two qubits by the parity
// mapping with its two symmetries removed. Coefficients in hartree as in Qiskit Algorithms (tests of VQE).
// Its lowest eigenvalue is -1.857275; with the repulsion of the nuclei, 0.719969, the molecule has -1.137306.
//
//   npm run example h2-energy

import { circuit, linspace, param, pauli } from 'qmlx';

const hamiltonian = pauli.sum({
  II: -1.052373245772859,
  IZ: 0.39793742484318045,
  ZI: -0.39793742484318045,
  ZZ: -0.01128010425623538,
  XX: 0.18093119978423156,
});
const repulsion = 0.7199689944489797;

// cos(θ/2)|01> + sin(θ/2)|10>: the Hartree-Fock state |01> with some of the doubly excited state mixed in.
const theta = param('theta');
const ansatz = circuit(2).ry(theta, 0).x(1).cx(0, 1);

// A scan shows the shape of the energy: a sine wave, since the angle belongs to one rotation. Bars grow with the
// energy.
const angles = linspace(-Math.PI, Math.PI, 17);
const energies = await ansatz.sweep({ theta: angles }).expectation(hamiltonian);
energies.forEach((energy, k) => {
  const bar = '█'.repeat(Math.round(24 * (energy + 1.9)));
  console.log(
    `${(angles[k] ?? 0).toFixed(3).padStart(7)}  ${energy.toFixed(5).padStart(9)}  ${bar}`,
  );
});

// Three of its values fix a sine wave, and with it the minimum (Ostaszewski et al., arXiv:1905.09692).
const energyAt = (value: number): Promise<number> =>
  ansatz.expectation(hamiltonian, { params: { theta: value } });
const [atZero, atQuarter, atHalf] = await Promise.all([0, Math.PI / 2, Math.PI].map(energyAt));
const mean = (Number(atZero) + Number(atHalf)) / 2;
const best = Math.atan2(mean - Number(atQuarter), mean - Number(atZero));
const least = await energyAt(best);

console.log(`\nbest angle ${best.toFixed(5)}, electronic energy ${least.toFixed(6)} hartree`);
console.log(`with the repulsion of the nuclei ${(least + repulsion).toFixed(6)} hartree`);
