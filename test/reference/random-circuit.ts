// Random circuits over the whole gate table, as plain gate calls for the reference and as public circuits.

import { circuit, param, type Angle, type Circuit } from 'qmlx';
import { GATES } from '../../lib/circuit/gates.gen.js';
import type { RandomStream } from './random.js';
import type { GateCall } from './simulator.js';

/** A circuit twice: what it means, and how a caller would write it. */
export interface RandomCircuit {
  readonly qubits: number;
  readonly calls: readonly GateCall[];
  readonly circuit: Circuit;
  readonly params: Readonly<Record<string, number>>;
}

type Row = (typeof GATES)[number];
type Control = { readonly qubit: number; readonly value: 0 | 1 };

const specialAngles = [0, Math.PI / 2, -Math.PI / 2, Math.PI, -Math.PI, 4 * Math.PI, 1e-8, 1e8];
const parameterValues = { alpha: 0.7312, beta: -2.1, gamma: 1e-3 };
const mostControls = 4;

/** A random angle, often one at which formulas tend to break. */
export function randomAngle(random: RandomStream): number {
  return random.chance(0.3) ? random.pick(specialAngles) : (random.uniform() * 4 - 2) * Math.PI;
}

/** What `randomCircuit` may use: all rows of the gate table and open controls if nothing is said. */
export interface Vocabulary {
  readonly rows?: readonly Row[];
  readonly openControls?: boolean;
}

/** `gates` random gates on `qubits` qubits; every fourth circuit has parameters and expressions. */
export function randomCircuit(
  random: RandomStream,
  qubits: number,
  gates: number,
  { rows = GATES, openControls = true }: Vocabulary = {},
): RandomCircuit {
  const made = new CircuitPair(qubits, random, { parametric: random.chance(0.25), openControls });
  const fitting = rows.filter((row) => Math.abs(row.controls) + row.targets <= qubits);
  while (made.calls.length < gates) made.append(random.pick(fitting));
  return made;
}

/** One gate with one set of angles again and again, always on the same qubits of a generic state. */
export function repeatedGate(
  random: RandomStream,
  name: string,
  qubits: number,
  times: number,
): RandomCircuit {
  const row = GATES.find((candidate) => candidate.name === name) as Row;
  const made = new CircuitPair(qubits, random, { parametric: false, openControls: false });
  const u = GATES.find((candidate) => candidate.name === 'u') as Row;
  const angles = () => [random.uniform() * 3, random.uniform() * 6, random.uniform() * 6];
  for (let qubit = 0; qubit < qubits; qubit++) made.call(u, angles(), [qubit]);
  const chosen = random.sample(made.line, ownControls(row, random, qubits) + row.targets);
  const same = row.params.map(() => randomAngle(random));
  for (let k = 0; k < times; k++) made.call(row, same, chosen);
  return made;
}

/** Own controls of a row; a row for any number of them gets a few. */
function ownControls(row: Row, random: RandomStream, qubits: number): number {
  if (row.controls >= 0) return row.controls;
  return random.integer(1, Math.min(mostControls, qubits - row.targets));
}

/** Writes every gate into both forms of a circuit. */
class CircuitPair implements RandomCircuit {
  readonly calls: GateCall[] = [];
  readonly circuit: Circuit;
  readonly params: Record<string, number> = {};
  readonly line: readonly number[];
  readonly #values = new Map<Angle, number>();

  constructor(
    readonly qubits: number,
    private readonly random: RandomStream,
    private readonly style: { readonly parametric: boolean; readonly openControls: boolean },
  ) {
    this.circuit = circuit(qubits);
    this.line = Array.from({ length: qubits }, (_, qubit) => qubit);
  }

  /** The row on random qubits with random angles, sometimes under further controls. */
  append(row: Row): void {
    const own = ownControls(row, this.random, this.qubits);
    const free = this.qubits - own - row.targets;
    const extra =
      free > 0 && this.random.chance(0.2) ? this.random.integer(1, Math.min(free, 3)) : 0;
    const chosen = this.random.sample(this.line, own + row.targets + extra);
    const controls = chosen
      .splice(own + row.targets)
      .map((qubit): Control => ({ qubit, value: this.#controlValue() }));
    const angles = row.params.map(() => this.#angle());
    this.call(row, angles, chosen, controls);
  }

  /** One gate with given angles, qubits in call order and further controls. */
  call(
    row: Row,
    angles: readonly Angle[],
    qubits: readonly number[],
    controls: readonly Control[] = [],
  ): void {
    const values = angles.map((angle) => this.#values.get(angle) ?? Number(angle));
    this.calls.push({ name: row.name, angles: values, qubits, controls });
    if (controls.length === 0) {
      callMethod(this.circuit, row, angles, qubits);
      return;
    }
    this.circuit.gate(row.name, angles, qubits, {
      controls: controls.map(({ qubit }) => qubit),
      states: controls.map(({ value }) => value).join(''),
    });
  }

  #controlValue(): 0 | 1 {
    return this.style.openControls && this.random.chance(0.5) ? 0 : 1;
  }

  /** A number, or an expression whose value is worked out here and not by the library. */
  #angle(): Angle {
    const { random } = this;
    if (!this.style.parametric || random.chance(0.4)) return randomAngle(random);
    const name = random.pick(Object.keys(parameterValues) as (keyof typeof parameterValues)[]);
    const value = parameterValues[name];
    this.params[name] = value;
    const p = param(name);
    const factor = random.uniform() * 4 - 2;
    const [expression, result] = random.pick<readonly [Angle, number]>([
      [p, value],
      [p.mul(factor).add(Math.PI), value * factor + Math.PI],
      [p.sub(factor).div(3), (value - factor) / 3],
      [p.sin().neg(), -Math.sin(value)],
      [p.cos().mul(p.exp()), Math.cos(value) * Math.exp(value)],
      [p.abs().sqrt().add(p.tan()), Math.sqrt(Math.abs(value)) + Math.tan(value)],
      [p.abs().ln().mul(p.pow(2)), Math.log(Math.abs(value)) * value ** 2],
    ]);
    this.#values.set(expression, result);
    return expression;
  }
}

/** Calls the builder method of a gate. */
function callMethod(
  target: Circuit,
  row: Row,
  angles: readonly Angle[],
  qubits: readonly number[],
): void {
  const split = qubits.length - row.targets;
  const operands = row.controls < 0 ? [qubits.slice(0, split), ...qubits.slice(split)] : qubits;
  const methods = target as unknown as Record<string, (...operands: unknown[]) => unknown>;
  (methods[row.name] as (...operands: unknown[]) => unknown).call(target, ...angles, ...operands);
}
