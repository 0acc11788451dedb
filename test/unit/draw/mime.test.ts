import { describe, expect, it } from '@jest/globals';
import { circuit, Counts, draw, type MimeBundle } from 'qmlx';
import { readSvg } from './svg-document.js';

const VEGA_LITE = 'application/vnd.vegalite.v5+json';
const bell = circuit(2, 2).h(0).cx(0, 1).measureAll();

describe('what notebooks show', () => {
  it('of a circuit is its drawing', () => {
    const { text, svg } = draw(bell);
    expect(draw.mime(bell)).toEqual({ 'text/plain': text, 'image/svg+xml': svg });
    expect(draw.mime(draw(bell))).toEqual(draw.mime(bell));
  });

  it('of counts is a chart, of a result the same under its own words', async () => {
    const result = await bell.run({ shots: 10, seed: 1 });
    const chart = draw.counts(result);
    const expected = { 'image/svg+xml': chart.svg, [VEGA_LITE]: chart.vegaLite };
    expect(draw.mime(result)).toEqual({ ...expected, 'text/plain': String(result) });
    expect(draw.mime(result.counts)).toEqual({ ...expected, 'text/plain': String(result.counts) });
    expect(draw.mime(chart)).toEqual({ ...expected, 'text/plain': chart.text });
    expect(Object.keys(draw.mime(new Counts()))).toEqual(['text/plain']);
    const unmeasured = await circuit(1).h(0).run({ shots: 3 });
    expect(Object.keys(draw.mime(unmeasured))).toEqual(['text/plain']);
  });

  it('of a state is a table of its likeliest basis states', async () => {
    const state = await circuit(13).hAll().state();
    const bundle = draw.mime(state);
    expect(bundle['text/html']).toContain('8160 more basis states');
    expect(bundle['text/markdown']).toBe(draw.state(state).markdown);
    expect(draw.mime(draw.state(state))['text/html']).toBe(bundle['text/html']);
  });

  it('of a step is its line and its state', () => {
    const [, step] = circuit(1, 1).x(0).measure(0, 0).steps({ seed: 7 });
    const bundle = draw.mime(step);
    expect(bundle['text/plain']).toBe('Step 1: measure q0 -> c0  =>  |1>   bits 1');
    expect(bundle['text/html']).toMatch(/^<p><code>Step 1: measure q0 -&gt; c0 [^]*<table>/);
  });

  it.each([null, undefined, 3, {}, 'h q[0];'])('is refused for %p', (value) => {
    expect(() => draw.mime(value)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }),
    );
  });
});

describe('hooks of notebook kernels', () => {
  type Hook = () => unknown;
  const hook = (value: object, name: string | symbol): unknown =>
    (Reflect.get(value, name) as Hook).call(value);

  it('answer as draw.mime does', async () => {
    const state = await bell.withoutMeasurements().state();
    for (const value of [bell, draw(bell), draw.bloch(state), new Counts([['0', 1]]), state]) {
      const bundle: MimeBundle = draw.mime(value);
      expect(await hook(value, Symbol.for('Jupyter.display'))).toEqual(bundle);
      expect(hook(value, '_toMime')).toEqual(bundle);
      expect(hook(value, '_toSvg')).toBe(bundle['image/svg+xml']);
      expect(hook(value, '_toHtml')).toBe(bundle['text/html'] ?? bundle['image/svg+xml']);
    }
    readSvg(hook(bell, '_toSvg') as string);
  });

  it('do not show among the properties of values', () => {
    for (const name in bell) expect(name).not.toMatch(/^_to/);
  });
});
