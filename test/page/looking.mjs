// Stepping, keys, accessibility.
import assert from 'node:assert';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bell, qaoa, slowSlider, teleportation } from './circuits.mjs';
import { folder, openPage, settled, startServer, textOf, type } from './session.mjs';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

async function teleportationStepByStep(browser) {
  const server = await startServer(teleportation);
  const { page, faults, close } = await openPage(browser, server.url);
  const outcomes = new Set();
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
    await page.fill('#seed', String(seed));
    await page.press('#seed', 'Enter');
    await page.keyboard.press('Tab');
    await settled(page);
    const steps = await page.locator('#steps li').allTextContents();
    const measured = steps.filter((step) => step.includes('measure')).map((step) => step.at(-1));
    const taken = steps.filter((step) => / if /.test(step)).map((step) => / ✓ taken$/.test(step));
    // The bits that decide are those measured before; a block that is not taken has no steps.
    assert.deepEqual(taken, [measured[1] === '1', measured[0] === '1']);
    assert.equal(steps.length, 11 + taken.filter(Boolean).length);
    assert.equal(measured[2], '0');
    outcomes.add(measured.slice(0, 2).join(''));
  }
  assert.ok(outcomes.size > 1);
  await page.click('#last');
  await page.waitForFunction(() =>
    /^Step 1[0-2] of/.test(document.querySelector('#step-note').textContent),
  );
  assert.match(await textOf(page, '#step-note'), /: (0\.\d+|1|-1)?\|\d\d0>, bits \d\d0$/);
  await page.screenshot({ path: join(folder, 'teleportation.png') });
  await page.click('#back');
  await page.click('#first');
  await page.waitForFunction(() =>
    /^Step 0 of/.test(document.querySelector('#step-note').textContent),
  );
  assert.match(await textOf(page, '#step-note'), /0\.921\|000> \+ 0\.389\|100>/);
  assert.deepEqual(faults, []);
  await close();
  await server.end();
}

/** Edges of the ring that the measured outcomes cut, on average. */
async function meanCut(page) {
  const titles = await page.locator('#counts g title').allTextContents();
  const counts = titles.map((title) => title.split(': ')).filter(([key]) => /^[01]{4}$/.test(key));
  const cut = ([key, count]) =>
    Number(count) * [...key].filter((bit, k) => bit !== key[(k + 1) % 4]).length;
  const total = counts.reduce((sum, [, count]) => sum + Number(count), 0);
  return counts.map(cut).reduce((a, b) => a + b, 0) / total;
}

async function slidersRunTheCircuitAgain(browser) {
  const server = await startServer(qaoa);
  const { page, faults, close } = await openPage(browser, server.url);
  assert.deepEqual(
    await page
      .locator('#sliders label')
      .evaluateAll((all) => all.map((label) => label.firstChild.textContent)),
    ['gamma', 'beta'],
  );
  const set = async (values) => {
    const before = await textOf(page, '#counts');
    await page.evaluate((given) => {
      for (const [name, value] of Object.entries(given)) {
        const slider = document.querySelector(`#sliders [name=${name}]`);
        slider.value = String(value);
        slider.dispatchEvent(new Event('input', { bubbles: true }));
      }
    }, values);
    await page.waitForFunction(
      (old) => document.querySelector('#counts').textContent !== old,
      before,
    );
    // Both sliders have moved once nothing more is asked.
    await page.waitForLoadState('networkidle');
  };
  await set({ gamma: Math.PI / 4, beta: Math.PI / 8 });
  const best = await meanCut(page);
  await page.screenshot({ path: join(folder, 'qaoa.png') });
  await set({ gamma: 0, beta: Math.PI / 8 });
  const none = await meanCut(page);
  // 1,024 shots: five standard errors are less than 0.2.
  assert.ok(Math.abs(best - 3) < 0.2, `a mean cut of ${best}`);
  assert.ok(Math.abs(none - 2) < 0.2, `a mean cut of ${none}`);
  assert.deepEqual(faults, []);
  await close();
  await server.end();
}

/** Where the frame around the current step stands in the drawing; the step in words. */
async function markOf(page, step) {
  await page.waitForFunction(
    (wanted) => document.querySelector('#step-note').textContent.startsWith(`Step ${wanted} of`),
    step,
  );
  return page.locator('#circuit .marked').evaluateAll((marks) =>
    marks.map((mark) => {
      const box = mark.getBoundingClientRect();
      const within = [...document.querySelectorAll('#circuit g title')].filter((title) => {
        const other = title.parentElement.getBoundingClientRect();
        // A measurement reaches down to its register.
        const [x, y] = [(other.left + other.right) / 2, other.top + 2];
        return x > box.left && x < box.right && y > box.top && y < box.bottom;
      });
      return within.map(({ textContent }) => textContent).join(';');
    }),
  );
}

