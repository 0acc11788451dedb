import type { Circuit } from '../circuit/circuit.js';
import { type Classical, type ClassicalType, toClassical } from '../circuit/classical.js';
import type { Angle } from '../circuit/expression.js';
import { numberText } from '../circuit/expression-text.js';
import {
  type AssignOperation,
  type ControlState,
  eachOperation,
  type ForOperation,
  type GateOperation,
  type Operation,
  operationAngles,
  operationExpressions,
  type SwitchOperation,
  variablesOf,
} from '../circuit/operation.js';
import { callText } from './call-text.js';
import {
  type ClassicalNames,
  classicalText3,
  conditionText3,
  wholeText3,
} from './classical-text-3.js';
import { Definitions3 } from './definitions-3.js';
import { Elements } from './elements.js';
import { RegisterNames } from './register-names.js';
import { type SingleOperation, StatementWriter, textOf, unsupported } from './statement-writer.js';

/** A type of the classical layer as OpenQASM 3 writes it. */
function typeText(type: ClassicalType): string {
  return 'width' in type ? `${type.kind}[${type.width}]` : TYPES[type.kind];
}

const TYPES = {
  integer: 'int[64]',
  angle: 'float[64]',
  float: 'float[64]',
  bit: 'bool',
  bool: 'bool',
};

/** Names of variables that only the loops over them use. */
function loopVariables(operations: readonly Operation[]): ReadonlySet<string> {
  const loops = new Set<string>();
  for (const operation of eachOperation(operations)) {
    if (operation.kind === 'for') loops.add(nameOf(operation.variable));
  }
  const inside = (list: readonly Operation[], around: ReadonlySet<string>): void => {
    for (const operation of list) {
      const own = operation.kind === 'for' ? nameOf(operation.variable) : undefined;
      const written = operation.kind === 'assign' ? nameOf(operation.target) : undefined;
      const names = operationExpressions(operation).flatMap(({ variables }) => [
        ...variables.keys(),
      ]);
      for (const angle of operationAngles(operation)) {
        if (typeof angle !== 'number') names.push(...angle.variables.keys());
      }
      for (const name of names) if (name !== own && !around.has(name)) loops.delete(name);
      // A loop may write to its variable, but a text that nests it says so more clearly with another.
      if (written !== undefined) loops.delete(written);
      if (own !== undefined && around.has(own)) loops.delete(own);
    }
  };
  const visit = (list: readonly Operation[], around: ReadonlySet<string>): void => {
    inside(list, around);
    for (const operation of list) {
      if (operation.kind === 'for')
        visit(operation.body, new Set([...around, nameOf(operation.variable)]));
      else if (operation.kind === 'if')
        [operation.body, operation.otherwise].forEach((inner) => {
          visit(inner, around);
        });
      else if (operation.kind === 'while') visit(operation.body, around);
      else if (operation.kind === 'switch') {
        [...operation.cases.map(({ body }) => body), operation.otherwise].forEach((inner) => {
          visit(inner, around);
        });
      }
    }
  };
  visit(operations, new Set());
  return loops;
}

function nameOf(target: Classical): string {
  const [item] = target.items;
  return item?.op === 'variable' ? item.name : '';
}

/** Writes the statements of one circuit in OpenQASM 3. */
class Writer3 extends StatementWriter {
  readonly definitions = new Definitions3();
  readonly lines: string[] = [];
  readonly #names: ClassicalNames;
  readonly #loopOnly: ReadonlySet<string>;
  readonly #loopName: (name: string) => string;
  #indent = '';

  constructor(
    qubits: Elements,
    bits: Elements,
    names: ClassicalNames,
    loopOnly: ReadonlySet<string>,
    loopName: (name: string) => string,
  ) {
    super(qubits, bits);
    this.#names = names;
    this.#loopOnly = loopOnly;
    this.#loopName = loopName;
  }

  protected get isOutermost(): boolean {
    return this.#indent === '';
  }

