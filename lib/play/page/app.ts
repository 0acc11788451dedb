// The page: what changes leads to questions, and answers to pictures.

import type { Device, Theme } from '../../index.js';
import type { CircuitAnswer, Finding, RunAnswer, RunQuestion } from '../protocol.js';
import { createEditor, type Editor } from './editor.js';
import { byId, inputById, selectById, showLines, showPicture } from './elements.js';
import { ask, giveUp, isLost, onAskedAgain, Refusal, start } from './server.js';
import { linkOf, readLink, savePicture } from './share.js';
import { parameterValues, setParameterValues, showSliders } from './sliders.js';
import { connectStepper, currentStep, setCurrentStep, showNoSteps, showSteps } from './stepper.js';

/** Milliseconds without a key before a text is read. */
const TYPING_PAUSE = 120;

/** Milliseconds between looks whether the server is back. */
const RETRY_PAUSE = 500;

/** Milliseconds that a run may take that a slider has left behind. */
const SLIDE_PATIENCE = 250;

/** Milliseconds without a move after which a slider rests. */
const SLIDE_REST = 120;

let editor: Editor;
let typing: ReturnType<typeof setTimeout> | undefined;
let resting: ReturnType<typeof setTimeout> | undefined;
let isRetrying = false;
let isSliding = false;
let hasMoved = false;
let slideBegan = 0;

function question(): RunQuestion {
  return {
    source: editor.text(),
    theme: selectById('theme').value as Theme,
    device: selectById('device').value as Device,
    shots: inputById('shots').valueAsNumber,
    seed: inputById('seed').valueAsNumber,
    params: parameterValues(),
  };
}

/** Reads and draws the text, then runs it. While it cannot be read the last good pictures stay. */
async function update(): Promise<void> {
  if (!isRetrying) showBanner('');
  await guarded(async () => {
    const answer = await ask('circuit', question());
    if (answer === undefined) return;
    showFindings(answer.findings);
    showCircuit(answer);
    if (answer.circuit !== undefined) await run();
  });
}

/** Runs the circuit, then follows one trajectory. */
async function run(): Promise<void> {
  byId('summary').textContent = 'Running …';
  await guarded(runShots);
  await guarded(follow);
}

/**
 * Runs as often as a slider that moves lets it: giving up each run for the next one would never show any. A run that
 * takes long is given up all the same once the slider has left its value.
 */
async function slide(): Promise<void> {
  hasMoved = true;
  clearTimeout(resting);
  if (isSliding) {
    if (performance.now() - slideBegan > SLIDE_PATIENCE) giveUp('run');
    return;
  }
  isSliding = true;
  while (hasMoved) {
    hasMoved = false;
    slideBegan = performance.now();
    const tooLong = setTimeout(() => {
      if (hasMoved) giveUp('run');
    }, SLIDE_PATIENCE);
    await guarded(runShots);
    clearTimeout(tooLong);
  }
  isSliding = false;
  // Steps wait until the slider rests, so that its next value does not wait for them.
  resting = setTimeout(() => void guarded(follow), SLIDE_REST);
}

async function runShots(): Promise<void> {
  try {
    const answer = await ask('run', question());
    if (answer !== undefined) showRun(answer);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    byId('summary').textContent = error.message;
    for (const id of RESULTS) byId(id).classList.add('stale');
  }
}

async function follow(): Promise<void> {
  try {
    const asked = { ...question(), at: currentStep() };
    const answer = await ask('steps', asked);
    if (answer === undefined) return;
    showSteps(answer);
    // The text may have changed since, and its circuit be shown.
    if (answer.svg !== undefined && asked.source === editor.text()) showMarked(answer.svg);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    showNoSteps(error.message);
  }
}

const RESULTS = ['counts', 'probabilities', 'bloch'] as const;

function showRun(answer: RunAnswer): void {
  byId('summary').textContent = answer.summary;
  for (const id of RESULTS) showPicture(byId(id), answer[id]);
  showLines(byId('notes'), answer.notes);
}