async function theStepIsMarkedInTheDrawing(browser) {
  const server = await startServer(teleportation);
  const { page, faults, close } = await openPage(browser, server.url);
  assert.deepEqual(await markOf(page, 0), ['RY(0.8) on q0']);
  await page.click('#forward');
  assert.deepEqual(await markOf(page, 1), ['H on q1']);
  for (let step = 2; step <= 5; step++) await page.click('#forward');
  assert.deepEqual(await markOf(page, 5), ['Measurement of q0 into a0']);
  const lines = await page.locator('#steps li').allTextContents();
  assert.match(lines[5], /^5 {2}measure q0 → a\[0\] = [01]$/);
  assert.match(lines[6], /^6 {2}measure q1 → b\[0\] = [01]$/);
  assert.match(lines[7], /^7 {2}if b\[0\] == 1 [✓✗]/);
  await page.click('#forward');
  await page.click('#forward');
  assert.deepEqual(await markOf(page, 7), ['if b0 == 1']);
  await page.screenshot({ path: join(folder, 'marked.png'), fullPage: true });
  assert.deepEqual(faults, []);
  await close();
  await server.end();
}

async function everyDeviceThatIsOfferedRuns(browser) {
  const server = await startServer(bell);
  const { page, faults, close } = await openPage(browser, server.url);
  const devices = await page.locator('#device option').allTextContents();
  assert.deepEqual(devices.slice(0, 1), ['auto']);
  assert.ok(devices.includes('cpu'));
  for (const device of devices.slice(1).concat('auto')) {
    await page.selectOption('#device', device);
    const ranOn = device === 'auto' ? 'cpu' : device;
    await page.waitForFunction(
      (name) => document.querySelector('#summary').textContent.startsWith(`1024 shots on ${name},`),
      ranOn,
    );
    const titles = await page.locator('#counts g title').allTextContents();
    const keys = titles.map((title) => title.split(':')[0]);
    assert.deepEqual(keys, ['00', '11']);
  }
  assert.deepEqual(faults, []);
  await close();
  await server.end();
}

/** Moves the slider. */
const turn = (page, value) =>
  page.evaluate((given) => {
    const slider = document.querySelector('#sliders input');
    slider.value = given;
    slider.dispatchEvent(new Event('input', { bubbles: true }));
  }, String(value));

async function aSliderDoesNotWaitForAStaleRun(browser) {
  const server = await startServer(bell);
  const { page, faults, close } = await openPage(browser, server.url);
  await type(page, slowSlider(24, 30));
  await page.waitForSelector('#sliders input');
  await settled(page);
  const ended = { given: 0, answered: 0 };
  const isRun = (request) => new URL(request.url()).pathname === '/api/run';
  page.on('requestfailed', (request) => isRun(request) && ended.given++);
  page.on('requestfinished', (request) => isRun(request) && ended.answered++);
  await turn(page, Math.PI);
  await page.waitForTimeout(100);
  await turn(page, 0);
  await page.waitForFunction(() =>
    [...document.querySelectorAll('#counts title')].some((t) => t.textContent === '0: 1024'),
  );
  // The run for the first value was given up, the one for the last answered.
  assert.deepEqual(ended, { given: 1, answered: 1 });
  assert.deepEqual(faults, []);
  await close();
  await server.end();
}

async function keysDoEverything(browser) {
  const server = await startServer(bell);
  const { page, close } = await openPage(browser, server.url);
  const focused = () =>
    page.evaluate(() => document.activeElement.id || document.activeElement.className);
  const reached = [];
  await page.keyboard.press('Tab');
  for (let k = 0; k < 40 && !(await focused()).includes('cm-content'); k++) {
    reached.push(await focused());
    await page.keyboard.press('Tab');
  }
  assert.deepEqual(reached, ['device', 'shots', 'seed', 'theme', 'share', 'save-svg', 'save-png']);
  // Tab indents in the editor; after Escape it leaves it.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  assert.ok(!(await focused()).includes('cm-content'));
  await page.focus('#scrubber');
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() =>
    /^Step 1 of/.test(document.querySelector('#step-note').textContent),
  );
  await page.focus('#forward');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() =>
    /^Step 2 of/.test(document.querySelector('#step-note').textContent),
  );
  assert.equal(
    await page.locator('#steps [aria-current=step]').textContent(),
    `2  measure q0 → c[0] = ${await outcome(page)}`,
  );
  await close();
  await server.end();
}

const outcome = async (page) => (await page.locator('#steps li').nth(2).textContent()).at(-1);

async function nothingShutsPeopleOut(browser) {
  const server = await startServer(teleportation);
  for (const colorScheme of ['light', 'dark']) {
    const { page, close } = await openPage(browser, server.url, { colorScheme, bypassCSP: true });
    await page.addScriptTag({ path: axe });
    const { violations } = await page.evaluate(() => window.axe.run());
    const words = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(', ')}`,
    );
    assert.deepEqual(words, []);
    await page.screenshot({ path: join(folder, `${colorScheme}.png`), fullPage: true });
    await close();
  }
  await server.end();
}

export const tests = [
  ['teleportation step by step, with branches taken and not taken', teleportationStepByStep],
  ['sliders run the circuit again, QAOA as its closed form says', slidersRunTheCircuitAgain],
  ['the step that is looked at is marked in the drawing', theStepIsMarkedInTheDrawing],
  ['every device that is offered runs the circuit', everyDeviceThatIsOfferedRuns],
  ['a slider does not wait for a run that it has left behind', aSliderDoesNotWaitForAStaleRun],
  ['everything is done with keys', keysDoEverything],
  ['axe finds nothing that shuts people out, in light and dark', nothingShutsPeopleOut],
];
