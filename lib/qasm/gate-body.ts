import type { Angle } from '../circuit/expression.js';
import { ANGLES } from '../circuit/gate-calls.js';
import type { GateStep } from '../circuit/gate-row.js';
import type { GateName } from '../circuit/gates.gen.js';
import { evaluatePostfix } from '../circuit/postfix.js';
import { callText } from './call-text.js';
import { phaseOnAll } from './multi-control.js';

/** Gives the OpenQASM name of a gate under so many controls. */
export type Naming = (gate: GateName, controls: number) => string;

/** Writes the body of a gate definition: steps of the table, each under all controls of the gate. */
export class GateBody {
  readonly lines: string[] = [];
  readonly #naming: Naming;
  readonly #controls: readonly string[];
  readonly #targets: readonly string[];

  /** Whether the language can write a global phase. */
  readonly #hasGlobalPhase: boolean;

  constructor(
    naming: Naming,
    controls: readonly string[],
    targets: readonly string[],
    hasGlobalPhase = false,
  ) {
    this.#hasGlobalPhase = hasGlobalPhase;
    this.#naming = naming;
    this.#controls = controls;
    this.#targets = targets;
  }

  /** Writes one step of the table; `names` are the angles of the gate and pi. */
  step(step: GateStep, names: ReadonlyMap<string, Angle>): void {
    const angles = step.angles.map((code) => evaluatePostfix(code, ANGLES, names));
    const targets = step.targets.map((target) => this.#targets[target] as string);
    const [angle, second, third] = angles as [Angle, Angle, Angle];
    const [first, last] = targets as [string, string];
    switch (step.primitive) {
      case 'u': {
        this.#general(angle, second, third, first);
        return;
      }
      case 'rot': {
        this.#rotate('ry', angle, first);
        return;
      }
      case 'phase': {
        this.#phase(angle, targets);
        return;
      }
      case 'parity': {
        this.#parity(angle, targets);
        return;
      }
      case 'flip': {
        this.#controlled('x', [], [first]);
        return;
      }
      case 'swap': {
        this.#swap(first, last);
        return;
      }
      case 'pauli': {
        this.#pauli(angle, step.pauli, targets);
        return;
      }
    }
  }

  /** Writes the phase exp(i angle) where all controls and targets are 1, from gates on fewer qubits. */
  phaseFromParts(angle: Angle): void {
    for (const call of phaseOnAll([...this.#controls, ...this.#targets], angle)) {
      this.#write(call.gate, call.controls, call.angles, call.qubits);
    }
  }

  /** Writes X under all controls as the phase of -1 between Hadamard gates. */
  flipFromPhase(): void {
    this.#write('h', 0, [], this.#targets);
    this.#controlled('p', [Math.PI], this.#targets);
    this.#write('h', 0, [], this.#targets);
  }

  #write(
    gate: GateName,
    controls: number,
    angles: readonly Angle[],
    qubits: readonly string[],
  ): void {
    this.lines.push(callText(this.#naming(gate, controls), angles, qubits));
  }

  #controlled(gate: GateName, angles: readonly Angle[], targets: readonly string[]): void {
    this.#write(gate, this.#controls.length, angles, [...this.#controls, ...targets]);
  }

  #general(theta: Angle, phi: Angle, lambda: Angle, target: string): void {
    if (this.#controls.length <= 1) {
      this.#controlled('u', [theta, phi, lambda], [target]);
      return;
    }
    this.#phase(lambda, [target]);
    this.#rotate('ry', theta, target);
    this.#phase(phi, [target]);
  }

  /** A rotation about an axis that X turns round: two half turns that cancel unless all controls are 1. */
  #rotate(gate: 'ry' | 'rz', angle: Angle, target: string): void {
    if (this.#controls.length <= 1) {
      this.#controlled(gate, [angle], [target]);
      return;
    }
    const half = ANGLES.div(angle, 2);
    this.#write(gate, 0, [half], [target]);
    this.#controlled('x', [], [target]);
    this.#write(gate, 0, [ANGLES.neg(half)], [target]);
    this.#controlled('x', [], [target]);
  }

  #phase(angle: Angle, targets: readonly string[]): void {
    const qubits = [...this.#controls, ...targets];
    if (qubits.length > 0) {
      this.#write('p', qubits.length - 1, [angle], qubits);
      return;
    }
    if (this.#hasGlobalPhase) {
      this.#write('gphase', 0, [angle], []);
      return;
    }
    // A global phase: the same phase on 1 and, between two X, on 0.
    const qubit = [this.#targets[0] as string];
    for (const gate of ['p', 'x', 'p', 'x'] as const) {
      this.#write(gate, 0, gate === 'p' ? [angle] : [], qubit);
    }
  }

  #parity(angle: Angle, targets: readonly string[]): void {
    const last = targets.at(-1) as string;
    const others = targets.slice(0, -1);
    for (const qubit of others) this.#write('x', 1, [], [qubit, last]);
    this.#rotate('rz', angle, last);
    for (const qubit of [...others].reverse()) this.#write('x', 1, [], [qubit, last]);
  }

  #swap(first: string, second: string): void {
    if (this.#controls.length <= 1) {
      this.#controlled('swap', [], [first, second]);
      return;
    }
    this.#write('x', 1, [], [second, first]);
    this.#write('x', this.#controls.length + 1, [], [...this.#controls, first, second]);
    this.#write('x', 1, [], [second, first]);
  }

  /** exp(-i angle/2 P): the axes of P turned to Z, a rotation by parity, and back. */
  #pauli(angle: Angle, letters: string, targets: readonly string[]): void {
    const qubitsOf = (letter: string): string[] => targets.filter((_, k) => letters[k] === letter);
    for (const qubit of qubitsOf('Y')) this.#write('sdg', 0, [], [qubit]);
    for (const qubit of [...qubitsOf('X'), ...qubitsOf('Y')]) this.#write('h', 0, [], [qubit]);
    const acted = targets.filter((_, k) => letters[k] !== 'I');
    this.#parity(angle, acted);
    for (const qubit of [...qubitsOf('X'), ...qubitsOf('Y')]) this.#write('h', 0, [], [qubit]);
    for (const qubit of qubitsOf('Y')) this.#write('s', 0, [], [qubit]);
  }
}
