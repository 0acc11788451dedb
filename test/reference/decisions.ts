// An independent interpreter of circuits with decisions: all branches, in float64, from the definitions alone.

import { bit, circuit, reg, type Circuit } from 'qmlx';
import type { RandomStream } from './random.js';
import { simulate, type GateCall, type ReferenceState } from './simulator.js';

/** A small language of decisions; `register` compares all bits, the first one least significant. */
export type Decision =
  | { readonly kind: 'gate'; readonly call: GateCall }
  | { readonly kind: 'measure'; readonly qubit: number; readonly bit: number }
  | { readonly kind: 'reset'; readonly qubit: number }
  | {
      readonly kind: 'bitIf';
      readonly bit: number;
      readonly then: Decisions;
      readonly else: Decisions;
    }
  | { readonly kind: 'registerIf'; readonly below: number; readonly then: Decisions }
  | { readonly kind: 'twice'; readonly body: Decisions };
export type Decisions = readonly Decision[];

interface Branch {
  readonly state: ReferenceState;
  readonly bits: readonly number[];
  readonly weight: number;
}

/** Probability of each outcome of the bits. */
export function distributionOf(qubits: number, bits: number, list: Decisions): Map<string, number> {
  const start = { state: simulate(qubits, []), bits: Array<number>(bits).fill(0), weight: 1 };
  const result = new Map<string, number>();
  for (const { bits: values, weight } of run(qubits, [start], list)) {
    const key = values.join('');
    result.set(key, (result.get(key) ?? 0) + weight);
  }
  return result;
}

function run(qubits: number, branches: readonly Branch[], list: Decisions): readonly Branch[] {
  return list.reduce(
    (at, decision) => at.flatMap((branch) => step(qubits, branch, decision)),
    branches,
  );
}

function step(qubits: number, branch: Branch, decision: Decision): readonly Branch[] {
  const { state, bits, weight } = branch;
  switch (decision.kind) {
    case 'gate':
      return [{ ...branch, state: simulate(qubits, [decision.call], state) }];
    case 'twice':
      return run(qubits, run(qubits, [branch], decision.body), decision.body);
    case 'bitIf':
      return run(qubits, [branch], bits[decision.bit] === 1 ? decision.then : decision.else);
    case 'registerIf': {
      const value = bits.reduce((sum, one, k) => sum + one * 2 ** k, 0);
      return value < decision.below ? run(qubits, [branch], decision.then) : [branch];
    }
    case 'measure':
    case 'reset':
      return [0, 1].flatMap((outcome) => {
        const part = project(qubits, state, decision.qubit, outcome);
        if (part.probability < 1e-13) return [];
        const flip = decision.kind === 'reset' && outcome === 1;
        const calls = flip ? [{ name: 'x', angles: [], qubits: [decision.qubit] }] : [];
        const written =
          decision.kind === 'measure'
            ? bits.map((old, k) => (k === decision.bit ? outcome : old))
            : bits;
        return [
          {
            state: simulate(qubits, calls, part.state),
            bits: written,
            weight: weight * part.probability,
          },
        ];
      });
  }
}

function project(qubits: number, state: ReferenceState, qubit: number, outcome: number) {
  const mask = 2 ** (qubits - 1 - qubit);
  const keep = (_: number, k: number): boolean => ((k & mask) !== 0) === (outcome === 1);
  const re = state.re.map((value, k) => (keep(value, k) ? value : 0));
  const im = state.im.map((value, k) => (keep(value, k) ? value : 0));
  const probability = re.reduce((sum, value, k) => sum + value ** 2 + (im[k] as number) ** 2, 0);
  const scale = 1 / Math.sqrt(probability);
  return { state: { re: re.map((v) => v * scale), im: im.map((v) => v * scale) }, probability };
}

/** Random decisions, nested up to `depth` blocks. */
export function randomDecisions(
  random: RandomStream,
  qubits: number,
  bits: number,
  length: number,
  depth = 2,
): Decisions {
  return Array.from({ length }, () => randomDecision(random, qubits, bits, depth));
}

function randomDecision(
  random: RandomStream,
  qubits: number,
  bits: number,
  depth: number,
): Decision {
  const qubit = random.integer(0, qubits - 1);
  const bitNumber = random.integer(0, bits - 1);
  const inner = (): Decisions =>
    randomDecisions(random, qubits, bits, random.integer(1, 3), depth - 1);
  const choice = random.integer(0, depth > 0 ? 11 : 8);
  if (choice < 5) {
    const names = ['h', 'rx', 'ry', 'rz', 't', 'cx', 'cz', 'swap'];
    const name = random.pick(names);
    const other = (qubit + random.integer(1, qubits - 1)) % qubits;
    const angles = name.startsWith('r') ? [random.uniform() * 6] : [];
    const two = ['cx', 'cz', 'swap'].includes(name);
    return { kind: 'gate', call: { name, angles, qubits: two ? [qubit, other] : [qubit] } };
  }
  if (choice < 8) return { kind: 'measure', qubit, bit: bitNumber };
  if (choice === 8) return { kind: 'reset', qubit };
  if (choice === 9) return { kind: 'bitIf', bit: bitNumber, then: inner(), else: inner() };
  if (choice === 10)
    return { kind: 'registerIf', below: random.integer(1, 2 ** bits), then: inner() };
  return { kind: 'twice', body: inner() };
}

/** The same decisions as a caller writes them. */
export function decisionCircuit(qubits: number, bits: number, list: Decisions): Circuit {
  return append(circuit(qubits, bits), list);
}

function append(to: Circuit, list: Decisions): Circuit {
  for (const decision of list) {
    switch (decision.kind) {
      case 'gate':
        to.gate(decision.call.name as 'h', decision.call.angles, decision.call.qubits);
        break;
      case 'measure':
        to.measure(decision.qubit, decision.bit);
        break;
      case 'reset':
        to.reset(decision.qubit);
        break;
      case 'bitIf':
        to.if(bit(decision.bit), (c) => append(c, decision.then), {
          else: (c) => append(c, decision.else),
        });
        break;
      case 'registerIf':
        to.if(reg('c').lt(decision.below), (c) => append(c, decision.then));
        break;
      case 'twice':
        append(append(to, decision.body), decision.body);
        break;
    }
  }
  return to;
}
