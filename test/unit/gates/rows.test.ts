import { describe, expect, test } from '@jest/globals';
import { gateMatrix } from '../../../lib/circuit/gate-matrix.js';
import { nameUnderControls } from '../../../lib/circuit/gate-table.js';
import { GATES } from '../../../lib/circuit/gates.gen.js';
import { circuit, type Circuit, type GateName } from 'qmlx';
import { gateCalls } from '../../reference/operations.js';
import { targetMatrix } from '../../reference/gates.js';
import { simulate } from '../../reference/simulator.js';
import {
  adjoint,
  callsOf,
  distance,
  identity,
  loweringOf,
  matrixOf,
  product,
  rowNamed,
  table,
  valuesOf,
  type Matrix,
  type Row,
} from './table.js';

// Angles where formulas differ most: generic ones, quarter turns, more than a turn, tiny ones.
const SAMPLES = [
  [0.3, -1.1, 2.7, 0.9],
  [Math.PI / 2, Math.PI, -Math.PI / 2, 0],
  [7.9, -12.4, 5.5, -3.3],
  [1e-9, 0, 1e-12, -1e-7],
];

const angleSets = (row: Row): number[][] =>
  row.params.length === 0 ? [[]] : SAMPLES.map((sample) => sample.slice(0, row.params.length));

/** The columns of a circuit's unitary, computed by the reference simulator. */
function unitaryOf(c: Circuit): Matrix {
  const size = 2 ** c.qubits;
  const columns = Array.from({ length: size }, (_, k) => {
    const initial = { re: new Float64Array(size), im: new Float64Array(size) };
    initial.re[k] = 1;
    return simulate(c.qubits, gateCalls(c), initial);
  });
  return Array.from({ length: size }, (_, r) =>
    columns.map(({ re, im }) => [re[r]!, im[r]!] as const),
  );
}

/** The gate on its controls and targets in order, under two controls where it takes any number. */
function circuitOf(row: Row, angles: readonly number[]): Circuit {
  const controls = row.controls < 0 ? 2 : row.controls;
  const qubits = [...Array(controls + row.targets).keys()];
  return circuit(Math.max(qubits.length, 1)).gate(row.name as GateName, angles, qubits);
}

describe.each(table.map((row) => [row.name, row] as const))('gate %s', (_, row) => {
  test.each(angleSets(row))('the lowering and the matrix agree', (...angles) => {
    const values = valuesOf(row, angles);
    expect(distance(loweringOf(row, values), matrixOf(row, values))).toBeLessThan(1e-12);
  });

  test.each(angleSets(row))('the matrix is unitary', (...angles) => {
    const matrix = matrixOf(row, valuesOf(row, angles));
    expect(distance(product(adjoint(matrix), matrix), identity(matrix.length))).toBeLessThan(1e-15);
  });

  test.each(angleSets(row))('the inverse undoes it', (...angles) => {
    const values = valuesOf(row, angles);
    const both = product(callsOf(row.inverse, row, values), matrixOf(row, values));
    expect(distance(both, identity(both.length))).toBeLessThan(1e-14);
  });

  test.each(angleSets(row))('powers multiply', (...angles) => {
    if (row.power === '') return;
    const power = (t: number): Matrix =>
      callsOf(row.power, row, valuesOf(row, angles, { t: [t, 0] }));
    const matrix = matrixOf(row, valuesOf(row, angles));
    expect(distance(product(power(0.5), power(0.5)), matrix)).toBeLessThan(1e-13);
    expect(distance(product(power(-1.3), power(2.3)), matrix)).toBeLessThan(1e-13);
    expect(distance(power(1), matrix)).toBeLessThan(1e-14);
    expect(distance(power(0), identity(matrix.length))).toBeLessThan(1e-14);
  });

  test.each(angleSets(row))(
    'the matrix of the library and the reference are this one',
    (...angles) => {
      const matrix = matrixOf(row, valuesOf(row, angles));
      const library = gateMatrix(row.name as GateName, angles).map((line) =>
        line.map(({ re, im }) => [re, im] as const),
      );
      expect(distance(library, matrix)).toBeLessThan(1e-15);
      expect(distance(targetMatrix(row.name, angles).matrix, matrix)).toBeLessThan(1e-14);
    },
  );

  test.each(angleSets(row))(
    'a circuit of it has the inverse, powers and controls it should',
    (...angles) => {
      const c = circuitOf(row, angles);
      const unitary = unitaryOf(c);
      expect(
        distance(product(unitaryOf(c.inverse()), unitary), identity(unitary.length)),
      ).toBeLessThan(1e-13);
      if (row.power !== '') {
        const root = unitaryOf(c.power(0.5));
        expect(distance(product(root, root), unitary)).toBeLessThan(1e-13);
      }
      const controlled = unitaryOf(c.controlled(2, { state: '10' }));
      const size = unitary.length;
      const expected = identity(4 * size).map((line, r) =>
        line.map((one, k) =>
          Math.floor(r / size) === 2 && Math.floor(k / size) === 2
            ? unitary[r % size]![k % size]!
            : one,
        ),
      );
      expect(distance(controlled, expected)).toBeLessThan(1e-13);
    },
  );

  test('its generated data are those of the table', () => {
    const data = GATES[table.indexOf(row)]!;
    const { name, aliases, params, controls, targets, qasm2, qasm3, label, summary } = row;
    expect(data).toMatchObject({
      name,
      aliases,
      params,
      controls,
      targets,
      qasm2,
      qasm3,
      label,
      summary,
    });
    expect(data.controlNames).toHaveLength(controls < 0 ? 1 : controls);
    expect(data.targetNames).toHaveLength(targets);
    expect(label).not.toBe('');
    expect(summary).toMatch(/^[A-Z].*\.$/);
  });

  test('it has a builder method, as has each alias', () => {
    const { prototype } = circuit(1).constructor as { prototype: object };
    for (const name of [row.name, ...row.aliases]) expect(name in prototype).toBe(true);
  });
});

