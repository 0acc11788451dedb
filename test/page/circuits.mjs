// Texts that the page is tested with.

export const bell = `OPENQASM 2.0;
include "qelib1.inc";
qreg q[2];
creg c[2];
h q[0];
cx q[0], q[1];
measure q -> c;
`;

/** Teleports RY(0.8)|0> and turns it back, so that the last bit is 0 whatever the others are. */
export const teleportation = `OPENQASM 2.0;
include "qelib1.inc";
qreg q[3];
creg a[1];
creg b[1];
creg out[1];
ry(0.8) q[0];
h q[1];
cx q[1], q[2];
cx q[0], q[1];
h q[0];
measure q[0] -> a[0];
measure q[1] -> b[0];
if (b == 1) x q[2];
if (a == 1) z q[2];
ry(-0.8) q[2];
measure q[2] -> out[0];
`;

/** Layers of rotations and entangling gates; many of them take seconds at 24 qubits. */
export function layers(qubits, count) {
  const lines = [
    'OPENQASM 2.0;',
    'include "qelib1.inc";',
    `qreg q[${qubits}];`,
    `creg c[${qubits}];`,
  ];
  for (let layer = 0; layer < count; layer++) {
    for (let q = 0; q < qubits; q++) lines.push(`u3(${0.1 + q}, ${0.2 * layer}, 0.3) q[${q}];`);
    for (let q = layer % 2; q + 1 < qubits; q += 2) lines.push(`cx q[${q}], q[${q + 1}];`);
  }
  lines.push('measure q -> c;');
  return `${lines.join('\n')}\n`;
}

/** One angle that a slider turns, before layers that take long. */
export const slowSlider = (qubits, count) => `OPENQASM 3.0;
include "stdgates.inc";
input float[64] theta;
qubit[${qubits}] q;
bit[1] c;
for int layer in [1:${count}] {
  ry(0.3) q;
  for int k in [0:${qubits - 2}] { cx q[k], q[k + 1]; }
}
reset q[0];
ry(theta) q[0];
c[0] = measure q[0];
`;

/** One layer of QAOA on a ring of 4, whose expected cut is 3 of 4 at gamma = π/4 and beta = π/8. */
export const qaoa = `OPENQASM 3.0;
include "stdgates.inc";
input float[64] gamma;
input float[64] beta;
qubit[4] q;
bit[4] c;
h q;
for int k in [0:3] {
  cx q[k], q[(k + 1) % 4];
  rz(-gamma) q[(k + 1) % 4];
  cx q[k], q[(k + 1) % 4];
}
rx(2 * beta) q;
c = measure q;
`;
