import { checkOptions, invalidArgument } from '../circuit/arguments.js';
import { Circuit } from '../circuit/circuit.js';
import type { Expression } from '../circuit/expression.js';
import { type GateOperation, type IfOperation } from '../circuit/operation.js';
import type { Register } from '../circuit/registers.js';
import { callText } from './call-text.js';
import { changesOnTheWay, registerCondition } from './conditions.js';
import { Definitions } from './definitions.js';
import { Elements } from './elements.js';
import { RegisterNames } from './register-names.js';
import { type SingleOperation, StatementWriter, textOf, unsupported } from './statement-writer.js';
import { write3 } from './stringify-3.js';

/**
 * Options of {@link stringify}.
 *
 * @example
 * ```ts
 * import { circuit, qasm } from 'qmlx';
 * const options: qasm.StringifyOptions = { version: 2 };
 * qasm.stringify(circuit(0), options).split('\n')[0]; // => 'OPENQASM 2.0;'
 * ```
 */
export interface StringifyOptions {
  /** Version of OpenQASM to write; 2 by default. */
  readonly version?: 2 | 3;
}

/** Writes the statements of one circuit. */
class Writer extends StatementWriter {
  readonly definitions: Definitions;
  readonly statements: string[] = [];
  /** Registers of bits under the names that the circuit gives them. */
  readonly #circuitBits: readonly Register[];
  /** Whether it writes the block of a condition. */
  readonly #conditional: boolean;

  constructor(
    qubits: Elements,
    bits: Elements,
    circuitBits: readonly Register[],
    definitions = new Definitions(),
    conditional = false,
  ) {
    super(qubits, bits);
    this.#circuitBits = circuitBits;
    this.definitions = definitions;
    this.#conditional = conditional;
  }

  protected get isOutermost(): boolean {
    return !this.#conditional;
  }

  protected line(text: string): void {
    this.statements.push(text);
  }

  protected measurement(qubits: string, bits: string): string {
    return `measure ${qubits} -> ${bits};`;
  }

  protected single(operation: SingleOperation): void {
    switch (operation.kind) {
      case 'gate':
        this.#gate(operation);
        return;
      case 'barrier':
        this.#barrier(operation.qubits);
        return;
      case 'reset':
        this.statements.push(`reset ${this.qubits.text(operation.qubit)};`);
        return;
      case 'snapshot':
        return;
      case 'if':
        this.#condition(operation);
        return;
      default:
        throw unsupported(
          2,
          `the operation ${operation.kind}`,
          'OpenQASM 2 has no way to write it',
        );
    }
  }

  /** Every statement of the block gets the condition, which none but the last may change. */
  #condition({ condition, body, otherwise }: IfOperation): void {
    const found = registerCondition(condition, this.#circuitBits);
    if (found === undefined) {
      const advice = 'OpenQASM 2 can only compare a whole register with a number';
      throw unsupported(2, `the condition ${String(condition)}`, advice);
    }
    if (otherwise.length > 0) throw unsupported(2, 'else', 'use a second condition');
    if (changesOnTheWay(body, found.register)) {
      throw unsupported(
        2,
        'a condition whose block changes its register',
        'measure into another register',
      );
    }
    const inner = new Writer(this.qubits, this.bits, this.#circuitBits, this.definitions, true);
    for (const operation of body) {
      if (operation.kind === 'if') throw unsupported(2, 'nested conditions', 'combine them');
      // One statement after the other, since a condition holds for one of them.
      if (operation.kind !== 'barrier') inner.write([operation]);
    }
    const place = this.#circuitBits.indexOf(found.register);
    const name = this.bits.registers[place]?.name as string;
    for (const statement of inner.statements) {
      this.statements.push(`if (${name} == ${found.value}) ${statement}`);
    }
  }

  #barrier(qubits: readonly number[]): void {
    const register = this.qubits.startingAt(qubits[0] ?? -1);
    const isWhole =
      register?.size === qubits.length && qubits.every((qubit, k) => qubit === register.start + k);
    const texts = isWhole ? [register.name] : qubits.map((qubit) => this.qubits.text(qubit));
    if (texts.length > 0) this.statements.push(`barrier ${texts.join(', ')};`);
  }

