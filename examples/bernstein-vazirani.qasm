// Bernstein-Vazirani: finds the secret 1011010 of a black box that adds s.x to its answer qubit, with one question.
// Bernstein and Vazirani, SIAM J. Comput. 26, 1411 (1997). Expect the outcome 1011010 every time.
OPENQASM 2.0;
include "qelib1.inc";

// The black box: a controlled X for every bit that is 1 in the secret.
gate blackbox x0, x1, x2, x3, x4, x5, x6, answer {
  cx x0, answer;
  cx x2, answer;
  cx x3, answer;
  cx x5, answer;
}

qreg question[7];
qreg answer[1];
creg secret[7];

// With the answer qubit in (|0> - |1>)/sqrt(2), the box changes the sign of every question whose answer is 1.
x answer[0];
h question;
h answer;
barrier question, answer;
blackbox question[0], question[1], question[2], question[3], question[4], question[5], question[6], answer[0];
barrier question, answer;

// The pattern of signs becomes the secret itself.
h question;
measure question -> secret;
