import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { circuit, Counts, draw, type Theme } from 'qmlx';
import { elements, readSvg, textsOf } from './svg-document.js';

const bell = await circuit(2).h(0).cx(0, 1).state();
const pure = await circuit(3).h(0).ry(1, 1).rz(0.7, 1).state();
const wide = await circuit(14).hAll().state();
const counts = new Counts([
  ['00', 3],
  ['01', 5],
  ['10', 2],
]);

const titlesOf = (svg: string): string[] =>
  elements(readSvg(svg), 'title').map((title) => title.textContent ?? '');

describe('bars', () => {
  it('of counts, probabilities and several sources have one bar a value', () => {
    expect(titlesOf(draw.counts(counts).svg)).toEqual(['Counts', '00: 3', '01: 5', '10: 2']);
    const shares = draw.probabilities(bell, { title: 'a & b' });
    expect(titlesOf(shares.svg)).toEqual(['a & b', '00: 0.5', '11: 0.5']);
    const both = draw.histogram({ exact: bell, sampled: counts }, { width: 4 });
    expect(titlesOf(both.svg)).toContain('sampled, 01: 0.5');
    expect(both.text.split('\n').slice(0, 2)).toEqual([
      '00  exact    ████   50.0%',
      '    sampled  ██▍    30.0%',
    ]);
    expect(draw.histogram(counts).text).toBe(draw.probabilities(counts).text);
    expect(draw.probabilities(new Map([['a', 1]])).text).toMatch(/^a .* 100.0%$/);
  });

  it('are as tall as their values', () => {
    const rects = elements(readSvg(draw.counts(counts).svg), 'rect').slice(1);
    const heights = rects.map((rect) => Number(rect.getAttribute('height')));
    expect((heights[0] ?? 0) / (heights[1] ?? 1)).toBeCloseTo(3 / 5, 2);
    expect((heights[2] ?? 0) / (heights[1] ?? 1)).toBeCloseTo(2 / 5, 2);
  });

  it('give Vega-Lite as plain JSON', () => {
    const spec = draw.counts(counts, { title: 'Runs' }).vegaLite;
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
    expect(spec).toMatchObject({
      title: 'Runs',
      mark: 'bar',
      data: { values: [...counts].map(([outcome, count]) => ({ outcome, count })) },
      encoding: { x: { field: 'outcome' }, y: { field: 'count' } },
    });
    const several = draw.histogram({ a: bell, b: counts }).vegaLite;
    expect(several).toMatchObject({ encoding: { xOffset: { field: 'series', sort: ['a', 'b'] } } });
    expect(draw.counts(counts, { top: 1 }).vegaLite['title']).toEqual({
      text: 'Counts',
      subtitle: '… 2 more outcomes, together 50.0%',
    });
  });

  it('say what they leave out', () => {
    const note = '… 16380 more outcomes, together 100.0%';
    const chart = draw.probabilities(wide, { top: 4 });
    expect(chart.text.split('\n').at(-1)).toBe(note);
    expect(textsOf(readSvg(chart.svg))).toContain(note);
    expect(draw.counts(new Counts()).text).toBe('(no outcomes)');
    expect(draw.histogram(new Counts()).text).toBe('(no outcomes)');
    readSvg(draw.counts(new Counts()).svg);
  });

  it.each([
    () => draw.probabilities(3 as never),
    () => draw.probabilities(new Map([['a', -1]])),
    () => draw.histogram({}),
    () => draw.histogram({ a: 1 } as never),
    () => draw.histogram(counts, { bars: 1 } as never),
    () => draw.probabilities(counts, { title: 1 as never }),
  ])('refuse other arguments: %s', (action) => {
    expect(action).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }));
  });
});

