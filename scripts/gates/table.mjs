// Reads gates.def and checks every row, so that a slip in the table is a sentence and not a wrong simulation.
import { toAffine, toPostfix } from './expression.mjs';

const COLUMNS = 13;
const PRIMITIVES = { u: 3, rot: 1, phase: 1, parity: 1, flip: 0, swap: 0, pauli: 1 };
const CALL = /^([A-Za-z]\w*)(?:\(([^]*)\))?((?:\s+\S+)*)$/;
const MAX_PARAMS = 4;
const MAX_STEP_TARGETS = 3;

const split = (text, separator) =>
  text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');

function fields(body) {
  const found = [];
  const field = /\s*(?:"([^"]*)"|(-?\d+))\s*(,|$)/y;
  while (field.lastIndex < body.length) {
    const match = field.exec(body);
    if (match === null) throw new Error('every column is a quoted text or a whole number');
    found.push(match[1] ?? Number(match[2]));
  }
  return found;
}

function readCall(text) {
  const match = CALL.exec(text);
  if (match === null) throw new Error(`cannot read the call "${text}"`);
  return { name: match[1], angles: split(match[2] ?? '', ','), operands: split(match[3], /\s+/) };
}

function targetNumbers(words, row) {
  const numbers = words.map(Number);
  if (
    numbers.some((target) => !(Number.isInteger(target) && target >= 0 && target < row.targets))
  ) {
    throw new Error(`targets "${words.join(' ')}" must lie below ${row.targets}`);
  }
  if (new Set(numbers).size !== numbers.length) throw new Error('a target is named twice');
  return numbers;
}

function readStep(text, row) {
  const { name, angles, operands } = readCall(text);
  if (!(name in PRIMITIVES)) throw new Error(`"${name}" is no primitive`);
  if (angles.length !== PRIMITIVES[name]) {
    throw new Error(`"${name}" takes ${PRIMITIVES[name]} angles, not ${angles.length}`);
  }
  const pauli = name === 'pauli' ? operands.shift() : '';
  const targets = targetNumbers(operands, row);
  if (name === 'pauli' && !(/^[XYZ]+$/.test(pauli) && pauli.length === targets.length)) {
    throw new Error(`"${text}" needs one letter of X, Y, Z for each target`);
  }
  if (targets.length > MAX_STEP_TARGETS) throw new Error(`"${text}" has more than three targets`);
  return {
    primitive: name,
    pauli,
    targets,
    angles: angles.map((angle) => toPostfix(angle, ['pi', ...row.params])),
    affine: angles.map((angle) => toAffine(angle, row.params)),
  };
}

function readGateCall(text, row, variables) {
  const { name, angles, operands } = readCall(text);
  return {
    gate: name,
    angles: angles.map((angle) => toPostfix(angle, ['pi', ...row.params, ...variables])),
    targets: operands.length > 0 ? targetNumbers(operands, row) : undefined,
  };
}

function readMatrix(text, row) {
  const rows = split(text, ';').map((line) => split(line, ','));
  const size = 2 ** row.targets;
  if (rows.length !== size || rows.some((entries) => entries.length !== size)) {
    throw new Error(`the matrix must have ${size} rows of ${size} entries`);
  }
  return rows.map((line) => line.map((entry) => toPostfix(entry, ['i', 'pi', ...row.params])));
}

function readRow(body) {
  const columns = fields(body);
  if (columns.length !== COLUMNS) {
    throw new Error(`a row has ${COLUMNS} columns, not ${columns.length}`);
  }
  const [name, aliases, params, controls, targets, lowering, matrix, inverse, power] = columns;
  const [qasm2, qasm3, label, summary] = columns.slice(9);
  const row = { name, controls, targets, qasm2, qasm3, label, summary };
  row.aliases = split(aliases, ',');
  row.params = split(params, ',');
  if (row.params.length > MAX_PARAMS) throw new Error('a gate has at most four parameters');
  row.loweringText = lowering;
  row.matrixText = matrix;
  row.steps = split(lowering, ';').map((text) => readStep(text, row));
  row.matrix = readMatrix(matrix, row);
  row.inverse = split(inverse, ';').map((text) => readGateCall(text, row, []));
  row.power = split(power, ';').map((text) => readGateCall(text, row, ['t']));
  return row;
}

/** Checks the gates a row calls, and gives a call without target numbers all targets. */
function linkCalls(row, byName) {
  for (const call of [...row.inverse, ...row.power]) {
    const called = byName.get(call.gate);
    if (called === undefined) throw new Error(`"${call.gate}" is no gate of the table`);
    if (called.params.length !== call.angles.length) {
      throw new Error(`"${call.gate}" takes ${called.params.length} angles`);
    }
    call.targets ??= [...Array(called.targets).keys()];
    if (called.targets !== call.targets.length || called.targets > row.targets) {
      throw new Error(`"${call.gate}" does not fit on ${row.targets} targets`);
    }
    if (called.controls > 0 && called.controls !== row.controls) {
      throw new Error(`"${call.gate}" has other controls`);
    }
  }
  if (row.inverse.length === 0) throw new Error('every gate needs an inverse');
}

/** All rows of the table, checked; an error names the row. */
export function readTable(text) {
  const source = text.replace(/^#.*$/gm, '').trim();
  const rows = [];
  const byName = new Map();
  const atRow = (name, work) => {
    try {
      return work();
    } catch (error) {
      throw new Error(`gate table, row ${name}: ${error.message}`, { cause: error });
    }
  };
  for (const chunk of source.split(/^GATE\(/m).slice(1)) {
    const name = /^"(\w*)"/.exec(chunk)?.[1] ?? `number ${rows.length + 1}`;
    const row = atRow(name, () => readRow(chunk.trim().replace(/\)$/, '')));
    for (const key of [row.name, ...row.aliases]) {
      if (byName.has(key)) throw new Error(`gate table, row ${name}: "${key}" is taken`);
      byName.set(key, row);
    }
    rows.push(row);
  }
  for (const row of rows) atRow(row.name, () => linkCalls(row, byName));
  return rows;
}
