// Grover's search: finds the marked item 10110 among 32 with 4 looks at the oracle.
// Grover, Phys. Rev. Lett. 79, 325 (1997). Expect the outcome 10110 with probability 0.9992.
OPENQASM 2.0;
include "qelib1.inc";

// Changes the sign of |11111>. The work qubits w collect "and" bit by bit and are given back as they came.
gate flip_ones a, b, c, d, e, w0, w1, w2 {
  ccx a, b, w0;
  ccx w0, c, w1;
  ccx w1, d, w2;
  cz w2, e;
  ccx w1, d, w2;
  ccx w0, c, w1;
  ccx a, b, w0;
}

// Changes the sign of the marked |10110>: X gates turn it into |11111> and back.
gate oracle a, b, c, d, e, w0, w1, w2 {
  x b; x e;
  flip_ones a, b, c, d, e, w0, w1, w2;
  x b; x e;
}

// Reflects all amplitudes about their mean: the marked one grows.
gate reflect a, b, c, d, e, w0, w1, w2 {
  h a; h b; h c; h d; h e;
  x a; x b; x c; x d; x e;
  flip_ones a, b, c, d, e, w0, w1, w2;
  x a; x b; x c; x d; x e;
  h a; h b; h c; h d; h e;
}

gate round a, b, c, d, e, w0, w1, w2 {
  oracle a, b, c, d, e, w0, w1, w2;
  reflect a, b, c, d, e, w0, w1, w2;
}

qreg q[5];
qreg work[3];
creg found[5];

h q;
round q[0], q[1], q[2], q[3], q[4], work[0], work[1], work[2];
round q[0], q[1], q[2], q[3], q[4], work[0], work[1], work[2];
round q[0], q[1], q[2], q[3], q[4], work[0], work[1], work[2];
round q[0], q[1], q[2], q[3], q[4], work[0], work[1], work[2];
measure q -> found;
