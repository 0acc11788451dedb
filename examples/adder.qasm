// Adds two 4-bit numbers with Cuccaro's ripple-carry adder (arXiv:quant-ph/0410184). The first one is 11 and 15
// at once, the second one is 6. Expect 11 + 6 = 17 = 10001 and 15 + 6 = 21 = 10101, each about half the time.
OPENQASM 2.0;
include "qelib1.inc";

// Leaves the carry into the next bit, the majority of the three, on a.
gate majority carry, b, a {
  cx a, b;
  cx a, carry;
  ccx carry, b, a;
}

// Undoes the majority and leaves the bit of the sum on b.
gate unmajority carry, b, a {
  ccx carry, b, a;
  cx a, carry;
  cx carry, b;
}

qreg cin[1];
qreg a[4];  // a[0] is worth 1, a[3] is worth 8
qreg b[4];
qreg cout[1];
creg sum[5];  // sum[0] stands leftmost in an outcome and is worth 16

x a[0];
x a[1];
h a[2];  // both values of the bit worth 4
x a[3];
x b[1];
x b[2];

majority cin[0], b[0], a[0];
majority a[0], b[1], a[1];
majority a[1], b[2], a[2];
majority a[2], b[3], a[3];
cx a[3], cout[0];
unmajority a[2], b[3], a[3];
unmajority a[1], b[2], a[2];
unmajority a[0], b[1], a[1];
unmajority cin[0], b[0], a[0];

measure cout[0] -> sum[0];
measure b[3] -> sum[1];
measure b[2] -> sum[2];
measure b[1] -> sum[3];
measure b[0] -> sum[4];