  protected line(text: string): void {
    this.lines.push(this.#indent + text);
  }

  #block(operations: readonly Operation[]): void {
    const outer = this.#indent;
    this.#indent += '  ';
    this.write(operations);
    this.#indent = outer;
  }

  protected measurement(qubits: string, bits: string): string {
    return `${bits} = measure ${qubits};`;
  }

  protected single(operation: SingleOperation): void {
    switch (operation.kind) {
      case 'gate':
        this.#gate(operation);
        return;
      case 'barrier':
        if (operation.qubits.length > 0) {
          this.line(
            `barrier ${operation.qubits.map((qubit) => this.qubits.text(qubit)).join(', ')};`,
          );
        }
        return;
      case 'reset':
        this.line(`reset ${this.qubits.text(operation.qubit)};`);
        return;
      case 'snapshot':
        return;
      case 'assign':
        this.#assign(operation);
        return;
      case 'break':
      case 'continue':
        this.line(`${operation.kind};`);
        return;
      case 'if':
      case 'while':
      case 'for':
      case 'switch':
        this.#control(operation);
        return;
      default:
        throw unsupported(
          3,
          `the operation ${operation.kind}`,
          'OpenQASM 3 has no way to write it',
        );
    }
  }

  #control(operation: Extract<Operation, { kind: 'if' | 'while' | 'for' | 'switch' }>): void {
    switch (operation.kind) {
      case 'if':
        this.line(`if (${conditionText3(operation.condition, this.#names)}) {`);
        this.#block(operation.body);
        if (operation.otherwise.length > 0) {
          this.line('} else {');
          this.#block(operation.otherwise);
        }
        this.line('}');
        return;
      case 'while':
        this.line(`while (${conditionText3(operation.condition, this.#names)}) {`);
        this.#block(operation.body);
        this.line('}');
        return;
      case 'for':
        this.#for(operation);
        return;
      case 'switch':
        this.#switch(operation);
    }
  }

  #for({ variable, values, body }: ForOperation): void {
    const name = nameOf(variable);
    const own = this.#names.variable(name);
    const isLoopOnly = this.#loopOnly.has(name);
    const text = isLoopOnly ? own : this.#loopName(name);
    this.line(`for ${typeText(variable.type)} ${text} in ${this.#values(values, variable.type)} {`);
    if (!isLoopOnly) this.lines.push(`${this.#indent}  ${own} = ${text};`);
    this.#block(body);
    this.line('}');
  }

  #values(values: ForOperation['values'], type: ClassicalType): string {
    if ('first' in values) {
      const step = values.step === 1 ? '' : `${values.step}:`;
      return `[${wholeText3(values.first, this.#names)}:${step}${wholeText3(values.last, this.#names)}]`;
    }
    const isReal = type.kind === 'float' || type.kind === 'angle';
    const texts = values.map((value) =>
      isReal && Number.isInteger(value) ? `${value}.0` : String(value),
    );
    // OpenQASM has no empty sets; this range is empty.
    return texts.length === 0 ? '[1:0]' : `{${texts.join(', ')}}`;
  }

  #switch({ on, cases, otherwise }: SwitchOperation): void {
    const used = cases.filter(({ values }) => values.length > 0);
    if (used.length === 0) {
      this.line('{');
      this.#block(otherwise);
      this.line('}');
      return;
    }
    this.line(`switch (${wholeText3(on, this.#names)}) {`);
    for (const { values, body } of used) {
      this.line(`  case ${values.join(', ')} {`);
      this.#nested(body);
      this.line('  }');
    }
    if (otherwise.length > 0) {
      this.line('  default {');
      this.#nested(otherwise);
      this.line('  }');
    }
    this.line('}');
  }

  #nested(operations: readonly Operation[]): void {
    const outer = this.#indent;
    this.#indent += '  ';
    this.#block(operations);
    this.#indent = outer;
  }

  #assign({ target, value }: AssignOperation): void {
    const [item] = target.items;
    const { text, kind } = classicalText3(value, this.#names);
    if (item?.op === 'bits' && item.count > 1) {
      const whole = kind === 'int' || kind === 'uint' ? text : `int(${text})`;
      const place = this.#names.bits(item.first, item.count);
      this.line(`${place} = bit[${item.count}](uint[${item.count}](${whole}));`);
    } else if (item?.op === 'variable') {
      const isTruth = target.type.kind === 'bit' || target.type.kind === 'bool';
      // A register stands only where a number of as many bits is expected.
      const number = kind === 'bits' ? `int(${text})` : text;
      const given = isTruth && kind !== 'bit' ? `bool(${text})` : number;
      this.line(`${this.#names.variable(item.name)} = ${given};`);
    } else {
      const bit = item?.op === 'bits' ? item.first : (item as { readonly bit: number }).bit;
      // A register of one bit takes the lowest bit of a number.
      this.line(`${this.#names.bit(bit)} = ${kind === 'bit' ? text : `bool(int(${text}) & 1)`};`);
    }
  }

  #angle(angle: Angle): string {
    // A whole number of more than 64 bits, sign included, would wrap.
    if (typeof angle === 'number') return numberText(angle).replace(/^-?\d{16,}$/, '$&.0');
    return classicalText3(toClassical(angle, 'angle'), this.#names).text;
  }

  #gate({ gate, params, controls, controlStates, targets }: GateOperation): void {
    const states: readonly ControlState[] = controlStates ?? controls.map(() => 1 as const);
    const { name, ownControls } = this.definitions.call(gate, states);
    // A control that the named gate has itself acts on 1.
    const open = controls
      .slice(controls.length - ownControls)
      .filter((_, k) => states[controls.length - ownControls + k] === 0);
    const flips = open.map((qubit) => `x ${this.qubits.text(qubit)};`);
    flips.forEach((flip) => {
      this.line(flip);
    });
    const qubits = [...controls, ...targets].map((qubit) => this.qubits.text(qubit));
    this.line(
      callText(
        name,
        params.map((angle) => this.#angle(angle)),
        qubits,
      ),
    );
    flips.forEach((flip) => {
      this.line(flip);
    });
  }
}