  #gate({ gate, params, controls, controlStates, targets }: GateOperation): void {
    const decided = params.find((angle) => typeof angle !== 'number' && readsMemory(angle));
    if (decided !== undefined) {
      throw unsupported(2, `the angle ${String(decided)}`, 'angles cannot depend on measurements');
    }
    const name = this.definitions.name(gate, controls.length);
    const qubits = [...controls, ...targets];
    if (qubits.length === 0) qubits.push(this.#anyQubit());
    const texts = qubits.map((qubit) => this.qubits.text(qubit));
    // A control that acts on 0 is one that acts on 1 between two X.
    const open = texts.filter((_, k) => controlStates?.[k] === 0);
    const flips = open.map((qubit) => callText('x', [], [qubit]));
    this.statements.push(...flips, callText(name, params, texts), ...flips);
  }

  /** A qubit for the definition of a global phase to act on. */
  #anyQubit(): number {
    if (this.qubits.registers.length > 0) return 0;
    throw unsupported(2, 'a global phase without qubits', 'add a qubit or drop the phase');
  }
}

const readsMemory = ({ items }: Expression): boolean => items.some(({ op }) => op === 'classical');

/**
 * Writes a circuit as an OpenQASM text, 2.0 unless version 3 is asked for. Gates have the names of `qelib1.inc` or
 * `stdgates.inc`; for a gate the language lacks, a definition made from the gate table comes first. Angles are exact
 * fractions of pi or the shortest decimal text, so that `parse(stringify(c))` has the same angles to the last bit.
 *
 * Registers keep their names where the language allows them. What `parse` gives back acts as the circuit does, its
 * global phase included. OpenQASM 3 has parameters (as inputs), decisions, variables and any controls; in OpenQASM 2
 * a control that acts on 0 becomes one on 1 between two `x`.
 *
 * @throws `ERR_UNSUPPORTED` for what the version has no words for (the message names it), such as parameters and
 * loops in OpenQASM 2 or a matrix in both; `ERR_INVALID_ARGUMENT` for anything but a circuit or another version.
 *
 * @example
 * ```ts
 * import { circuit, qasm } from 'qmlx';
 * qasm.stringify(circuit(1).rx(Math.PI / 2, 0)).split('\n').at(-2); // => 'rx(pi/2) q[0];'
 * ```
 */
export function stringify(circuit: Circuit, options: StringifyOptions = {}): string {
  if (!(circuit instanceof Circuit)) throw invalidArgument('circuit', 'a circuit', circuit);
  const { version = 2 } = checkOptions(options, 'options', ['version']);
  if (version === 3) return write3(circuit);
  if (version !== 2) throw invalidArgument('options.version', '2 or 3', version);
  const parameter: string | undefined = circuit.parameters[0];
  if (parameter !== undefined) {
    throw unsupported(2, `the parameter ${parameter}`, 'give all parameters their values first');
  }
  return write(circuit);
}

function write(circuit: Circuit): string {
  const names = new RegisterNames();
  const qubits = new Elements(names.allowed(circuit.qubitRegisters));
  const bits = new Elements(names.allowed(circuit.bitRegisters));
  const writer = new Writer(qubits, bits, circuit.bitRegisters);
  writer.write(circuit.operations);
  const declarations = [
    ...qubits.registers.map(({ name, size }) => `qreg ${name}[${size}];`),
    ...bits.registers.map(({ name, size }) => `creg ${name}[${size}];`),
  ];
  const head = ['OPENQASM 2.0;', 'include "qelib1.inc";'];
  return textOf(circuit, [head, writer.definitions.texts, declarations, writer.statements]);
}
