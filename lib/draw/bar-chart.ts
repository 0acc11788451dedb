// Bar charts as SVG.

import { clipKey } from '../results/bars.js';
import type { BarData } from './bar-data.js';
import { leftNote } from './heaviest.js';
import { line } from './svg-symbols.js';
import { textWidth } from './text-width.js';
import type { Palette } from './theme.js';
import { decimal, element, picture, textElement, titled } from './xml.js';

/** What a chart needs besides its data. */
export interface ChartStyle {
  readonly title: string;
  /** What the axis measures. */
  readonly axis: string;
  readonly palette: Palette;
}

const PLOT = { left: 66, top: 44, height: 200, least: 240 } as const;
const KEY_SIZE = 11;

/** Steps between grid lines, times a power of ten. */
const STEPS = [1, 2, 2.5, 5, 10] as const;

/** A chart with a group of bars for each outcome. */
export function renderBars(data: BarData, style: ChartStyle): string {
  const { keys, series, left, share } = data;
  const { title, axis, palette } = style;
  const names = keys.map(clipKey);
  const slot = Math.max(keys.length > 16 ? 18 : 34, 14 * series.length + 8);
  const plotWidth = Math.max(PLOT.least, slot * keys.length);
  const longest = Math.max(0, ...names.map((name) => textWidth(name, KEY_SIZE)));
  const turned = longest > plotWidth / Math.max(1, keys.length) - 4;
  const bottom = PLOT.top + PLOT.height;
  const keyHeight = turned ? longest + 16 : 24;
  const note = leftNote(left, share, 'outcome');
  const named = series.length > 1;
  const width = PLOT.left + plotWidth + 24;
  const height = bottom + keyHeight + 10 + (named ? 22 : 0) + (note === '' ? 0 : 22);
  const largest = Math.max(0, ...series.flatMap(({ values }) => values));
  const scale = scaleOf(largest);
  const content = [
    textElement(title, width / 2, 20, 15, { 'font-weight': 'bold' }),
    gridLines(scale, plotWidth, palette),
    textElement(axis, 16, PLOT.top + PLOT.height / 2, 12, {
      fill: palette.muted,
      transform: `rotate(-90 16 ${PLOT.top + PLOT.height / 2})`,
    }),
    ...bars(data, names, plotWidth, scale.end, palette),
    line([PLOT.left, bottom], [PLOT.left + plotWidth, bottom], palette.muted, 1.2),
    ...names.map((name, k) => {
      const x = PLOT.left + ((k + 0.5) * plotWidth) / names.length;
      if (!turned) return textElement(name, x, bottom + 14, KEY_SIZE);
      const attributes = {
        'text-anchor': 'end',
        transform: `rotate(-90 ${decimal(x)} ${bottom + 8})`,
      };
      return textElement(name, x, bottom + 8, KEY_SIZE, attributes);
    }),
  ];
  if (named)
    content.push(
      legend(
        series.map(({ name }) => name),
        bottom + keyHeight + 10,
        palette,
      ),
    );
  if (note !== '') content.push(textElement(note, width / 2, height - 14, 12));
  const parts = [`${axis} of ${keys.length} outcomes`, ...(note === '' ? [] : [note])];
  const description = parts.join('; ');
  const { background, text } = palette;
  return picture({ width, height, title, description, background, color: text }, content);
}

interface Scale {
  readonly step: number;
  readonly end: number;
}

/** Grid lines at round numbers, three to six of them. */
function scaleOf(largest: number): Scale {
  if (largest <= 0) return { step: 1, end: 1 };
  const power = 10 ** Math.floor(Math.log10(largest / 4));
  const factor = STEPS.find((step) => largest / (step * power) <= 5) ?? 10;
  const step = factor * power;
  return { step, end: step * Math.ceil(largest / step - 1e-9) };
}

function gridLines({ step, end }: Scale, plotWidth: number, { grid, muted }: Palette): string {
  let content = '';
  for (let k = 0; k * step <= end * (1 + 1e-9); k++) {
    const y = PLOT.top + PLOT.height * (1 - (k * step) / end);
    const label = String(Number((k * step).toPrecision(6)));
    content += line([PLOT.left, y], [PLOT.left + plotWidth, y], grid, 1);
    content += textElement(label, PLOT.left - 7, y, 10, { 'text-anchor': 'end', fill: muted });
  }
  return content;
}

function bars(
  { keys, series }: BarData,
  names: readonly string[],
  plotWidth: number,
  end: number,
  palette: Palette,
): string[] {
  const slot = plotWidth / keys.length;
  const width = Math.min(44, (slot * 0.76) / series.length);
  return keys.map((_, k) => {
    const middle = PLOT.left + (k + 0.5) * slot;
    return series
      .map(({ name, values }, row) => {
        const value = values[k] as number;
        const height = (PLOT.height * value) / end;
        const x = middle + (row - series.length / 2) * width;
        const fill = palette.series[row % palette.series.length];
        const shape = { x, y: PLOT.top + PLOT.height - height, width, height, fill };
        const label = Number.isInteger(value) ? value : Number(value.toPrecision(3));
        const title = `${name === '' ? '' : `${name}, `}${names[k] as string}: ${label}`;
        const room = textWidth(String(label), 9) <= width + 6;
        const shown = room ? textElement(String(label), x + width / 2, shape.y - 7, 9) : '';
        return titled(title, element('rect', shape) + shown);
      })
      .join('');
  });
}

function legend(names: readonly string[], y: number, palette: Palette): string {
  let x: number = PLOT.left;
  return names
    .map((name, k) => {
      const fill = palette.series[k % palette.series.length];
      const sign = element('rect', { x, y: y - 5, width: 10, height: 10, fill });
      const label = textElement(name, x + 15, y, 11, { 'text-anchor': 'start' });
      x += 32 + textWidth(name, 11);
      return sign + label;
    })
    .join('');
}
