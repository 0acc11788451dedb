// A Bell pair: two qubits whose measurements always agree. Expect about as many 00 as 11, and nothing else.
OPENQASM 2.0;
include "qelib1.inc";

qreg q[2];
creg c[2];

h q[0];         // an equal superposition of 0 and 1
cx q[0], q[1];  // flips q[1] where q[0] is 1
measure q -> c;
