import type { Angle } from '../circuit/expression.js';
import { ANGLES } from '../circuit/gate-calls.js';
import { gateRow, nameUnderControls } from '../circuit/gate-table.js';
import { GATES, type GateName } from '../circuit/gates.gen.js';
import type { Gate, TableCall } from './program.js';

type Angles = TableCall['angles'];

const same: Angles = (given) => given;

const count = (size: number): number[] => Array.from({ length: size }, (_, index) => index);

/** A call of a table gate on all operands in order, the first ones being controls. */
function onAll(
  gate: GateName,
  angles: Angles = same,
  controls = gateRow(gate).controls,
): TableCall {
  const operands = count(controls + gateRow(gate).targets);
  const [first, rest] = [operands.slice(0, controls), operands.slice(controls)];
  return { gate: nameUnderControls(gate, controls), controls: first, targets: rest, angles };
}

function builtIn(name: string, angles: number, qubits: number, table: readonly TableCall[]): Gate {
  const operations = table.length;
  return { name, angles, qubits, isReplaceable: true, table, operations, depth: 0 };
}

/** A built-in gate that is one gate of the table. */
function fromTable(name: string, gate: GateName): Gate {
  const { params, controls, targets } = gateRow(gate);
  return builtIn(name, params.length, controls + targets, [onAll(gate)]);
}

/** A built-in gate made of gates of the table without angles, such as `h 0; cx 0 1`. */
function sequence(name: string, qubits: number, text: string): Gate {
  const calls = text.split(';').map((part): TableCall => {
    const [gate, ...operands] = part.trim().split(' ');
    const { controls } = gateRow(gate as GateName);
    const numbers = operands.map(Number);
    const [first, rest] = [numbers.slice(0, controls), numbers.slice(controls)];
    return { gate: gate as GateName, controls: first, targets: rest, angles: same };
  });
  return builtIn(name, 0, qubits, calls);
}

/** A gate of the language itself, which no program may define anew. */
const fixed = (gate: Gate): Gate => ({ ...gate, isReplaceable: false });

const at = (angles: readonly Angle[], index: number): Angle => angles[index] as Angle;

const U2: Angles = (given) => [Math.PI / 2, at(given, 0), at(given, 1)];

/** Half the sum of two angles, negative. */
const lessHalf = (a: Angle, b: Angle): Angle => ANGLES.div(ANGLES.neg(ANGLES.add(a, b)), 2);

/** `U` and `CX` are part of OpenQASM 2 itself. Its `U` has a real upper left entry. */
export const LANGUAGE_2: readonly Gate[] = [fromTable('U', 'u'), fromTable('CX', 'cx')].map(fixed);

/**
 * `U` and `gphase` are part of OpenQASM 3 itself. Its `U` is the table's `u` times exp(i theta/2) (specification,
 * "Built-in gates"), a phase that only a control makes visible.
 */
export const LANGUAGE_3: readonly Gate[] = [
  builtIn('U', 3, 1, [onAll('gphase', (given) => [ANGLES.div(at(given, 0), 2)]), onAll('u')]),
  builtIn('gphase', 1, 0, [onAll('gphase')]),
].map(fixed);

/**
 * The gates of Qiskit's `qelib1.inc`. As in Qiskit, rz, rzz, rxx, sx, sxdg and ch are the true gates; the bodies in the
 * file differ from them by a global phase. rccx and rc3x are Toffoli gates up to relative phases (Maslov, Physical
 * Review A 93, 022311, 2016).
 */
export const QELIB1: readonly Gate[] = [
  ...GATES.filter(({ qasm2 }) => qasm2 !== '').map((row) => fromTable(row.qasm2, row.name)),
  builtIn('u0', 1, 1, [onAll('id', () => [])]),
  fromTable('u1', 'p'),
  builtIn('u2', 2, 1, [onAll('u', U2)]),
  fromTable('u3', 'u'),
  fromTable('cu1', 'cp'),
  builtIn('cu3', 3, 2, [onAll('cu', (given) => [...given, 0])]),
  builtIn('c3x', 0, 4, [onAll('mcx', same, 3)]),
  builtIn('c4x', 0, 5, [onAll('mcx', same, 4)]),
  builtIn('c3sqrtx', 0, 4, [onAll('sx', same, 3)]),
  sequence('rccx', 3, 'h 2; t 2; cx 1 2; tdg 2; cx 0 2; t 2; cx 1 2; tdg 2; h 2'),
  sequence(
    'rc3x',
    4,
    'h 3; t 3; cx 2 3; tdg 3; h 3; cx 0 3; t 3; cx 1 3; tdg 3; ' +
      'cx 0 3; t 3; cx 1 3; tdg 3; h 3; t 3; cx 2 3; tdg 3; h 3',
  ),
];

/** The gates of OpenQASM 3's `stdgates.inc`. Its u2 and u3 have determinant 1, unlike those of OpenQASM 2. */
export const STDGATES: readonly Gate[] = [
  ...GATES.filter(({ qasm3 }) => qasm3 !== '' && qasm3 !== 'gphase').map((row) =>
    fromTable(row.qasm3, row.name),
  ),
  fromTable('CX', 'cx'),
  fromTable('phase', 'p'),
  fromTable('cphase', 'cp'),
  fromTable('u1', 'p'),
  builtIn('u2', 2, 1, [
    onAll('gphase', (given) => [lessHalf(at(given, 0), at(given, 1))]),
    onAll('u', U2),
  ]),
  builtIn('u3', 3, 1, [
    onAll('gphase', (given) => [lessHalf(at(given, 1), at(given, 2))]),
    onAll('u'),
  ]),
];
