// Emits lib/circuit/gates.gen.ts, the table as data, and lib/circuit/gate-methods.gen.ts, the builder methods.
import { controlNames, targetNames } from './operands.mjs';

const quote = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const list = (items) => `[${items.join(', ')}]`;
const texts = (items) => list(items.map(quote));
const codes = (expressions) => texts(expressions.map((postfix) => postfix.join(' ')));

function stepData({ primitive, angles, targets, pauli }) {
  return `{ primitive: ${quote(primitive)}, angles: ${codes(angles)}, targets: ${list(targets)}, pauli: ${quote(pauli)} }`;
}

function callData({ gate, angles, targets }) {
  return `{ gate: ${quote(gate)}, angles: ${codes(angles)}, targets: ${list(targets)} }`;
}

function rowData(row) {
  return `  {
    name: ${quote(row.name)},
    aliases: ${texts(row.aliases)},
    params: ${texts(row.params)},
    controls: ${row.controls},
    targets: ${row.targets},
    controlNames: ${texts(controlNames(row))},
    targetNames: ${texts(targetNames(row))},
    steps: ${list(row.steps.map(stepData))},
    matrix: ${list(row.matrix.map(codes))},
    inverse: ${list(row.inverse.map(callData))},
    power: ${list(row.power.map(callData))},
    qasm2: ${quote(row.qasm2)},
    qasm3: ${quote(row.qasm3)},
    label: ${quote(row.label)},
    summary: ${quote(row.summary)},
  },`;
}

function matrixLines(row) {
  const entries = row.matrixText.split(';').map((line) => line.split(',').map((e) => e.trim()));
  const widths = entries[0].map((_, k) => Math.max(...entries.map((line) => line[k].length)));
  return entries.map((line) =>
    line
      .map((e, k) => e.padEnd(widths[k]))
      .join('  ')
      .trimEnd(),
  );
}

const where = (row) =>
  row.targets === 0
    ? 'the whole state'
    : `${targetNames(row)
        .map((name) => `\`${name}\``)
        .join(', ')}${row.targets > 1 ? ', the first being the most significant' : ''}`;

function languageLine(row) {
  const name = (text) => (text === '' ? 'by definition' : `\`${text}\``);
  return `OpenQASM 2: ${name(row.qasm2)}; OpenQASM 3: ${name(row.qasm3)}.`;
}

function paramLines(row) {
  const controls = controlNames(row).map((name) =>
    row.controls < 0
      ? `@param ${name} - any number of control qubits`
      : `@param ${name} - index of a control qubit`,
  );
  return [
    ...row.params.map(
      (name) => `@param ${name} - angle in radians, a number or an expression of \`param\``,
    ),
    ...controls,
    ...targetNames(row).map(
      (name) => `@param ${name} - index of a ${row.controls === 0 ? '' : 'target '}qubit`,
    ),
  ];
}

const EXAMPLE_ANGLES = ['0.1', '0.2', '0.3', '0.4'];

function example(row, method) {
  const controls = row.controls < 0 ? 2 : row.controls;
  const qubits = [...Array(controls + row.targets).keys()];
  const operands =
    row.controls < 0 ? [list(qubits.slice(0, controls)), ...qubits.slice(controls)] : qubits;
  const call = `${method}(${[...EXAMPLE_ANGLES.slice(0, row.params.length), ...operands].join(', ')})`;
  return [
    '@example',
    '```ts',
    "import { circuit } from 'qmlx';",
    `circuit(${Math.max(qubits.length, 1)}).${call}.size; // => 1`,
    '```',
  ];
}

function documentation(row, method) {
  const controlled = row.controls === 0 ? '' : ', where all controls are 1';
  const summary =
    method === row.name ? row.summary : `${row.summary} Another name of \`${row.name}\`.`;
  const lines = [
    summary,
    '',
    `Matrix on ${where(row)}${controlled}:`,
    '```text',
    ...matrixLines(row),
    '```',
    languageLine(row),
    '',
    ...paramLines(row),
    '@throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`, and `ERR_UNSUPPORTED` on a',
    'qubit that is already measured.',
    '',
    ...example(row, method),
  ];
  return ['  /**', ...lines.map((line) => `   * ${line}`.trimEnd()), '   */'].join('\n');
}

function method(row, name) {
  const types = [];
  const parameters = row.params.map((param) => `${param}: Angle<A>`);
  const letters = [];
  for (const operand of [...controlNames(row), ...targetNames(row)]) {
    const letter = `Q${letters.length}`;
    letters.push(letter);
    types.push(`${letter} extends number`);
    parameters.push(
      operand === 'controls'
        ? `${operand}: readonly Index<${letter}, N>[]`
        : `${operand}: Index<${letter}, N>`,
    );
  }
  if (row.params.length > 0) types.push('A extends string = never');
  const generics = types.length === 0 ? '' : `<${types.join(', ')}>`;
  const returned = row.params.length === 0 ? 'this' : 'Circuit<N, B, P | A>';
  const cast = row.params.length === 0 ? '' : ' as unknown as Circuit<N, B, P | A>';
  const controls = row.controls < 0 ? 'controls' : list(controlNames(row));
  return `${documentation(row, name)}
  ${name}${generics}(${parameters.join(', ')}): ${returned} {
    return this.namedGate('${row.name}', ${list(row.params)}, ${controls}, ${list(targetNames(row))})${cast};
  }`;
}

const methods = (row) => [row.name, ...row.aliases].map((name) => method(row, name)).join('\n\n');

/** The table as a TypeScript module. */
export function toTable(rows) {
  return `// Generated from native/gates/gates.def by scripts/generate-gates.mjs; do not edit.
/* eslint-disable max-lines */
import type { GateRow } from './gate-row.js';

/** Name of a gate of the table. */
export type GateName =
${rows.map((row) => `  | '${row.name}'`).join('\n')};

/** The gate table; the index of a row is its opcode in an encoded program. */
export const GATES: readonly GateRow[] = [
${rows.map(rowData).join('\n')}
];
`;
}

/** The TypeScript module with one documented builder method a gate. */
export function toMethods(rows) {
  return `// Generated from native/gates/gates.def by scripts/generate-gates.mjs; do not edit.
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
${rows.map(methods).join('\n\n')}
}
`;
}