describe('Bloch vectors', () => {
  it('are those of the reduced states', () => {
    expect(draw.bloch(pure).text.split('\n')).toEqual([
      'q0  x 1.000  y 0.000  z 0.000  length 1.000',
      `q1  x ${(Math.sin(1) * Math.cos(0.7)).toFixed(3)}  y ${(Math.sin(1) * Math.sin(0.7)).toFixed(3)}  z ${Math.cos(1).toFixed(3)}  length 1.000`,
      'q2  x 0.000  y 0.000  z 1.000  length 1.000',
    ]);
    expect(draw.bloch(bell, 0).text).toBe('q0  x 0.000  y 0.000  z 0.000  length 0.000');
    expect(draw.bloch(pure.reduced([2, 1]), 1).text).toBe(draw.bloch(pure, 1).text);
    expect(draw.bloch(pure.reduced([1, 0]), [0, 1]).text).toBe(draw.bloch(pure, [0, 1]).text);
  });

  it('have angles below and labels around', () => {
    const texts = textsOf(readSvg(draw.bloch(pure, 1).svg));
    const angles = `θ = ${(1 / Math.PI).toFixed(3)}π · φ = ${(0.7 / Math.PI).toFixed(3)}π`;
    expect(texts).toEqual(
      expect.arrayContaining(['|0⟩', '|1⟩', '|+⟩', '|−⟩', '|+i⟩', '|−i⟩', 'q1']),
    );
    expect(texts).toContain(`${angles} · length 1.000`);
    expect(textsOf(readSvg(draw.bloch(bell, 0).svg))).toContain('maximally mixed, length 0');
  });

  it('stop at 12 qubits and say so', () => {
    expect(draw.bloch(wide).text.split('\n').slice(11)).toEqual([
      expect.stringMatching(/^q11 /),
      '… 2 more qubits',
    ]);
    expect(textsOf(readSvg(draw.bloch(wide).svg))).toContain('… 2 more qubits');
  });

  it('need a state and its qubits', () => {
    expect(() => draw.bloch(3 as never)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }),
    );
    expect(() => draw.bloch(bell, 2)).toThrow(expect.objectContaining({ code: 'ERR_QUBIT_RANGE' }));
  });
});

describe('pictures of states', () => {
  const kinds = ['qsphere', 'phases', 'city', 'hinton'] as const;

  it.each(kinds)('%s: well-formed in all themes, of all sizes', async (kind) => {
    const states = [await circuit(1).state(), bell, pure, wide];
    for (const state of states) {
      for (const theme of ['light', 'dark', 'colorblind', 'mono'] satisfies Theme[]) {
        const drawing = draw[kind](state, { theme, title: '<b>' });
        expect(readSvg(drawing.svg).getAttribute('aria-label')).toBe('<b>');
        expect(inspect(drawing)).toBe(drawing.text);
      }
    }
    expect(() => draw[kind]({} as never)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }),
    );
  });

  it('name their terms, and count those left out', () => {
    expect(titlesOf(draw.qsphere(bell).svg)).toEqual(
      expect.arrayContaining(['|00⟩, probability 0.500', '|11⟩, probability 0.500']),
    );
    expect(titlesOf(draw.phases(bell).svg)).toHaveLength(5);
    for (const kind of ['qsphere', 'phases'] as const) {
      expect(textsOf(readSvg(draw[kind](wide).svg))).toContain(
        '… 16320 more basis states, together 99.6%',
      );
    }
  });

  it('show elements of density matrices', () => {
    expect(titlesOf(draw.city(bell).svg).slice(1)).toEqual([
      '|00⟩⟨00|: 0.500',
      '|00⟩⟨11|: 0.500',
      '|11⟩⟨00|: 0.500',
      '|11⟩⟨11|: 0.500',
    ]);
    expect(draw.hinton(bell, { qubits: [1] }).text).toMatch(/qubit 1 of 2, the others traced out$/);
    expect(textsOf(readSvg(draw.city(wide).svg))).toContain(
      'qubits 0, 1, 2, 3 of 14, the others traced out',
    );
    expect(() => draw.city(bell, { qubits: [] })).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }),
    );
  });
});

describe('a table of a state', () => {
  it('comes as text, Markdown and HTML', () => {
    const table = draw.state(bell, { precision: 2 });
    expect(table.text.split('\n')).toEqual([
      'state  amplitude  probability  phase/π',
      ' |00⟩       0.71         0.50     0.00',
      ' |11⟩       0.71         0.50     0.00',
    ]);
    expect(table.markdown.split('\n')[2]).toBe('| \\|00⟩ | 0.71 | 0.50 | 0.00 |');
    expect(table.html).toContain('<tr><td>|11⟩</td><td>0.71</td><td>0.50</td><td>0.00</td></tr>');
    expect(inspect(table)).toBe(String(table));
  });

  it('counts the rows it leaves out', () => {
    const table = draw.state(wide, { rows: 2 });
    for (const text of [table.text, table.markdown, table.html]) {
      expect(text).toContain('… 16382 more basis states, together 100.0%');
    }
    expect(() => draw.state(wide, { rows: 0 })).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }),
    );
  });
});