function showCircuit({ circuit }: CircuitAnswer): void {
  const note = byId('circuit-note');
  if (circuit === undefined) {
    for (const id of ['circuit', ...RESULTS]) byId(id).classList.add('stale');
    note.textContent = 'The text has errors: this is the last circuit without any.';
    return;
  }
  const { svg, qubits, bits, operations, parameters } = circuit;
  showPicture(byId('circuit'), svg);
  note.textContent = `${qubits} qubits, ${bits} bits, ${operations} operations`;
  showSliders(parameters, () => void slide());
}

/** Shows the circuit with a step marked, and brings the mark into view. */
function showMarked(svg: string): void {
  const picture = byId('circuit');
  showPicture(picture, svg);
  const mark = picture.querySelector('.marked')?.getBoundingClientRect();
  if (mark === undefined) return;
  const view = picture.getBoundingClientRect();
  picture.scrollTop += beyond(mark.top, mark.bottom, view.top, view.bottom);
  picture.scrollLeft += beyond(mark.left, mark.right, view.left, view.right);
}

/** How far to scroll so that a span is within another. */
function beyond(first: number, last: number, from: number, to: number): number {
  return first < from ? first - from : Math.max(0, last - to);
}

function showFindings(findings: readonly Finding[]): void {
  editor.show(findings);
  const lines = findings.map((finding) => {
    const item = document.createElement('li');
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = `Line ${finding.line}: ${finding.message}`;
    button.addEventListener('click', () => editor.select(finding));
    item.append(button);
    return item;
  });
  byId('findings').replaceChildren(...lines);
}

/** Does something that needs the server; where that is gone, says so and waits for it. */
async function guarded(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (isLost(error)) await waitForServer();
    else showBanner(error instanceof Error ? error.message : String(error));
  }
}

function showBanner(message: string): void {
  const banner = byId('banner');
  banner.textContent = message;
  banner.hidden = message === '';
}

async function waitForServer(): Promise<void> {
  if (isRetrying) return;
  isRetrying = true;
  showBanner('The connection to qmlx is lost. Trying again …');
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, RETRY_PAUSE));
    try {
      await start();
      break;
    } catch (error) {
      if (isLost(error)) continue;
      isRetrying = false;
      showBanner(error instanceof Error ? error.message : String(error));
      return;
    }
  }
  isRetrying = false;
  showBanner('');
  await update();
}

function connectControls(): void {
  for (const id of ['device', 'shots', 'seed'])
    byId(id).addEventListener('change', () => void run());
  const theme = selectById('theme');
  theme.addEventListener('change', () => {
    document.documentElement.dataset['theme'] = theme.value;
    void update();
  });
  byId('share').addEventListener('click', () => {
    const link = linkOf({ code: editor.text(), params: parameterValues() });
    history.replaceState(null, '', `${location.search}${new URL(link).hash}`);
    void copy(link);
  });
  for (const type of ['svg', 'png'] as const) {
    byId(`save-${type}`).addEventListener('click', () => {
      void guarded(() => savePicture(byId('circuit'), type));
    });
  }
  byId('sliders').addEventListener('submit', (event) => event.preventDefault());
  connectStepper(() => void guarded(follow));
  onAskedAgain(() =>
    showBanner('The engine stopped and was started again; the question was asked again.'),
  );
}

async function copy(link: string): Promise<void> {
  const summary = byId('summary');
  try {
    await navigator.clipboard.writeText(link);
    summary.textContent = 'The link is in the clipboard: open it with qmlx play.';
  } catch {
    summary.textContent = 'The link is in the address bar: open it with qmlx play.';
  }
}

async function begin(): Promise<void> {
  const { name, source, devices } = await start();
  const shared = readLink();
  setParameterValues(shared?.params ?? {});
  setCurrentStep(0);
  byId('name').textContent = name;
  document.title = `${name} – qmlx play`;
  byId('device').replaceChildren(...devices.map((device) => new Option(device)));
  const theme = selectById('theme');
  if (matchMedia('(prefers-color-scheme: dark)').matches) theme.value = 'dark';
  document.documentElement.dataset['theme'] = theme.value;
  editor = createEditor(byId('editor'), shared?.code ?? source, () => {
    clearTimeout(typing);
    typing = setTimeout(() => void update(), TYPING_PAUSE);
  });
  connectControls();
  await update();
}

void guarded(begin);