/** The OpenQASM 3 text of a circuit. */
export function write3(circuit: Circuit): string {
  const taken = new RegisterNames(3);
  const qubits = new Elements(taken.allowed(circuit.qubitRegisters));
  const bits = new Elements(taken.allowed(circuit.bitRegisters));
  const parameters = new Map(circuit.parameters.map((name) => [name, taken.take(name)] as const));
  const types = variablesOf(circuit.operations);
  const loopOnly = loopVariables(circuit.operations);
  const variables = new Map([...types.keys()].map((name) => [name, taken.take(name)] as const));
  const loopNames = new Map<string, string>();
  const names: ClassicalNames = {
    bit: (bit) => bits.text(bit),
    bits: (first, count) => bits.range(first, count),
    variable: (name) => variables.get(name) as string,
    parameter: (name) => parameters.get(name) as string,
  };
  const loopName = (name: string): string => {
    const known = loopNames.get(name) ?? taken.take(`${variables.get(name) as string}_round`);
    loopNames.set(name, known);
    return known;
  };
  const writer = new Writer3(qubits, bits, names, loopOnly, loopName);
  writer.write(circuit.operations);
  const declared = [...types].filter(([name]) => !loopOnly.has(name));
  const declarations = [
    ...[...parameters.values()].map((name) => `input float[64] ${name};`),
    ...qubits.registers.map(({ name, size }) => `qubit[${size}] ${name};`),
    ...bits.registers.map(({ name, size }) => `bit[${size}] ${name};`),
    ...declared.map(([name, type]) => `${typeText(type)} ${variables.get(name)};`),
  ];
  const head = ['OPENQASM 3.0;', 'include "stdgates.inc";'];
  return textOf(circuit, [head, writer.definitions.texts, declarations, writer.lines]);
}
