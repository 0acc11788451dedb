import { checkChoice, checkInteger, checkOptions, invalidArgument } from '../circuit/arguments.js';
import { barOf, clipKey, formatBars, shareOf, STANDARD_BARS } from '../results/bars.js';
import type { Counts } from '../results/counts.js';
import { renderBars } from './bar-chart.js';
import { barData, countsOf, isBarSource, type BarData, type BarSource } from './bar-data.js';
import { Drawing } from './drawing.js';
import { leftNote } from './heaviest.js';
import { paletteOf, type Palette, type Theme } from './theme.js';

/**
 * How bars are drawn.
 *
 * @example
 * ```ts
 * import { Counts, draw, type HistogramOptions } from 'qmlx';
 * const options: HistogramOptions = { top: 1, width: 4 };
 * draw.counts(new Counts([['0', 3], ['1', 1]]), options).text;
 * // => 0  ████  3   75.0%
 * //    … 1 more outcome, together 25.0%
 * ```
 */
export interface HistogramOptions {
  /** Most outcomes to show, 32 if absent; the others are counted in the last line. */
  readonly top?: number;
  /** Characters of the longest bar of the text, 32 if absent. */
  readonly width?: number;
  /** By outcome, or by count with the largest first. Absent: by outcome if all are shown, else by count. */
  readonly sort?: 'key' | 'count';
  /** Colours of the SVG, `'light'` if absent. */
  readonly theme?: Theme;
  /** Stands above the chart. */
  readonly title?: string;
}

/** What a chart is made of. */
interface BarParts {
  readonly data: BarData;
  /** The text; if absent it is made of the data. */
  readonly text: string | undefined;
  readonly measure: 'count' | 'probability';
  readonly title: string;
  readonly width: number;
  readonly palette: Palette;
}

/** Vega-Lite chooses the colours of series; these are the sizes it shall use. */
const VEGA_SIZE = { width: 400, height: 300 } as const;

/**
 * A chart of outcomes: SVG, text, PNG, or a Vega-Lite specification for any renderer of those.
 *
 * @example
 * ```ts
 * import { Counts, draw } from 'qmlx';
 *
 * const chart = draw.counts(new Counts([['0', 3], ['1', 1]]), { width: 6 });
 * chart.text.split('\n'); // => [ '0  ██████  3   75.0%', '1  ██      1   25.0%' ]
 * chart.vegaLite['mark']; // => 'bar'
 * chart.svg.startsWith('<svg'); // => true
 * ```
 */
export class BarsDrawing extends Drawing {
  readonly #parts: BarParts;

  /** @internal Use `draw.counts`, `draw.probabilities` or `draw.histogram`. */
  constructor(parts: BarParts) {
    super();
    this.#parts = parts;
  }

  /** One line an outcome: key, bar, value. Without a newline at the end. */
  get text(): string {
    const { text, data, width } = this.#parts;
    return text ?? shareLines(data, width);
  }

  /** An SVG document with upright bars. */
  get svg(): string {
    const { data, measure, title, palette } = this.#parts;
    return renderBars(data, { title, axis: measure, palette });
  }

  /**
   * A Vega-Lite specification (version 5) as plain JSON with the data inside.
   *
   * @example
   * ```ts
   * import { Counts, draw } from 'qmlx';
   * const spec = draw.counts(new Counts([['0', 3], ['1', 1]])).vegaLite;
   * JSON.stringify(spec['data']);
   * // => '{"values":[{"outcome":"0","count":3},{"outcome":"1","count":1}]}'
   * ```
   */
  get vegaLite(): Record<string, unknown> {
    const { data, measure, title } = this.#parts;
    const { keys, series, left, share } = data;
    const named = series.length > 1;
    const values = keys.flatMap((outcome, k) =>
      series.map(({ name, values: of }) => ({
        outcome,
        ...(named ? { series: name } : {}),
        [measure]: of[k],
      })),
    );
    const note = leftNote(left, share, 'outcome');
    const order = series.map(({ name }) => name);
    const tooltip = ['outcome', ...(named ? ['series'] : []), measure].map((field) => ({ field }));
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
      title: note === '' ? title : { text: title, subtitle: note },
      ...VEGA_SIZE,
      data: { values },
      mark: 'bar',
      encoding: {
        x: { field: 'outcome', type: 'nominal', sort: null, title: 'outcome' },
        y: { field: measure, type: 'quantitative', title: measure },
        ...(named
          ? {
              xOffset: { field: 'series', sort: order },
              color: { field: 'series', type: 'nominal', sort: order },
            }
          : {}),
        tooltip,
      },
    };
  }
}

