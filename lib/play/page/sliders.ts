// A slider for each parameter of the circuit.

import { byId } from './elements.js';

const TURN = 2 * Math.PI;

/** Values by name; those of parameters that went away are kept for when they come back. */
const values: Record<string, number> = {};
let shown: readonly string[] = [];

/** The value of every parameter. */
export function parameterValues(): Readonly<Record<string, number>> {
  return values;
}

/** Sets values, as a link brings them. */
export function setParameterValues(given: Readonly<Record<string, number>>): void {
  Object.assign(values, given);
}

/** Shows a slider for each name; `changed` is called while one moves. */
export function showSliders(names: readonly string[], changed: () => void): void {
  // A slider in use must stay the same element.
  if (names.length === shown.length && names.every((name, k) => name === shown[k])) return;
  shown = names;
  byId('sliders').replaceChildren(...names.map((name) => sliderFor(name, changed)));
}

function sliderFor(name: string, changed: () => void): HTMLElement {
  const label = document.createElement('label');
  const input = document.createElement('input');
  const output = document.createElement('output');
  const show = (): void => {
    output.textContent = (values[name] ?? 0).toFixed(3);
  };
  values[name] ??= 0.5;
  const range = { type: 'range', min: String(-TURN), max: String(TURN), step: '0.001' };
  Object.assign(input, { ...range, name, value: String(values[name]) });
  input.addEventListener('input', () => {
    values[name] = Number(input.value);
    show();
    changed();
  });
  show();
  label.append(name, input, output);
  return label;
}