test('every gate of the interface is in the table', () => {
  const names =
    `id x y z h s sdg t tdg sx sxdg rx ry rz p u cx cy cz ch cs csdg csx cp crx cry crz cu swap iswap
    iswapdg ecr dcx rxx ryy rzz rzx xxPlusYY ccx ccz cswap mcx mcz mcp gphase`.split(/\s+/);
  expect(table.map(({ name }) => name).sort()).toEqual(names.sort());
});

test('the matrix of a controlled gate is that of the gate it controls', () => {
  const pairs = {
    cx: 'x',
    cy: 'y',
    cz: 'z',
    ch: 'h',
    cs: 's',
    csdg: 'sdg',
    csx: 'sx',
    cp: 'p',
    crx: 'rx',
  };
  const more = {
    cry: 'ry',
    crz: 'rz',
    ccx: 'x',
    ccz: 'z',
    cswap: 'swap',
    mcx: 'x',
    mcz: 'z',
    mcp: 'p',
  };
  for (const [name, base] of Object.entries({ ...pairs, ...more })) {
    const values = valuesOf(rowNamed(base), [0.7]);
    expect(matrixOf(rowNamed(name), values)).toEqual(matrixOf(rowNamed(base), values));
    const count = rowNamed(name).controls < 0 ? 5 : rowNamed(name).controls;
    expect(nameUnderControls(base as GateName, count)).toBe(name);
  }
});

test('iswap takes 01 to i 10, and dcx is cx(a, b), then cx(b, a)', () => {
  const iswap = unitaryOf(circuit(2).iswap(0, 1));
  expect(iswap[0b10]![0b01]).toEqual([0, 1]);
  expect(distance(unitaryOf(circuit(2).dcx(0, 1)), unitaryOf(circuit(2).cx(0, 1).cx(1, 0)))).toBe(
    0,
  );
});

test('ecr, rzx and xxPlusYY are the gates of Qiskit', () => {
  // Qiskit's definitions of ecr(q0, q1) and of xx_plus_yy(theta, beta, q0, q1), gate by gate.
  const ecr = circuit(2)
    .rzx(Math.PI / 4, 0, 1)
    .x(0)
    .rzx(-Math.PI / 4, 0, 1);
  expect(distance(unitaryOf(ecr), unitaryOf(circuit(2).ecr(0, 1)))).toBeLessThan(1e-15);
  const rzx = circuit(2).h(1).rzz(0.7, 0, 1).h(1);
  expect(distance(unitaryOf(rzx), unitaryOf(circuit(2).rzx(0.7, 0, 1)))).toBeLessThan(1e-15);
  const [theta, beta] = [0.7, -1.9];
  const mixed = circuit(2)
    .rz(beta, 0)
    .rxx(theta / 2, 0, 1)
    .ryy(theta / 2, 0, 1)
    .rz(-beta, 0);
  const named = circuit(2).xxPlusYY(theta, beta, 0, 1);
  expect(distance(unitaryOf(mixed), unitaryOf(named))).toBeLessThan(1e-15);
});
