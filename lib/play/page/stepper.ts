// Steps of one trajectory: a list, a slider, and the state after the step that is looked at.

import type { StepLine, StepsAnswer } from '../protocol.js';
import { byId, inputById, showPicture } from './elements.js';

let at = 0;
let count = 0;

/** The step that is looked at. */
export function currentStep(): number {
  return at;
}

/** Looks at a step, once the steps are known. */
export function setCurrentStep(step: number): void {
  at = step;
}

/** Wires buttons, slider and list; `moved` is called when another step is to be looked at. */
export function connectStepper(moved: () => void): void {
  const go = (step: number): void => {
    const wanted = Math.max(0, Math.min(count - 1, step));
    if (wanted === at) return;
    at = wanted;
    moved();
  };
  byId('first').addEventListener('click', () => go(0));
  byId('back').addEventListener('click', () => go(at - 1));
  byId('forward').addEventListener('click', () => go(at + 1));
  byId('last').addEventListener('click', () => go(count - 1));
  const scrubber = inputById('scrubber');
  scrubber.addEventListener('input', () => go(Number(scrubber.value)));
  byId('steps').addEventListener('click', ({ target }) => {
    const button = (target as Element).closest('button');
    if (button !== null) go(Number(button.dataset['step']));
  });
}

/** Shows a trajectory. */
export function showSteps({ steps, more, at: shown, bits, state, dirac }: StepsAnswer): void {
  count = steps.length;
  at = shown;
  const scrubber = inputById('scrubber');
  scrubber.max = String(Math.max(0, count - 1));
  scrubber.value = String(at);
  scrubber.setAttribute('aria-valuetext', steps[at]?.text ?? 'no step');
  const list = byId('steps');
  list.replaceChildren(...steps.map(lineOf));
  const current = list.children[at];
  if (current instanceof HTMLElement) list.scrollTop = current.offsetTop - list.offsetTop - 60;
  const rest = more ? `; only the first ${count} steps are listed` : '';
  const classical = bits === '' ? '' : `, bits ${bits}`;
  byId('step-note').textContent =
    count === 0 ? 'There are no steps.' : `Step ${at} of ${count}: ${dirac}${classical}${rest}`;
  showPicture(byId('step-state'), state);
}

/** Shows why there are no steps. */
export function showNoSteps(message: string): void {
  showSteps({ steps: [], more: false, at: 0, bits: '', dirac: '' });
  byId('step-note').textContent = message;
}

function lineOf({ text, taken }: StepLine, step: number): HTMLElement {
  const item = document.createElement('li');
  const button = document.createElement('button');
  button.type = 'button';
  button.dataset['step'] = String(step);
  button.textContent = taken === undefined ? text : `${text} ${taken ? '✓ taken' : '✗ not taken'}`;
  if (taken !== undefined) button.className = taken ? 'taken' : 'not-taken';
  if (step === at) button.setAttribute('aria-current', 'step');
  item.append(button);
  return item;
}
