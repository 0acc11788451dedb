import { describe, expect, it } from '@jest/globals';
import { circuit, type Circuit } from 'qmlx';
import { itemOf, type DrawItem, type FrameItem, type Scene } from '../../../lib/draw/item.js';
import { renderLatex } from '../../../lib/draw/latex.js';
import { placeItems, type Layout } from '../../../lib/draw/layout.js';
import { renderSvg } from '../../../lib/draw/svg.js';
import { renderText } from '../../../lib/draw/text.js';
import { paletteOf } from '../../../lib/draw/theme.js';
import { elements, readSvg, textsOf } from './svg-document.js';

const scene: Scene = {
  wireOf: (qubit) => qubit,
  textOf: String,
  bitName: (bit) => `c${bit}`,
  gates: new Map(),
  around: { first: 0, last: 2 },
};

const itemsOf = ({ operations }: Circuit): DrawItem[] =>
  operations.map((operation) => itemOf(operation, scene)).filter((item) => item !== undefined);

const inner: FrameItem = {
  kind: 'frame',
  first: 1,
  last: 2,
  bits: [],
  parts: [{ label: 'while c < 2', items: itemsOf(circuit(3).h(1).cx(1, 2)) }],
};
const outer: FrameItem = {
  kind: 'frame',
  first: 0,
  last: 2,
  bits: [0],
  parts: [
    { label: 'if c0 = 1', items: [...itemsOf(circuit(3).x(0)), inner] },
    { label: 'else', items: itemsOf(circuit(3).z(2)) },
  ],
};
const items = [
  ...itemsOf(circuit(3, 2).h(0).measure(0, 0)),
  outer,
  ...itemsOf(circuit(3, 2).h(2).measure(2, 1)),
];
const layout: Layout = {
  wires: ['q0', 'q1', 'q2'],
  bits: ['c0', 'c1'],
  globalPhase: '',
  ...placeItems(items, 3, [{ name: 'c', start: 0, size: 2 }]),
};
const style = {
  width: 1000,
  palette: paletteOf('light'),
  title: 'Frames',
  shown: false,
  description: 'A branch with a loop inside',
  marks: false,
};

describe('frames around operations', () => {
  it('take columns of their own, with what they hold between their edges', () => {
    const kinds = layout.columns.map((column) =>
      column.map((item) => (item.kind === 'edge' ? `${item.edge} ${item.depth}` : item.kind)),
    );
    expect(kinds).toEqual([
      ['gate'],
      ['measure'],
      ['open 0'],
      ['gate', 'open 1'],
      ['gate'],
      ['gate'],
      ['close 1'],
      ['next 0'],
      ['gate'],
      ['close 0'],
      ['gate'],
      ['measure'],
    ]);
  });

  it('nest as rectangles in SVG, the inner one inside the outer one', () => {
    const root = readSvg(renderSvg(layout, style));
    const { fill } = style.palette.frame;
    const frames = elements(root, 'rect').filter((rect) => rect.getAttribute('fill') === fill);
    const [around, within] = frames.map((rect) =>
      ['x', 'y', 'width', 'height'].map((name) => Number(rect.getAttribute(name))),
    ) as [number[], number[]];
    expect(frames).toHaveLength(2);
    expect(within[0]).toBeGreaterThan(around[0] as number);
    expect(within[1]).toBeGreaterThan(around[1] as number);
    const ends = ([x = 0, y = 0, width = 0, height = 0]: number[]) => [x + width, y + height];
    expect(ends(within)[0]).toBeLessThan(ends(around)[0] as number);
    expect(ends(within)[1]).toBeLessThan(ends(around)[1] as number);
    expect(textsOf(root)).toEqual(expect.arrayContaining(['if c0 = 1', 'while c < 2', 'else']));
  });

  it('go on in the next row where a drawing folds', () => {
    const root = readSvg(renderSvg(layout, { ...style, width: 380 }));
    const { fill } = style.palette.frame;
    expect(
      elements(root, 'rect').filter((rect) => rect.getAttribute('fill') === fill),
    ).toHaveLength(4);
  });

  it('are boxes at their edges in text and LaTeX', () => {
    const text = renderText(layout, 0);
    const middle = text.split('\n')[4] ?? '';
    expect(middle.match(/│ (if c0 = 1|while c < 2|else|end) │/g)).toEqual([
      '│ if c0 = 1 │',
      '│ while c < 2 │',
      '│ end │',
      '│ else │',
      '│ end │',
    ]);
    expect(text.split('\n').at(-1)?.trim()).toMatch(/^0 +0 +1$/);
    const latex = renderLatex(layout, 0);
    expect(latex).toContain('\\gate[3]{\\text{if c0 = 1}}');
    expect(latex).toContain('\\gate[2]{\\text{while c $<$ 2}}');
    expect(latex.match(/\\text\{end\}/g)).toHaveLength(2);
  });
});
