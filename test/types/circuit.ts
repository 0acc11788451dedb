// Compile-time checks of circuits. A line under @ts-expect-error must not compile; every other line must.
import { circuit } from '../../lib/circuit/create.js';
import type { Circuit } from '../../lib/circuit/circuit.js';
import { param } from '../../lib/circuit/expression.js';
import type { Result, UnmeasuredResult } from '../../lib/results/result.js';

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <T extends true>(): T => true as T;

// Sizes are part of the type.
const bell = circuit(2, 2).h(0).cx(0, 1).measureAll();
holds<Same<typeof bell, Circuit<2, 2, never>>>();
const plain = circuit(3);
holds<Same<typeof plain, Circuit<3, 0, never>>>();
const registers = circuit({ qubits: { a: 2 }, bits: { c: 1 } });
holds<Same<typeof registers, Circuit<number, number, never>>>();
const controlled = circuit(3).h(0).controlled(2);
holds<Same<typeof controlled, Circuit<5, 0, never>>>();

// Literal indices out of range.
circuit(2).h(1);
// @ts-expect-error there is no qubit 2
circuit(2).h(2);
// @ts-expect-error no negative index
circuit(2).h(-1);
// @ts-expect-error no fraction
circuit(2).h(0.5);
// @ts-expect-error no text
circuit(2).h('0');
// @ts-expect-error no BigInt
circuit(2).h(0n);
// @ts-expect-error second operand
circuit(2).cx(0, 2);
// @ts-expect-error first operand, after a long chain
circuit(3).h(0).cx(0, 1).rx(0.1, 2).ccx(3, 0, 1);
// @ts-expect-error in a list of controls
circuit(4).mcx([0, 1, 4], 2);
// @ts-expect-error the target of a gate with a list of controls
circuit(4).mcx([0, 1, 2], 4);
// @ts-expect-error a missing operand
circuit(4).cx(0);
// @ts-expect-error a missing angle
circuit(4).rx(0);
// @ts-expect-error no bits
circuit(2).measure(0, 0);
// @ts-expect-error there is no bit 1
circuit(2, 1).measure(1, 1);
// @ts-expect-error there is no qubit 5 in a pattern's list
circuit(4).hAll([0, 5]);
// @ts-expect-error nor in a range
circuit(4).cxChain({ first: 0, last: 4 });
// @ts-expect-error nor by name
circuit(4).gate('cx', [], [0, 4]);
// @ts-expect-error no such gate
circuit(4).gate('cnot', [], [0, 1]);
// @ts-expect-error no such state
circuit(2).bellPair('phi');
// @ts-expect-error the other circuit cannot sit there
circuit(4).compose(circuit(2), { qubits: [0, 4] });

circuit(34).h(33);
// @ts-expect-error the largest circuit
circuit(34).h(34);

// Indices and sizes that are only known at run time.
for (let k = 0; k < 3; k++) circuit(3).h(k).cx(k, 0).mcx([k, 1], 2);
const size: number = 3;
const dynamic = circuit(size, size).h(99).measure(99, 99);
holds<Same<typeof dynamic, Circuit<number, number, never>>>();
declare const either: 0 | 1;
circuit(2).h(either);
// @ts-expect-error one of the two is out of range
circuit(1).h(either);

// Parameters accumulate.
const theta = param('theta');
const ansatz = circuit(2)
  .ry(theta, 0)
  .cx(0, 1)
  .rz(theta.mul(2).add(param('phi')), 1);
holds<Same<typeof ansatz, Circuit<2, 0, 'theta' | 'phi'>>>();
const three = circuit(1).u(param('a'), param('b'), 0.5, 0);
holds<Same<typeof three, Circuit<1, 0, 'a' | 'b'>>>();
const numeric = circuit(1).u(1, 2, 3, 0);
holds<Same<typeof numeric, Circuit<1, 0, never>>>();
const composed = circuit(4)
  .rx(param('x'), 0)
  .compose(ansatz, { qubits: [3, 2] });
holds<Same<typeof composed, Circuit<4, 0, 'x' | 'theta' | 'phi'>>>();
const named = circuit(3)
  .gate('rx', [param('g')], [0], { controls: [1] })
  .h(2);
holds<Same<typeof named, Circuit<3, 0, 'g'>>>();
const inverted = ansatz.inverse().power(2).repeat(3).clone().withoutMeasurements();
holds<Same<typeof inverted, Circuit<2, 0, 'theta' | 'phi'>>>();

// Values of parameters.
void ansatz.run({ params: { theta: 1, phi: 2 } });
void ansatz.state({ params: { theta: 1, phi: 2 } });
// @ts-expect-error phi is missing
void ansatz.run({ params: { theta: 1 } });
// @ts-expect-error params are missing
void ansatz.run({ shots: 10 });
// @ts-expect-error options are missing
void ansatz.state();
// @ts-expect-error a value must be a number
void ansatz.probabilities({ params: { theta: 1, phi: '2' } });
// @ts-expect-error phi is missing
ansatz.sweep({ theta: [0, 1] });
ansatz.sweep({ theta: [0, 1], phi: 0.5 });
theta.evaluate({ theta: 1 });
// @ts-expect-error theta is missing
theta.evaluate({ phi: 1 });
void bell.run();
void bell.run({ shots: 10 });
// @ts-expect-error no such option
void bell.run({ shot: 10 });

// Statement style: the type cannot follow, values are checked at run time.
const statements = circuit(1);
statements.rx(param('x'), 0);
void statements.run({ params: { x: 1 } });
const counted: Promise<Result> = bell.run();
const uncounted: Promise<UnmeasuredResult> = plain.run();
void [counted, uncounted];

// Any circuit fits where sizes do not matter; the reverse does not hold.
declare function takesAny(c: Circuit): void;
declare function takesTwo(c: Circuit<2, number>): void;
takesAny(bell);
takesAny(ansatz);
takesAny(dynamic);
takesTwo(bell);
// @ts-expect-error three qubits
takesTwo(plain);
// @ts-expect-error it has parameters
const without: Circuit<2, 0, never> = ansatz;
// @ts-expect-error operations are read-only
bell.operations.push(bell.operations[0]);
