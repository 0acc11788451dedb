// Specifications of charts, drawn by Vega itself.
import { DOMParser, type Element } from '@xmldom/xmldom';
import { describe, expect, it } from '@jest/globals';
import { circuit, Counts, draw, type BarsDrawing } from 'qmlx';
import { logger, parse, View, Warn } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { elements, textsOf } from './svg-document.js';

const counts = new Counts([
  ['00', 30],
  ['01', 10],
  ['11', 20],
]);

async function rendered(chart: BarsDrawing): Promise<{ bars: string[]; texts: string[] }> {
  const warnings: unknown[] = [];
  const collecting = logger(Warn, undefined, (_, ...words) => warnings.push(words));
  // A copy as JSON: a specification must be nothing but data.
  const spec = JSON.parse(JSON.stringify(chart.vegaLite)) as TopLevelSpec;
  const compiled = compile(spec, { logger: collecting }).spec;
  const svg = await new View(parse(compiled), { renderer: 'none' }).toSVG();
  const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement as Element;
  expect(warnings).toEqual([]);
  const bars = elements(root, 'path').filter(
    (path) => path.getAttribute('aria-roledescription') === 'bar',
  );
  return { bars: bars.map((bar) => bar.getAttribute('aria-label') ?? ''), texts: textsOf(root) };
}

describe('Vega draws', () => {
  it('counts, a bar an outcome', async () => {
    const { bars, texts } = await rendered(draw.counts(counts, { title: 'Runs' }));
    expect(bars).toEqual([
      'outcome: 00; count: 30',
      'outcome: 01; count: 10',
      'outcome: 11; count: 20',
    ]);
    expect(texts).toEqual(expect.arrayContaining(['Runs', '00', '01', '11']));
  });

  it('probabilities of a state, with what was left out in words', async () => {
    const state = await circuit(13).hAll().state();
    const { bars, texts } = await rendered(draw.probabilities(state, { top: 3 }));
    expect(bars).toHaveLength(3);
    expect(bars[0]).toMatch(/^outcome: 0{13}; probability: 0\.0001220703\d*$/);
    expect(texts).toContain('… 8189 more outcomes, together 100.0%');
  });

  it('histograms of several sources side by side', async () => {
    const { bars, texts } = await rendered(
      draw.histogram({ a: counts, b: new Counts([['00', 5]]) }),
    );
    expect(bars).toHaveLength(6);
    expect(bars[0]).toContain('series: a');
    expect(texts).toEqual(expect.arrayContaining(['a', 'b']));
  });
});
