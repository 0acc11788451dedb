import { Circuit } from '../circuit/circuit.js';
import { Classical } from '../circuit/classical.js';
import type { Operation } from '../circuit/operation.js';
import { shapeOf } from '../circuit/registers.js';
import type { Analysis } from './analysis.js';
import { Halt } from './diagnostics.js';
import { evaluate } from './expression.js';
import { IntList } from './number-list.js';
import type { Lowered } from './operation-places.js';
import { Op, type Gate, type TableCall } from './program.js';

/** A definition that is being expanded, and how far. */
interface Frame {
  readonly body: IntList;
  readonly angles: readonly number[];
  readonly qubits: readonly number[];
  at: number;
}

/** Expands a checked program. Its size is known and allowed; definitions expand on a stack of frames. */
class Expansion {
  /** The condition at hand, and where what stands under it begins. */
  #condition: { readonly test: Classical; readonly first: number } | undefined;
  readonly operations: Operation[] = [];
  /** The node of the tree that each operation comes from. */
  readonly nodes = new IntList();
  readonly #analysis: Analysis;
  /** Node of the instruction at hand. */
  #node = 0;

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
  }

  /** Runs the instructions of the program. */
  run(): void {
    const { code } = this.#analysis.program;
    let at = 0;
    while (at < code.size) {
      const op = code.at(at);
      this.#node = code.at(op === Op.Call ? at + 2 : at + 1);
      if (op === Op.Call) at = this.#call(at);
      else if (op === Op.Measure) at = this.#measure(at);
      else if (op === Op.Reset) at = this.#reset(at);
      else if (op === Op.If) at = this.#if(at);
      else if (op === Op.EndIf) at = this.#endIf(at);
      else at = this.#barrier(at);
    }
  }

  #push(operation: Operation): void {
    this.operations.push(Object.freeze(operation));
    this.nodes.push(this.#node);
  }

  #measure(at: number): number {
    const { code } = this.#analysis.program;
    const [qubit, bit, count] = [code.at(at + 2), code.at(at + 3), code.at(at + 4)];
    for (let k = 0; k < count; k += 1) {
      this.#push({ kind: 'measure', qubit: qubit + k, bit: bit + k });
    }
    return at + 5;
  }

  #reset(at: number): number {
    const { code } = this.#analysis.program;
    const [qubit, count] = [code.at(at + 2), code.at(at + 3)];
    for (let k = 0; k < count; k += 1) this.#push({ kind: 'reset', qubit: qubit + k });
    return at + 4;
  }

  #if(at: number): number {
    const { code, constants } = this.#analysis.program;
    const [bit, count] = [code.at(at + 2), code.at(at + 3)];
    const value = BigInt(constants.at(code.at(at + 4)));
    const test = new Classical(
      [
        count === 1 ? { op: 'bit', bit } : { op: 'bits', first: bit, count },
        { op: 'integer', value },
        { op: 'intEq' },
      ],
      { kind: 'bool' },
    );
    this.#condition = { test, first: this.operations.length };
    return at + 5;
  }

  /** A condition is tested once, also for a gate on a whole register. */
  #endIf(at: number): number {
    const { test, first } = this.#condition as { test: Classical; first: number };
    const body = Object.freeze(this.operations.splice(first));
    this.nodes.truncate(first);
    if (body.length > 0) {
      this.#push({ kind: 'if', condition: test, body, otherwise: Object.freeze([]) });
    }
    return at + 2;
  }

  #barrier(at: number): number {
    const { code } = this.#analysis.program;
    const first = at + 3;
    const end = first + code.at(at + 2);
    const qubits: number[] = [];
    for (let place = first; place < end; place += 1) qubits.push(code.at(place));
    this.#push({ kind: 'barrier', qubits: Object.freeze(qubits) });
    return end;
  }

  #call(at: number): number {
    const { code, angles: values, gates } = this.#analysis.program;
    const gate = gates[code.at(at + 1)] as Gate;
    const repetitions = code.at(at + 3);
    const firstAngle = code.at(at + 4);
    const angles: number[] = [];
    for (let k = 0; k < gate.angles; k += 1) angles.push(values.at(firstAngle + k));
    const operands = at + 5;
    for (let repetition = 0; repetition < repetitions; repetition += 1) {
      const qubits: number[] = [];
      for (let k = 0; k < gate.qubits; k += 1) {
        const place = operands + 2 * k;
        qubits.push(code.at(place) + repetition * code.at(place + 1));
      }
      this.#apply(gate, angles, qubits);
    }
    return operands + 2 * gate.qubits;
  }

  #apply(gate: Gate, angles: readonly number[], qubits: readonly number[]): void {
    if (gate.body === undefined) {
      this.#emit(gate, angles, qubits);
      return;
    }
    const frames: Frame[] = [{ body: gate.body, angles, qubits, at: 0 }];
    for (;;) {
      const frame = frames.at(-1);
      if (frame === undefined) return;
      if (frame.at === frame.body.size) frames.pop();
      else if (frame.body.at(frame.at) === Op.Call) this.#enter(frame, frames);
      else this.#innerBarrier(frame);
    }
  }

  /** Runs one call of a body: a gate of the table at once, a definition as a new frame. */
  #enter(frame: Frame, frames: Frame[]): void {
    const { body } = frame;
    const gate = this.#analysis.program.gates[body.at(frame.at + 1)] as Gate;
    const firstQubit = frame.at + 3 + gate.angles;
    const angles = this.#angles(frame, gate);
    const qubits = this.#qubits(frame, firstQubit, gate.qubits);
    frame.at = firstQubit + gate.qubits;
    if (gate.operations === 0) return;
    if (gate.body === undefined) this.#emit(gate, angles, qubits);
    else frames.push({ body: gate.body, angles, qubits, at: 0 });
  }

  #angles(frame: Frame, gate: Gate): number[] {
    const { expressions, constants } = this.#analysis.program;
    const angles: number[] = [];
    for (let k = 0; k < gate.angles; k += 1) {
      const place = frame.body.at(frame.at + 3 + k);
      const value = evaluate(expressions, constants, place, frame.angles);
      if (!Number.isFinite(value)) this.#refuseAngle(frame.body.at(frame.at + 2), value);
      angles.push(value);
    }
    return angles;
  }

  #refuseAngle(node: number, value: number): never {
    const message = `an angle of this gate becomes ${value}; an angle must be a finite number`;
    this.#analysis.error(node, message);
    throw new Halt(message);
  }

  #qubits(frame: Frame, first: number, count: number): number[] {
    const qubits: number[] = [];
    for (let k = 0; k < count; k += 1)
      qubits.push(frame.qubits[frame.body.at(first + k)] as number);
    return qubits;
  }

  #innerBarrier(frame: Frame): void {
    const count = frame.body.at(frame.at + 2);
    const qubits = this.#qubits(frame, frame.at + 3, count);
    frame.at += 3 + count;
    this.#push({ kind: 'barrier', qubits: Object.freeze(qubits) });
  }

  /** Appends a built-in gate. */
  #emit(gate: Gate, angles: readonly number[], qubits: readonly number[]): void {
    const pick = (operand: number): number => qubits[operand] as number;
    for (const call of gate.table as readonly TableCall[]) {
      this.#push({
        kind: 'gate',
        gate: call.gate,
        params: Object.freeze(call.angles(angles)),
        controls: Object.freeze(call.controls.map(pick)),
        targets: Object.freeze(call.targets.map(pick)),
      });
    }
  }
}

/**
 * The circuit of a program that was checked without errors. Throws `Halt` after reporting what the circuit refuses,
 * at the statement that it comes from.
 */
export function buildCircuit(analysis: Analysis): Lowered {
  const { qubitRegisters, bitRegisters } = analysis.program;
  const hasElements = ({ size }: { size: number }): boolean => size > 0;
  const shape = shapeOf(qubitRegisters.filter(hasElements), bitRegisters.filter(hasElements));
  const expansion = new Expansion(analysis);
  expansion.run();
  const circuit = Circuit.fromChecked(shape, expansion.operations);
  return { circuit, offsets: () => offsetsOf(analysis, expansion) };
}

function offsetsOf(
  { tree }: Analysis,
  { operations, nodes }: Expansion,
): ReadonlyMap<Operation, number> {
  return new Map(operations.map((operation, k) => [operation, tree.offset(nodes.at(k))]));
}
