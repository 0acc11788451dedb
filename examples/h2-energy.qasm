// The ground state of a hydrogen molecule (0.735 angstrom, STO-3G, two qubits by the parity mapping), prepared twice: one
// copy is measured along Z, the other one along X. An outcome has four characters z0 z1 x0 x1. With the means of
// the signs Z0 = 1 - 2 z0 and so on, the electronic energy in hartree is
//   -1.052373 + 0.397937 <Z1> - 0.397937 <Z0> - 0.011280 <Z0 Z1> + 0.180931 <X0 X1>
// which tends to -1.857275. Coefficients as in Qiskit Algorithms (tests of VQE).
OPENQASM 2.0;
include "qelib1.inc";

// cos(theta/2)|01> + sin(theta/2)|10>
gate ansatz(theta) a, b {
  ry(theta) a;
  x b;
  cx a, b;
}

qreg first[2];
qreg second[2];
creg along_z[2];
creg along_x[2];

// The angle of least energy, as examples/h2-energy.ts finds it.
ansatz(-0.2235370) first[0], first[1];
ansatz(-0.2235370) second[0], second[1];

measure first -> along_z;
h second;  // turns X into Z
measure second -> along_x;
