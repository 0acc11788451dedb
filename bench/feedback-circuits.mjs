// Circuits with measurements in the middle, for bench/feedback.mjs. OpenQASM 2 can write them all.
import { circuit, reg } from 'qmlx';
import { randomNumbers } from '../dist/bench/random.js';

/** A repetition code of three qubits: small errors, syndrome into two qubits, correction; three rounds. */
export function syndromeRounds() {
  const bits = { s0: 2, s1: 2, s2: 2, out: 3 };
  const code = circuit({ qubits: { data: 3, ancilla: 2 }, bits });
  for (let round = 0; round < 3; round++) {
    const syndrome = reg(`s${round}`);
    for (const qubit of [0, 1, 2]) code.rx(0.3 + 0.05 * qubit, qubit);
    code.cx(0, 3).cx(1, 3).cx(1, 4).cx(2, 4);
    code.measure(3, 2 * round).measure(4, 2 * round + 1);
    code.if(syndrome.eq(1), (c) => c.x(0));
    code.if(syndrome.eq(3), (c) => c.x(1));
    code.if(syndrome.eq(2), (c) => c.x(2));
    code.reset(3).reset(4);
  }
  for (const qubit of [0, 1, 2]) code.measure(qubit, 6 + qubit);
  return code;
}

/** A layer of rotations and entanglers, as in a hardware-efficient ansatz. */
function layer(built, qubits, random) {
  for (let qubit = 0; qubit < qubits; qubit++) {
    built.ry(2 * Math.PI * random(), qubit).rz(2 * Math.PI * random(), qubit);
  }
  for (let qubit = 0; qubit + 1 < qubits; qubit++) built.cx(qubit, qubit + 1);
}

/** Entangled qubits of which one is teleported in the middle of the circuit. */
export function teleportInTheMiddle(qubits) {
  const random = randomNumbers(1);
  const last = qubits - 1;
  const bits = { x: 1, z: 1, out: qubits - 2 };
  const built = circuit({ qubits: { q: qubits }, bits });
  layer(built, qubits - 2, random);
  layer(built, qubits - 2, random);
  built
    .h(last - 1)
    .cx(last - 1, last)
    .cx(0, last - 1)
    .h(0)
    .measure(0, 1)
    .measure(last - 1, 0);
  built.if(reg('x').eq(1), (c) => c.x(last)).if(reg('z').eq(1), (c) => c.z(last));
  const moved = [last, ...Array.from({ length: qubits - 3 }, (_, k) => k + 1)];
  moved.slice(0, -1).forEach((qubit, k) => built.ry(0.1 + k, qubit).cx(qubit, moved[k + 1]));
  moved.forEach((qubit, k) => built.measure(qubit, 2 + k));
  return built;
}

/** The same gates without the measurements in the middle and without conditions: one static run. */
export function withoutTeleport(qubits) {
  const { operations } = teleportInTheMiddle(qubits);
  const built = circuit(qubits, qubits - 2);
  for (const operation of operations) {
    if (operation.kind === 'gate')
      built.gate(operation.gate, operation.params, [...operation.controls, ...operation.targets]);
    if (operation.kind === 'if')
      for (const { gate, targets } of operation.body) built.gate(gate, [], targets);
    if (operation.kind === 'measure' && operation.bit >= 2)
      built.measure(operation.qubit, operation.bit - 2);
  }
  return built;
}

/** One qubit's state carried to another, three qubits in all. */
export function teleport() {
  const built = circuit({ qubits: { q: 3 }, bits: { x: 1, z: 1, out: 1 } });
  built.u(0.3, 0.2, 0.1, 0).h(1).cx(1, 2).cx(0, 1).h(0).measure(0, 1).measure(1, 0);
  built.if(reg('x').eq(1), (c) => c.x(2)).if(reg('z').eq(1), (c) => c.z(2));
  return built.measure(2, 2);
}