/** Lines of shares; with several series a line for each of them below every outcome. */
function shareLines(data: BarData, width: number): string {
  const { keys, series, left, share } = data;
  if (keys.length === 0) return '(no outcomes)';
  const largest = Math.max(Number.MIN_VALUE, ...series.flatMap(({ values }) => values));
  const names = keys.map(clipKey);
  const keyColumn = Math.max(...names.map((name) => name.length));
  const nameColumn = Math.max(...series.map(({ name }) => name.length));
  const lines = names.flatMap((key, k) =>
    series.map(({ name, values }, row) => {
      const value = values[k] as number;
      const head = (row === 0 ? key : '').padStart(keyColumn);
      const label = nameColumn === 0 ? '' : `  ${name.padEnd(nameColumn)}`;
      const bar = barOf(value / largest, width).padEnd(width);
      return `${head}${label}  ${bar}  ${shareOf(value, 1).padStart(6)}`;
    }),
  );
  const note = leftNote(left, share, 'outcome');
  return [...lines, ...(note === '' ? [] : [note])].join('\n');
}

interface ChartChoice {
  readonly top: number;
  readonly width: number;
  readonly sort: 'key' | 'count' | undefined;
  readonly title: string;
  readonly palette: Palette;
}

function checkChartOptions(options: HistogramOptions, standardTitle: string): ChartChoice {
  checkOptions(options, 'options', ['top', 'width', 'sort', 'theme', 'title']);
  const { top = STANDARD_BARS.rows, width = STANDARD_BARS.width, sort } = options;
  const { title = standardTitle } = options;
  checkInteger(top, 'options.top', 1);
  checkInteger(width, 'options.width', 1, 1000);
  if (sort !== undefined) checkChoice(sort, 'options.sort', ['key', 'count']);
  if (typeof title !== 'string') throw invalidArgument('options.title', 'a string', title);
  return { top, width, sort, title, palette: paletteOf(options.theme) };
}

/** `draw.counts` */
export function drawCounts(
  result: Counts | { readonly counts: Counts },
  options: HistogramOptions = {},
): BarsDrawing {
  const counts = countsOf(result);
  const choice = checkChartOptions(options, 'Counts');
  const { top, width, sort } = choice;
  const style = { rows: top, width, ...(sort === undefined ? {} : { sort }) };
  const text = formatBars([...counts], counts.total, style);
  const data = barData([['', counts]], false, choice);
  return new BarsDrawing({ ...choice, data, text, measure: 'count' });
}

/** `draw.probabilities` */
export function drawProbabilities(source: BarSource, options: HistogramOptions = {}): BarsDrawing {
  if (!isBarSource(source)) throw invalidArgument('source', SOURCES, source);
  const choice = checkChartOptions(options, 'Probabilities');
  const data = barData([['', source]], true, choice);
  return new BarsDrawing({ ...choice, data, text: undefined, measure: 'probability' });
}

function entriesOf(sources: unknown): [string, unknown][] {
  const listed = typeof sources === 'object' && sources !== null ? Object.entries(sources) : [];
  if (listed.length > 0) return listed;
  throw invalidArgument('sources', `${SOURCES}, or an object of these by name`, sources);
}

/** `draw.histogram` */
export function drawHistogram(
  sources: BarSource | Readonly<Record<string, BarSource>>,
  options: HistogramOptions = {},
): BarsDrawing {
  if (isBarSource(sources)) return drawProbabilities(sources, { title: 'Histogram', ...options });
  const listed = entriesOf(sources);
  for (const [name, source] of listed) {
    if (!isBarSource(source)) throw invalidArgument(`sources.${name}`, SOURCES, source);
  }
  const choice = checkChartOptions(options, 'Histogram');
  const data = barData(listed, true, choice);
  return new BarsDrawing({ ...choice, data, text: undefined, measure: 'probability' });
}

const SOURCES = 'a state, a result, counts or a map of values by outcome';
