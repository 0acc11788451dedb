// Generated from native/gates/gates.def by scripts/generate-gates.mjs; do not edit.
/* eslint-disable max-lines */
import type { Circuit } from './circuit.js';
import { CircuitBase } from './circuit-base.js';
import type { Angle } from './expression.js';
import type { Index } from './index-types.js';

/** The builder methods of all gates: angles first, then controls, then targets. */
export abstract class GateMethods<
  N extends number,
  B extends number,
  P extends string,
> extends CircuitBase<N, B, P> {
  /**
   * Identity: leaves the qubit as it is.
   *
   * Matrix on `qubit`:
   * ```text
   * 1  0
   * 0  1
   * ```
   * OpenQASM 2: `id`; OpenQASM 3: `id`.
   *
   * @param qubit - index of a qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1).id(0).size; // => 1
   * ```
   */
  id<Q0 extends number>(qubit: Index<Q0, N>): this {
    return this.namedGate('id', [], [], [qubit]);
  }

  /**
   * Pauli X: swaps the amplitudes of 0 and 1.
   *
   * Matrix on `qubit`:
   * ```text
   * 0  1
   * 1  0
   * ```
   * OpenQASM 2: `x`; OpenQASM 3: `x`.
   *
   * @param qubit - index of a qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1).x(0).size; // => 1
   * ```
   */
  x<Q0 extends number>(qubit: Index<Q0, N>): this {
    return this.namedGate('x', [], [], [qubit]);
  }

  /**
   * Pauli Y: a bit flip and a phase flip with a factor i.
   *
   * Matrix on `qubit`:
   * ```text
   * 0  -i
   * i  0
   * ```
   * OpenQASM 2: `y`; OpenQASM 3: `y`.
   *
   * @param qubit - index of a qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1).y(0).size; // => 1
   * ```
   */
  y<Q0 extends number>(qubit: Index<Q0, N>): this {
    return this.namedGate('y', [], [], [qubit]);
  }

  /**
   * Pauli Z: changes the sign of the amplitude of 1.
   *
   * Matrix on `qubit`:
   * ```text
   * 1  0
   * 0  -1
   * ```
   * OpenQASM 2: `z`; OpenQASM 3: `z`.
   *
   * @param qubit - index of a qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1).z(0).size; // => 1
   * ```
   */
  z<Q0 extends number>(qubit: Index<Q0, N>): this {
    return this.namedGate('z', [], [], [qubit]);
  }

  /**
   * Hadamard: takes 0 and 1 to their equal superpositions.
   *
   * Matrix on `qubit`:
   * ```text
   * 1/sqrt(2)  1/sqrt(2)
   * 1/sqrt(2)  -1/sqrt(2)
   * ```
   * OpenQASM 2: `h`; OpenQASM 3: `h`.
   *
   * @param qubit - index of a qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1).h(0).size; // => 1
   * ```
   */
  h<Q0 extends number>(qubit: Index<Q0, N>): this {
    return this.namedGate('h', [], [], [qubit]);
  }

  /**
   * Square root of Z: multiplies the amplitude of 1 by i.
   *
   * Matrix on `qubit`:
   * ```text
   * 1  0
   * 0  i
   * ```
   * OpenQASM 2: `s`; OpenQASM 3: `s`.
   *
   * @param qubit - index of a qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1).s(0).size; // => 1
   * ```
   */
  s<Q0 extends number>(qubit: Index<Q0, N>): this {
    return this.namedGate('s', [], [], [qubit]);
  }

  /**
   * Inverse of S: multiplies the amplitude of 1 by -i.
   *
   * Matrix on `qubit`:
   * ```text
   * 1  0
   * 0  -i
   * ```
   * OpenQASM 2: `sdg`; OpenQASM 3: `sdg`.
   *
   * @param qubit - index of a qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1).sdg(0).size; // => 1
   * ```
   */
  sdg<Q0 extends number>(qubit: Index<Q0, N>): this {
    return this.namedGate('sdg', [], [], [qubit]);
  }

  /**
   * Fourth root of Z: multiplies the amplitude of 1 by exp(i pi/4).
   *
   * Matrix on `qubit`:
   * ```text
   * 1  0
   * 0  exp(i*pi/4)
   * ```
   * OpenQASM 2: `t`; OpenQASM 3: `t`.
   *
   * @param qubit - index of a qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1).t(0).size; // => 1
   * ```
   */
  t<Q0 extends number>(qubit: Index<Q0, N>): this {
    return this.namedGate('t', [], [], [qubit]);
  }

  /**
   * Inverse of T: multiplies the amplitude of 1 by exp(-i pi/4).
   *
   * Matrix on `qubit`:
   * ```text
   * 1  0
   * 0  exp(-i*pi/4)
   * ```
   * OpenQASM 2: `tdg`; OpenQASM 3: `tdg`.
   *
   * @param qubit - index of a qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1).tdg(0).size; // => 1
   * ```
   */
  tdg<Q0 extends number>(qubit: Index<Q0, N>): this {
    return this.namedGate('tdg', [], [], [qubit]);
  }

  /**
   * Square root of X.
   *
   * Matrix on `qubit`:
   * ```text
   * (1+i)/2  (1-i)/2
   * (1-i)/2  (1+i)/2
   * ```
   * OpenQASM 2: `sx`; OpenQASM 3: `sx`.
   *
   * @param qubit - index of a qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1).sx(0).size; // => 1
   * ```
   */
  sx<Q0 extends number>(qubit: Index<Q0, N>): this {
    return this.namedGate('sx', [], [], [qubit]);
  }

  /**
   * Inverse of the square root of X.
   *
   * Matrix on `qubit`:
   * ```text
   * (1-i)/2  (1+i)/2
   * (1+i)/2  (1-i)/2
   * ```
   * OpenQASM 2: `sxdg`; OpenQASM 3: by definition.
   *
   * @param qubit - index of a qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1).sxdg(0).size; // => 1
   * ```
   */
  sxdg<Q0 extends number>(qubit: Index<Q0, N>): this {
    return this.namedGate('sxdg', [], [], [qubit]);
  }

  /**
   * Rotation about the X axis: exp(-i theta/2 X).
   *
   * Matrix on `qubit`:
   * ```text
   * cos(theta/2)     -i*sin(theta/2)
   * -i*sin(theta/2)  cos(theta/2)
   * ```
   * OpenQASM 2: `rx`; OpenQASM 3: `rx`.
   *
   * @param theta - angle in radians, a number or an expression of `param`
   * @param qubit - index of a qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1).rx(0.1, 0).size; // => 1
   * ```
   */
  rx<Q0 extends number, A extends string = never>(theta: Angle<A>, qubit: Index<Q0, N>): Circuit<N, B, P | A> {
    return this.namedGate('rx', [theta], [], [qubit]) as unknown as Circuit<N, B, P | A>;
  }

  /**
   * Rotation about the Y axis: exp(-i theta/2 Y).
   *
   * Matrix on `qubit`:
   * ```text
   * cos(theta/2)  -sin(theta/2)
   * sin(theta/2)  cos(theta/2)
   * ```
   * OpenQASM 2: `ry`; OpenQASM 3: `ry`.
   *
   * @param theta - angle in radians, a number or an expression of `param`
   * @param qubit - index of a qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1).ry(0.1, 0).size; // => 1
   * ```
   */
  ry<Q0 extends number, A extends string = never>(theta: Angle<A>, qubit: Index<Q0, N>): Circuit<N, B, P | A> {
    return this.namedGate('ry', [theta], [], [qubit]) as unknown as Circuit<N, B, P | A>;
  }

  /**
   * Rotation about the Z axis: exp(-i theta/2 Z).
   *
   * Matrix on `qubit`:
   * ```text
   * exp(-i*theta/2)  0
   * 0                exp(i*theta/2)
   * ```
   * OpenQASM 2: `rz`; OpenQASM 3: `rz`.
   *
   * @param theta - angle in radians, a number or an expression of `param`
   * @param qubit - index of a qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1).rz(0.1, 0).size; // => 1
   * ```
   */
  rz<Q0 extends number, A extends string = never>(theta: Angle<A>, qubit: Index<Q0, N>): Circuit<N, B, P | A> {
    return this.namedGate('rz', [theta], [], [qubit]) as unknown as Circuit<N, B, P | A>;
  }

  /**
   * Phase: multiplies the amplitude of 1 by exp(i theta).
   *
   * Matrix on `qubit`:
   * ```text
   * 1  0
   * 0  exp(i*theta)
   * ```
   * OpenQASM 2: `p`; OpenQASM 3: `p`.
   *
   * @param theta - angle in radians, a number or an expression of `param`
   * @param qubit - index of a qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1).p(0.1, 0).size; // => 1
   * ```
   */
  p<Q0 extends number, A extends string = never>(theta: Angle<A>, qubit: Index<Q0, N>): Circuit<N, B, P | A> {
    return this.namedGate('p', [theta], [], [qubit]) as unknown as Circuit<N, B, P | A>;
  }

  /**
   * Phase: multiplies the amplitude of 1 by exp(i theta). Another name of `p`.
   *
   * Matrix on `qubit`:
   * ```text
   * 1  0
   * 0  exp(i*theta)
   * ```
   * OpenQASM 2: `p`; OpenQASM 3: `p`.
   *
   * @param theta - angle in radians, a number or an expression of `param`
   * @param qubit - index of a qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1).phase(0.1, 0).size; // => 1
   * ```
   */
  phase<Q0 extends number, A extends string = never>(theta: Angle<A>, qubit: Index<Q0, N>): Circuit<N, B, P | A> {
    return this.namedGate('p', [theta], [], [qubit]) as unknown as Circuit<N, B, P | A>;
  }

  /**
   * General one-qubit gate with a real upper left entry, Qiskit's UGate.
   *
   * Matrix on `qubit`:
   * ```text
   * cos(theta/2)             -exp(i*lambda)*sin(theta/2)
   * exp(i*phi)*sin(theta/2)  exp(i*(phi+lambda))*cos(theta/2)
   * ```
   * OpenQASM 2: `u`; OpenQASM 3: by definition.
   *
   * @param theta - angle in radians, a number or an expression of `param`
   * @param phi - angle in radians, a number or an expression of `param`
   * @param lambda - angle in radians, a number or an expression of `param`
   * @param qubit - index of a qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1).u(0.1, 0.2, 0.3, 0).size; // => 1
   * ```
   */
  u<Q0 extends number, A extends string = never>(theta: Angle<A>, phi: Angle<A>, lambda: Angle<A>, qubit: Index<Q0, N>): Circuit<N, B, P | A> {
    return this.namedGate('u', [theta, phi, lambda], [], [qubit]) as unknown as Circuit<N, B, P | A>;
  }

  /**
   * Controlled X, also called CNOT: flips the target where the control is 1.
   *
   * Matrix on `target`, where all controls are 1:
   * ```text
   * 0  1
   * 1  0
   * ```
   * OpenQASM 2: `cx`; OpenQASM 3: `cx`.
   *
   * @param control - index of a control qubit
   * @param target - index of a target qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).cx(0, 1).size; // => 1
   * ```
   */
  cx<Q0 extends number, Q1 extends number>(control: Index<Q0, N>, target: Index<Q1, N>): this {
    return this.namedGate('cx', [], [control], [target]);
  }

  /**
   * Controlled Y.
   *
   * Matrix on `target`, where all controls are 1:
   * ```text
   * 0  -i
   * i  0
   * ```
   * OpenQASM 2: `cy`; OpenQASM 3: `cy`.
   *
   * @param control - index of a control qubit
   * @param target - index of a target qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).cy(0, 1).size; // => 1
   * ```
   */
  cy<Q0 extends number, Q1 extends number>(control: Index<Q0, N>, target: Index<Q1, N>): this {
    return this.namedGate('cy', [], [control], [target]);
  }

  /**
   * Controlled Z: changes the sign where both qubits are 1; symmetric in its qubits.
   *
   * Matrix on `target`, where all controls are 1:
   * ```text
   * 1  0
   * 0  -1
   * ```
   * OpenQASM 2: `cz`; OpenQASM 3: `cz`.
   *
   * @param control - index of a control qubit
   * @param target - index of a target qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).cz(0, 1).size; // => 1
   * ```
   */
  cz<Q0 extends number, Q1 extends number>(control: Index<Q0, N>, target: Index<Q1, N>): this {
    return this.namedGate('cz', [], [control], [target]);
  }

  /**
   * Controlled Hadamard.
   *
   * Matrix on `target`, where all controls are 1:
   * ```text
   * 1/sqrt(2)  1/sqrt(2)
   * 1/sqrt(2)  -1/sqrt(2)
   * ```
   * OpenQASM 2: `ch`; OpenQASM 3: `ch`.
   *
   * @param control - index of a control qubit
   * @param target - index of a target qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).ch(0, 1).size; // => 1
   * ```
   */
  ch<Q0 extends number, Q1 extends number>(control: Index<Q0, N>, target: Index<Q1, N>): this {
    return this.namedGate('ch', [], [control], [target]);
  }

  /**
   * Controlled S: multiplies by i where both qubits are 1; symmetric in its qubits.
   *
   * Matrix on `target`, where all controls are 1:
   * ```text
   * 1  0
   * 0  i
   * ```
   * OpenQASM 2: by definition; OpenQASM 3: by definition.
   *
   * @param control - index of a control qubit
   * @param target - index of a target qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).cs(0, 1).size; // => 1
   * ```
   */
  cs<Q0 extends number, Q1 extends number>(control: Index<Q0, N>, target: Index<Q1, N>): this {
    return this.namedGate('cs', [], [control], [target]);
  }

  /**
   * Inverse of the controlled S: multiplies by -i where both qubits are 1.
   *
   * Matrix on `target`, where all controls are 1:
   * ```text
   * 1  0
   * 0  -i
   * ```
   * OpenQASM 2: by definition; OpenQASM 3: by definition.
   *
   * @param control - index of a control qubit
   * @param target - index of a target qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).csdg(0, 1).size; // => 1
   * ```
   */
  csdg<Q0 extends number, Q1 extends number>(control: Index<Q0, N>, target: Index<Q1, N>): this {
    return this.namedGate('csdg', [], [control], [target]);
  }

  /**
   * Controlled square root of X.
   *
   * Matrix on `target`, where all controls are 1:
   * ```text
   * (1+i)/2  (1-i)/2
   * (1-i)/2  (1+i)/2
   * ```
   * OpenQASM 2: `csx`; OpenQASM 3: by definition.
   *
   * @param control - index of a control qubit
   * @param target - index of a target qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).csx(0, 1).size; // => 1
   * ```
   */
  csx<Q0 extends number, Q1 extends number>(control: Index<Q0, N>, target: Index<Q1, N>): this {
    return this.namedGate('csx', [], [control], [target]);
  }

  /**
   * Controlled phase: multiplies by exp(i theta) where both qubits are 1; symmetric in its qubits.
   *
   * Matrix on `target`, where all controls are 1:
   * ```text
   * 1  0
   * 0  exp(i*theta)
   * ```
   * OpenQASM 2: `cp`; OpenQASM 3: `cp`.
   *
   * @param theta - angle in radians, a number or an expression of `param`
   * @param control - index of a control qubit
   * @param target - index of a target qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).cp(0.1, 0, 1).size; // => 1
   * ```
   */
  cp<Q0 extends number, Q1 extends number, A extends string = never>(theta: Angle<A>, control: Index<Q0, N>, target: Index<Q1, N>): Circuit<N, B, P | A> {
    return this.namedGate('cp', [theta], [control], [target]) as unknown as Circuit<N, B, P | A>;
  }

  /**
   * Controlled rotation about the X axis.
   *
   * Matrix on `target`, where all controls are 1:
   * ```text
   * cos(theta/2)     -i*sin(theta/2)
   * -i*sin(theta/2)  cos(theta/2)
   * ```
   * OpenQASM 2: `crx`; OpenQASM 3: `crx`.
   *
   * @param theta - angle in radians, a number or an expression of `param`
   * @param control - index of a control qubit
   * @param target - index of a target qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).crx(0.1, 0, 1).size; // => 1
   * ```
   */
  crx<Q0 extends number, Q1 extends number, A extends string = never>(theta: Angle<A>, control: Index<Q0, N>, target: Index<Q1, N>): Circuit<N, B, P | A> {
    return this.namedGate('crx', [theta], [control], [target]) as unknown as Circuit<N, B, P | A>;
  }

  /**
   * Controlled rotation about the Y axis.
   *
   * Matrix on `target`, where all controls are 1:
   * ```text
   * cos(theta/2)  -sin(theta/2)
   * sin(theta/2)  cos(theta/2)
   * ```
   * OpenQASM 2: `cry`; OpenQASM 3: `cry`.
   *
   * @param theta - angle in radians, a number or an expression of `param`
   * @param control - index of a control qubit
   * @param target - index of a target qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).cry(0.1, 0, 1).size; // => 1
   * ```
   */
  cry<Q0 extends number, Q1 extends number, A extends string = never>(theta: Angle<A>, control: Index<Q0, N>, target: Index<Q1, N>): Circuit<N, B, P | A> {
    return this.namedGate('cry', [theta], [control], [target]) as unknown as Circuit<N, B, P | A>;
  }

  /**
   * Controlled rotation about the Z axis.
   *
   * Matrix on `target`, where all controls are 1:
   * ```text
   * exp(-i*theta/2)  0
   * 0                exp(i*theta/2)
   * ```
   * OpenQASM 2: `crz`; OpenQASM 3: `crz`.
   *
   * @param theta - angle in radians, a number or an expression of `param`
   * @param control - index of a control qubit
   * @param target - index of a target qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).crz(0.1, 0, 1).size; // => 1
   * ```
   */
  crz<Q0 extends number, Q1 extends number, A extends string = never>(theta: Angle<A>, control: Index<Q0, N>, target: Index<Q1, N>): Circuit<N, B, P | A> {
    return this.namedGate('crz', [theta], [control], [target]) as unknown as Circuit<N, B, P | A>;
  }

  /**
   * Controlled U with a phase gamma of its own, OpenQASM's cu.
   *
   * Matrix on `target`, where all controls are 1:
   * ```text
   * exp(i*gamma)*cos(theta/2)        -exp(i*(gamma+lambda))*sin(theta/2)
   * exp(i*(gamma+phi))*sin(theta/2)  exp(i*(gamma+phi+lambda))*cos(theta/2)
   * ```
   * OpenQASM 2: `cu`; OpenQASM 3: `cu`.
   *
   * @param theta - angle in radians, a number or an expression of `param`
   * @param phi - angle in radians, a number or an expression of `param`
   * @param lambda - angle in radians, a number or an expression of `param`
   * @param gamma - angle in radians, a number or an expression of `param`
   * @param control - index of a control qubit
   * @param target - index of a target qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).cu(0.1, 0.2, 0.3, 0.4, 0, 1).size; // => 1
   * ```
   */
  cu<Q0 extends number, Q1 extends number, A extends string = never>(theta: Angle<A>, phi: Angle<A>, lambda: Angle<A>, gamma: Angle<A>, control: Index<Q0, N>, target: Index<Q1, N>): Circuit<N, B, P | A> {
    return this.namedGate('cu', [theta, phi, lambda, gamma], [control], [target]) as unknown as Circuit<N, B, P | A>;
  }

  /**
   * Exchanges two qubits.
   *
   * Matrix on `qubit1`, `qubit2`, the first being the most significant:
   * ```text
   * 1  0  0  0
   * 0  0  1  0
   * 0  1  0  0
   * 0  0  0  1
   * ```
   * OpenQASM 2: `swap`; OpenQASM 3: `swap`.
   *
   * @param qubit1 - index of a qubit
   * @param qubit2 - index of a qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).swap(0, 1).size; // => 1
   * ```
   */
  swap<Q0 extends number, Q1 extends number>(qubit1: Index<Q0, N>, qubit2: Index<Q1, N>): this {
    return this.namedGate('swap', [], [], [qubit1, qubit2]);
  }

  /**
   * Exchanges two qubits and multiplies 01 and 10 by i.
   *
   * Matrix on `qubit1`, `qubit2`, the first being the most significant:
   * ```text
   * 1  0  0  0
   * 0  0  i  0
   * 0  i  0  0
   * 0  0  0  1
   * ```
   * OpenQASM 2: by definition; OpenQASM 3: by definition.
   *
   * @param qubit1 - index of a qubit
   * @param qubit2 - index of a qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).iswap(0, 1).size; // => 1
   * ```
   */
  iswap<Q0 extends number, Q1 extends number>(qubit1: Index<Q0, N>, qubit2: Index<Q1, N>): this {
    return this.namedGate('iswap', [], [], [qubit1, qubit2]);
  }

  /**
   * Inverse of iswap: exchanges two qubits and multiplies 01 and 10 by -i.
   *
   * Matrix on `qubit1`, `qubit2`, the first being the most significant:
   * ```text
   * 1  0   0   0
   * 0  0   -i  0
   * 0  -i  0   0
   * 0  0   0   1
   * ```
   * OpenQASM 2: by definition; OpenQASM 3: by definition.
   *
   * @param qubit1 - index of a qubit
   * @param qubit2 - index of a qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).iswapdg(0, 1).size; // => 1
   * ```
   */
  iswapdg<Q0 extends number, Q1 extends number>(qubit1: Index<Q0, N>, qubit2: Index<Q1, N>): this {
    return this.namedGate('iswapdg', [], [], [qubit1, qubit2]);
  }

  /**
   * Echoed cross resonance, (X I - Y X)/sqrt(2) with the first qubit leftmost; Qiskit's ECRGate.
   *
   * Matrix on `qubit1`, `qubit2`, the first being the most significant:
   * ```text
   * 0           0           1/sqrt(2)  i/sqrt(2)
   * 0           0           i/sqrt(2)  1/sqrt(2)
   * 1/sqrt(2)   -i/sqrt(2)  0          0
   * -i/sqrt(2)  1/sqrt(2)   0          0
   * ```
   * OpenQASM 2: by definition; OpenQASM 3: by definition.
   *
   * @param qubit1 - index of a qubit
   * @param qubit2 - index of a qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).ecr(0, 1).size; // => 1
   * ```
   */
  ecr<Q0 extends number, Q1 extends number>(qubit1: Index<Q0, N>, qubit2: Index<Q1, N>): this {
    return this.namedGate('ecr', [], [], [qubit1, qubit2]);
  }

  /**
   * Double controlled X: cx(a, b), then cx(b, a).
   *
   * Matrix on `qubit1`, `qubit2`, the first being the most significant:
   * ```text
   * 1  0  0  0
   * 0  0  1  0
   * 0  0  0  1
   * 0  1  0  0
   * ```
   * OpenQASM 2: by definition; OpenQASM 3: by definition.
   *
   * @param qubit1 - index of a qubit
   * @param qubit2 - index of a qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).dcx(0, 1).size; // => 1
   * ```
   */
  dcx<Q0 extends number, Q1 extends number>(qubit1: Index<Q0, N>, qubit2: Index<Q1, N>): this {
    return this.namedGate('dcx', [], [], [qubit1, qubit2]);
  }

  /**
   * Two-qubit rotation exp(-i theta/2 X X).
   *
   * Matrix on `qubit1`, `qubit2`, the first being the most significant:
   * ```text
   * cos(theta/2)     0                0                -i*sin(theta/2)
   * 0                cos(theta/2)     -i*sin(theta/2)  0
   * 0                -i*sin(theta/2)  cos(theta/2)     0
   * -i*sin(theta/2)  0                0                cos(theta/2)
   * ```
   * OpenQASM 2: `rxx`; OpenQASM 3: by definition.
   *
   * @param theta - angle in radians, a number or an expression of `param`
   * @param qubit1 - index of a qubit
   * @param qubit2 - index of a qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).rxx(0.1, 0, 1).size; // => 1
   * ```
   */
  rxx<Q0 extends number, Q1 extends number, A extends string = never>(theta: Angle<A>, qubit1: Index<Q0, N>, qubit2: Index<Q1, N>): Circuit<N, B, P | A> {
    return this.namedGate('rxx', [theta], [], [qubit1, qubit2]) as unknown as Circuit<N, B, P | A>;
  }

  /**
   * Two-qubit rotation exp(-i theta/2 Y Y).
   *
   * Matrix on `qubit1`, `qubit2`, the first being the most significant:
   * ```text
   * cos(theta/2)    0                0                i*sin(theta/2)
   * 0               cos(theta/2)     -i*sin(theta/2)  0
   * 0               -i*sin(theta/2)  cos(theta/2)     0
   * i*sin(theta/2)  0                0                cos(theta/2)
   * ```
   * OpenQASM 2: by definition; OpenQASM 3: by definition.
   *
   * @param theta - angle in radians, a number or an expression of `param`
   * @param qubit1 - index of a qubit
   * @param qubit2 - index of a qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).ryy(0.1, 0, 1).size; // => 1
   * ```
   */
  ryy<Q0 extends number, Q1 extends number, A extends string = never>(theta: Angle<A>, qubit1: Index<Q0, N>, qubit2: Index<Q1, N>): Circuit<N, B, P | A> {
    return this.namedGate('ryy', [theta], [], [qubit1, qubit2]) as unknown as Circuit<N, B, P | A>;
  }

  /**
   * Two-qubit rotation exp(-i theta/2 Z Z).
   *
   * Matrix on `qubit1`, `qubit2`, the first being the most significant:
   * ```text
   * exp(-i*theta/2)  0               0               0
   * 0                exp(i*theta/2)  0               0
   * 0                0               exp(i*theta/2)  0
   * 0                0               0               exp(-i*theta/2)
   * ```
   * OpenQASM 2: `rzz`; OpenQASM 3: by definition.
   *
   * @param theta - angle in radians, a number or an expression of `param`
   * @param qubit1 - index of a qubit
   * @param qubit2 - index of a qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).rzz(0.1, 0, 1).size; // => 1
   * ```
   */
  rzz<Q0 extends number, Q1 extends number, A extends string = never>(theta: Angle<A>, qubit1: Index<Q0, N>, qubit2: Index<Q1, N>): Circuit<N, B, P | A> {
    return this.namedGate('rzz', [theta], [], [qubit1, qubit2]) as unknown as Circuit<N, B, P | A>;
  }

  /**
   * Two-qubit rotation exp(-i theta/2 Z X): Z on the first qubit, X on the second.
   *
   * Matrix on `qubit1`, `qubit2`, the first being the most significant:
   * ```text
   * cos(theta/2)     -i*sin(theta/2)  0               0
   * -i*sin(theta/2)  cos(theta/2)     0               0
   * 0                0                cos(theta/2)    i*sin(theta/2)
   * 0                0                i*sin(theta/2)  cos(theta/2)
   * ```
   * OpenQASM 2: by definition; OpenQASM 3: by definition.
   *
   * @param theta - angle in radians, a number or an expression of `param`
   * @param qubit1 - index of a qubit
   * @param qubit2 - index of a qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).rzx(0.1, 0, 1).size; // => 1
   * ```
   */
  rzx<Q0 extends number, Q1 extends number, A extends string = never>(theta: Angle<A>, qubit1: Index<Q0, N>, qubit2: Index<Q1, N>): Circuit<N, B, P | A> {
    return this.namedGate('rzx', [theta], [], [qubit1, qubit2]) as unknown as Circuit<N, B, P | A>;
  }

  /**
   * Mixes 01 and 10: exp(-i theta/4 (X X + Y Y)) between rz(beta) and rz(-beta) on the first qubit; Qiskit's XXPlusYYGate.
   *
   * Matrix on `qubit1`, `qubit2`, the first being the most significant:
   * ```text
   * 1  0                             0                            0
   * 0  cos(theta/2)                  -i*exp(i*beta)*sin(theta/2)  0
   * 0  -i*exp(-i*beta)*sin(theta/2)  cos(theta/2)                 0
   * 0  0                             0                            1
   * ```
   * OpenQASM 2: by definition; OpenQASM 3: by definition.
   *
   * @param theta - angle in radians, a number or an expression of `param`
   * @param beta - angle in radians, a number or an expression of `param`
   * @param qubit1 - index of a qubit
   * @param qubit2 - index of a qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).xxPlusYY(0.1, 0.2, 0, 1).size; // => 1
   * ```
   */
  xxPlusYY<Q0 extends number, Q1 extends number, A extends string = never>(theta: Angle<A>, beta: Angle<A>, qubit1: Index<Q0, N>, qubit2: Index<Q1, N>): Circuit<N, B, P | A> {
    return this.namedGate('xxPlusYY', [theta, beta], [], [qubit1, qubit2]) as unknown as Circuit<N, B, P | A>;
  }

  /**
   * Toffoli: flips the target where both controls are 1.
   *
   * Matrix on `target`, where all controls are 1:
   * ```text
   * 0  1
   * 1  0
   * ```
   * OpenQASM 2: `ccx`; OpenQASM 3: `ccx`.
   *
   * @param control1 - index of a control qubit
   * @param control2 - index of a control qubit
   * @param target - index of a target qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(3).ccx(0, 1, 2).size; // => 1
   * ```
   */
  ccx<Q0 extends number, Q1 extends number, Q2 extends number>(control1: Index<Q0, N>, control2: Index<Q1, N>, target: Index<Q2, N>): this {
    return this.namedGate('ccx', [], [control1, control2], [target]);
  }

  /**
   * Changes the sign where all three qubits are 1; symmetric in its qubits.
   *
   * Matrix on `target`, where all controls are 1:
   * ```text
   * 1  0
   * 0  -1
   * ```
   * OpenQASM 2: by definition; OpenQASM 3: by definition.
   *
   * @param control1 - index of a control qubit
   * @param control2 - index of a control qubit
   * @param target - index of a target qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(3).ccz(0, 1, 2).size; // => 1
   * ```
   */
  ccz<Q0 extends number, Q1 extends number, Q2 extends number>(control1: Index<Q0, N>, control2: Index<Q1, N>, target: Index<Q2, N>): this {
    return this.namedGate('ccz', [], [control1, control2], [target]);
  }

  /**
   * Fredkin: exchanges the two targets where the control is 1.
   *
   * Matrix on `target1`, `target2`, the first being the most significant, where all controls are 1:
   * ```text
   * 1  0  0  0
   * 0  0  1  0
   * 0  1  0  0
   * 0  0  0  1
   * ```
   * OpenQASM 2: `cswap`; OpenQASM 3: `cswap`.
   *
   * @param control - index of a control qubit
   * @param target1 - index of a target qubit
   * @param target2 - index of a target qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(3).cswap(0, 1, 2).size; // => 1
   * ```
   */
  cswap<Q0 extends number, Q1 extends number, Q2 extends number>(control: Index<Q0, N>, target1: Index<Q1, N>, target2: Index<Q2, N>): this {
    return this.namedGate('cswap', [], [control], [target1, target2]);
  }

  /**
   * X under any number of controls.
   *
   * Matrix on `target`, where all controls are 1:
   * ```text
   * 0  1
   * 1  0
   * ```
   * OpenQASM 2: by definition; OpenQASM 3: by definition.
   *
   * @param controls - any number of control qubits
   * @param target - index of a target qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(3).mcx([0, 1], 2).size; // => 1
   * ```
   */
  mcx<Q0 extends number, Q1 extends number>(controls: readonly Index<Q0, N>[], target: Index<Q1, N>): this {
    return this.namedGate('mcx', [], controls, [target]);
  }

  /**
   * Z under any number of controls: changes the sign where all its qubits are 1.
   *
   * Matrix on `target`, where all controls are 1:
   * ```text
   * 1  0
   * 0  -1
   * ```
   * OpenQASM 2: by definition; OpenQASM 3: by definition.
   *
   * @param controls - any number of control qubits
   * @param target - index of a target qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(3).mcz([0, 1], 2).size; // => 1
   * ```
   */
  mcz<Q0 extends number, Q1 extends number>(controls: readonly Index<Q0, N>[], target: Index<Q1, N>): this {
    return this.namedGate('mcz', [], controls, [target]);
  }

  /**
   * Phase under any number of controls: multiplies by exp(i theta) where all its qubits are 1.
   *
   * Matrix on `target`, where all controls are 1:
   * ```text
   * 1  0
   * 0  exp(i*theta)
   * ```
   * OpenQASM 2: by definition; OpenQASM 3: by definition.
   *
   * @param theta - angle in radians, a number or an expression of `param`
   * @param controls - any number of control qubits
   * @param target - index of a target qubit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(3).mcp(0.1, [0, 1], 2).size; // => 1
   * ```
   */
  mcp<Q0 extends number, Q1 extends number, A extends string = never>(theta: Angle<A>, controls: readonly Index<Q0, N>[], target: Index<Q1, N>): Circuit<N, B, P | A> {
    return this.namedGate('mcp', [theta], controls, [target]) as unknown as Circuit<N, B, P | A>;
  }

  /**
   * Global phase exp(i theta): invisible alone, a phase on the controls where it has any.
   *
   * Matrix on the whole state:
   * ```text
   * exp(i*theta)
   * ```
   * OpenQASM 2: by definition; OpenQASM 3: `gphase`.
   *
   * @param theta - angle in radians, a number or an expression of `param`
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a
   * qubit that is already measured.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1).gphase(0.1).size; // => 1
   * ```
   */
  gphase<A extends string = never>(theta: Angle<A>): Circuit<N, B, P | A> {
    return this.namedGate('gphase', [theta], [], []) as unknown as Circuit<N, B, P | A>;
  }
}
