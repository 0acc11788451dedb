// Colours of pictures.

import { checkChoice } from '../circuit/arguments.js';
import type { Family } from './item.js';

/** Fill, outline and text of one kind of box. */
export interface Paint {
  readonly fill: string;
  readonly stroke: string;
  readonly text: string;
}

/** All colours of a picture. */
export interface Palette {
  readonly background: string;
  readonly text: string;
  /** Text beside the point, such as axis labels. */
  readonly muted: string;
  readonly wire: string;
  /** Lines behind the data. */
  readonly grid: string;
  readonly families: Readonly<Record<Family, Paint>>;
  readonly measurement: Paint;
  readonly frame: Paint;
  /** Bars, one colour a series. */
  readonly series: readonly string[];
  readonly positive: string;
  readonly negative: string;
  /** Colours of phases at equal steps from 0 to 2π. */
  readonly phases: readonly string[];
}

/**
 * Colours of a picture: `'light'`, `'dark'`, `'colorblind'` (told apart by people who see fewer colours) or
 * `'mono'` (black and white).
 *
 * @example
 * ```ts
 * import { circuit, draw, type Theme } from 'qmlx';
 * const theme: Theme = 'dark';
 * draw(circuit(1).h(0), { theme }).svg.includes('#0f172a'); // => true
 * ```
 */
export type Theme = keyof typeof PALETTES;

const LIGHT: Palette = {
  background: '#ffffff',
  text: '#1e293b',
  muted: '#64748b',
  wire: '#64748b',
  grid: '#e2e8f0',
  families: {
    superposition: { fill: '#dbeafe', stroke: '#2563eb', text: '#1e3a8a' },
    permutation: { fill: '#fee2e2', stroke: '#dc2626', text: '#7f1d1d' },
    diagonal: { fill: '#ccfbf1', stroke: '#0d9488', text: '#134e4a' },
    rotation: { fill: '#f3e8ff', stroke: '#9333ea', text: '#581c87' },
  },
  measurement: { fill: '#f1f5f9', stroke: '#475569', text: '#1e293b' },
  frame: { fill: '#fffbeb', stroke: '#d97706', text: '#92400e' },
  series: ['#2563eb', '#f97316', '#0d9488', '#9333ea', '#dc2626', '#ca8a04'],
  positive: '#2563eb',
  negative: '#f97316',
  phases: ['#e5484d', '#e2a336', '#5eb95e', '#12a5a5', '#3e63dd', '#a855c8'],
};

const DARK: Palette = {
  background: '#0f172a',
  text: '#e2e8f0',
  muted: '#94a3b8',
  wire: '#94a3b8',
  grid: '#334155',
  families: {
    superposition: { fill: '#1e3a8a', stroke: '#60a5fa', text: '#dbeafe' },
    permutation: { fill: '#7f1d1d', stroke: '#f87171', text: '#fee2e2' },
    diagonal: { fill: '#134e4a', stroke: '#2dd4bf', text: '#ccfbf1' },
    rotation: { fill: '#581c87', stroke: '#c084fc', text: '#f3e8ff' },
  },
  measurement: { fill: '#1e293b', stroke: '#94a3b8', text: '#e2e8f0' },
  frame: { fill: '#2a2113', stroke: '#f59e0b', text: '#fcd34d' },
  series: ['#60a5fa', '#fb923c', '#2dd4bf', '#c084fc', '#f87171', '#facc15'],
  positive: '#60a5fa',
  negative: '#fb923c',
  phases: ['#f2777a', '#f0bd5e', '#84d684', '#45cfcf', '#7a95f5', '#cd8ae6'],
};

// The colours of Okabe and Ito; phases run through four of Tol's high-contrast ones, which differ in lightness.
const COLORBLIND: Palette = {
  ...LIGHT,
  text: '#000000',
  muted: '#4d4d4d',
  wire: '#4d4d4d',
  grid: '#d9d9d9',
  families: {
    superposition: { fill: '#d6ebf5', stroke: '#0072b2', text: '#00344f' },
    permutation: { fill: '#fbe1d1', stroke: '#d55e00', text: '#5c2900' },
    diagonal: { fill: '#fdf3d0', stroke: '#b38600', text: '#4d3a00' },
    rotation: { fill: '#f5e3ed', stroke: '#a8487f', text: '#52203c' },
  },
  measurement: { fill: '#f0f0f0', stroke: '#4d4d4d', text: '#000000' },
  frame: { fill: '#fafafa', stroke: '#4d4d4d', text: '#000000' },
  series: ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00'],
  positive: '#0072b2',
  negative: '#e69f00',
  phases: ['#004488', '#bb5566', '#ddaa33', '#99ccee'],
};

const INK: Paint = { fill: '#ffffff', stroke: '#000000', text: '#000000' };

const MONO: Palette = {
  background: '#ffffff',
  text: '#000000',
  muted: '#000000',
  wire: '#000000',
  grid: '#cccccc',
  families: { superposition: INK, permutation: INK, diagonal: INK, rotation: INK },
  measurement: INK,
  frame: INK,
  series: ['#000000', '#888888', '#cccccc', '#444444', '#aaaaaa', '#666666'],
  positive: '#000000',
  negative: '#999999',
  phases: ['#000000', '#808080', '#ffffff', '#808080'],
};

const PALETTES = { light: LIGHT, dark: DARK, colorblind: COLORBLIND, mono: MONO } as const;

/** Names of all themes. */
export const THEMES = Object.keys(PALETTES) as Theme[];

/** The colours of a theme by name, checked; of the light one if there is none. */
export function paletteOf(theme: unknown): Palette {
  return PALETTES[checkChoice(theme ?? 'light', 'options.theme', THEMES)];
}

/** The colour of a phase in radians. */
export function phaseColor({ phases }: Palette, angle: number): string {
  const turns = angle / (2 * Math.PI);
  const place = (turns - Math.floor(turns)) * phases.length;
  const first = Math.floor(place) % phases.length;
  const from = channels(phases[first] as string);
  const to = channels(phases[(first + 1) % phases.length] as string);
  const share = place - Math.floor(place);
  const mixed = from.map((value, k) => Math.round(value + share * ((to[k] as number) - value)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

function channels(color: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}
