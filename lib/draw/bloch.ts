// Bloch spheres: the reduced state of one qubit as a vector, as long as the qubit is pure.

import { checkQubit, invalidArgument } from '../circuit/arguments.js';
import { DensityMatrix } from '../results/density.js';
import { StateVector } from '../results/state.js';
import { FigureDrawing, figureStyle, type FigureOptions } from './figure.js';
import { project, sphereOutline, SPHERE_RADIUS, type Point } from './sphere.js';
import { arrowHeadAlong, line } from './svg-symbols.js';
import type { Palette } from './theme.js';
import { element, picture, textElement } from './xml.js';

/** Most spheres in one picture, and in one row of it. */
const MOST_SPHERES = 12;
const IN_A_ROW = 4;

const CELL = { width: 230, height: 270 } as const;

/** Vectors shorter than this have no direction. */
const SHORTEST = 1e-6;

/** The Bloch vector of one qubit. */
interface Qubit {
  readonly name: string;
  readonly vector: Point;
  readonly length: number;
}

/** `draw.bloch` */
export function drawBloch(
  state: StateVector | DensityMatrix,
  qubits: number | readonly number[] | 'all' = 'all',
  options: FigureOptions = {},
): FigureDrawing {
  const { palette, title } = figureStyle(options, 'Bloch vectors');
  const listed = listQubits(state, qubits);
  const shown = listed.slice(0, MOST_SPHERES).map((qubit) => blochVector(state, qubit));
  const left = listed.length - shown.length;
  const note = left === 0 ? '' : `… ${left} more ${left === 1 ? 'qubit' : 'qubits'}`;
  const lines = [...shown.map(vectorText), ...(note === '' ? [] : [note])];
  return new FigureDrawing(renderBloch(shown, title, note, palette, lines), lines.join('\n'));
}

function listQubits(state: unknown, qubits: unknown): readonly number[] {
  const known =
    state instanceof StateVector
      ? Array.from({ length: state.qubits }, (_, qubit) => qubit)
      : state instanceof DensityMatrix
        ? state.qubits
        : undefined;
  if (known === undefined) throw invalidArgument('state', 'a state or density matrix', state);
  if (qubits === 'all') return known;
  const listed: readonly unknown[] = Array.isArray(qubits) ? qubits : [qubits];
  const size = Math.max(...known) + 1;
  return listed.map((qubit) => {
    const index = checkQubit(qubit, 'qubits', size);
    if (known.includes(index)) return index;
    throw invalidArgument('qubits', `among the qubits ${known.join(', ')} of the matrix`, index);
  });
}

function blochVector(state: StateVector | DensityMatrix, qubit: number): Qubit {
  const matrix =
    state instanceof StateVector ? state.reduced([qubit]).data : traceOut(state, qubit);
  const [a = 0, , b = 0, c = 0, , , d = 0] = matrix;
  const vector: Point = [2 * b, -2 * c, a - d];
  return { name: `q${qubit}`, vector, length: Math.hypot(...vector) };
}

/** The matrix of one qubit of a density matrix, the others summed over. */
function traceOut({ qubits, dimension, data }: DensityMatrix, qubit: number): number[] {
  const bit = dimension / 2 ** (qubits.indexOf(qubit) + 1);
  const result = new Array<number>(8).fill(0);
  for (let row = 0; row < dimension; row++) {
    for (const column of [row & ~bit, row | bit]) {
      const to = 2 * (2 * (row & bit ? 1 : 0) + (column & bit ? 1 : 0));
      const from = 2 * (row * dimension + column);
      result[to] = (result[to] as number) + (data[from] as number);
      result[to + 1] = (result[to + 1] as number) + (data[from + 1] as number);
    }
  }
  return result;
}

function fixed(value: number): string {
  const text = value.toFixed(3);
  return text === '-0.000' ? '0.000' : text;
}

function vectorText({ name, vector: [x, y, z], length }: Qubit): string {
  return `${name}  x ${fixed(x)}  y ${fixed(y)}  z ${fixed(z)}  length ${fixed(length)}`;
}

/** The angles of a vector in units of π, and its length. */
function footer({ vector: [x, y, z], length }: Qubit): string {
  if (length < SHORTEST) return 'maximally mixed, length 0';
  const theta = Math.acos(Math.max(-1, Math.min(1, z / length))) / Math.PI;
  const phi = Math.hypot(x, y) < SHORTEST ? 0 : Math.atan2(y, x) / Math.PI;
  return `θ = ${fixed(theta)}π · φ = ${fixed(phi)}π · length ${fixed(length)}`;
}

function renderBloch(
  qubits: readonly Qubit[],
  title: string,
  note: string,
  palette: Palette,
  lines: readonly string[],
): string {
  const columns = Math.max(1, Math.min(IN_A_ROW, qubits.length));
  const rows = Math.max(1, Math.ceil(qubits.length / IN_A_ROW));
  const head = 34;
  const width = columns * CELL.width;
  const height = head + rows * CELL.height + (note === '' ? 0 : 24);
  const content = [textElement(title, width / 2, 20, 15, { 'font-weight': 'bold' })];
  qubits.forEach((qubit, k) => {
    const x = ((k % IN_A_ROW) + 0.5) * CELL.width;
    const y = head + Math.floor(k / IN_A_ROW) * CELL.height + 130;
    content.push(element('g', { transform: `translate(${x} ${y})` }, sphereOf(qubit, palette)));
  });
  if (note !== '') content.push(textElement(note, width / 2, height - 14, 12));
  const { background, text } = palette;
  const description = lines.join('; ');
  return picture({ width, height, title, description, background, color: text }, content);
}

const AXES: readonly (readonly [Point, string])[] = [
  [[0, 0, 1], '|0⟩'],
  [[0, 0, -1], '|1⟩'],
  [[1, 0, 0], '|+⟩'],
  [[-1, 0, 0], '|−⟩'],
  [[0, 1, 0], '|+i⟩'],
  [[0, -1, 0], '|−i⟩'],
];

function sphereOf(qubit: Qubit, palette: Palette): string {
  const { muted, text, wire, positive } = palette;
  const parts = [sphereOutline(palette)];
  for (const [axis, label] of AXES) {
    const [x, y] = project(axis);
    const length = Math.hypot(x, y);
    parts.push(line([0, 0], [x, y], wire, 0.6, '3 3'));
    // Labels near the outline stand outside it, those of axes that point at the viewer inside.
    const reach = 1 + (length > 60 ? 25 : 15) / length;
    parts.push(textElement(label, x * reach, y * reach, 11, { fill: muted }));
  }
  const [x, y] = project(qubit.vector);
  if (qubit.length > SHORTEST) {
    const [vx, vy] = qubit.vector;
    const shadow = project([vx, vy, 0]);
    parts.push(
      line([0, 0], shadow, positive, 1, '2 3'),
      line(shadow, [x, y], positive, 1, '2 3'),
      line([0, 0], [x, y], positive, 2.6),
      arrowHeadAlong([x, y], positive),
    );
  }
  const dot = { cx: 0, cy: 0, r: 2.5, fill: qubit.length > SHORTEST ? muted : positive };
  parts.push(
    element('circle', dot),
    textElement(qubit.name, -SPHERE_RADIUS - 8, -SPHERE_RADIUS - 8, 13, { fill: text }),
    textElement(footer(qubit), 0, SPHERE_RADIUS + 38, 11, { fill: text }),
  );
  return parts.join('');
}
