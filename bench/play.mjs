// How soon the page of `qmlx play` shows what a slider changes: `node bench/play.mjs`, with Chromium installed. From the
// event of the slider to the frame after the new picture of probabilities is in the page, at 16 qubits. Goal: ≤ 50 ms.
import { openPage, startBrowser, startServer } from '../test/page/session.mjs';
import { formatTime, summary, table } from './measure.mjs';

const goal = 50;
const qubits = 16;
const moves = 30;

/** QAOA of one layer on a ring. */
const source = `OPENQASM 3.0;
include "stdgates.inc";
input float[64] gamma;
input float[64] beta;
qubit[${qubits}] q;
bit[${qubits}] c;
h q;
${Array.from({ length: qubits }, (_, k) => `cx q[${k}], q[${(k + 1) % qubits}];\nrz(gamma) q[${(k + 1) % qubits}];\ncx q[${k}], q[${(k + 1) % qubits}];`).join('\n')}
${Array.from({ length: qubits }, (_, k) => `rx(2 * beta) q[${k}];`).join('\n')}
c = measure q;
`;

/** Moves a slider and gives the milliseconds until the picture that follows is painted. */
function move(value) {
  const slider = document.querySelector('#sliders input');
  return new Promise((resolve) => {
    const start = performance.now();
    const watcher = new MutationObserver(() => {
      watcher.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
    });
    watcher.observe(document.querySelector('#probabilities'), { childList: true });
    slider.value = value;
    slider.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

const browser = await startBrowser();
const server = await startServer(source);
const { page, close } = await openPage(browser, server.url);
const times = [];
for (let k = 0; k < moves; k++) {
  times.push(await page.evaluate(move, String(0.1 + k / 20)));
  await page.waitForTimeout(200);
}
await close();
await browser.close();
await server.end();
const { min, median } = summary(times);
const worst = Math.max(...times);
console.log(
  table(
    ['qubits', 'best', 'median', 'worst'],
    [[qubits, formatTime(min), formatTime(median), formatTime(worst)]],
  ),
);
process.exitCode = median <= goal ? 0 : 1;
